"""From the lines of printed pages to paragraphs: broken sentences joined.

PDF files and scans know lines and places, not paragraphs. A line goes on in the next one where it
reaches the right margin of its column and the next does not begin a paragraph of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import inf
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Paragraph, Spot, Table
from analysis.reading.formats.lines import Line, blank_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEGINS = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节節部条條]|[一二三四五六七八九十壹貳參肆伍贰叁陆]{1,3}[、.．]|[㈠-㈩①-⑳⑴-⒇]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.、．](?!\d)|[-*+•●■◆·][ \t]|——|[一二三四五六七八九十]是|[附]件)"
)
# Counted by taking them out, of all lines at once: a document has thousands.
_WIDE = re.compile("[\u2e81-\U0010ffff]+")
_STOPS = "。！？!?；;：:"
# A signature's date stands on a line of its own.
_DATE = re.compile(r"(?:\d{4}|[一二][〇○零Ｏ一二三四五六七八九]{3})\s*年.{1,4}月.{1,4}日")
# Columns begin at the same border within so many characters; one of fewer lines says little of its right border.
_SAME_LEFT, _FEW_LINES = 3.0, 4
# A line that ends so many characters before the border is not full.
_SHORT = 1.9


class _Set(NamedTuple):
    """Lines as they are set, column by column of values: a document has thousands of lines.

    Attributes
    ----------
    lines : in reading order.
    ems : the width of a character of each; one of Chinese counts as two of Latin script.
    lefts : the left border of the column that each stands in.
    full : whether each reaches the right border of its column.
    """

    lines: list[Line]
    ems: list[float]
    lefts: list[float]
    full: list[bool]


def unwrapped(flow: list[Line | Table]) -> list[Paragraph | Table]:
    """Join the lines of a paragraph; tables stay where they are.

    Parameters
    ----------
    flow : lines and tables in reading order.
    """
    text = _set([item for item in flow if not isinstance(item, Table)])
    parts: list[Paragraph | Table] = []
    begin = 0
    for number, table in _tables(flow):
        # A sentence that a table interrupts is not joined: what stands below it may be its note.
        parts += _paragraphs(text, begin, number)
        parts.append(table)
        begin = number
    return parts + _paragraphs(text, begin, len(text.lines))


def _tables(flow: list[Line | Table]) -> Iterator[tuple[int, Table]]:
    """Give each table, and how many lines stand above it."""
    found = 0
    for at, item in enumerate(flow):
        if isinstance(item, Table):
            yield at - found, item
            found += 1


def _set(lines: list[Line]) -> _Set:
    """Find the borders of each line's column: lines of a page that run downwards.

    A column of few lines, such as the end of a report, reaches as far as the longer ones above the same left
    border do.
    """
    ems = _ems(lines)
    rights = [line.right for line in lines]
    columns = _columns(lines)
    borders = []
    for first, last in columns:
        lefts = sorted([line.left for line in lines[first:last]])
        # Most lines begin at the margin; the first of a paragraph may stand to the right of it.
        borders.append((lefts[len(lefts) // 4], max(rights[first:last])))
    # Sorted, so that those of nearly the same left border lie beside each other, whatever the number of pages.
    ruling = sorted(
        own for own, (first, last) in zip(borders, columns, strict=True) if last - first >= _FEW_LINES
    )
    margins: list[float] = []
    full: list[bool] = []
    for (first, last), (left, own) in zip(columns, borders, strict=True):
        border = own
        if last - first < 2 * _FEW_LINES:
            reach = _SAME_LEFT * ems[first]
            low = bisect_left(ruling, (left - reach, -inf))
            high = bisect_right(ruling, (left + reach, inf), low)
            border = max([own, *(right for _, right in ruling[low:high])])
        margins += [left] * (last - first)
        full += [
            right >= border - _SHORT * max(1.0, em)
            for right, em in zip(rights[first:last], ems[first:last], strict=True)
        ]
    return _Set(lines, ems, margins, full)


def _ems(lines: Sequence[Line]) -> list[float]:
    texts = [line.text for line in lines]
    narrow = _WIDE.sub("", "\n".join(texts)).split("\n")
    if len(narrow) != len(texts):
        narrow = [_WIDE.sub("", text) for text in texts]
    return [
        (right - left) / max(len(text) - 0.5 * len(rest), 1.0)
        for (text, left, _, right, _, _), rest in zip(lines, narrow, strict=True)
    ]


def _columns(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Give the first line of each column and the one after its last."""
    begins = [
        at
        for at, (before, line) in enumerate(pairwise(lines), 1)
        if line.bottom > before.top or not _same_page(before, line)
    ]
    return list(pairwise([0, *begins, len(lines)])) if lines else []


def _paragraphs(text: _Set, begin: int, end: int) -> list[Paragraph]:
    """Give the paragraphs of the lines from `begin` to before `end`."""
    if begin == end:
        return []
    lines, full = text.lines, text.full
    pitch = _pitch(lines[begin:end])
    made = []
    start = begin
    for at in range(begin + 1, end):
        # Most lines that do not go on are told by the first alone.
        if not full[at - 1] or not _goes_on(text, at, pitch, first=at == start + 1):
            made.append(_paragraph(lines[start:at]))
            start = at
    made.append(_paragraph(lines[start:end]))
    return made


def _pitch(lines: Sequence[Line]) -> float:
    """Give the usual distance between lines; 0 where no two stand below each other."""
    pitches = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom and _same_page(a, b)]
    return median(pitches) if pitches else 0.0


def _goes_on(text: _Set, at: int, pitch: float, *, first: bool) -> bool:
    """Tell whether a line goes on with the one before it, which reaches the right border."""
    before, line = text.lines[at - 1], text.lines[at]
    width, own = text.ems[at - 1], text.ems[at]
    words = line.text
    if not 0.75 * width <= own <= width / 0.75 or ("日" in words and _DATE.fullmatch(words.strip())):
        return False
    if line.left > text.lefts[at] + 1.2 * own and (
        first or before.left < line.left - 0.6 * max(1.0, width) or _BEGINS.match(words)
    ):
        return False
    same_page = _same_page(before, line)
    if same_page and pitch and before.bottom - line.bottom > 1.9 * pitch:
        return False
    ended = before.text.rstrip()[-1:] in _STOPS
    return not (ended and (not same_page or _BEGINS.match(words)))


def _same_page(before: Line, line: Line) -> bool:
    return before.spot is line.spot or before.spot.page == line.spot.page


def _paragraph(group: list[Line]) -> Paragraph:
    first = group[0]
    if len(group) == 1:
        return Paragraph(first.text.strip(), spot=first.spot)
    text, spot = first.text.rstrip(), first.spot
    cuts: list[tuple[int, Spot]] = []
    for line in group[1:]:
        more = line.text.strip()
        if more.isascii() or more[0].isascii():
            text += blank_between(text, more)
        if line.spot is not spot and line.spot != spot:
            spot = line.spot
            cuts.append((len(text), spot))
        text += more
    return Paragraph(text.strip(), spot=first.spot, cuts=tuple(cuts))
