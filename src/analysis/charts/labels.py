"""Names inside a plot: beside the point that they name, where they cover nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any

from analysis.charts.layout import text_width, wrapped
from analysis.charts.style import LABEL_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox
    from numpy.typing import NDArray

    from analysis.charts.marks import Point

# In inches: the height of a line of a name, and the width at which it is broken.
_LINE, _WIDTH = 0.165, 1.6
# A name is tried at these places: so many points across and up from its point to its own nearest edge.
_NEAR = (
    (9, 0), (0, 5), (0, -5), (8, 4), (8, -4), (-8, 4), (-8, -4),
    (0, 13), (0, -13), (8, 15), (8, -15), (-8, 15), (-8, -15),
)  # fmt: skip
# Where it would cover something at all of them, it is tried in wider and wider rings.
_FAR = tuple(
    (reach * cos(turn * pi / 12), reach * sin(turn * pi / 12))
    for reach in range(16, 160, 8)
    for turn in range(24)
)
# Farther off than so many points a fine line leads to it.
_BESIDE = 10
# How bad it is to cover a pixel of a line, and a marker.
_STRUCK, _MARKED = 6, 20


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line that a name should keep off.

    Attributes
    ----------
    begin, end : in the units of the axes.
    marked : whether markers stand at both ends.
    """

    begin: tuple[float, float]
    end: tuple[float, float]
    marked: bool = False


def inked(axes: Axes, strokes: Iterable[Stroke]) -> NDArray[Any]:
    """Give pixels that strokes pass, close together.

    Parameters
    ----------
    axes : the plot, with its limits set.
    strokes : what is drawn in it.

    Returns
    -------
    Three rows: across, up, and how bad it is to cover the pixel.
    """
    import numpy as np

    listed = list(strokes)
    ends = axes.transData.transform([point for stroke in listed for point in (stroke.begin, stroke.end)])
    parts = []
    for stroke, begin, end in zip(listed, ends[::2], ends[1::2], strict=True):
        # A pixel in every four: a letter is wider.
        count = int(np.hypot(*(end - begin)) / 4) + 2
        share = np.linspace(0, 1, count)[:, None]
        weights = np.full(count, _STRUCK)
        if stroke.marked:
            weights[[0, -1]] = _MARKED
        parts.append(np.column_stack([begin + share * (end - begin), weights]))
    return np.concatenate(parts).T


def label_inside(
    axes: Axes,
    points: Mapping[str, Point],
    names: Mapping[str, tuple[str, str]],
    covered: NDArray[Any],
    font: Path,
) -> None:
    """Write names beside points, each where it covers least; a fine line leads to one that stands off.

    Parameters
    ----------
    axes : the plot, with its limits set.
    points : what is named, by any key.
    names : name and colour by the same keys.
    covered : what is drawn, see `inked`.
    font : the font file.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None  # the sheet made it
    unit = figure.dpi / 72
    taken: list[Bbox] = []
    for key, point in points.items():
        name, colour = names[key]
        words = wrapped(name, LABEL_SIZE, _WIDTH, font)
        width = max(text_width(line, LABEL_SIZE, font) for line in words)
        size = (width * figure.dpi, len(words) * _LINE * figure.dpi)
        x, y = axes.transData.transform((point.slot, point.height)).tolist()
        box, away = _free(axes, (x, y), size, covered, taken)
        taken.append(box)
        lead = {"arrowstyle": "-", "color": colour, "linewidth": 0.7, "alpha": 0.7, "shrinkB": 4}
        axes.annotate(
            "\n".join(words), (point.slot, point.height), size=LABEL_SIZE, color=colour, zorder=5,
            xytext=((box.x0 + box.width / 2 - x) / unit, (box.y0 + box.height / 2 - y) / unit),
            textcoords="offset points", va="center", ha="center",
            arrowprops=lead if away > _BESIDE else None,
            bbox={"boxstyle": "square,pad=0.12", "facecolor": "white", "alpha": 0.95, "linewidth": 0},
        )  # fmt: skip


def _free(
    axes: Axes,
    end: tuple[float, float],
    size: tuple[float, float],
    covered: NDArray[Any],
    taken: list[Bbox],
) -> tuple[Bbox, float]:
    """Find the box beside a point in which a name covers least, and how far off it is, in points."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    unit = figure.dpi / 72
    tried: list[tuple[float, Bbox, float]] = []
    for offsets in (_NEAR, _FAR):
        for across, up in offsets:
            box, away = _beside(end, (across * unit, up * unit), size), hypot(across, up)
            # Far from its line a name is taken for that of another.
            tried.append((_bad(axes, box, covered, taken) + away, box, away))
        best = min(tried, key=lambda each: each[0])
        if best[0] < _STRUCK + best[2]:
            break
    return best[1], best[2]


def _beside(end: tuple[float, float], offset: tuple[float, float], size: tuple[float, float]) -> Bbox:
    """Give the box of a name whose nearest edge or corner is so far from a point, all in pixels."""
    from matplotlib.transforms import Bbox

    (across, up), (width, height) = offset, size
    beside, above = abs(across) > abs(up) / 4, abs(up) > abs(across) / 4
    left = end[0] + across - (width / 2 if not beside else width if across < 0 else 0)
    low = end[1] + up - (height / 2 if not above else height if up < 0 else 0)
    return Bbox.from_bounds(left, low, width, height)


def _bad(axes: Axes, box: Bbox, covered: NDArray[Any], taken: list[Bbox]) -> float:
    """Tell how bad a name in a box is: over lines, over other names, or outside the plot."""
    plot = axes.bbox
    outside = box.x0 < plot.x0 or box.x1 > plot.x1 or box.y0 < plot.y0 or box.y1 > plot.y1
    across, up, weight = covered
    met = weight[(box.x0 <= across) & (across <= box.x1) & (box.y0 <= up) & (up <= box.y1)].sum()
    over = sum(bool(box.overlaps(other)) for other in taken)
    return float(met + 600 * over + 1000 * outside)
