"""One sheet of the workbook as data: a title, notes, and one table whose cells may be links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

# The same in every sheet, so that one line of pandas reads any of them.
HEADER_ROW = 5
Kind = Literal["text", "long", "note", "narrow", "number", "signed", "percent", "whole", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, and what stands in it."""

    header: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to rows of another sheet.

    Attributes
    ----------
    value : what stands in the cell.
    sheet : key of the other sheet.
    anchors : the rows there; where they lie together all of them are selected, else the first.
    """

    value: Any
    sheet: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes
    ----------
    key : fixed name in every language, and that of the Excel table.
    name : what its tab says.
    title, about, notes : the three lines above the table.
    columns : the columns of the table.
    rows : the cells; None is empty, a Link leads elsewhere.
    anchors : number of a row, counted from 0, by the name that links use.
    frozen : columns at the left that stay in sight.
    portrait : whether it prints upright.
    """

    key: str
    name: str
    title: str
    about: str
    notes: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    anchors: Mapping[str, int] = field(default_factory=dict)
    frozen: int = 0
    portrait: bool = False

    def row_of(self, anchor: str) -> int | None:
        """Give the row in Excel of an anchor, None where it has none."""
        at = self.anchors.get(anchor)
        return None if at is None else HEADER_ROW + 1 + at
