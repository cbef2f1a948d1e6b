"""What a reader of a format gives: paragraphs and tables in reading order, each with its place in the file.

A Document is values only, so that it can be made in a process of its own and sent to this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Spot(NamedTuple):
    """Where a piece of a file stands; what its format does not know is None.

    Attributes
    ----------
    page : number of the page or slide, counted from 1.
    sheet : name of the sheet of a workbook.
    cell : address of the cell that a paragraph of a sheet stands in.
    confidence : how surely the piece was recognised from a picture, 0 to 1; None for text.
    """

    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    confidence: float | None = None


_NOWHERE = Spot()


class Paragraph(NamedTuple):
    """A paragraph, heading or item: its text without a line break, and where it stands.

    Attributes
    ----------
    text : the words, with single line breaks only where the author has broken the line.
    kind : title, heading, item or paragraph where the format says so; "" leaves it to the words.
    level : of a heading or item, the highest is 1; 0 where the format does not say.
    spot : where it stands.
    cuts : where in `text` another page or another confidence begins: offset and spot.
    """

    text: str
    kind: str = ""
    level: int = 0
    spot: Spot = _NOWHERE
    cuts: tuple[tuple[int, Spot], ...] = ()


class Cell(NamedTuple):
    """A cell of a table; a merged cell is given once, at its first row and column.

    Attributes
    ----------
    row, column : of its upper left corner in the table, counted from 0.
    text : what it shows.
    rows, columns : how many it spans.
    address : its name in the file, such as B3; "" where the format has none, then R2C3 is made.
    confidence : as in Spot.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    address: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its cells that are not empty, row by row.

    Attributes
    ----------
    cells : sorted by row and column; no two cover the same field.
    spot : where it stands.
    headers : how many rows the format marks as header; 0 leaves it to the cells.
    breaks : rows at which a new page begins, with its number, in a table over several pages.
    """

    cells: tuple[Cell, ...]
    spot: Spot = _NOWHERE
    headers: int = 0
    breaks: tuple[tuple[int, int], ...] = ()


class Properties(NamedTuple):
    """What a file says of itself. Days and times are ISO texts as far as they are known."""

    title: str | None = None
    author: str | None = None
    subject: str | None = None
    created: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as its reader gives it.

    Attributes
    ----------
    parts : paragraphs and tables in reading order, nothing twice.
    properties : title, author and days of the file.
    left_out : what is no part of the text and how many characters of it there were, by kind: header,
        footer, page_number, chrome, hidden, comment, deleted.
    pages : how many pages or slides; None where the format has none.
    encoding, encoding_confidence : of text formats; None for others.
    notes : what could not be read within a file that was (a page without text, a picture), a line each.
    """

    parts: tuple[Paragraph | Table, ...]
    properties: Properties = field(default_factory=Properties)
    left_out: dict[str, int] = field(default_factory=dict)
    pages: int | None = None
    encoding: str | None = None
    encoding_confidence: float | None = None
    notes: tuple[str, ...] = ()
