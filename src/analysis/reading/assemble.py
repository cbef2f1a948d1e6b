"""From a document to a report's text: one line a paragraph or row, and where each stands in the file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.reading.blocks import find_blocks
from analysis.reading.document import Paragraph, Properties, Spot, Table
from analysis.reading.report import Block, TextCell, TextTable

if TYPE_CHECKING:
    from analysis.reading.document import Cell, Document

# A row is written with a tab for each empty cell up to this width; wider ones without.
_WIDEST = 64
_BREAKS = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says, as a report keeps it; see `Report` for the fields."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[TextTable, ...] = ()
    sources: tuple[tuple[int, Spot], ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pages: int | None = None
    properties: Properties = field(default_factory=Properties)


def content_of_text(text: str) -> Content:
    """Give the content of a plain text."""
    return Content(text, find_blocks(text))


def content_of_document(document: Document) -> Content:
    r"""Put the parts of a document into one text.

    Examples
    --------
    >>> from analysis.reading.document import Cell, Document
    >>> table = Table((Cell(0, 0, "項目"), Cell(0, 1, "户數"), Cell(1, 0, "低保"), Cell(1, 1, "21")))
    >>> content = content_of_document(Document((Paragraph("工作報告"), table)))
    >>> content.text, content.tables[0].cells[3].start
    ('工作報告\n項目\t户數\n低保\t21\n', 14)
    """
    writer = _Writer()
    for part in document.parts:
        if isinstance(part, Paragraph):
            writer.paragraph(part)
        else:
            writer.table(part)
    text = "".join(writer.pieces)
    sources = tuple(writer.sources) if any(spot != Spot() for _, spot in writer.sources) else ()
    return Content(
        text, _blocks(text, writer), tuple(writer.tables), sources, dict(document.left_out), document.notes,
        document.pages, document.properties,
    )  # fmt: skip


class _Writer:
    """The text so far, and what is known of its places."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.kinds: dict[int, tuple[str, int]] = {}
        self.sources: list[tuple[int, Spot]] = []
        self.tables: list[TextTable] = []
        self.rows: set[int] = set()

    def paragraph(self, part: Paragraph) -> None:
        """Write a paragraph as a line."""
        text = part.text.translate(_BREAKS)
        lead = len(text) - len(text.lstrip())
        if part.kind:
            self.kinds[self.length + lead] = (part.kind, part.level)
        self._source(self.length, part.spot)
        for offset, spot in part.cuts:
            self._source(self.length + offset, spot)
        self._write(f"{text}\n")

    def table(self, part: Table) -> None:
        """Write a table, one line a row, with tabs between the cells."""
        rows: dict[int, list[Cell]] = defaultdict(list)
        for cell in part.cells:
            rows[cell.row].append(cell)
        placed: list[TextCell] = []
        start, page = self.length, part.spot.page
        pages = dict(part.breaks)
        for row, cells in rows.items():
            page = pages.get(row, page)
            self.rows.add(self.length)
            column = cells[0].column if cells[0].column < _WIDEST else 0
            self._write("\t" * column)
            for i, cell in enumerate(cells):
                if i:
                    self._write("\t" * (cell.column - column if cell.column < _WIDEST else 1))
                column = cell.column
                text = cell.text.translate(_BREAKS).replace("\t", " ")
                spot = Spot(page, part.spot.sheet, cell.address or None, cell.confidence)
                self._source(self.length, spot)
                address = cell.address or f"R{cell.row + 1}C{cell.column + 1}"
                placed.append(
                    TextCell(
                        self.length, self.length + len(text), cell.row, cell.column, cell.rows, cell.columns,
                        address,
                    )
                )  # fmt: skip
                self._write(text)
            self._write("\n")
        self.tables.append(TextTable(start, self.length - 1, tuple(placed), part.headers))

    def _source(self, start: int, spot: Spot) -> None:
        if not self.sources or self.sources[-1][1] != spot:
            self.sources.append((start, spot))

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _blocks(text: str, writer: _Writer) -> tuple[Block, ...]:
    """Give the blocks of a text; what the format says of a line counts more than its words."""
    titled = any(kind == "title" for kind, _ in writer.kinds.values())
    spans = [(table.start, table.end) for table in writer.tables]
    blocks = []
    inside = 0
    for block in find_blocks(text):
        while inside < len(spans) and spans[inside][1] <= block.start:
            inside += 1
        kind, level = writer.kinds.get(block.start, ("", 0))
        if inside < len(spans) and block.start >= spans[inside][0]:
            kind, level = "paragraph", 0
        elif not kind and titled and block.kind == "title":
            kind = "paragraph"
        elif kind == "heading" and block.kind == "title" and not titled:
            kind = "title"
        elif kind == "item" and block.kind in {"title", "heading"}:
            kind, level = block.kind, block.level
        blocks.append(Block(block.start, block.end, kind, level) if kind else block)
    return tuple(blocks)
