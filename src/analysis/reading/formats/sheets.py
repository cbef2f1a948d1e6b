"""The cells of a sheet as paragraphs and tables: what is alone in its row is text, the rest is a table."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from analysis.reading.document import Cell, Paragraph, Spot, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PLACE = itemgetter(0, 1)


def address_of(row: int, column: int) -> str:
    """Give the address of a cell, both counted from 0.

    Examples
    --------
    >>> address_of(0, 0), address_of(2, 27)
    ('A1', 'AB3')
    """
    return f"{_letters(column)}{row + 1}"


@cache
def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def parts_of_sheet(cells: Iterable[Cell], sheet: str | None) -> Iterator[Paragraph | Table]:
    """Give the paragraphs and tables of a sheet in reading order.

    Parameters
    ----------
    cells : those that are not empty, in any order, with their rows and columns in the sheet.
    sheet : its name.
    """
    ordered = sorted(cells, key=_PLACE)
    for block in _blocks(ordered):
        yield from _parts_of_block(block, sheet)


def _blocks(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Cut where a whole row is empty."""
    begin = 0
    last = cells[0].row if cells else 0
    for at, (row, _, _, rows, *_) in enumerate(cells):
        if row > last + 1:
            yield cells[begin:at]
            begin = at
        last = max(last, row + rows - 1)
    if cells:
        yield cells[begin:]


def _parts_of_block(block: list[Cell], sheet: str | None) -> Iterator[Paragraph | Table]:
    # Rows before the first cell and behind the last one, so that those at the edges stand beside others, too.
    rows = [-1, *(cell.row for cell in block), -1]
    alone = [
        cell.rows == 1 and before != own != after
        for cell, before, own, after in zip(block, rows, rows[1:], rows[2:], strict=False)
    ]
    first = alone.index(False) if False in alone else len(block)
    last = len(block) - alone[first:][::-1].index(False) if first < len(block) else first
    yield from (_paragraph(cell, sheet) for cell in block[:first])
    for table in _side_by_side(block[first:last]):
        if len({cell.row for cell in table}) == 1:
            yield from (_paragraph(cell, sheet) for cell in table)
        else:
            yield _table(table, sheet)
    yield from (_paragraph(cell, sheet) for cell in block[last:])


def _side_by_side(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Cut where a whole column is empty."""
    if not cells:
        return
    covered = sorted({c for cell in cells for c in range(cell.column, cell.column + cell.columns)})
    begins = [c for i, c in enumerate(covered) if i == 0 or c > covered[i - 1] + 1]
    for begin, end in zip(begins, [*begins[1:], 1 << 30], strict=True):
        part = [cell for cell in cells if begin <= cell.column < end]
        if part:
            yield part


def _paragraph(cell: Cell, sheet: str | None) -> Paragraph:
    row, column, text, _, _, address, _ = cell
    return Paragraph(text, "", 0, Spot(None, sheet, address or address_of(row, column)))


def _table(cells: list[Cell], sheet: str | None) -> Table:
    top = min(cell.row for cell in cells)
    left = min(cell.column for cell in cells)
    moved = tuple(
        Cell(row - top, column - left, text, rows, columns, address or address_of(row, column), confidence)
        for row, column, text, rows, columns, address, confidence in cells
    )
    return Table(moved, Spot(sheet=sheet))
