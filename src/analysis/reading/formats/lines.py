"""From the lines of printed pages to paragraphs: furniture left out, broken sentences joined.

PDF files and scans know lines and places, not paragraphs. A line goes on in the next one where it
reaches the right margin of its column and the next does not begin a paragraph of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Paragraph, Spot, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?\d{1,4}\s*[页頁]?(?:\s*[/,，、]?\s*(?:共\s*)?\d{1,4}\s*[页頁]?)?[-—–―·\s]*|[Pp]age \d+(?: of \d+)?"
)
_SURE_NUMBER = re.compile(
    r"[-—–―·]\s*\d{1,4}\s*[-—–―·]|第\s*\d{1,4}\s*[页頁].*|\d{1,4}\s*/\s*\d{1,4}|[Pp]age \d+.*"
)
_DIGITS = re.compile(r"\d+")
_BEGINS = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节節部条條]|[一二三四五六七八九十壹貳參肆伍贰叁陆]{1,3}[、.．]|[㈠-㈩①-⑳⑴-⒇]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.、．](?!\d)|[-*+•●■◆·][ \t]|——|[一二三四五六七八九十]是|[附]件)"
)
# Counted by taking them out: this runs for every line of every page.
_WIDE = re.compile("[\u2e81-\U0010ffff]+")
_STOPS = "。！？!?；;：:"
_EDGE_LINES = 2
# A signature's date stands on a line of its own.
_DATE = re.compile(r"(?:\d{4}|[一二][〇○零Ｏ一二三四五六七八九]{3})\s*年.{1,4}月.{1,4}日")
# Columns begin at the same border within so many characters; one of fewer lines says little of its right border.
_SAME_LEFT, _FEW_LINES = 3.0, 4


class Line(NamedTuple):
    """A printed line: its words, its box in points or pixels with y growing upwards, and its place."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    spot: Spot

    @property
    def height(self) -> float:
        """Give the height of the box."""
        return self.top - self.bottom

    @property
    def em(self) -> float:
        """Give the width of a character: one of Chinese counts as two of Latin script."""
        units = len(self.text) - 0.5 * len(_WIDE.sub("", self.text))
        return (self.right - self.left) / max(units, 1.0)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and its box on the page."""

    table: Table
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, line: Line) -> bool:
        """Tell whether a line stands in the table."""
        x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in the order of the file, and its tables."""

    number: int
    lines: tuple[Line, ...]
    tables: tuple[PlacedTable, ...] = ()


def parts_of_pages(pages: list[Page]) -> tuple[list[Paragraph | Table], Counter[str]]:
    """Give the paragraphs and tables of pages in reading order, and count what was left out.

    Parameters
    ----------
    pages : in their order.
    """
    left_out: Counter[str] = Counter()
    furniture = _furniture(pages)
    flow: list[Line | Table] = []
    for page in pages:
        lines = []
        for line in page.lines:
            kind = furniture.get(id(line))
            if kind:
                left_out[kind] += len(line.text)
            else:
                lines.append(line)
        flow += _with_tables(lines, page.tables)
    return _joined(_tables_over_pages(flow)), left_out


def _furniture(pages: list[Page]) -> dict[int, str]:
    """Tell the headers, footers and page numbers by the identity of their lines."""
    edges: list[tuple[Page, Line, str]] = []
    for page in pages:
        free: Sequence[Line] = page.lines
        if page.tables:
            free = [line for line in free if not any(table.holds(line) for table in page.tables)]
        by_height = sorted(free, key=lambda line: -line.top)
        edges += [(page, line, "header") for line in by_height[:_EDGE_LINES]]
        edges += [
            (page, line, "footer") for line in by_height[max(_EDGE_LINES, len(by_height) - _EDGE_LINES) :]
        ]

    def key(line: Line, zone: str) -> tuple[str, str, int]:
        return _DIGITS.sub("#", line.text.strip()), zone, round(line.bottom / max(line.height, 4.0))

    counts = Counter(key(line, zone) for _, line, zone in edges)
    often = max(2, (len(pages) + 1) // 2)
    # A bare number at the foot is a page's when it counts up with the pages.
    steps = Counter(
        int(line.text) - page.number
        for page, line, _ in edges
        if line.text.strip().isdecimal() and len(line.text) < 5
    )
    found = {}
    for page, line, zone in edges:
        text = line.text.strip()
        bare = text.isdecimal() and len(text) < 5
        if _SURE_NUMBER.fullmatch(text) or (
            bare
            and steps[int(text) - page.number] >= max(1, often - 1)
            and (len(pages) > 1 or (zone == "footer" and int(text) == page.number))
        ):
            found[id(line)] = "page_number"
        elif counts[key(line, zone)] >= often and len(pages) > 1:
            found[id(line)] = "page_number" if _PAGE_NUMBER.fullmatch(text) else zone
    return found


def _with_tables(lines: list[Line], tables: tuple[PlacedTable, ...]) -> list[Line | Table]:
    """Put each table where its lines stood."""
    if not tables:
        return list(lines)
    flow: list[Line | Table] = []
    placed: set[int] = set()
    for line in lines:
        holder = next((i for i, table in enumerate(tables) if table.holds(line)), None)
        if holder is None:
            flow.append(line)
        elif holder not in placed:
            placed.add(holder)
            flow.append(tables[holder].table)
    flow += [table.table for i, table in enumerate(tables) if i not in placed]
    return flow


def _tables_over_pages(flow: list[Line | Table]) -> list[Line | Table]:
    """Join a table with the one that goes on with it on the next page, without the repeated header."""
    joined: list[Line | Table] = []
    for item in flow:
        before = joined[-1] if joined else None
        if (
            isinstance(item, Table)
            and isinstance(before, Table)
            and item.spot.page == (before.breaks[-1][1] if before.breaks else before.spot.page or 0) + 1
            and _width(item) == _width(before)
        ):
            joined[-1] = _appended(before, item)
        else:
            joined.append(item)
    return joined


def _width(table: Table) -> int:
    return max(cell.column + cell.columns for cell in table.cells)


def _appended(table: Table, more: Table) -> Table:
    first = [cell for cell in more.cells if cell.row == 0]
    repeated = [(cell.column, cell.text) for cell in first] == [
        (cell.column, cell.text) for cell in table.cells if cell.row == 0
    ]
    at = max(cell.row + cell.rows for cell in table.cells)
    shift = at - int(repeated)
    added = tuple(c._replace(row=c.row + shift) for c in more.cells if not (repeated and c.row == 0))
    return replace(table, cells=table.cells + added, breaks=(*table.breaks, (at, more.spot.page or 0)))


def _joined(flow: list[Line | Table]) -> list[Paragraph | Table]:
    parts: list[Paragraph | Table] = []
    run: list[Line] = []
    margins = _margins(flow)
    for item in flow:
        if isinstance(item, Table):
            # A sentence that a table interrupts is not joined: what stands below it may be its note.
            parts += _paragraphs(run, margins)
            run = []
            parts.append(item)
        else:
            run.append(item)
    return parts + _paragraphs(run, margins)


class _Margins(NamedTuple):
    """The borders of the column that a line stands in."""

    left: float
    right: float


def _margins(flow: list[Line | Table]) -> dict[int, _Margins]:
    """Give for each line the borders of its column: lines of a page that run downwards.

    A column of few lines, such as the end of a report, reaches as far as the longer ones above the same left
    border do.
    """
    columns: list[list[Line]] = []
    for item in flow:
        if isinstance(item, Table):
            continue
        before = columns[-1][-1] if columns else None
        if before and item.spot.page == before.spot.page and item.bottom <= before.top:
            columns[-1].append(item)
        else:
            columns.append([item])
    borders = []
    for column in columns:
        lefts = sorted(line.left for line in column)
        # Most lines begin at the margin; the first of a paragraph may stand to the right of it.
        borders.append(_Margins(lefts[len(lefts) // 4], max(line.right for line in column)))
    found: dict[int, _Margins] = {}
    # Sorted, so that those of nearly the same left border lie beside each other, whatever the number of pages.
    ruling = sorted(
        (own.left, own.right) for own, lines in zip(borders, columns, strict=True) if len(lines) >= _FEW_LINES
    )
    for column, own in zip(columns, borders, strict=True):
        right = own.right
        if len(column) < 2 * _FEW_LINES:
            reach = _SAME_LEFT * column[0].em
            first = bisect_left(ruling, (own.left - reach, -inf))
            last = bisect_right(ruling, (own.left + reach, inf), first)
            right = max([right, *(r for _, r in ruling[first:last])])
        margins = _Margins(own.left, right)
        found.update((id(line), margins) for line in column)
    return found


def _paragraphs(lines: list[Line], margins: dict[int, _Margins]) -> list[Paragraph]:
    if not lines:
        return []
    pitches = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom and _same_page(a, b)]
    pitch = median(pitches) if pitches else 0.0
    groups = [[lines[0]]]
    ems = [line.em for line in lines]
    for i, (before, line) in enumerate(pairwise(lines), 1):
        if _goes_on(before, line, margins, pitch, (ems[i - 1], ems[i]), first=len(groups[-1]) == 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _goes_on(
    before: Line,
    line: Line,
    margins: dict[int, _Margins],
    pitch: float,
    ems: tuple[float, float],
    *,
    first: bool,
) -> bool:
    """Tell whether a line goes on with the one before it; `ems` are the widths of a character in both."""
    width, own = ems
    wide = max(1.0, width)
    if before.right < margins[id(before)].right - 1.9 * wide:
        return False
    if not 0.75 * width <= own <= width / 0.75 or ("日" in line.text and _DATE.fullmatch(line.text.strip())):
        return False
    indented = line.left > margins[id(line)].left + 1.2 * own
    if indented and (first or before.left < line.left - 0.6 * wide or _BEGINS.match(line.text)):
        return False
    same_page = _same_page(before, line)
    if same_page and pitch and before.bottom - line.bottom > 1.9 * pitch:
        return False
    ended = before.text.rstrip()[-1:] in _STOPS
    return not (ended and (_BEGINS.match(line.text) or not same_page))


def _same_page(before: Line, line: Line) -> bool:
    return before.spot is line.spot or before.spot.page == line.spot.page


def _paragraph(group: list[Line]) -> Paragraph:
    text = group[0].text.rstrip()
    cuts: list[tuple[int, Spot]] = []
    spot = group[0].spot
    for line in group[1:]:
        more = line.text.strip()
        text += _between(text, more)
        if line.spot is not spot and line.spot != spot:
            spot = line.spot
            cuts.append((len(text), spot))
        text += more
    return Paragraph(text.strip(), spot=group[0].spot, cuts=tuple(cuts))


def _between(before: str, after: str) -> str:
    """Give what stands between two lines of a sentence: a blank between words of Latin letters."""
    last, first = before[-1:], after[:1]
    latin = last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
    return " " if latin else ""


def joined_words(text: str) -> str:
    r"""Give the words of a cell whose lines were broken where it was full.

    Examples
    --------
    >>> joined_words("綠化面\n積(畝)")
    '綠化面積(畝)'
    """
    words = ""
    for line in text.replace("\r", "\n").split("\n"):
        if stripped := line.strip():
            words += _between(words, stripped) + stripped
    return words
