"""Lines over time, each labelled where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.axis import draw_frame, ends
from analysis.charts.labels import Stroke, inked, label_inside
from analysis.charts.layout import spread, wrapped
from analysis.charts.marks import runs
from analysis.charts.numbers import number, spanned
from analysis.charts.style import LABEL_SIZE, MARKERS, PALETTE, SOFT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

    from analysis.charts.marks import Point
    from analysis.charts.naming import Naming
    from analysis.language.periods import Period

LABEL_ROOM = 1.75
_GREY = "#b5b5b5"
_LABEL_LINE = 0.165
_LABEL_PAD = 0.12


@dataclass(frozen=True, slots=True)
class Lines:
    """What is drawn: points by place, numbers before a revision, and the slots in which a place began.

    What happened within a period is always drawn from 0; a level or a rate only where it comes near it.
    """

    slots: list[Period]
    points: dict[str, list[Point]]
    revised: list[dict[str, Any]]
    unit: str | None
    names: Naming
    from_zero: bool = True
    boundaries: tuple[int, ...] = ()

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


def draw_lines(axes: Axes, lines: Lines, font: Path) -> None:
    """Draw axes, lines, ranges, revised numbers and labels.

    Parameters
    ----------
    axes : an empty plot with room for labels to its right.
    lines : what to draw.
    font : the font file.
    """
    draw_frame(axes, lines.slots, lines.bounds(), lines.names.locale)
    for slot in lines.boundaries:
        _draw_boundary(axes, slot)
    looks = lines.looks()
    for place, points in lines.points.items():
        colour, marker = looks.get(place, (_GREY, ""))
        draw_points(axes, points, colour, marker)
    for row in lines.revised:
        if row["value"] is not None and row["place_id"] in looks:
            colour = looks[row["place_id"]][0]
            axes.plot(
                row["slot"], row["value"], "o", markersize=4.5, markerfacecolor="white",
                markeredgecolor=colour, markeredgewidth=1.1, zorder=3,
            )  # fmt: skip
    _label_lines(axes, lines, looks, font)


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
    low, high = point.span
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
        ends = {place: lines.points[place][-1] for place in ended}
        names = {place: (lines.names.place(place), looks[place][0]) for place in ended}
        label_inside(axes, ends, names, inked(axes, _drawn(lines)), font)


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


def _drawn(lines: Lines) -> Iterator[Stroke]:
    """Give all that is drawn in the plot, for names to keep off: lines, ranges, mergers."""
    for points in lines.points.values():
        for run in runs(points):
            ends = [(point.slot, point.height) for point in run]
            yield from (Stroke(*pair, marked=True) for pair in zip(ends, ends[1:] or ends, strict=False))
    for place in lines.looks():
        for point in lines.points[place]:
            if point.vague:
                low, high = point.span
                yield Stroke((point.slot, low), (point.slot, high))
    for slot in lines.boundaries:
        low, high = lines.bounds()
        yield Stroke((slot - 0.5, low), (slot - 0.5, high))


def _draw_boundary(axes: Axes, slot: int) -> None:
    """Mark with a dotted line where a place began."""
    axes.axvline(slot - 0.5, color=SOFT, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
