"""The figures of a table: each number is read as if its row, column, caption and unit stood in one clause."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.extraction.context import lay_out
from analysis.extraction.figure import Figure
from analysis.extraction.find import Candidate, find_candidates
from analysis.extraction.grid import (
    SCALES,
    Cell,
    Grid,
    NumberCell,
    is_period,
    is_place,
    is_unit_line,
    number_cells,
)
from analysis.extraction.measure import Measure, measure
from analysis.extraction.name import Name, name_figure
from analysis.extraction.role import Role, Roles, find_role
from analysis.extraction.spot import spot_of
from analysis.extraction.vocabulary import Terms, Vocabulary
from analysis.extraction.when import When
from analysis.language.mentions import find_periods

if TYPE_CHECKING:
    from analysis.extraction.context import Layout
    from analysis.extraction.times import Times
    from analysis.extraction.where import Where
    from analysis.language.mentions import PeriodMention

_LONGEST_CAPTION = 60
_NEARLY_ALL = 0.75
_CHANGE_COLUMN = re.compile(r"同比|环比|增减|增幅|增长|降幅|[比较](?:上年|去年|上月)")
# A column of what each row is of the whole of the column before it.
_SHARE_COLUMN = re.compile(r"(?:所?占?比[率重例]|占比|百分比|构成比?)[(%) ]*")
# A column that says how many came or how often, not to what: that is the row's.
_ANY_KIND = re.compile(r"(?:参[加与]|出席|服务|受益|受惠)?(?:人次|场次)")


def figures_of_grid(
    grid: Grid, layout: Layout, namer: Vocabulary, times: Times, where: Where
) -> list[Figure]:
    """Give the figures of a table, in the order of its cells.

    Parameters
    ----------
    grid, layout : the table and the text it stands in.
    namer, times : the catalogue and the words of time.
    where : the report's own place.
    """
    caption, unit_line = captions(grid, layout)
    lead_in = _mentions(layout.text, times, *_lead_in(grid, layout))
    found: list[Figure] = []
    row = ""
    for cell in number_cells(grid, unit_line):
        # A column of changes (同比) is of the column before it in its row.
        same_row = cell.address.partition("C")[0]
        before = found[-1] if found and row == same_row else None
        row = same_row
        figure = _figure(cell, caption, before, layout, namer, times, where, lead_in)
        if figure is not None:
            found.append(figure)
    return _totals_named(found)


def _totals_named(figures: list[Figure]) -> list[Figure]:
    """Give a total that says nothing of what it adds up the name that nearly all of its column has."""
    columns: dict[str | None, list[Name]] = {}
    named: list[Figure] = []
    for figure in figures:
        names = columns.setdefault(figure.column_header, [])
        name = figure.name
        if figure.total and name.indicator is None and names:
            indicator, times = Counter(n.indicator for n in names).most_common(1)[0]
            if times >= _NEARLY_ALL * len(names):
                name = next(n for n in names if n.indicator == indicator)
        names.append(name)
        named.append(figure._replace(name=name))
    return named


def _figure(
    cell: NumberCell, caption: str, before: Figure | None, layout: Layout, namer: Vocabulary, times: Times,
    where: Where, lead_in: list[PeriodMention],
) -> Figure | None:  # fmt: skip
    header = cell.header
    if header and before and _CHANGE_COLUMN.search(header.text):
        said = _said(cell, "", namer)
        said = said and (said[0], said[1], Role("change", _direction(said[1])), before.name)
    elif header and before and _SHARE_COLUMN.fullmatch(header.text):
        said = _said(cell, "", namer)
        said = said and (*said[:3], before.name)
    else:
        names = cell.names
        if cell.unit and header and _ANY_KIND.fullmatch(header.text):
            names = names[::-1]
        said = _said(cell, "", namer, names[0])
        for other in names[1:] if said and said[3].indicator is None else ():
            named = _said(cell, "", namer, other)
            if named and named[3].indicator is not None:
                said = named
                break
        if said and said[3].indicator is None and caption:
            said = _said(cell, caption, namer) or said
    if said is None:
        return None
    candidate, worth, role, name = said
    unit = _placed_unit(cell, candidate)
    here = candidate._replace(
        start=cell.cell.start, end=cell.cell.end,
        unit_start=unit.start if unit else cell.cell.end - 1, unit_end=unit.end if unit else cell.cell.end,
    )  # fmt: skip
    own, told = _told_when(cell, layout, times)
    if not own and not cell.total:
        own = lead_in
    period = own[-1].period if own else None
    source = told if period else ("report" if times.own else None)
    when = When(own[-1] if own else None, period or times.own, source, None)
    scope = "cumulative" if cell.total else None
    spot = spot_of(layout, here, 0, here.end)
    label = cell.label.text if cell.label else None
    column = " / ".join(h.text for h in reversed(cell.headers)) or None
    return Figure(
        spot, worth, role, name._replace(subject=None), when, _place(cell, where), scope, cell.address, label,
        column, cell.summed,
    )  # fmt: skip


def _placed_unit(cell: NumberCell, candidate: Candidate) -> Cell | None:
    """Give the unit with its place: the one the cell itself writes, else that of its header or row."""
    if cell.unit is None and candidate.unit and (at := cell.cell.text.find(candidate.unit)) > 0:
        start = cell.cell.start + at
        return Cell(start, start + len(candidate.unit), candidate.unit)
    if cell.unit and (scale := len(cell.unit.text) - len(cell.unit.text.lstrip(SCALES))) and candidate.unit:
        # 金额(万元): the value has the multiplier already.
        return replace(cell.unit, start=cell.unit.start + scale, text=cell.unit.text[scale:])
    return cell.unit


def _told_when(cell: NumberCell, layout: Layout, times: Times) -> tuple[list[PeriodMention], str]:
    """Give the words of time of a column's headers, from the inside outwards, then of the row."""
    for header in cell.headers:
        if found := _mentions(layout.text, times, header.start, header.end):
            return found, "header"
    label = cell.label
    found = _mentions(layout.text, times, label.start, label.end) if label and is_period(label.text) else []
    return found, "row" if found else "header"


def _place(cell: NumberCell, own: Where) -> Where:
    """Give the place that a row or column is named after, else the report's own."""
    label = cell.label
    for words, source in ((label, "row"), *((header, "header") for header in cell.headers)):
        if words is not None and is_place(words.text) and words.text != own.place_id:
            return own._replace(place_id=words.text, source=source)
    return own


def _said(
    cell: NumberCell, caption: str, namer: Vocabulary, words: str = ""
) -> tuple[Candidate, Measure, Role, Name] | None:
    """Read a cell as a clause of its own: caption, name of the row or column, number, unit."""
    words = words or cell.name
    name = f"{caption},{words}" if caption else words
    clause = f"{name}{cell.cell.text}{cell.unit.text if cell.unit else ''}"
    found = next((c for c in find_candidates(clause) if c.number_start >= len(name) - 1), None)
    worth = measure(found) if found else None
    if found is None or worth is None:
        return None
    small = lay_out(clause)
    spot = spot_of(small, found, 0, len(clause))
    role = find_role(Roles(small), spot)
    return found, worth, role, name_figure(Terms(namer, clause), spot, role.name)


def _direction(worth: Measure) -> str | None:
    return None if not worth.value else "up" if worth.value > 0 else "down"


def captions(grid: Grid, layout: Layout) -> tuple[str, Cell]:
    """Give a table's caption, "" for a sentence, and the line above it, which may name its unit."""
    start, end = _line_above(grid.start, layout)
    first, last = _lead_in(grid, layout)
    caption = layout.text[first:last].strip()
    return caption if len(caption) <= _LONGEST_CAPTION else "", Cell(start, end, layout.text[start:end])


def _lead_in(grid: Grid, layout: Layout) -> tuple[int, int]:
    """Give the line that leads to a table; 单位:户 stands between the two."""
    start, end = _line_above(grid.start, layout)
    return _line_above(start, layout) if is_unit_line(layout.text[start:end]) else (start, end)


def _line_above(start: int, layout: Layout) -> tuple[int, int]:
    """Give the line that leads to a table: 情况如下表(截至2020年底)."""
    end = start
    while end and layout.text[end - 1].isspace():
        end -= 1
    return (layout.line(end - 1), end) if end else (0, 0)


def _mentions(text: str, times: Times, start: int, end: int) -> list[PeriodMention]:
    return [m for m in find_periods(text, times.own, start, end) if m.kind != "comparison"]
