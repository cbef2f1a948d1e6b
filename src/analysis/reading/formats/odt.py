"""OpenDocument texts: headings, paragraphs, lists and tables of content.xml, in order."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Table
from analysis.reading.formats.refusal import damaged, locked
from analysis.reading.formats.xml import open_package, part

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MOST_REPEATED = 1000


def read(data: bytes, name: str) -> Document:
    """Read an OpenDocument text.

    Called by `read_document`; UnreadableError where it is damaged or protected with a password.
    """
    from lxml.etree import XMLSyntaxError

    try:
        with open_package(data, name) as package:
            manifest = (
                package.read("META-INF/manifest.xml") if _has(package, "META-INF/manifest.xml") else b""
            )
            if b"encryption-data" in manifest:
                raise locked(name)
            content, styles = part(package, "content.xml"), part(package, "styles.xml")
            properties = _properties(part(package, "meta.xml"))
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        walk = _Walk()
        parts = tuple(walk.content(body))
        walk.count_furniture(styles)
    except (XMLSyntaxError, zipfile.BadZipFile, zlib.error, AttributeError, TypeError, ValueError, OSError, EOFError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise damaged(name, error) from None
    return Document((*parts, *walk.notes), properties, {k: n for k, n in walk.left_out.items() if n})


def _has(package: zipfile.ZipFile, name: str) -> bool:
    return name in package.namelist()


class _Walk:
    """The way through a text; keeps its notes for the end and counts what is left out."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.notes: list[Paragraph | Table] = []

    def content(self, parent: Any, depth: int = 0) -> Iterator[Paragraph | Table]:
        """Give the paragraphs and tables of a body, section, list or frame."""
        for element in parent:
            tag = element.tag
            if tag in {_TEXT + "h", _TEXT + "p"}:
                yield from self.paragraph(element, depth)
            elif tag == _TABLE + "table":
                yield from self.table(element)
            elif tag == _TEXT + "list":
                yield from self.content(element, depth + 1)
            elif tag == _TEXT + "tracked-changes":
                self.left_out["deleted"] += len("".join(element.itertext()).strip())
            elif tag.startswith((_TEXT, _DRAW)):
                yield from self.content(element, depth)

    def paragraph(self, element: Any, depth: int) -> Iterator[Paragraph | Table]:
        """Give a heading, item or paragraph, and the frames that hang on it."""
        boxes: list[Any] = []
        text = self.text(element, boxes)
        if text.strip():
            if element.tag == _TEXT + "h":
                yield Paragraph(text, "heading", int(element.get(_TEXT + "outline-level", "1")))
            else:
                title = element.get(_TEXT + "style-name") == "Title"
                yield Paragraph(text, "title" if title else "item" if depth else "", depth)
        for box in boxes:
            yield from self.content(box)

    def text(self, element: Any, boxes: list[Any]) -> str:
        """Give the words of a paragraph with its spaces, tabs and line breaks."""
        pieces = [element.text or ""]
        for child in element:
            tag = child.tag
            if tag == _TEXT + "s":
                pieces.append(" " * min(int(child.get(_TEXT + "c", "1")), _MOST_REPEATED))
            elif tag == _TEXT + "tab":
                pieces.append("\t")
            elif tag == _TEXT + "line-break":
                pieces.append("\n")
            elif tag == _TEXT + "note":
                note = child.find(_TEXT + "note-body")
                self.notes += self.content(note) if note is not None else []
            elif tag in {_OFFICE + "annotation", _OFFICE + "annotation-end"}:
                self.left_out["comment"] += len("".join(child.itertext()).strip())
            elif tag.startswith(_DRAW):
                boxes.append(child)
            elif isinstance(tag, str):
                pieces.append(self.text(child, boxes))
            pieces.append(child.tail or "")
        return "".join(pieces)

    def table(self, element: Any) -> Iterator[Paragraph | Table]:
        """Give a table, then those nested in its cells."""
        inner: list[Any] = []
        cells: list[Cell] = []
        headers = row = 0
        for line in element.iter(_TABLE + "table-row"):
            if next(line.iterancestors(_TABLE + "table")) is not element:
                continue
            found = list(self._row(line, row, inner))
            cells += found
            headers += line.getparent().tag == _TABLE + "table-header-rows"
            row += 1 if found else min(int(line.get(_TABLE + "number-rows-repeated", "1")), _MOST_REPEATED)
        if max((cell.column + cell.columns for cell in cells), default=0) > 1:
            yield Table(tuple(cells), headers=headers)
        else:
            yield from (Paragraph(text) for cell in cells for text in cell.text.split("\n"))
        for nested in inner:
            yield from self.table(nested)

    def _row(self, line: Any, row: int, inner: list[Any]) -> Iterator[Cell]:
        column = 0
        for cell in line:
            repeated = min(int(cell.get(_TABLE + "number-columns-repeated", "1")), _MOST_REPEATED)
            if cell.tag == _TABLE + "table-cell":
                text = self._cell_text(cell, inner)
                rows = int(cell.get(_TABLE + "number-rows-spanned", "1"))
                columns = int(cell.get(_TABLE + "number-columns-spanned", "1"))
                for i in range(repeated if text else 0):
                    yield Cell(row, column + i, text, rows, columns)
            column += repeated

    def _cell_text(self, cell: Any, inner: list[Any]) -> str:
        inner += cell.findall(_TABLE + "table")
        boxes: list[Any] = []
        lines = [
            self.text(p, boxes).strip()
            for p in cell.iter(_TEXT + "p", _TEXT + "h")
            if next(p.iterancestors(_TABLE + "table-cell")) is cell
        ]
        return "\n".join(line for line in lines if line)

    def count_furniture(self, styles: Any) -> None:
        """Count the characters of headers and footers."""
        for kind in ("header", "footer") if styles is not None else ():
            for element in styles.iter(*(_STYLE + kind + ending for ending in ("", "-left", "-first"))):
                self.left_out[kind] += len("".join(element.itertext()).strip())


def _properties(meta: Any) -> Properties:
    def value(tag: str) -> str | None:
        found = next(meta.iter(tag), None) if meta is not None else None
        return (found.text or "").strip() or None if found is not None else None

    return Properties(
        value(_DC + "title"), value(_META + "initial-creator") or value(_DC + "creator"), value(_DC + "subject"),
        value(_META + "creation-date"), value(_DC + "date"),
    )  # fmt: skip
