"""From printed pages to paragraphs and tables: furniture left out, tables over pages joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Paragraph, Table
from analysis.reading.formats.lines import Line
from analysis.reading.formats.unwrapping import unwrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.reading.formats.lines import Page, PlacedTable

_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?\d{1,4}\s*[页頁]?(?:\s*[/,，、]?\s*(?:共\s*)?\d{1,4}\s*[页頁]?)?[-—–―·\s]*|[Pp]age \d+(?: of \d+)?"
)
_SURE_NUMBER = re.compile(
    r"[-—–―·]\s*\d{1,4}\s*[-—–―·]|第\s*\d{1,4}\s*[页頁].*|\d{1,4}\s*/\s*\d{1,4}|[Pp]age \d+.*"
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2
_TOP = itemgetter(Line._fields.index("top"))


def parts_of_pages(pages: list[Page]) -> tuple[list[Paragraph | Table], Counter[str]]:
    """Give the paragraphs and tables of pages in reading order, and count what was left out.

    Parameters
    ----------
    pages : in their order.
    """
    left_out: Counter[str] = Counter()
    flow: list[list[Line] | Table] = []
    for page, furniture in zip(pages, _furniture(pages), strict=True):
        lines = list(page.lines)
        if furniture:
            for line, kind in furniture:
                left_out[kind] += len(line.text)
            left = {id(line) for line, _ in furniture}
            lines = [line for line in lines if id(line) not in left]
        flow += _with_tables(lines, page.tables)
    return unwrapped(_tables_over_pages(flow)), left_out


def _furniture(pages: list[Page]) -> list[list[tuple[Line, str]]]:
    """Give the headers, footers and page numbers of each page, with what they are."""
    edges = [_edges(page) for page in pages]
    counts = Counter(edge.key for own in edges for edge in own)
    often = max(2, (len(pages) + 1) // 2)
    # A bare number at the foot is a page's when it counts up with the pages.
    steps = Counter(
        edge.bare - page.number
        for page, own in zip(pages, edges, strict=True)
        for edge in own
        if edge.bare >= 0
    )

    def kind(page: Page, edge: _Edge) -> str:
        zone = edge.key[1]
        if _SURE_NUMBER.fullmatch(edge.line.text) or (
            edge.bare >= 0
            and steps[edge.bare - page.number] >= max(1, often - 1)
            and (len(pages) > 1 or (zone == "footer" and edge.bare == page.number))
        ):
            return "page_number"
        if counts[edge.key] >= often and len(pages) > 1:
            return "page_number" if _PAGE_NUMBER.fullmatch(edge.line.text) else zone
        return ""

    return [
        [(edge.line, what) for edge in own if (what := kind(page, edge))]
        for page, own in zip(pages, edges, strict=True)
    ]


class _Edge(NamedTuple):
    """A line at the head or the foot of a page.

    Attributes
    ----------
    line : as it is printed.
    key : what is the same where it stands on other pages, too: words without numbers, zone, height.
    bare : the number that it is, -1 where it says more.
    """

    line: Line
    key: tuple[str, str, int]
    bare: int


def _edges(page: Page) -> list[_Edge]:
    free: Sequence[Line] = page.lines
    if page.tables:
        free = [line for line in free if not any(table.holds(line) for table in page.tables)]
    by_height = sorted(free, key=_TOP, reverse=True)
    head, foot = by_height[:_EDGE_LINES], by_height[_EDGE_LINES:][-_EDGE_LINES:]
    return [_edge(line, zone) for zone, lines in (("header", head), ("footer", foot)) for line in lines]


def _edge(line: Line, zone: str) -> _Edge:
    text = line.text
    height = round(line.bottom / max(line.height, 4.0))
    bare = int(text) if len(text) < 5 and text.isdecimal() else -1
    return _Edge(line, (_DIGITS.sub("#", text), zone, height), bare)


def _with_tables(lines: list[Line], tables: tuple[PlacedTable, ...]) -> list[list[Line] | Table]:
    """Put each table where its lines stood."""
    if not tables:
        return [lines] if lines else []
    flow: list[list[Line] | Table] = []
    placed: set[int] = set()
    for line in lines:
        holder = next((i for i, table in enumerate(tables) if table.holds(line)), None)
        if holder is not None:
            if holder not in placed:
                placed.add(holder)
                flow.append(tables[holder].table)
        elif flow and isinstance(flow[-1], list):
            flow[-1].append(line)
        else:
            flow.append([line])
    return flow + [table.table for i, table in enumerate(tables) if i not in placed]


def _tables_over_pages(flow: list[list[Line] | Table]) -> list[list[Line] | Table]:
    """Join a table with the one that goes on with it on the next page, without the repeated header."""
    joined: list[list[Line] | Table] = []
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
