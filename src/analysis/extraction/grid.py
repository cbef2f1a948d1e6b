"""A table in a text, and what its header, its row and its caption say of each cell that holds a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from analysis.extraction.find import find_candidates
from analysis.language.mentions import find_periods
from analysis.language.periods import year_period
from analysis.language.places import find_names
from analysis.language.units import load_units

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[余多])?(?:%|‰)?")
EMPTY = re.compile(r"[-—–/]*")
UNIT_HEADER = re.compile(r"单位|计量单位")
_UNIT_IN_HEADER = re.compile(r"[(（](?P<unit>[^()（）]{1,6})[)）]\s*$")
_UNIT_CAPTION = re.compile(r"(?:计量)?单位\s*[:：]\s*(?P<unit>[^\s,、;()（）:：]{1,6})\s*[)）]?\s*[:：]?\s*$")
# 參與人次, 場次: what a column counts in is the end of its header.
_COUNTED = re.compile(r"(?:人|户|场|车|台|班|件|趟|架|艘)次$")
# Under 单位:元 a column of these is no money: 发放户数, 数量, 占比; 补助总数 is.
_NO_MONEY = re.compile(r"(?:数量?|次|率|比例|比重|占比|幅度?|面积|天数|月数|年限|名额)$")
_MONEY = re.compile(r"[金款资费元额价支收税利贷]|补[助贴]|产值|投入")
_CUMULATIVE = re.compile(r"累计|合计|总计|小计|共计")
_TOTAL = re.compile(r"(?:合|总|小|共)\s*计|总数|总和|全(?:社区|街道|镇|乡|村|区|县|市|省)(?:合计)?")
_SERIAL = re.compile(r"序\s*号|编\s*号|No\.?|#", re.IGNORECASE)
_SAYS_WHEN = re.compile(r"\d|月|年|季|周|本期|上期|累计|合计|数量|数值|完成")
_YEAR = re.compile(r"(?:19|20)\d\d")
SCALES = "十百千万亿"
_PROSE = 14
_LONGEST_OWN_UNIT = 20
_DEEPEST = 3
# 1月 and 上半年 are times of whatever year.
_ANY_YEAR = year_period(2000)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and where it stands in the clean text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    start, end : its span in the clean text.
    header : the innermost header of each column; empty for a table of names and values side by side.
    rows : its rows of cells; a merged cell stands in each field that it covers.
    over : for each column the headers above the innermost, from the inside outwards.
    addresses : of cells by their start, where the file gives them.
    """

    start: int
    end: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    over: tuple[tuple[Cell, ...], ...] = ()
    addresses: Mapping[int, str] = field(default_factory=dict)

    def headers(self, column: int) -> tuple[Cell, ...]:
        """Give the headers of a column, from the inside outwards."""
        own = (self.header[column],) if column < len(self.header) else ()
        return own + (self.over[column] if column < len(self.over) else ())


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell with a number, and what its row and column say of it.

    Attributes
    ----------
    cell : the cell.
    names : what it may count, the likeliest first.
    unit : the unit with its place; None where it has none or writes its own.
    headers : of its column, from the inside outwards.
    label : of its row.
    total : whether its column adds up others in time (累计, 合计).
    summed : whether its row or column adds up others.
    address : B3 as the file names it, or R1C2, counted without the header.
    """

    cell: Cell
    names: tuple[str, ...]
    unit: Cell | None
    headers: tuple[Cell, ...]
    label: Cell | None
    total: bool
    summed: bool
    address: str

    @property
    def name(self) -> str:
        """Give what it likeliest counts."""
        return self.names[0]

    @property
    def header(self) -> Cell | None:
        """Give the innermost header."""
        return self.headers[0] if self.headers else None


def number_cells(grid: Grid, caption: Cell | None = None) -> list[NumberCell]:
    """Give the cells of a table that hold a number, with the words of their row and column.

    Parameters
    ----------
    grid : the table.
    caption : the line above it, which may name the unit of all (单位:户).
    """
    unit_column = next((i for i, c in enumerate(grid.header) if UNIT_HEADER.fullmatch(c.text)), None)
    common = _unit_of_caption(caption)
    found: list[NumberCell] = []
    taken: set[int] = set()
    for r, row in enumerate(grid.rows, 1):
        words = _words_of_row(grid, row, unit_column)
        for c, cell in enumerate(row):
            if c in {0, unit_column} or cell.start in taken or not states_number(cell.text):
                continue
            headers = tuple(h for h in grid.headers(c) if h.text)
            if headers and _SERIAL.fullmatch(headers[0].text):
                continue
            taken.add(cell.start)
            labels = _labels(grid, words, c)
            unit, column = _unit(row, labels, headers, unit_column)
            if unit is None and NUMBER.fullmatch(cell.text) and cell.text[-1] not in "%‰":
                unit = None if common and not _may_be_in(common.text, column) else common
            label = labels[-1] if labels else None
            address = grid.addresses.get(cell.start) or f"R{r}C{c + 1}"
            inner = headers[0].text if headers else ""
            summed = any(_TOTAL.fullmatch(said.text) for said in (*headers, *labels))
            names = _names([one.text for one in labels], column, headers, by_row=unit_column is not None)
            found.append(
                NumberCell(
                    cell, names, unit, headers, label, bool(_CUMULATIVE.search(inner)), summed, address
                )
            )
    return found


def states_number(text: str) -> bool:
    """Tell whether a cell holds one number and nothing else but what belongs to it.

    Examples
    --------
    >>> [states_number(text) for text in ("1180", "18.5吨", "300多户", "居民1180户", "2025年")]
    [True, True, True, False, False]
    """
    if NUMBER.fullmatch(text):
        return True
    if not text or len(text) > _LONGEST_OWN_UNIT or is_period(text):
        return False
    found = find_candidates(text)
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(text)


def prose(grid: Grid) -> list[tuple[int, int]]:
    """Give the spans of a table's cells that hold sentences: they are read as any other text."""
    return sorted({
        (cell.start, cell.end)
        for row in grid.rows
        for cell in row
        if len(cell.text) > _PROSE and not states_number(cell.text)
    })  # fmt: skip


def _words_of_row(grid: Grid, row: tuple[Cell, ...], unit_column: int | None) -> list[tuple[int, Cell]]:
    """Give the cells of a row that are words, with their columns; each merged cell once."""
    words: dict[int, tuple[int, Cell]] = {}
    for c, cell in enumerate(row):
        if c == unit_column or EMPTY.fullmatch(cell.text) or cell.start in words:
            continue
        serial = c < len(grid.header) and _SERIAL.fullmatch(grid.header[c].text)
        if not serial and not (c and states_number(cell.text)):
            words[cell.start] = (c, cell)
    found = list(words.values())
    # A number that opens a row names it only where nothing else does.
    return [w for w in found if not NUMBER.fullmatch(w[1].text)] or found


def _labels(grid: Grid, words: list[tuple[int, Cell]], column: int) -> list[Cell]:
    """Give the cells that name a row, from the outermost to the innermost, as far as they stand before a column."""
    if grid.header:
        return [cell for c, cell in words[:_DEEPEST] if c < column]
    # Names and values side by side: the name is what stands next to the value.
    before = bisect_left(words, column, key=lambda word: word[0])
    return [words[before - 1][1]] if before else []


def _names(labels: list[str], column: str, headers: tuple[Cell, ...], *, by_row: bool) -> tuple[str, ...]:
    """Give what a cell may count: what its row says, what its column says, or both."""
    label = labels[-1] if labels else ""
    row = ",".join(labels)
    outer = [h.text for h in reversed(headers[1:]) if h.text != column and not is_period(h.text)]
    whole = ",".join([*outer, column]) if column else ",".join(outer)
    said_when = not whole or (_SAYS_WHEN.search(whole) is not None and not outer)
    if by_row or said_when or is_place(column):
        first = [label or whole, row, f"{row},{whole}" if whole else row]
    else:
        first = [column, whole]
        if label and not (is_period(label) or is_place(label) or _TOTAL.fullmatch(label)):
            first += [f"{label}{column}", label]
    return tuple(dict.fromkeys(name for name in first if name)) or ("",)


@cache
def is_period(text: str) -> bool:
    """Tell whether a header is a time and nothing else: 2025, 1-6月, 上半年."""
    if _YEAR.fullmatch(text):
        return True
    found = find_periods(text, None) or find_periods(text, _ANY_YEAR)
    return len(found) == 1 and found[0].end - found[0].start >= len(text) - 1


def is_place(text: str) -> bool:
    """Tell whether a header is the name of a place and nothing else."""
    found = find_names(text)
    return len(found) == 1 and found[0].name == text


def _unit(
    row: tuple[Cell, ...], labels: list[Cell], headers: tuple[Cell, ...], unit_column: int | None
) -> tuple[Cell | None, str]:
    """Give the unit of a cell with its place, and the column's header without it."""
    inner = headers[0].text if headers else ""
    if unit_column is not None and unit_column < len(row):
        return row[unit_column] if row[unit_column].text else None, inner
    for source in (*headers, *labels[-1:]):
        match = _UNIT_IN_HEADER.search(source.text)
        if match and (_is_unit(match["unit"]) or "/" in match["unit"]):
            start = source.start + match.start("unit")
            unit = Cell(start, start + len(match["unit"]), match["unit"])
            return unit, source.text[: match.start()] if headers and source is headers[0] else inner
    if headers and (counted := _COUNTED.search(inner)):
        start = headers[0].start + counted.start()
        return Cell(start, start + len(counted[0]), counted[0]), inner
    return None, inner


def _may_be_in(unit: str, column: str) -> bool:
    """Tell whether what a column is of may be counted in the one unit that a caption names."""
    known = load_units().get(unit.lstrip(SCALES))
    money = known is not None and known.dimension == "money"
    return not money or _NO_MONEY.search(column) is None or _MONEY.search(column) is not None


def _is_unit(text: str) -> bool:
    """Tell whether a text is a unit, maybe with a multiplier before it: 户, 万元."""
    return text.lstrip(SCALES) in load_units()


def _unit_of_caption(caption: Cell | None) -> Cell | None:
    """Give the one unit that the line above a table names for all of it."""
    match = _UNIT_CAPTION.search(caption.text) if caption else None
    if caption is None or match is None or not _is_unit(match["unit"]):
        return None
    start = caption.start + match.start("unit")
    return Cell(start, start + len(match["unit"]), match["unit"])


def is_unit_line(text: str) -> bool:
    """Tell whether a line says nothing but the unit of the table below it."""
    match = _UNIT_CAPTION.search(text)
    return match is not None and not text[: match.start()].strip("( ")
