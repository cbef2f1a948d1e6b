"""Word documents: paragraphs, tables, text boxes and notes in the order of the body.

python-docx opens the package and knows its parts; the text is taken from the elements themselves, for
python-docx leaves out tracked insertions, content controls and text boxes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Table
from analysis.reading.formats.refusal import damaged
from analysis.reading.formats.xml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _T = (_W + name for name in ("p", "tbl", "tr", "tc", "t"))
_VAL = _W + "val"
_BOX = _W + "txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset(_W + name for name in ("del", "moveFrom"))
_SIGNS = {
    _W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": "\t",
}  # fmt: skip
_HOLDERS = frozenset(_W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_NOTES = ("footnotes", "endnotes")
_LAYOUT_CELL = 200


def read(data: bytes, name: str) -> Document:
    """Read a Word document.

    Called by `read_document`; UnreadableError where the package or its XML is damaged.
    """
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        opened = docx.Document(io.BytesIO(data))
        walk = _Walk(_styles(opened))
        parts = list(walk.content(opened.element.body))
        parts += _notes(opened, walk)
        left_out = Counter(walk.left_out)
        left_out.update(_furniture(opened))
        properties = _properties(opened.core_properties)
    except (
        OpcError, PythonDocxError, XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, ValueError,
        AttributeError, OSError, EOFError, NotImplementedError, RuntimeError, TypeError, IndexError,
    ) as error:  # fmt: skip
        raise damaged(name, error) from None
    return Document(tuple(parts), properties, {kind: n for kind, n in left_out.items() if n})


class _Walk:
    """The way through a body; counts what is left out."""

    def __init__(self, styles: dict[str, tuple[str, int]]) -> None:
        self.styles = styles
        self.left_out: Counter[str] = Counter()

    def content(self, parent: Any) -> Iterator[Paragraph | Table]:
        """Give the paragraphs and tables of a body, a cell or a text box."""
        for element in parent:
            tag = element.tag
            if tag == _P:
                yield from self.paragraph(element)
            elif tag == _TBL:
                yield from self.table(element)
            elif tag in _HOLDERS:
                yield from self.content(element)

    def paragraph(self, element: Any) -> Iterator[Paragraph | Table]:
        """Give a paragraph, and the text boxes that hang on it."""
        boxes: list[Any] = []
        text = self.text(element, boxes)
        if text.strip():
            kind, level = self._kind(element)
            yield Paragraph(text, kind, level)
        for box in boxes:
            yield from self.content(box)

    def text(self, element: Any, boxes: list[Any]) -> str:
        """Give the words of a paragraph; the text boxes in it go to `boxes`."""
        pieces: list[str] = []
        stack = [iter(element)]
        while stack:
            for child in stack[-1]:
                tag = child.tag
                if tag == _T:
                    pieces.append(child.text or "")
                elif tag in _SIGNS:
                    pieces.append("" if child.get(_W + "type") in {"page", "column"} else _SIGNS[tag])
                elif tag == _BOX:
                    boxes.append(child)
                elif tag in _DELETED:
                    self.left_out["deleted"] += sum(len(t.text or "") for t in child.iter(_W + "delText", _T))
                elif tag != _FALLBACK and len(child):
                    stack.append(iter(child))
                    break
            else:
                stack.pop()
        return "".join(pieces)

    def _kind(self, element: Any) -> tuple[str, int]:
        properties = element.find(_W + "pPr")
        if properties is None:
            return "", 0
        outline = properties.find(_W + "outlineLvl")
        if outline is not None and outline.get(_VAL, "9") < "9":
            return "heading", int(outline.get(_VAL)) + 1
        style = properties.find(_W + "pStyle")
        known = self.styles.get(style.get(_VAL, "")) if style is not None else None
        if known:
            return known
        numbering = properties.find(_W + "numPr")
        if numbering is None:
            return "", 0
        level = numbering.find(_W + "ilvl")
        return "item", int(level.get(_VAL, "0")) + 1 if level is not None else 1

    def table(self, element: Any) -> Iterator[Paragraph | Table]:
        """Give a table; one that only places text on the page gives what stands in its cells."""
        rows = [_cells_of_row(row) for row in _rows(element)]
        width = max((cell.end for row in rows for cell in row), default=0)
        if width <= 1 or (len(rows) <= 1 and any(_is_layout(cell.element) for cell in rows[0])):
            for row in rows:
                for cell in row:
                    yield from self.content(cell.element)
            return
        inner: list[Any] = []
        cells: list[Cell] = []
        open_cells: dict[int, int] = {}
        for r, row in enumerate(rows):
            for cell in row:
                if cell.continues and cell.column in open_cells:
                    first = cells[open_cells[cell.column]]
                    more = self._cell_text(cell.element, inner)
                    text = f"{first.text}\n{more}" if more else first.text
                    cells[open_cells[cell.column]] = Cell(
                        first.row, first.column, text, r - first.row + 1, first.columns
                    )
                    continue
                open_cells[cell.column] = len(cells)
                cells.append(
                    Cell(r, cell.column, self._cell_text(cell.element, inner), 1, cell.end - cell.column)
                )
        kept = tuple(cell for cell in cells if cell.text.strip())
        if kept:
            yield Table(kept, headers=_header_rows(element))
        for nested in inner:
            yield from self.table(nested)

    def _cell_text(self, element: Any, inner: list[Any]) -> str:
        boxes: list[Any] = []
        lines = []
        for child in _flat(element):
            if child.tag == _TBL:
                inner.append(child)
            elif text := self.text(child, boxes).strip():
                lines.append(text)
        for box in boxes:
            lines += [part.text for part in self.content(box) if isinstance(part, Paragraph)]
        return "\n".join(lines)


class _RowCell:
    """A cell of a row: where it begins and ends, and whether it goes on with the one above."""

    __slots__ = ("column", "continues", "element", "end")

    def __init__(self, element: Any, column: int) -> None:
        properties = element.find(_W + "tcPr")
        span = properties.find(_W + "gridSpan") if properties is not None else None
        merge = properties.find(_W + "vMerge") if properties is not None else None
        self.element, self.column = element, column
        self.end = column + max(1, int(span.get(_VAL, "1")) if span is not None else 1)
        self.continues = merge is not None and merge.get(_VAL, "continue") == "continue"


def _flat(element: Any) -> Iterator[Any]:
    """Give the paragraphs and tables of a cell, also those inside content controls."""
    for child in element:
        if child.tag in {_P, _TBL}:
            yield child
        elif child.tag in _HOLDERS:
            yield from _flat(child)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == _TR:
            yield child
        elif child.tag in _HOLDERS:
            yield from _rows(child)


def _cells_of_row(row: Any) -> list[_RowCell]:
    properties = row.find(_W + "trPr")
    before = properties.find(_W + "gridBefore") if properties is not None else None
    column = int(before.get(_VAL, "0")) if before is not None else 0
    cells: list[_RowCell] = []
    stack = [row]
    elements = []
    while stack:
        for child in stack.pop():
            if child.tag == _TC:
                elements.append(child)
            elif child.tag in _HOLDERS:
                stack.append(child)
    for element in elements:
        cells.append(_RowCell(element, column))
        column = cells[-1].end
    return cells


def _is_layout(cell: Any) -> bool:
    return sum(len(t.text or "") for t in cell.iter(_T)) > _LAYOUT_CELL


def _header_rows(table: Any) -> int:
    count = 0
    for row in _rows(table):
        if row.find(f"{_W}trPr/{_W}tblHeader") is None:
            break
        count += 1
    return count


def _styles(opened: Any) -> dict[str, tuple[str, int]]:
    """Give what the styles of headings and titles say, by their ids."""
    known: dict[str, tuple[str, int]] = {}
    for style in opened.styles.element.iterchildren(_W + "style"):
        named = style.find(_W + "name")
        title = (named.get(_VAL) or "").lower() if named is not None else ""
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        level = outline.get(_VAL) if outline is not None else title.removeprefix("heading ")
        if title == "title":
            known[style.get(_W + "styleId")] = ("title", 0)
        elif level and level.isdigit() and int(level) < 9:
            known[style.get(_W + "styleId")] = ("heading", int(level) + (outline is not None))
    return known


def _notes(opened: Any, walk: _Walk) -> list[Paragraph | Table]:
    """Give the footnotes and endnotes, which are part of what a report says."""
    found: list[Paragraph | Table] = []
    for relation in opened.part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in _NOTES:
            for note in parse(relation.target_part.blob):
                if note.get(_W + "type") is None:
                    found += walk.content(note)
    return found


def _furniture(opened: Any) -> Counter[str]:
    """Count the characters of headers, footers and comments."""
    counted: Counter[str] = Counter()
    for relation in opened.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if not relation.is_external and kind in {"header", "footer", "comments"}:
            words = "".join(t.text or "" for t in parse(relation.target_part.blob).iter(_T))
            counted["comment" if kind == "comments" else kind] += len(words)
    return counted


def _properties(core: Any) -> Properties:
    def day(value: Any) -> str | None:
        return value.isoformat() if value else None

    return Properties(
        core.title.strip() or None, core.author.strip() or None, core.subject.strip() or None,
        day(core.created), day(core.modified),
    )  # fmt: skip
