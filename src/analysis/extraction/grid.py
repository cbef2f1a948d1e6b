"""Tables inside a text: with pipes, with tabs, or flattened to one cell a line.

Each cell that holds a number is given back with the words that its row and column say of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.language.units import load_units

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[余多])?(?:%|‰)?")
_EMPTY = re.compile(r"[-—–/]*")
_RULE_ROW = re.compile(r"[\s|:\-—]+")
_UNIT_HEADER = re.compile(r"单位|计量单位")
_UNIT_IN_HEADER = re.compile(r"[(（](?P<unit>[^()（）]{1,6})[)）]\s*$")
_TOTAL = re.compile(r"累计|合计|总计|小计|共计")
_SHORT = re.compile(r"[^。;!?\n]{1,14}")
_FLAT_MINIMUM = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and where it stands in the clean text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its span, its header cells and its rows of cells."""

    start: int
    end: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell with a number, and what its row and column say: name, unit (with its place) and header.

    `total` says that the column adds up others; `address` is R1C2, counted without the header.
    """

    cell: Cell
    name: str
    unit: Cell | None
    header: Cell | None
    total: bool
    address: str


def find_grids(text: str) -> list[Grid]:
    """Find the tables of a clean text."""
    lines: list[Cell] = []
    position = 0
    for line in text.split("\n"):
        lines.append(Cell(position, position + len(line), line))
        position += len(line) + 1
    grids = [*_ruled(lines, "|"), *_ruled(lines, "\t"), *_flattened(lines)]
    return sorted(grids, key=lambda g: g.start)


def _ruled(lines: list[Cell], mark: str) -> list[Grid]:
    grids, run = [], []
    for line in [*lines, Cell(0, 0, "")]:
        if line.text.count(mark) >= 2:
            run.append(line)
            continue
        if len(run) > 1:
            rows = [_split(row, mark) for row in run if not (mark == "|" and _RULE_ROW.fullmatch(row.text))]
            if len(rows) > 1:
                grids.append(Grid(run[0].start, run[-1].end, rows[0], tuple(rows[1:])))
        run = []
    return grids


def _split(line: Cell, mark: str) -> tuple[Cell, ...]:
    cells, position = [], line.start
    for piece in line.text.split(mark):
        lead = len(piece) - len(piece.lstrip())
        cells.append(Cell(position + lead, position + lead + len(piece.strip()), piece.strip()))
        position += len(piece) + 1
    if mark == "|":
        cells = cells[1:] if not cells[0].text else cells
        cells = cells[:-1] if cells and not cells[-1].text else cells
    return tuple(cells)


def _flattened(lines: list[Cell]) -> list[Grid]:
    """Find tables that a copy has torn into one cell a line: their header names a column of units."""
    grids = []
    for i, line in enumerate(lines):
        if i and _UNIT_HEADER.fullmatch(line.text.strip()) and (grid := _torn(lines, i - 1)):
            grids.append(grid)
    return grids


def _torn(lines: list[Cell], first: int) -> Grid | None:
    run = []
    for line in lines[first:]:
        if not line.text.strip() or not _SHORT.fullmatch(line.text.strip()):
            break
        stripped = line.text.strip()
        lead = line.text.index(stripped[0])
        run.append(Cell(line.start + lead, line.start + lead + len(stripped), stripped))
    numeric = next((i for i, c in enumerate(run) if _NUMBER.fullmatch(c.text)), None)
    if numeric is None or len(run) < _FLAT_MINIMUM:
        return None
    width = numeric - 2
    if width < 3:
        return None
    rows = []
    for start in range(width, len(run) - width + 1, width):
        row = tuple(run[start : start + width])
        if _NUMBER.fullmatch(row[0].text) or not all(
            _NUMBER.fullmatch(c.text) or _EMPTY.fullmatch(c.text) for c in row[2:]
        ):
            break
        rows.append(row)
    return Grid(run[0].start, rows[-1][-1].end, tuple(run[:width]), tuple(rows)) if rows else None


def number_cells(grid: Grid) -> list[NumberCell]:
    """Give the cells of a table that hold a number, with the words of their row and column."""
    unit_column = next((i for i, c in enumerate(grid.header) if _UNIT_HEADER.fullmatch(c.text)), None)
    found = []
    for r, row in enumerate(grid.rows, 1):
        label = row[0].text if row else ""
        for c, cell in enumerate(row):
            if c in {0, unit_column} or not _NUMBER.fullmatch(cell.text):
                continue
            header = grid.header[c] if c < len(grid.header) else None
            unit, column = _unit(row, header, unit_column)
            by_row = (
                unit_column is not None
                or not column
                or bool(re.search(r"\d|月|年|季|周|本期|上期|累计|合计|数量|数值|完成", column))
            )
            name = label if by_row else column
            found.append(
                NumberCell(
                    cell, name, unit, header, bool(header and _TOTAL.search(header.text)), f"R{r}C{c + 1}"
                )
            )
    return found


def _unit(row: tuple[Cell, ...], header: Cell | None, unit_column: int | None) -> tuple[Cell | None, str]:
    """Give the unit of a cell with its place, and the column's header without it."""
    if unit_column is not None and unit_column < len(row):
        return row[unit_column], header.text if header else ""
    for source in (header, row[0]):
        match = _UNIT_IN_HEADER.search(source.text) if source else None
        if source and match and (match["unit"] in load_units() or "/" in match["unit"]):
            start = source.start + match.start("unit")
            return Cell(start, start + len(match["unit"]), match["unit"]), header.text[
                : match.start()
            ] if source is header and header else (header.text if header else "")
    return None, header.text if header else ""
