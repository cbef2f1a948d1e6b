"""The axes of charts over time: periods along the bottom, light lines for the values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.charts.numbers import axis_number
from analysis.charts.periods import axis_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.language.periods import Period

_TICKS = 5
# An axis begins at 0 unless all values lie in its upper part.
_UPPER_PART = 0.5
_MOST_LABELS = 14
_YEAR_BELOW = 14.0


def ends(low: float, high: float, *, from_zero: bool, least: float = 0.0) -> tuple[float, float]:
    """Give the ends of a vertical axis for values from low to high.

    Parameters
    ----------
    low, high : the least and the greatest value.
    from_zero : whether the axis has to begin at 0.
    least : the least span of the axis, as a part of `high`.

    Examples
    --------
    >>> ends(8.0, 100.0, from_zero=True)
    (0.0, 106.0)
    >>> ends(990.0, 1010.0, from_zero=False, least=0.1)
    (949.5, 1050.5)
    """
    if low >= 0 and (from_zero or low < _UPPER_PART * high or high == 0):
        return 0.0, high * 1.06 or 1.0
    room = (high - low) * 0.12 or abs(high) * 0.1
    room = max(room, (abs(high) * least - (high - low)) / 2)
    return low - room, high + room


def draw_frame(axes: Axes, slots: list[Period], bounds: tuple[float, float], locale: str) -> None:
    """Draw the axis of time and the light lines of the vertical one.

    Parameters
    ----------
    axes : an empty plot.
    slots : the periods along the bottom.
    bounds : ends of the vertical axis.
    locale : zh-Hant, zh-Hans or en.
    """
    from matplotlib.ticker import MaxNLocator

    low, high = bounds
    steps = MaxNLocator(_TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    places = [float(tick) for tick in steps if low <= tick <= high]
    axes.set_ylim(low, high)
    axes.set_xlim(-0.35, len(slots) - 0.65)
    top = max(abs(low), abs(high))
    axes.set_yticks(places, [axis_number(tick, locale, top) for tick in places])
    axes.grid(visible=True, axis="y")
    name_periods(axes, slots, locale)


def name_periods(axes: Axes, slots: list[Period], locale: str, *, pad: float = 13) -> None:
    """Name the periods below a plot, with the year below the first of each year.

    Parameters
    ----------
    axes : a plot whose x is the number of the period.
    slots : the periods.
    locale : zh-Hant, zh-Hans or en.
    pad : distance of the names from the plot, in points.
    """
    # Names that would touch are left out, but never the last one.
    step = -(-len(slots) // _MOST_LABELS)
    kept = [number for number in range(len(slots)) if (len(slots) - 1 - number) % step == 0]
    words = [text.partition("\n") for text in axis_words([slots[number] for number in kept], locale)]
    # On one line, whatever letters the names have.
    axes.set_xticks(kept, [name for name, _, _ in words], verticalalignment="baseline")
    axes.tick_params(axis="x", pad=pad)
    for number, (_, _, year) in zip(kept, words, strict=True):
        if year:
            axes.annotate(
                year, (number, 0), xycoords=("data", "axes fraction"), xytext=(0, -pad - _YEAR_BELOW - 4),
                textcoords="offset points", ha="center", va="baseline",
                color=axes.xaxis.get_ticklabels()[0].get_color(), annotation_clip=False,
            )  # fmt: skip
