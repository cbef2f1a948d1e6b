"""Cells of a printed table: from boxes on the page to rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.reading.document import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable

Box = tuple[float, float, float, float]


def placed_cells(boxes: Iterable[tuple[Box, str, float | None]], slack: float) -> list[Cell]:
    """Give the cells of a table by the lines between them.

    Parameters
    ----------
    boxes : for each cell left, top, right, bottom with y growing downwards, its words, and how surely they
        were recognised.
    slack : within how many units two borders are one line.

    Returns
    -------
    The cells that hold words, with the rows and columns that they span.
    """
    listed = list(boxes)
    columns = _borders([x for (left, _, right, _), _, _ in listed for x in (left, right)], slack)
    rows = _borders([y for (_, top, _, bottom), _, _ in listed for y in (top, bottom)], slack)
    cells = []
    for (left, top, right, bottom), text, confidence in listed:
        if not text.strip():
            continue
        column, row = _nearest(columns, left), _nearest(rows, top)
        width, height = _nearest(columns, right) - column, _nearest(rows, bottom) - row
        cells.append(Cell(row, column, text, max(1, height), max(1, width), confidence=confidence))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _borders(values: list[float], slack: float) -> list[float]:
    """Give the lines that borders lie on: those within `slack` of the one before are one."""
    found: list[float] = []
    last: float | None = None
    for value in sorted(values):
        if last is None or value - last > slack:
            found.append(value)
        last = value
    return found


def _nearest(lines: list[float], value: float) -> int:
    return min(range(len(lines)), key=lambda i: abs(lines[i] - value))
