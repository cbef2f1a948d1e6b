"""The page of a briefing: one file that opens anywhere and asks nothing of any other."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from analysis.briefing.content import saved_charts
from analysis.briefing.render import render
from analysis.briefing.sources import ids_of, sources
from analysis.charts.findings import change_words, percent_words
from analysis.charts.fonts import find_font
from analysis.charts.naming import naming, records
from analysis.charts.numbers import stated
from analysis.charts.words import entries, say
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.briefing.content import Content
    from analysis.charts.naming import Naming

_PACKAGE = "analysis.briefing"
_KINDS = ("overview", "change", "trend", "key_figures", "coverage")
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_MARKS = {"up": "▲", "down": "▼", "unchanged": "●", "uncertain": "◇", "missing": "–", "not_comparable": "–"}


def write_page(folder: Path, content: Content) -> Path:
    """Write index.html: headlines, charts, changes, the sentences behind them, reports, what was left out.

    Parameters
    ----------
    folder : where index.html goes; made where it does not exist.
    content : what the page is made of; its charts are put into the page, and so are the used glyphs of its
        font, for computers without Chinese fonts.

    Returns
    -------
    The path of index.html.
    """
    tables, locale = content.tables, content.locale
    names = naming(tables.indicators, tables.places, locale)
    gallery = _gallery(content.charts)
    context = {
        "title": content.title,
        "locale": locale,
        "words": {key: said[locale] for key, said in entries(_PACKAGE)["page"].items()},
        "headlines": _with_marks(records(content.headlines()), names),
        "charts": gallery,
        "changes": _changes(tables.comparisons, names),
        "places": _places(tables.comparisons, names),
        "sources": _sources(tables.figures, tables.reports, ids_of(tables.comparisons), names),
        "reports": _reports(tables.reports, tables.figures, names),
        "left_out": list(content.left_out),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    # Pictures carry their own glyphs: only the words of the page itself count.
    bare = {"charts": [chart | {"src": ""} for chart in gallery]}
    replace_file(path, render("page", context, find_font(content.font), bare=bare).encode("utf-8"))
    return path


def _with_marks(rows: list[dict[str, Any]], names: Naming) -> list[dict[str, Any]]:
    return [
        row | {"mark": _MARKS[row["verdict"]], "label": names.indicators.get(row["indicator"])}
        for row in rows
    ]


def _gallery(folder: Path) -> list[dict[str, Any]]:
    """Read the saved charts, in the order of the briefing."""
    found = []
    for path, words in saved_charts(folder):
        for ending, kind in _TYPES.items():
            picture = path.with_name(f"{path.name}.{ending}")
            if picture.is_file():
                data = b64encode(picture.read_bytes()).decode("ascii")
                found.append(words | {"src": f"data:{kind};base64,{data}"})
                break
    rank = {kind: number for number, kind in enumerate(_KINDS)}
    return sorted(found, key=lambda words: (rank.get(str(words.get("kind")), len(rank)), str(words["name"])))


def _changes(comparisons: pd.DataFrame, names: Naming) -> list[dict[str, Any]]:
    rows = records(comparisons[comparisons["row_kind"] == "total"])
    return [_change(row, names) for row in rows]


def _places(comparisons: pd.DataFrame, names: Naming) -> list[dict[str, Any]]:
    rows = records(comparisons[comparisons["row_kind"] == "place"])
    return [_change(row, names) | {"place": row["place"] or row["place_id"]} for row in rows]


def _change(row: dict[str, Any], names: Naming) -> dict[str, Any]:
    """Turn a row of the comparison into words."""
    locale, verdict = names.locale, str(row["verdict"])

    def side(ends: str) -> str:
        numbers = [row[f"{ends}{end}"] for end in ("value", "low", "high")]
        known = any(number is not None for number in numbers)
        return stated(numbers[0], numbers[1], numbers[2], row["unit"], locale) if known else "–"

    return {
        "label": names.indicator(row),
        "period": row["period"],
        "baseline": row["baseline"],
        "now": side(""),
        "then": side("baseline_"),
        "change": change_words(row, locale) or "–",
        "percent": percent_words(row, locale) or "–",
        "coverage": row["coverage"] or "",
        "verdict": verdict,
        "mark": _MARKS[verdict],
        "said": say(f"verdicts.{verdict}", locale),
        "reason": row["reason"] or "",
    }


def _sources(
    figures: pd.DataFrame, reports: pd.DataFrame, wanted: set[str], names: Naming
) -> list[dict[str, Any]]:
    found = sources(figures, reports, wanted, names)
    return [
        {
            "indicator": indicator,
            "label": names.indicators.get(indicator, indicator),
            "rows": rows,
            "show": say("page.show", names.locale, package=_PACKAGE, count=len(rows)),
        }
        for indicator, rows in found.items()
    ]


def _reports(reports: pd.DataFrame, figures: pd.DataFrame, names: Naming) -> list[dict[str, Any]]:
    counts = figures["report_id"].value_counts()
    rows = records(reports.sort_values(["period", "place_id", "path"], na_position="last"))
    return [
        {
            "place": names.place(row["place_id"]) if row["place_id"] else "–",
            "period": row["period"] or "–",
            "received": row["received"].isoformat() if row["received"] else "–",
            "figures": int(counts.get(row["report_id"], 0)),
            "path": row["path"],
            "superseded": not row["is_latest"],
        }
        for row in rows
    ]
