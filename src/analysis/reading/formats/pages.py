"""From printed pages to paragraphs and tables: furniture left out, tables over pages joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Paragraph, Table
from analysis.reading.formats.unwrapping import unwrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.reading.formats.lines import Lines, Page

_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?\d{1,4}\s*[页頁]?(?:\s*[/,，、]?\s*(?:共\s*)?\d{1,4}\s*[页頁]?)?[-—–―·\s]*|[Pp]age \d+(?: of \d+)?"
)
_SURE_NUMBER = re.compile(
    r"[-—–―·]\s*\d{1,4}\s*[-—–―·]|第\s*\d{1,4}\s*[页頁].*|\d{1,4}\s*/\s*\d{1,4}|[Pp]age \d+.*"
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2


def parts_of_pages(pages: list[Page]) -> tuple[list[Paragraph | Table], Counter[str]]:
    """Give the paragraphs and tables of pages in reading order, and count what was left out.

    Parameters
    ----------
    pages : in their order.
    """
    left_out: Counter[str] = Counter()
    flow: list[Lines | Table] = []
    for page, furniture in zip(pages, _furniture(pages), strict=True):
        for at, kind in furniture.items():
            left_out[kind] += len(page.lines.texts[at])
        flow += _with_tables(page, furniture)
    return unwrapped(_tables_over_pages(flow)), left_out


def _furniture(pages: list[Page]) -> list[dict[int, str]]:
    """Give the lines of each page that are headers, footers and page numbers, with what they are."""
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
        if _SURE_NUMBER.fullmatch(edge.text) or (
            edge.bare >= 0
            and steps[edge.bare - page.number] >= max(1, often - 1)
            and (len(pages) > 1 or (zone == "footer" and edge.bare == page.number))
        ):
            return "page_number"
        if counts[edge.key] >= often and len(pages) > 1:
            return "page_number" if _PAGE_NUMBER.fullmatch(edge.text) else zone
        return ""

    return [
        {edge.at: what for edge in own if (what := kind(page, edge))}
        for page, own in zip(pages, edges, strict=True)
    ]


class _Edge(NamedTuple):
    """A line at the head or the foot of a page.

    Attributes
    ----------
    at : which line of the page it is.
    text : its words.
    key : what is the same where it stands on other pages, too: words without numbers, zone, height.
    bare : the number that it is, -1 where it says more.
    """

    at: int
    text: str
    key: tuple[str, str, int]
    bare: int


def _edges(page: Page) -> list[_Edge]:
    lines = page.lines
    free: Sequence[int] = range(len(lines.texts))
    if page.tables:
        free = [at for at, holder in enumerate(page.holders()) if holder < 0]
    by_height = sorted(free, key=lines.tops.__getitem__, reverse=True)
    head, foot = by_height[:_EDGE_LINES], by_height[_EDGE_LINES:][-_EDGE_LINES:]
    return [_edge(lines, at, "header") for at in head] + [_edge(lines, at, "footer") for at in foot]


def _edge(lines: Lines, at: int, zone: str) -> _Edge:
    text, bottom = lines.texts[at], lines.bottoms[at]
    height = round(bottom / max(lines.tops[at] - bottom, 4.0))
    bare = int(text) if len(text) < 5 and text.isdecimal() else -1
    return _Edge(at, text, (_DIGITS.sub("#", text), zone, height), bare)


def _with_tables(page: Page, furniture: Mapping[int, str]) -> list[Lines | Table]:
    """Give the lines of a page without furniture, and each table where its lines stood."""
    lines, tables = page.lines, page.tables
    left: Sequence[int] = range(len(lines.texts))
    if furniture:
        left = [at for at in left if at not in furniture]
    if not tables:
        return [lines.chosen(left) if furniture else lines] if left else []
    flow: list[Lines | Table] = []
    placed: set[int] = set()
    for holder, group in groupby(left, page.holders().__getitem__):
        if holder < 0:
            flow.append(lines.chosen(list(group)))
        elif holder not in placed:
            placed.add(holder)
            flow.append(tables[holder].table)
    return flow + [table.table for i, table in enumerate(tables) if i not in placed]


def _tables_over_pages(flow: list[Lines | Table]) -> list[Lines | Table]:
    """Join a table with the one that goes on with it on the next page, without the repeated header."""
    joined: list[Lines | Table] = []
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
