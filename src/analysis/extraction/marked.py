"""Tables that the file itself marks: their cells, merged ones too, in offsets of the clean text."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from analysis.extraction.drawn import find_grids
from analysis.extraction.grid import Cell, Grid, states_number

if TYPE_CHECKING:
    from analysis.extraction.noise import Clean
    from analysis.reading import Report
    from analysis.reading.report import TextCell, TextTable

_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEADERS = 4
# Wider or longer merges are a sheet's decoration.
_WIDEST_MERGE = 200
# Fields of a table that is given up where so many times as many are empty.
_LARGEST, _EMPTIEST = 1_000_000, 50


def grids_of(cleaned: Clean, report: Report) -> list[Grid]:
    """Give the tables of a report: those that its file marks, and those that only its text draws.

    Parameters
    ----------
    cleaned : the clean text of the report.
    report : it.
    """
    drawn = find_grids(cleaned.text)
    if not report.tables:
        return drawn
    places = _Places(cleaned)
    marked = [grid for table in report.tables if (grid := _grid(table, places)) is not None]
    starts = [grid.start for grid in marked]
    free = [
        grid
        for grid in drawn
        if not ((i := bisect_right(starts, grid.end - 1)) and marked[i - 1].end > grid.start)
    ]
    return sorted([*marked, *free], key=lambda grid: grid.start)


class _Places:
    """Leads offsets of the report's text to the clean text."""

    def __init__(self, cleaned: Clean) -> None:
        self.cleaned = cleaned
        self.origins = [s + shift for s, shift in zip(cleaned.starts, cleaned.shifts, strict=True)]
        self.ends = [*cleaned.starts[1:], len(cleaned.text)]

    def __call__(self, offset: int) -> int:
        """Give where an offset stands; one that was taken out, where the text goes on."""
        piece = bisect_right(self.origins, offset) - 1
        if piece < 0:
            return 0
        return min(offset - self.cleaned.shifts[piece], self.ends[piece])

    def cell(self, cell: TextCell) -> Cell:
        """Give a cell of the clean text, without line breaks in what it says."""
        start, end = self(cell.start), self(cell.end)
        text = self.cleaned.text[start:end]
        start += len(text) - len(text.lstrip())
        words = text.strip()
        return Cell(start, start + len(words), words.replace("\n", ""))


def _grid(table: TextTable, places: _Places) -> Grid | None:
    width = max(cell.column + 1 for cell in table.cells)
    fields: dict[int, dict[int, Cell]] = {}
    addresses: dict[int, str] = {}
    for row, cells in groupby(table.cells, key=lambda cell: cell.row):
        for given in cells:
            cell = places.cell(given)
            addresses[cell.start] = given.address
            for r in range(row, row + min(given.rows, _WIDEST_MERGE)):
                for c in range(given.column, min(given.column + given.columns, given.column + _WIDEST_MERGE)):
                    fields.setdefault(r, {})[c] = cell
                    width = max(width, c + 1)
    if width * len(fields) > _LARGEST and width * len(fields) > _EMPTIEST * len(table.cells):
        # A few cells far apart are no table.
        return None
    start, end = places(table.start), places(table.end)
    nothing = Cell(start, start, "")
    # Only rows that hold something are kept; the columns stay as they are in the file.
    rows = [tuple(fields[r].get(c, nothing) for c in range(width)) for r in sorted(fields)]
    top = _header_rows(rows, table.headers)
    if top >= len(rows):
        return None
    headers = rows[:top]
    inner = headers[-1] if headers else ()
    over = tuple(_outer([row[c] for row in reversed(headers)]) for c in range(width)) if headers else ()
    body = rows[top:]
    # A header merged downwards is no row label.
    inside = {cell.start for row in headers for cell in row if cell.text}
    body = [tuple(nothing if cell.text and cell.start in inside else cell for cell in row) for row in body]
    if headers:
        inner = tuple(_innermost([row[c] for row in reversed(headers)]) for c in range(width))
    return Grid(start, end, inner, tuple(body), over, addresses)


def _innermost(cells: list[Cell]) -> Cell:
    return next((cell for cell in cells if cell.text), cells[0])


def _outer(cells: list[Cell]) -> tuple[Cell, ...]:
    """Give the headers above the innermost one, each once."""
    distinct = dict.fromkeys(cell for cell in cells if cell.text)
    return tuple(distinct)[1:]


def _header_rows(rows: list[tuple[Cell, ...]], told: int) -> int:
    """Count the rows above the first that states a number; years are headers in the first rows."""
    for r, row in enumerate(rows[: _MOST_HEADERS + 1]):
        numbers = [
            cell.text
            for c, cell in enumerate(row)
            if c and states_number(cell.text) and not (_YEAR.fullmatch(cell.text) and r == 0)
        ]
        if numbers:
            return max(r, 0)
    return min(max(told, 1), len(rows))
