"""From the lines of printed pages to paragraphs: broken sentences joined.

PDF files and scans know lines and places, not paragraphs. A line goes on in the next one where it
reaches the right margin of its column and the next does not begin a paragraph of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise
from math import inf
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Paragraph, Spot, Table
from analysis.reading.formats.lines import Lines, joined, together

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    texts : in reading order.
    lefts, bottoms : of their boxes.
    spots : where they stand.
    pages : their pages.
    ems : the width of a character of each; one of Chinese counts as two of Latin script.
    margins : the left border of the column that each stands in.
    full : whether each reaches the right border of its column.
    """

    texts: Sequence[str]
    lefts: Sequence[float]
    bottoms: Sequence[float]
    spots: Sequence[Spot]
    pages: Sequence[int | None]
    ems: Sequence[float]
    margins: Sequence[float]
    full: Sequence[bool]


def unwrapped(flow: Sequence[Lines | Table]) -> list[Paragraph | Table]:
    """Join the lines of a paragraph; tables stay where they are.

    Parameters
    ----------
    flow : lines and tables in reading order.
    """
    text = _set(together(item for item in flow if isinstance(item, Lines)))
    parts: list[Paragraph | Table] = []
    begin = end = 0
    for item in flow:
        if isinstance(item, Lines):
            end += len(item.texts)
        else:
            # A sentence that a table interrupts is not joined: what stands below it may be its note.
            parts += _paragraphs(text, begin, end)
            parts.append(item)
            begin = end
    return parts + _paragraphs(text, begin, end)


def _set(lines: Lines) -> _Set:
    """Find the borders of each line's column: lines of a page that run downwards.

    A column of few lines, such as the end of a report, reaches as far as the longer ones above the same left
    border do.
    """
    texts, lefts, bottoms, rights, tops, spots = lines
    pages = [spot.page for spot in spots]
    ems = _ems(texts, lefts, rights)
    columns = _columns(bottoms, tops, pages)
    # Most lines begin at the margin; the first of a paragraph may stand to the right of it.
    borders = [
        (sorted(lefts[first:last])[(last - first) // 4], max(rights[first:last])) for first, last in columns
    ]
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
        # Short by less than a narrow character's or by less than its own: most lines are told by the first.
        near = border - _SHORT
        full += [
            right >= near or right >= border - _SHORT * em
            for right, em in zip(rights[first:last], ems[first:last], strict=True)
        ]
    return _Set(texts, lefts, bottoms, spots, pages, ems, margins, full)


def _ems(texts: Sequence[str], lefts: Sequence[float], rights: Sequence[float]) -> list[float]:
    narrow = _WIDE.sub("", "\n".join(texts)).split("\n")
    if len(narrow) != len(texts):
        narrow = [_WIDE.sub("", text) for text in texts]
    counts = [len(text) - 0.5 * len(rest) for text, rest in zip(texts, narrow, strict=True)]
    return [
        (right - left) / (n if n > 1.0 else 1.0)  # noqa: FURB136 - a call for each line takes as long as the rest
        for left, right, n in zip(lefts, rights, counts, strict=True)
    ]


def _columns(
    bottoms: Sequence[float], tops: Sequence[float], pages: Sequence[int | None]
) -> list[tuple[int, int]]:
    """Give the first line of each column and the one after its last."""
    pairs = zip(tops, bottoms[1:], pages, pages[1:], strict=False)
    begins = [at for at, (top, low, before, page) in enumerate(pairs, 1) if low > top or page != before]
    return list(pairwise([0, *begins, len(pages)])) if pages else []


def _paragraphs(text: _Set, begin: int, end: int) -> list[Paragraph]:
    """Give the paragraphs of the lines from `begin` to before `end`."""
    if begin == end:
        return []
    pitch = _pitch(text.bottoms[begin:end], text.pages[begin:end])
    made = []
    start = begin
    for at in _doubtful(text, begin, end, pitch):
        # Most lines that do not go on are told by the first alone.
        if not text.full[at - 1] or not _goes_on(text, at, pitch, first=at == start + 1):
            made.append(_paragraph(text, start, at))
            start = at
    made.append(_paragraph(text, start, end))
    return made


def _pitch(bottoms: Sequence[float], pages: Sequence[int | None]) -> float:
    """Give the usual distance between lines; 0 where no two stand below each other."""
    pairs = zip(bottoms, bottoms[1:], pages, pages[1:], strict=False)
    pitches = [high - low for high, low, before, page in pairs if high > low and page == before]
    return median(pitches) if pitches else 0.0


def _doubtful(text: _Set, begin: int, end: int, pitch: float) -> list[int]:
    """Give the lines for which a reason of `_goes_on` may hold: a tenth, and only these are looked at one by one."""
    farthest = 1.9 * pitch if pitch else inf
    texts, lefts, bottoms, _, _, ems, margins, full = (column[begin:end] for column in text)
    pairs = zip(
        full, ems, ems[1:], texts, texts[1:], lefts[1:], margins[1:], bottoms, bottoms[1:], strict=False
    )
    return [
        at
        for at, (reaches, width, own, before, line, left, margin, high, low) in enumerate(pairs, begin + 1)
        if not reaches
        or not 0.75 * width <= own <= width / 0.75
        or left > margin + 1.2 * own
        or high - low > farthest
        or before[-1:] in _STOPS
        or "日" in line
    ]


def _goes_on(text: _Set, at: int, pitch: float, *, first: bool) -> bool:
    """Tell whether a line goes on with the one before it, which reaches the right border."""
    before, line, left = at - 1, text.texts[at], text.lefts[at]
    width, own = text.ems[before], text.ems[at]
    if not 0.75 * width <= own <= width / 0.75 or ("日" in line and _DATE.fullmatch(line)):
        return False
    if left > text.margins[at] + 1.2 * own and (
        first or text.lefts[before] < left - 0.6 * max(1.0, width) or _BEGINS.match(line)
    ):
        return False
    same_page = text.pages[before] == text.pages[at]
    if same_page and pitch and text.bottoms[before] - text.bottoms[at] > 1.9 * pitch:
        return False
    ended = text.texts[before][-1:] in _STOPS
    return not (ended and (not same_page or _BEGINS.match(line)))


def _paragraph(text: _Set, start: int, end: int) -> Paragraph:
    texts, spots = text.texts[start:end], text.spots[start:end]
    if spots.count(spots[0]) == len(spots):
        return Paragraph(joined(texts), spot=spots[0])
    pieces: list[str] = []
    cuts: list[tuple[int, Spot]] = []
    last, length = "", 0
    for spot, lines in groupby(zip(spots, texts, strict=True), itemgetter(0)):
        more = joined(line for _, line in lines)
        piece = joined((last, more))[len(last) :]
        cuts.append((length + len(piece) - len(more), spot))
        pieces.append(piece)
        last, length = more[-1:], length + len(piece)
    return Paragraph("".join(pieces), spot=spots[0], cuts=tuple(cuts[1:]))
