"""What native charts draw: which rows, their ranges, and the chart in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.office.wording import office, pair
from analysis.charts.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Reference

MOST_PLACES, MOST_LINES, MOST_PERIODS = 40, 8, 13
_SPOKEN = 12


def places_drawn(
    reference: Reference, content: Content, limit: int = MOST_PLACES, *, note: str = "chart_places"
) -> tuple[list[Mapping[str, Any]], str]:
    """Give the rows of places that a chart of two periods draws, and its note.

    Parameters
    ----------
    reference : the total.
    content : the briefing.
    limit : most places; the largest are drawn.
    note : key of the note.
    """
    when, baseline = pair(content)
    rows = list(reference.places)
    said = office(note, content.locale, when=when, baseline=baseline)
    if not any(row["value"] is not None or row["baseline_value"] is not None for row in rows):
        return [], said
    if len(rows) > limit:
        said += office("chart_most", content.locale, shown=limit, count=len(rows))
        largest = sorted(range(len(rows)), key=lambda at: -(rows[at]["value"] or 0.0))[:limit]
        rows = [rows[at] for at in sorted(largest)]
    return rows, said


def trend_drawn(
    lines: Sequence[Sequence[Any]], content: Content, limit: int = MOST_LINES
) -> tuple[list[int], str]:
    """Choose which lines a trend draws: those that end highest.

    Parameters
    ----------
    lines : cells of each line, None where nothing was stated; a cell may carry its number in `value`.
    content : the briefing.
    limit : most lines.

    Returns
    -------
    The numbers of the chosen lines in their order, and the note of the chart.
    """
    note = office("chart_trend", content.locale)
    if len(lines) <= limit:
        return list(range(len(lines))), note
    last = [max((getattr(cell, "value", cell) or 0.0 for cell in line[-1:]), default=0.0) for line in lines]
    chosen = sorted(sorted(range(len(lines)), key=lambda at: -last[at])[:limit])
    return chosen, note + office("chart_most", content.locale, shown=limit, count=len(lines))


def over_time(content: Content) -> tuple[list[str], dict[tuple[Any, ...], dict[str, list[float | None]]]]:
    """Spread observations out by period, for trends.

    Parameters
    ----------
    content : the briefing.

    Returns
    -------
    The periods up to that of the briefing, at most 13, and by indicator, series, unit and basis a line for
    each place_id, None where nothing was stated.
    """
    import pandas as pd

    from analysis.tables.pivot import pivot

    wide = pivot(content.tables.observations)
    periods = [str(label) for label in wide.columns if str(label) <= content.period][-MOST_PERIODS:]
    found: dict[tuple[Any, ...], dict[str, list[float | None]]] = {}
    for index, cells in zip(wide.index, wide[periods].itertuples(index=False), strict=True):
        place, *key = (None if pd.isna(part) else part for part in index)
        line = [None if pd.isna(cell) else float(cell) for cell in cells]
        if any(cell is not None for cell in line):
            found.setdefault(tuple(key), {})[str(place)] = line
    return periods, found


def drawn_ids(content: Content, total: Mapping[str, Any], periods: Sequence[str]) -> list[str]:
    """Give the cells of figure_ids behind the points of a trend, by place and time.

    Parameters
    ----------
    content : the briefing.
    total : the row of `comparisons` that the trend is about.
    periods : labels of the periods that are drawn.
    """
    rows = content.tables.observations
    rows = rows[rows["is_latest"] & rows["period"].isin(periods) & rows["figure_ids"].notna()]
    for name in ("indicator", "series", "unit", "basis"):
        same = rows[name].isna() if total[name] is None else rows[name] == total[name]
        rows = rows[same]
    return [str(cell) for cell in rows.sort_values(["place_id", "period_end"], kind="stable")["figure_ids"]]


def half_widths(
    rows: Sequence[Mapping[str, Any]], middle: str, side: str
) -> tuple[list[float], list[float]] | None:
    """Give how far the words allow a number to lie below and above; None where all are exact.

    Parameters
    ----------
    rows : rows of `comparisons`.
    middle : the column that is drawn.
    side : "" for the period, "baseline_", or "percent".
    """
    below, above = [], []
    for row in rows:
        at = row[middle]
        low, high = percent_ends(row) if side == "percent" else (row[f"{side}low"], row[f"{side}high"])
        below.append(_distance(low, at))
        above.append(_distance(at, high))
    return (below, above) if any(below) or any(above) else None


def percent_ends(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Give the range of a change in percent: what is open as a number is open as a percentage, too."""
    low = None if row["change_low"] is None else row["percent_low"]
    high = None if row["change_high"] is None else row["percent_high"]
    return low, high


def utmost(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], verdict: str) -> bool:
    """Tell whether a total surely changed most in percent, whatever the vague words of all others mean.

    Parameters
    ----------
    row : the total.
    rows : all totals.
    verdict : up or down, the direction.
    """
    if row["verdict"] != verdict:
        return False
    others = [percent_ends(other) for other in rows if other is not row and other["change"] is not None]
    low, high = percent_ends(row)
    if verdict == "up":
        return low is not None and all(end is not None and end < low for _, end in others)
    return high is not None and all(end is not None and end > high for end, _ in others)


def _distance(low: float | None, high: float | None) -> float:
    return 0.0 if low is None or high is None else round(max(high - low, 0.0), 9)


def alt_text(kind: str, title: str, rows: Sequence[str], locale: str) -> str:
    """Say a chart in words, for those who do not see it.

    Parameters
    ----------
    kind : key of the word for the kind of chart.
    title : its title.
    rows : its rows in words; the first twelve are said.
    locale : zh-Hant, zh-Hans or en.
    """
    said = say("stop", locale).join(rows[:_SPOKEN])
    return office("alt_chart", locale, kind=office(kind, locale), title=title, rows=said)
