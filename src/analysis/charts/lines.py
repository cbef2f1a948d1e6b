"""Lines over time, each labelled where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.layout import spread, wrapped
from analysis.charts.marks import runs
from analysis.charts.numbers import axis_number, number, spanned
from analysis.charts.periods import axis_words
from analysis.charts.style import LABEL_SIZE, MARKERS, PALETTE, SOFT, WIDTH

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from analysis.charts.marks import Point
    from analysis.charts.naming import Naming
    from analysis.language.periods import Period

LABEL_ROOM = 1.75
_GREY = "#b5b5b5"
_LABEL_LINE = 0.165
_LABEL_PAD = 0.12
_TICKS = 5
# An axis begins at 0 unless all values lie in its upper part.
_UPPER_PART = 0.5
# Around its last point a label is tried in these places, in points: right of it, above, below, farther off.
_OFFSETS = (
    (9, 0, "left"), (0, 12, "center"), (0, -12, "center"), (8, 11, "left"), (8, -11, "left"),
    (-8, 11, "right"), (-8, -11, "right"), (0, 20, "center"), (0, -20, "center"), (8, 22, "left"),
    (8, -22, "left"), (-8, 22, "right"), (-8, -22, "right"), (0, 30, "center"), (0, -30, "center"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lines:
    """What is drawn: points by place over a row of periods, and numbers before a revision.

    What happened within a period is always drawn from 0; a level or a rate only where it comes near it.
    """

    slots: list[Period]
    points: dict[str, list[Point]]
    revised: list[dict[str, Any]]
    unit: str | None
    names: Naming
    from_zero: bool = True

    def looks(self) -> dict[str, tuple[str, str]]:
        """Give each place its colour and marker, the same in all charts; of many places most are grey."""
        order = [place for place in self.names.places if place in self.points]
        order += sorted(set(self.points) - set(order))
        if len(self.names.places) <= len(PALETTE):
            known = list(self.names.places)
            numbers = {place: known.index(place) if place in known else len(known) for place in order}
        else:
            last = {place: (self.points[place][-1].slot, self.points[place][-1].height) for place in order}
            shown = sorted(order, key=lambda place: last[place], reverse=True)[: len(PALETTE)]
            numbers = {place: n for n, place in enumerate(place for place in order if place in shown)}
        return {place: (PALETTE[n % len(PALETTE)], MARKERS[n % len(MARKERS)]) for place, n in numbers.items()}

    def bounds(self) -> tuple[float, float]:
        """Give the lower and upper end of the vertical axis."""
        points = [point for place in self.points.values() for point in place]
        values = [v for p in points for v in (p.height, p.low, p.high) if v is not None]
        values += [row["value"] for row in self.revised if row["value"] is not None]
        low, high = min(values), max(values)
        return ends(low, high, from_zero=self.from_zero)


def ends(low: float, high: float, *, from_zero: bool) -> tuple[float, float]:
    """Give the ends of a vertical axis for values from low to high.

    Examples
    --------
    >>> ends(8.0, 100.0, from_zero=True)
    (0.0, 106.0)
    """
    if low >= 0 and (from_zero or low < _UPPER_PART * high or high == 0):
        return 0.0, high * 1.06 or 1.0
    room = (high - low) * 0.12 or abs(high) * 0.1
    return low - room, high + room


def draw_lines(axes: Axes, lines: Lines, font: Path) -> None:
    """Draw axes, lines, ranges, revised numbers and labels.

    Parameters
    ----------
    axes : an empty plot with room for labels to its right.
    lines : what to draw.
    font : the font file.
    """
    draw_frame(axes, lines.slots, lines.bounds(), lines.names.locale)
    looks = lines.looks()
    for place, points in lines.points.items():
        colour, marker = looks.get(place, (_GREY, ""))
        draw_points(axes, points, colour, marker)
    for row in lines.revised:
        if row["value"] is not None:
            colour = looks.get(row["place_id"], (_GREY, ""))[0]
            axes.plot(
                row["slot"], row["value"], "o", markersize=4.5, markerfacecolor="white",
                markeredgecolor=colour, markeredgewidth=1.1, zorder=3,
            )  # fmt: skip
    _label_lines(axes, lines, looks, font)


def draw_frame(
    axes: Axes, slots: list[Period], bounds: tuple[float, float], locale: str, *, ticks: int = _TICKS
) -> None:
    """Draw the axis of time and the light lines of the vertical one."""
    from matplotlib.ticker import FixedLocator, MaxNLocator

    low, high = bounds
    steps = MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    places = [float(t) for t in steps if low <= t <= high]
    axes.set_ylim(low, high)
    axes.set_xlim(-0.35, len(slots) - 0.65)
    axes.yaxis.set_major_locator(FixedLocator(places))
    top = max(abs(low), abs(high))
    axes.set_yticks(places, [axis_number(t, locale, top) for t in places])
    axes.grid(visible=True, axis="y")
    words = axis_words(slots, locale)
    # Labels that would touch are left out, but never the last one.
    step = -(-len(slots) // 14)
    kept = [n for n in range(len(slots)) if (len(slots) - 1 - n) % step == 0]
    said = [words[n] if step == 1 else _with_year(slots, words, n) for n in kept]
    axes.set_xticks(kept, said)
    level_ticks(axes)


def level_ticks(axes: Axes, *, pad: float = 13) -> None:
    """Put the first lines of the labels below the plot on one line, whatever letters they have."""
    for label in axes.get_xticklabels():
        label.set(verticalalignment="baseline", linespacing=1.35)
    axes.tick_params(axis="x", pad=pad)


def _with_year(slots: list[Period], words: list[str], number: int) -> str:
    """Say the year under every label, where some labels are left out."""
    if slots[0].kind == "year":
        return words[number]
    return words[number].split("\n")[0] + f"\n{slots[number].start.year}"


def draw_points(axes: Axes, points: list[Point], colour: str, marker: str, *, size: float = 5.5) -> None:
    """Draw the points of one place: unbroken runs as lines, ranges as bars, open ones with a caret."""
    for run in runs(points):
        axes.plot([p.slot for p in run], [p.height for p in run], color=colour, zorder=2.5)
    grey = not marker
    exact = [p for p in points if p.value is not None]
    ranges = [p for p in points if p.value is None]
    if marker:
        axes.plot(
            [p.slot for p in exact], [p.height for p in exact], marker, color=colour, markersize=size,
            markeredgecolor="white", markeredgewidth=0.7, zorder=4,
        )  # fmt: skip
        axes.plot(
            [p.slot for p in ranges], [p.height for p in ranges], marker, markerfacecolor="white",
            markeredgecolor=colour, markersize=size, zorder=4,
        )  # fmt: skip
    for point in points:
        if point.vague and not grey:
            _draw_range(axes, point, colour)


def _draw_range(axes: Axes, point: Point, colour: str) -> None:
    low = point.height if point.low is None else point.low
    high = point.height if point.high is None else point.high
    axes.vlines(point.slot, low, high, color=colour, linewidth=1.6, zorder=3.5)
    for side, at, caret in ((point.low, low, "v"), (point.high, high, "^")):
        if side is None:
            axes.annotate(
                "", (point.slot, at), xytext=(0, 14 if caret == "^" else -14), textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 4},
            )  # fmt: skip
        elif at != point.height:
            axes.plot(point.slot, at, "_", color=colour, markersize=7, markeredgewidth=1.6, zorder=3.5)


def point_words(point: Point, locale: str) -> str:
    """Write the number of a point, or its range."""
    if not point.vague and point.value is not None:
        return number(point.value, locale)
    return spanned(point.low, point.high, locale)


def _label_lines(axes: Axes, lines: Lines, looks: dict[str, tuple[str, str]], font: Path) -> None:
    last_slot = len(lines.slots) - 1
    ending = [place for place in looks if lines.points[place][-1].slot == last_slot]
    _label_at_the_edge(axes, lines, ending, looks, font)
    ended = [place for place in looks if place not in ending]
    if ended:
        _label_inside(axes, lines, ended, looks)


def _label_at_the_edge(
    axes: Axes, lines: Lines, places: list[str], looks: dict[str, tuple[str, str]], font: Path
) -> None:
    """Write names and last numbers to the right of the plot, moved apart where they would overlap."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # the sheet made it
    height = figure.get_size_inches()[1]
    box = axes.get_position()
    low, high = axes.get_ylim()
    texts, wanted = [], []
    for place in places:
        point = lines.points[place][-1]
        text = f"{lines.names.place(place)} {point_words(point, lines.names.locale)}"
        texts.append(wrapped(text, LABEL_SIZE, LABEL_ROOM - _LABEL_PAD, font))
        wanted.append((box.y0 + (point.height - low) / (high - low) * box.height) * height)
    room = max((len(text) for text in texts), default=1) * _LABEL_LINE
    placed = spread(wanted, room, box.y0 * height, box.y1 * height)
    edge = box.x1 + _LABEL_PAD / WIDTH
    for place, words, at, moved in zip(places, texts, wanted, placed, strict=True):
        colour = looks[place][0]
        figure.text(edge, moved / height, "\n".join(words), color=colour, size=LABEL_SIZE, va="center")
        if abs(moved - at) > _LABEL_LINE / 3:
            _lead(
                axes, (len(lines.slots) - 1, lines.points[place][-1].height), (edge, moved / height), colour
            )


def _lead(axes: Axes, point: tuple[float, float], label: tuple[float, float], colour: str) -> None:
    """Draw a fine line from the last point to a label that had to move."""
    axes.annotate(
        "", label, xycoords="figure fraction", xytext=point, textcoords="data", annotation_clip=False,
        arrowprops={
            "arrowstyle": "-", "color": colour, "linewidth": 0.7, "alpha": 0.7, "shrinkA": 4, "shrinkB": 2
        },
    )  # fmt: skip


def _label_inside(axes: Axes, lines: Lines, places: list[str], looks: dict[str, tuple[str, str]]) -> None:
    """Name lines that end early beside their last point, where it covers least."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # the sheet made it
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]  # every sheet has an Agg canvas
    inked = _inked(axes, lines)
    taken: list[Any] = []
    for place in places:
        point = lines.points[place][-1]
        tries = []
        for order, (across, up, side) in enumerate(_OFFSETS):
            label = axes.annotate(
                lines.names.place(place), (point.slot, point.height), xytext=(across, up), ha=side,
                va="center", textcoords="offset points", size=LABEL_SIZE, color=looks[place][0], zorder=5,
                bbox={"boxstyle": "square,pad=0.12", "facecolor": "white", "alpha": 0.75, "linewidth": 0},
            )  # fmt: skip
            box = label.get_window_extent(renderer)
            inside = axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 and box.y0 >= axes.bbox.y0
            met = sum(weight for x, y, weight in inked if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1)
            met += 100 * sum(box.overlaps(other) for other in taken) + 1000 * (not inside)
            tries.append((met, order, label, box))
        best = min(tries, key=lambda found: found[:2])
        taken.append(best[3])
        for _, _, label, _ in tries:
            if label is not best[2]:
                label.remove()


def _inked(axes: Axes, lines: Lines) -> list[tuple[float, float, int]]:
    """Give pixels that lines pass, close together, and how bad it is to cover them: markers are worse."""
    import numpy as np

    found = []
    for points in lines.points.values():
        for run in runs(points):
            for one, other in zip(run, run[1:] or run, strict=False):
                share = np.linspace(0, 1, 25)
                across = one.slot + share * (other.slot - one.slot)
                up = one.height + share * (other.height - one.height)
                pixels = axes.transData.transform(np.column_stack([across, up])).tolist()
                found += [(x, y, 8 if n in {0, 24} else 1) for n, (x, y) in enumerate(pixels)]
    return found


def draw_boundary(axes: Axes, slot: int) -> None:
    """Mark with a dotted line where a place began."""
    axes.axvline(slot - 0.5, color=SOFT, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
