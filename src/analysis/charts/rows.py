"""Plots with a row a place or an indicator: names to the left, words to the right, points between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts.layout import text_width
from analysis.charts.numbers import axis_number
from analysis.charts.style import INK, LABEL_SIZE, SOFT, VERDICT_COLOURS, VERDICT_MARKERS, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from analysis.charts.style import Sheet

ROW = 0.36
_TICKS, _TICK_SIZE = 5, 10.0


def row_axes(
    sheet: Sheet, top: float, count: int, *, left: float, right: float, limits: tuple[float, float]
) -> Axes:
    """Add a plot of some rows, the first one on top.

    Parameters
    ----------
    sheet : the sheet.
    top : distance of the plot from the upper edge, in inches.
    count : number of rows; row 0 is the first.
    left, right : room for words beside the plot, in inches.
    limits : ends of the horizontal axis.
    """
    axes = sheet.axes(left, sheet.height - top - ROW * count, right, top)
    axes.set_xlim(*limits)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks([])
    return axes


def scale(axes: Axes, sheet: Sheet, locale: str, *, ending: str = "") -> None:
    """Number the horizontal axis and draw its light lines: as many as their numbers have room for."""
    from matplotlib.ticker import MaxNLocator

    low, high = axes.get_xlim()
    top, inches = max(abs(low), abs(high)), axes.get_position().width * WIDTH
    for most in range(_TICKS, 0, -1):
        ticks = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        shown = [float(tick) for tick in ticks if low <= tick <= high]
        words = [axis_number(tick, locale, top) + ending for tick in shown]
        apart = inches * (shown[1] - shown[0]) / (high - low) if len(shown) > 1 else inches
        if max((text_width(word, _TICK_SIZE, sheet.font) for word in words), default=0.0) + 0.1 < apart:
            break
    axes.set_xticks(shown, words)
    axes.grid(visible=True, axis="x")


def span(values: Sequence[float | None]) -> tuple[float, float]:
    """Give the ends of a horizontal axis: from 0 unless all values lie far from it.

    Examples
    --------
    >>> span([8.0, 20.0, None])
    (0.0, 21.0)
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    if low >= 0 and (low < high / 2 or high == 0):
        return 0.0, high * 1.05 or 1.0
    return low - room, high + room


def whisker(axes: Axes, row: float, sides: tuple[float | None, float | None], at: float, colour: str) -> None:
    """Draw the range of a vague number; an open side ends in an arrow, one beyond the plot in a triangle."""
    edges = axes.get_xlim()
    low, high = (at if side is None else min(max(side, edges[0]), edges[1]) for side in sides)
    axes.hlines(row, low, high, color=colour, linewidth=1.6, zorder=2.5)
    for side, end, away in ((sides[0], low, -1), (sides[1], high, 1)):
        if side is None:
            axes.annotate(
                "", (end, row), xytext=(away * 16, 0), textcoords="offset points", zorder=2.5,
                arrowprops={"arrowstyle": "<-", "color": colour, "lw": 1.3, "shrinkA": 0, "shrinkB": 3},
            )  # fmt: skip
        elif side != end:
            caret = ">" if away > 0 else "<"
            axes.plot(end, row, caret, color=colour, markersize=7, clip_on=False, zorder=4)
        elif end != at:
            axes.plot(end, row, "|", color=colour, markersize=7, markeredgewidth=1.5, zorder=2.5)


def dot(axes: Axes, at: float, row: float, verdict: str, *, hollow: bool) -> None:
    """Draw a point with the marker and the colour of its verdict."""
    colour = VERDICT_COLOURS[verdict]
    axes.plot(
        at, row, VERDICT_MARKERS.get(verdict, "o"), markersize=8, color=colour, zorder=4,
        markerfacecolor="white" if hollow else colour, markeredgecolor=colour if hollow else "white",
        markeredgewidth=1.5 if hollow else 0.8,
    )  # fmt: skip


def beside(axes: Axes, sheet: Sheet, row: float, at: float, text: str, **looks: Any) -> None:
    """Write in the line of a row, at a distance from the left edge of the sheet in inches."""
    _, y = axes.transAxes.transform((0, 1 - (row + 0.5) * ROW / (ROW * _rows(axes))))
    all_looks: dict[str, Any] = {"size": LABEL_SIZE, "color": INK, "va": "center"} | looks
    sheet.figure.text(at / WIDTH, y / sheet.figure.bbox.height, text, **all_looks)


def _rows(axes: Axes) -> float:
    low, high = axes.get_ylim()
    return abs(high - low)


def heading(sheet: Sheet, at: float, up: float, text: str, **looks: Any) -> None:
    """Write the heading of a column of words."""
    sheet.text(at, up, text, **({"size": LABEL_SIZE - 1, "color": SOFT, "va": "bottom"} | looks))
