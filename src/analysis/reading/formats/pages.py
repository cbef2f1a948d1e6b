"""From printed pages to paragraphs and tables: furniture left out, tables over pages joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from analysis.reading.document import Paragraph, Table
from analysis.reading.formats.unwrapping import unwrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.reading.formats.lines import Line, Page, PlacedTable

_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?\d{1,4}\s*[页頁]?(?:\s*[/,，、]?\s*(?:共\s*)?\d{1,4}\s*[页頁]?)?[-—–―·\s]*|[Pp]age \d+(?: of \d+)?"
)
_SURE_NUMBER = re.compile(
    r"[-—–―·]\s*\d{1,4}\s*[-—–―·]|第\s*\d{1,4}\s*[页頁].*|\d{1,4}\s*/\s*\d{1,4}|[Pp]age \d+.*"
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2
_TOP = attrgetter("top")


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
            if kind := furniture.get(id(line)):
                left_out[kind] += len(line.text)
            else:
                lines.append(line)
        flow += _with_tables(lines, page.tables)
    return unwrapped(_tables_over_pages(flow)), left_out


def _furniture(pages: list[Page]) -> dict[int, str]:
    """Tell the headers, footers and page numbers by the identity of their lines."""
    edges: list[tuple[Page, Line, str]] = []
    for page in pages:
        free: Sequence[Line] = page.lines
        if page.tables:
            free = [line for line in free if not any(table.holds(line) for table in page.tables)]
        by_height = sorted(free, key=_TOP, reverse=True)
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
