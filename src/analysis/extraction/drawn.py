"""Tables that a text draws: with pipes, with tabs, or flattened to one cell a line."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.extraction.grid import EMPTY, NUMBER, UNIT_HEADER, Cell, Grid

_RULE_ROW = re.compile(r"[\s|:\-—]+")
# Whatever `UNIT_HEADER` takes ends like this.
_UNIT_LINE = re.compile(r"单位[^\S\n]*(?:\n|$)")
_SHORT = re.compile(r"[^。;!?\n]{1,14}")
_FLAT_MINIMUM = 8
_LONGEST_ROW = 2000
_LONGEST_PAIR = 60


def find_grids(text: str) -> list[Grid]:
    """Find the tables of a clean text."""
    said = text.split("\n")
    marks = [mark for mark in ("|", "\t") if mark in text and _in_two_lines(said, mark)]
    torn = _UNIT_LINE.search(text) is not None
    if not marks and not torn:
        return []
    lines: list[Cell] = []
    position = 0
    for line in said:
        lines.append(Cell(position, position + len(line), line))
        position += len(line) + 1
    grids = [grid for mark in marks for grid in _ruled(lines, mark)]
    grids += _flattened(lines) if torn else []
    return sorted(grids, key=lambda g: g.start)


def _in_two_lines(lines: list[str], mark: str) -> bool:
    """Tell whether a mark stands in a line and in the one below it, as in any two rows of a table."""
    return any(mark in line and mark in below for line, below in pairwise(lines))


def _ruled(lines: list[Cell], mark: str) -> list[Grid]:
    grids, run = [], []
    for line in [*lines, Cell(0, 0, "")]:
        if _is_row(line.text, mark):
            run.append(line)
            continue
        if len(run) > 1 and (run[0].text.count(mark) > 1 or _states_pairs(run)):
            rows = [_split(row, mark) for row in run if not (mark == "|" and _RULE_ROW.fullmatch(row.text))]
            if len(rows) > 1:
                grids.append(Grid(run[0].start, run[-1].end, rows[0], tuple(rows[1:])))
        run = []
    return grids


def _is_row(text: str, mark: str) -> bool:
    """Tell whether a line may be the row of a table; a whole report on one line is none, whatever it holds."""
    if text.count(mark) >= 2 and len(text) <= _LONGEST_ROW:
        return True
    return mark == "\t" and _is_pair(text)


def _is_pair(text: str) -> bool:
    """Tell whether a line may be the row of a table of two columns."""
    label, mark, value = text.partition("\t")
    return bool(mark and label.strip() and value.strip()) and len(text) <= _LONGEST_PAIR


def _states_pairs(run: list[Cell]) -> bool:
    """Tell a table of two columns from lines that happen to hold a tab: what is right of it are numbers."""
    numbers = sum(NUMBER.fullmatch(line.text.partition("\t")[2].strip()) is not None for line in run)
    return 2 * numbers >= len(run)


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
        if i and UNIT_HEADER.fullmatch(line.text.strip()) and (grid := _torn(lines, i - 1)):
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
    numeric = next((i for i, c in enumerate(run) if NUMBER.fullmatch(c.text)), None)
    if numeric is None or len(run) < _FLAT_MINIMUM:
        return None
    width = numeric - 2
    if width < 3:
        return None
    rows = []
    for start in range(width, len(run) - width + 1, width):
        row = tuple(run[start : start + width])
        if NUMBER.fullmatch(row[0].text) or not all(
            NUMBER.fullmatch(c.text) or EMPTY.fullmatch(c.text) for c in row[2:]
        ):
            break
        rows.append(row)
    return Grid(run[0].start, rows[-1][-1].end, tuple(run[:width]), tuple(rows)) if rows else None
