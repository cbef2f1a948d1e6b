"""The way in: reports/index.html, which leads to the pages of all periods with their headline numbers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.said import all_words
from analysis.tables.files import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from analysis.briefing.content import Content
    from analysis.briefing.page.changes import Change

_SUMMARY = re.compile(rb'<script type="application/json" id="summary">(.*?)</script>', re.DOTALL)
_SHOWN = 4


def summary(content: Content, headlines: Sequence[Change]) -> dict[str, Any]:
    """Give what a page says of itself, for the page that leads to it.

    Parameters
    ----------
    content : what the page is made of.
    headlines : the rows of the comparison that its headlines are about.
    """
    return {
        "period": content.period,
        "baseline": content.baseline,
        "locale": content.locale,
        "cards": [
            {
                "label": change.label,
                "now": change.now,
                "change": change.change,
                "percent": change.percent,
                "verdict": change.verdict,
                "mark": change.mark,
                "said": change.said,
            }
            for change in headlines[:_SHOWN]
        ],
    }


def write_contents(
    reports: Path, *, name: str, locale: str = "zh-Hant", font: Path | None = None
) -> Path | None:
    """Write reports/index.html from the pages that lie in the folder.

    Parameters
    ----------
    reports : the folder `reports`, with a folder a period.
    name : name of the project.
    locale : zh-Hant, zh-Hans or en: the language that the page opens in.
    font : font file, see `analysis.charts.find_font`.

    Returns
    -------
    The path of index.html, or None where no period has a page.
    """
    from analysis.briefing.page.gallery import downloads
    from analysis.briefing.page.html import one_file, part, script
    from analysis.charts.fonts import find_font
    from analysis.comparison.words import LOCALES

    periods = [
        {**told, "href": f"{folder.name}/index.html", "folder": folder.name, "downloads": downloads(folder)}
        for folder in reports.iterdir()
        if (told := _told(folder / "index.html")) is not None
    ]
    if not periods:
        return None
    periods.sort(key=lambda told: (told["period"], told["folder"]), reverse=True)
    context = {"name": name, "locale": locale, "locales": LOCALES, "w": all_words(), "periods": periods}
    html = one_file(
        "contents.html.j2", context, style=part("page.css"), code=script(["painted", "contents"]),
        font=find_font(font), glyphs=[], heavy={},
    )  # fmt: skip
    return write_file(reports / "index.html", html)[0]


def _told(path: Path) -> dict[str, Any] | None:
    """Read what a page says of itself; None where there is no page, or one of an earlier kind."""
    if path.parent.name.startswith(".") or not path.is_file():
        return None
    found = _SUMMARY.search(path.read_bytes())
    told = json.loads(found[1]) if found else None
    return told if isinstance(told, dict) and "period" in told else None
