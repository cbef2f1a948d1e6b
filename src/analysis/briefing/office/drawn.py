"""What native charts draw: which rows, their ranges, and the chart in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.office.wording import office, pair
from analysis.charts.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Reference

MOST_PLACES, MOST_LINES = 40, 8
_SPOKEN = 12


def places_drawn(
    reference: Reference, content: Content, limit: int = MOST_PLACES
) -> tuple[list[Mapping[str, Any]], str]:
    """Give the rows of places that a chart of two periods draws, and its note.

    Parameters
    ----------
    reference : the total.
    content : the briefing.
    limit : most places; the first ones are drawn.
    """
    when, baseline = pair(content)
    rows = list(reference.places[:limit])
    note = office("chart_places", content.locale, when=when, baseline=baseline)
    if not any(row["value"] is not None or row["baseline_value"] is not None for row in rows):
        return [], note
    if len(reference.places) > limit:
        note += office("chart_first", content.locale, shown=limit, count=len(reference.places))
    return rows, note


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
