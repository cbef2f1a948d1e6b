"""Put the parts of a page together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.changes import MARKS, Change, changes, in_columns
from analysis.briefing.page.contents import summary
from analysis.briefing.page.coverage import grid
from analysis.briefing.page.evidence import Evidence, gather
from analysis.briefing.page.found import findings
from analysis.briefing.page.gallery import downloads, drawings, pictures
from analysis.briefing.page.html import as_json, compact, one_file, packed, part, script, vega
from analysis.briefing.page.said import Said, Texts, all_words, in_each, words
from analysis.briefing.page.series import series
from analysis.charts.fonts import find_font
from analysis.charts.naming import naming, records
from analysis.charts.words import say
from analysis.comparison.words import LOCALES

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.briefing.content import Content

# Each after those that it uses.
SCRIPT = (
    "painted", "data", "language", "folding", "rows", "sources", "changes", "search", "figures", "download",
    "chart_data", "chart", "pictures", "route", "start",
)  # fmt: skip
_SECTIONS = ("headlines", "changes", "explore", "gallery", "findings", "grid", "figures", "left_out")
_HEADLINES = 8
# Serious ones come first; the gravest fifty are more than anybody reads on a page.
_MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Card:
    """A headline: the row of the comparison it is about, and its sentence in every language."""

    change: Change
    sentence: Said


def assembled(folder: Path, content: Content) -> bytes:
    """Give the page as HTML, see `write_page`."""
    texts, tables = Texts(), content.tables
    names = {locale: naming(tables.indicators, tables.places, locale) for locale in LOCALES}
    evidence = gather(tables, names, texts, period=content.period, redact=content.redact)
    compared = changes(content, names, evidence)
    points = series(tables.observations, content.period, names, evidence, texts)
    cards = _cards(content, compared)
    font, gallery = find_font(content.font), pictures(content, folder, texts)
    drawn = drawings(gallery, font)
    drawing, vega_hash = vega() if points["series"] else ("", "")
    data = _data(content, evidence) | {
        "first": cards[0].change.indicator if cards else None,
        "changes": in_columns(compared, texts),
        "chart": points,
    }
    data |= {"texts": texts.listed(), "fold": _folding(_glyphs(texts, evidence))}
    here, elsewhere = findings(content, evidence)
    context = _frame(content, folder, chart=bool(drawing)) | {
        "cards": cards,
        "pictures": gallery,
        "drawings": packed(compact(drawn).encode("utf-8")) if drawn else "",
        "changes": [change for change in compared if change.total],
        "has_places": any(not change.total for change in compared),
        "findings": here,
        "most_findings": _MOST_FINDINGS,
        "more": lambda count: words("more_findings", count=count),
        "other_findings": elsewhere,
        "grid": grid(tables, next(iter(names.values())).places, evidence),
        "summary": as_json(summary(content, [card.change for card in cards])),
        "data": packed(compact(data).encode("utf-8")),
        "chart_spec": as_json(json.loads(part("chart.vl.json"))),
        "vega": drawing,
    }
    heavy: Mapping[str, Any] = {"data": "", "vega": "", "drawings": "", "chart_spec": "", "summary": ""}
    return one_file(
        "page.html.j2", context, style=part("page.css"), code=script(SCRIPT), font=font,
        glyphs=_glyphs(texts, evidence), heavy=heavy, allowed=[vega_hash] if drawing else [],
    )  # fmt: skip


def _cards(content: Content, compared: Sequence[Change]) -> list[Card]:
    said = [records(content.headlines(limit=_HEADLINES, locale=locale)) for locale in LOCALES]
    totals = {
        (change.indicator, change.figure_ids, change.verdict): change for change in compared if change.total
    }
    return [
        Card(
            totals[(rows[0]["indicator"], rows[0]["figure_ids"] or "", rows[0]["verdict"])],
            tuple(row["sentence"] for row in rows),
        )
        for rows in zip(*said, strict=True)
    ]


def _data(content: Content, evidence: Evidence) -> dict[str, Any]:
    """Give what the script needs besides the comparison and the chart."""
    verdicts = {verdict: _verdict(verdict) for verdict in MARKS}
    return {"period": content.period, "figures": evidence.data, "words": all_words(), "verdicts": verdicts}


def _verdict(verdict: str) -> Said:
    return in_each(lambda locale: say(f"verdicts.{verdict}", locale))


def _frame(content: Content, folder: Path, *, chart: bool) -> dict[str, Any]:
    """Give what stands around and between the tables."""
    return {
        "content": content,
        "locales": LOCALES,
        "w": all_words(),
        "chart": chart,
        "sections": [name for name in _SECTIONS if name != "explore" or chart],
        "against": words("against", baseline=content.baseline),
        "left_out": list(zip(*(content.omitted(locale) for locale in LOCALES), strict=True)),
        "downloads": downloads(folder),
        "figures": len(content.tables.figures),
    }


def _glyphs(texts: Texts, evidence: Evidence) -> list[str]:
    """Give all texts that the script may show."""
    said = [spoken for text in texts.listed() for spoken in ([text] if isinstance(text, str) else text)]
    return [*said, *evidence.data["passages"], *(name for row in evidence.data["report"] for name in row)]


def _folding(shown: Sequence[str]) -> str:
    """Give pairs of characters: a form that a reader may type or a report has, and the one searched for.

    The second is Simplified; the first is any other form of it, so that a search in either script finds both.
    """
    from analysis.language.script import fold

    used = set(fold("".join(sorted(set("".join(shown))))))
    forms = "".join(map(chr, [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)]))
    pairs = zip(forms, fold(forms), strict=True)
    return "".join(form + folded for form, folded in pairs if form != folded and folded in used)
