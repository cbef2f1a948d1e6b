"""Tables that claim far more fields than they hold: a cell at the end of a sheet, a merge over a billion columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from analysis.errors import UnreadableError
from analysis.reading.document import Document, Table

# Up to so many fields a table is taken as it is, also one that is mostly empty.
_FEW = 200_000
_MOST = 5_000_000


def bounded(document: Document, where: str) -> Document:
    """Give a document whose tables can be laid out in bounded memory.

    In a large table that is mostly empty, columns and rows in which no cell begins are taken out; cells keep
    their addresses.

    Errors
    ------
    UnreadableError where a table has more than five million fields even so.
    """
    large = {
        i: part
        for i, part in enumerate(document.parts)
        if isinstance(part, Table) and part.cells and _fields(part) > _FEW
    }
    if not large:
        return document
    parts = list(document.parts)
    for i, table in large.items():
        parts[i] = drawn = _drawn_together(table)
        if (fields := _fields(drawn)) > _MOST:
            seen = f"{fields:,} for {len(table.cells):,} that are filled"
            todo = "keep the cells that hold something, and save it again"
            raise UnreadableError("a table of too many fields", where=where, seen=seen, todo=todo)
    return replace(document, parts=tuple(parts))


def _fields(table: Table) -> int:
    """Count the fields that the table's outline holds, and those its merges cover where they are more."""
    rows = len({cell.row for cell in table.cells}) + max(cell.rows for cell in table.cells)
    width = max(cell.column + cell.columns for cell in table.cells)
    return max(rows * width, sum(cell.rows * cell.columns for cell in table.cells))


def _drawn_together(table: Table) -> Table:
    rows = sorted({cell.row for cell in table.cells})
    columns = sorted({cell.column for cell in table.cells})

    def between(sorted_starts: list[int], start: int, size: int) -> int:
        return max(1, bisect_left(sorted_starts, start + size) - bisect_left(sorted_starts, start))

    cells = tuple(
        cell._replace(
            row=bisect_left(rows, cell.row),
            column=bisect_left(columns, cell.column),
            rows=between(rows, cell.row, cell.rows),
            columns=between(columns, cell.column, cell.columns),
            address=cell.address or f"R{cell.row + 1}C{cell.column + 1}",
        )
        for cell in table.cells
    )
    breaks = tuple((bisect_left(rows, row), page) for row, page in table.breaks)
    return replace(table, cells=cells, breaks=breaks, headers=bisect_left(rows, table.headers))
