"""Where text goes: how wide it is, where a line ends, and whether anything overlaps or is cut off."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from analysis.charts import fonts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

# No line of Chinese begins with these, none ends with those.
_NOT_FIRST = "，。、；：！？）」』”％%·…—–"
_NOT_LAST = "（「『“\N{MINUS SIGN}+"
# Boxes of text include the room for ascenders: so many pixels may overlap unseen.
_TOUCH = 2.0


@cache
def _advance(font: Path, mark: str) -> float:
    """Give the width of one character, as a part of the font size."""
    from matplotlib.ft2font import LoadFlags

    face = fonts.opened(font)
    if not face.get_char_index(ord(mark)):
        return 1.0  # an error later, with the name of the chart
    glyph = face.load_char(ord(mark), flags=LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance / face.units_per_EM)


def text_width(text: str, size: float, font: Path) -> float:
    """Measure a line of text.

    Parameters
    ----------
    text : one line.
    size : font size in points.
    font : the font file.

    Returns
    -------
    Its width in inches.
    """
    return sum(_advance(font, mark) for mark in text) * size / 72


def wrapped(text: str, size: float, width: float, font: Path) -> list[str]:
    """Break a text into lines that fit a width; Chinese between characters, English between words.

    Parameters
    ----------
    text : the text, without line breaks.
    size : font size in points.
    width : in inches.
    font : the font file.
    """
    lines: list[str] = []
    line = ""
    for part in _parts(text):
        if line and text_width((line + part).rstrip(), size, font) > width:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    return [*lines, line.rstrip()] if line.strip() else lines


def _parts(text: str) -> list[str]:
    """Split a text where a line may end."""
    parts: list[str] = []
    for mark in text:
        glued = parts and (
            mark in _NOT_FIRST
            or parts[-1][-1] in _NOT_LAST
            or (mark.isascii() and not mark.isspace() and parts[-1][-1].isascii() and parts[-1][-1] != " ")
            or (mark == " ")
        )
        if glued:
            parts[-1] += mark
        else:
            parts.append(mark)
    return parts


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart, as little as needed, so that labels at them do not overlap.

    Parameters
    ----------
    wanted : positions.
    gap : least distance between two.
    low, high : where they have to stay, as far as there is room.

    Examples
    --------
    >>> spread([1.0, 1.1, 5.0], 1.0, 0.0, 10.0)
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[float]] = []  # middle, number
    for i in order:
        groups.append([wanted[i], 1])
        while True:
            for group in groups:
                half = gap * (group[1] - 1) / 2
                group[0] = max(low + half, min(high - half, group[0]))
            if len(groups) < 2 or groups[-1][0] - groups[-2][0] >= gap * (groups[-1][1] + groups[-2][1]) / 2:
                break
            last, before = groups.pop(), groups.pop()
            count = last[1] + before[1]
            groups.append([(last[0] * last[1] + before[0] * before[1]) / count, count])
    placed = [0.0] * len(wanted)
    positions = [
        middle + gap * (number - (count - 1) / 2) for middle, count in groups for number in range(int(count))
    ]
    for i, position in zip(order, positions, strict=True):
        placed[i] = round(position, 6)
    return placed


def check_layout(figure: Figure) -> list[str]:
    """Find text that overlaps other text or a line, or is cut off at the edge.

    Parameters
    ----------
    figure : a drawn or undrawn figure of matplotlib.

    Returns
    -------
    One line a fault; none when all is well.
    """
    boxes = _text_boxes(figure)
    width, height = figure.bbox.width, figure.bbox.height
    faults = [
        f"cut off at the edge: {text}"
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    for (text, box), (other, other_box) in combinations(boxes, 2):
        if _overlap(box, other_box):
            faults.append(f"overlap: {text} | {other}")
    lines = _lines(figure)
    faults += [f"on a line: {text}" for text, box in boxes if any(_struck(box, line) for line in lines)]
    return faults


def _text_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]  # every house figure has an Agg canvas
    texts = (artist for artist in figure.findobj(Text) if isinstance(artist, Text))
    return [
        (text.get_text().replace("\n", " "), _box(text, renderer))
        for text in texts
        if text.get_visible() and text.get_text().strip()
    ]


def _box(text: Text, renderer: Any) -> Bbox:
    """Measure the words alone: a fine line that leads from a name to its point may pass others."""
    from matplotlib.text import Annotation, Text

    if isinstance(text, Annotation):
        text.update_positions(renderer)
    return Text.get_window_extent(text, renderer)


def _lines(figure: Figure) -> list[tuple[Outline, bool]]:
    """Give what is drawn as lines, in pixels: of numbers, of ranges, of mergers, the one at 0; no grid.

    With each stands whether its points are joined; else it is markers only.
    """
    from matplotlib.collections import LineCollection

    found = []
    for axes in figure.axes:
        for line in axes.lines:
            if line.get_visible():
                path = line.get_transform().transform_path(line.get_path())
                found.append((path, line.get_linestyle() != "None"))
        for drawn in axes.collections:
            if isinstance(drawn, LineCollection):
                paths = drawn.get_paths()
                found += [(drawn.get_transform().transform_path(path), True) for path in paths]
    return found


def _struck(box: Bbox, line: tuple[Outline, bool]) -> bool:
    """Tell whether a line goes through a text, or a marker lies on it."""
    path, joined = line
    inner = box.padded(-_TOUCH)
    marked = bool(inner.count_contains(path.vertices))
    return marked or (joined and bool(path.intersects_bbox(inner, filled=False)))


def _overlap(one: Bbox, other: Bbox) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    up = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(across > _TOUCH and up > _TOUCH)
