"""A report as read: its text, the blocks of the text, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from analysis.language.periods import Period
from analysis.reading.document import Spot


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a report's text.

    Attributes
    ----------
    start, end : offsets into the report's text, without the white space around.
    kind : title, heading, paragraph or item.
    level : 0 for the title and for plain paragraphs, 1 for the highest headings and items, and so on.
    """

    start: int
    end: int
    kind: str
    level: int


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a table in a report's text.

    Attributes
    ----------
    start, end : offsets into the report's text.
    row, column, rows, columns : where it stands in the table, counted from 0, and how far it reaches.
    address : its name in the file, such as B3 or R2C3.
    """

    start: int
    end: int
    row: int
    column: int
    rows: int
    columns: int
    address: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table that the file itself marks as one.

    Attributes
    ----------
    start, end : offsets into the report's text.
    cells : those that are not empty, row by row.
    headers : how many rows the file marks as header; 0 where it does not say.
    """

    start: int
    end: int
    cells: tuple[TextCell, ...]
    headers: int


@dataclass(frozen=True, slots=True)
class Report:
    """What one file says, and where, when and how it was written.

    Attributes
    ----------
    report_id : hash of the path within data/raw and of the file's bytes.
    path : within data/raw with forward slashes; outside a project as given; "" for a text without a file.
    reader : name of the format, see `analysis.reading.formats.KINDS`.
    encoding, encoding_confidence : how the file was decoded, and how surely (0 to 1); None for formats that
        are no text.
    text : the decoded text, or one line a paragraph and table row; all offsets count its characters. CRLF
        stays two characters.
    script : hant, hans or mixed.
    blocks : the pieces of the text in their order.
    place, place_id : the place's name as first written, and its key; None where unknown.
    place_source, period_source : manifest, name, folder, title, text or properties.
    received : the day it was received or signed; None where neither manifest nor text tell.
    supersedes : path of the report that this one replaces, as the manifest names it.
    noise : how many characters of the text are damage, such as glosses and masks.
    folded : the text in Simplified, half-width characters, one for one.
    tables : the tables that the file itself marks; those that only the text shows are found by extraction.
    sources : offsets at which another page, sheet or cell begins, with it; empty for plain text.
    left_out : how many characters of the file are no part of the text, by kind (header, footer, chrome …).
    notes : what in the file could not be read.
    pages : how many pages or slides it has; None where the format has none.
    """

    report_id: str
    path: str
    reader: str
    encoding: str | None
    encoding_confidence: float | None
    text: str
    script: str
    title: str | None
    blocks: tuple[Block, ...]
    place: str | None
    place_id: str | None
    place_source: str | None
    period: Period | None
    period_source: str | None
    received: date | None
    supersedes: str | None
    note: str | None
    noise: int
    folded: str = field(repr=False, compare=False)
    tables: tuple[TextTable, ...] = ()
    sources: tuple[tuple[int, Spot], ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read as a report: why, and what to do."""

    path: str
    reason: str
    todo: str
