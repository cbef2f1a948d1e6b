"""PDF documents: text from pypdfium2; pdfplumber finds the tables of pages that have lines drawn.

A page that is a picture is read as a scan where the extra `ocr` is installed.
"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.errors import UnreadableError
from analysis.reading.document import Document, Properties, Spot, Table
from analysis.reading.formats import ocr
from analysis.reading.formats.boxes import placed_cells
from analysis.reading.formats.lines import Line, Page, PlacedTable, joined_words, parts_of_pages
from analysis.reading.formats.xml import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST_SEGMENTS = 6
_MOST_OBJECTS = 20_000
_UNREADABLE_SHARE = 0.3
_SCAN_SCALE = 200 / 72
_PASSWORD = "open it with its password and save it without one"  # noqa: S105 - a message


def read(data: bytes, name: str) -> Document:
    """Read a PDF document.

    Parameters
    ----------
    data : the file.
    name : its name, for errors.

    Errors
    ------
    UnreadableError where it is damaged, protected, or holds pictures only and `ocr` is not installed.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableError("protected with a password", where=name, todo=_PASSWORD) from None
        raise damaged(name, error) from None
    reader = _Reader(document, data)
    try:
        pages = list(reader.pages())
        properties = _properties(document)
    finally:
        reader.close()
    parts, left_out = parts_of_pages(pages)
    if not parts and reader.pictures:
        raise UnreadableError(
            "a scan: its pages are pictures", where=name, seen=f"{len(pages)} pages", todo=ocr.obstacle()
        )
    notes = tuple(reader.notes)
    return Document(
        tuple(parts), properties, {k: n for k, n in left_out.items() if n}, len(pages), notes=notes
    )


class _Reader:
    """An open document; pdfplumber and the recognition of scans are started when a page needs them."""

    def __init__(self, document: Any, data: bytes) -> None:
        self.document, self.data = document, data
        self.notes: list[str] = []
        self.pictures = 0
        self._plumber: Any = None

    def close(self) -> None:
        """Let go of the file."""
        if self._plumber is not None:
            self._plumber.close()
        self.document.close()

    def pages(self) -> Iterator[Page]:
        """Give the pages one by one; one that cannot be read is noted and empty."""
        import pypdfium2 as pdfium

        for index in range(len(self.document)):
            number = index + 1
            try:
                page = self.document[index]
            except pdfium.PdfiumError as error:
                self.notes.append(f"page {number} cannot be read ({error})")
                yield Page(number, ())
                continue
            try:
                yield self._page(page, number)
            finally:
                page.close()

    def _page(self, page: Any, number: int) -> Page:
        text_page = page.get_textpage()
        try:
            lines = _lines(text_page, number)
            if not _readable(lines):
                if lines or _count_kinds(page)[1]:
                    return self._scan(page, number, lines)
                return Page(number, ())
            segments, _ = _count_kinds(page)
            tables = self._tables(page, text_page, number) if segments >= _FEWEST_SEGMENTS else ()
            return Page(number, lines, tables)
        finally:
            text_page.close()

    def _scan(self, page: Any, number: int, lines: tuple[Line, ...]) -> Page:
        if todo := ocr.obstacle():
            self.pictures += 1
            self.notes.append(f"page {number} is a picture and was not read; {todo}")
            return Page(number, lines)
        return ocr.page_of_image(page.render(scale=_SCAN_SCALE, grayscale=True).to_pil(), number)

    def _tables(self, page: Any, text_page: Any, number: int) -> tuple[PlacedTable, ...]:
        import logging

        import pdfplumber

        if page.get_rotation():
            return ()
        plumbed = None
        try:
            if self._plumber is None:
                logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
                self._plumber = pdfplumber.open(io.BytesIO(self.data))
            plumbed = self._plumber.pages[number - 1]
            return tuple(_placed(table, plumbed, text_page, number) for table in _found(plumbed))
        except Exception as error:  # noqa: BLE001 - pdfminer raises anything; the text of the page is there all the same
            self.notes.append(f"page {number}: its tables were read as text ({type(error).__name__})")
            return ()
        finally:
            if plumbed is not None:
                plumbed.close()


def _found(plumbed: Any) -> list[Any]:
    """Give the tables of a page with more than one row and column."""
    tables = []
    for table in plumbed.find_tables():
        tops = {round(cell[1]) for cell in table.cells}
        lefts = {round(cell[0]) for cell in table.cells}
        if len(tops) > 1 and len(lefts) > 1:
            tables.append(table)
    return tables


def _placed(table: Any, plumbed: Any, text_page: Any, number: int) -> PlacedTable:
    x, _, _, y = plumbed.mediabox
    y = float(y)

    def words(box: tuple[float, float, float, float]) -> str:
        left, top, right, bottom = box
        return joined_words(text_page.get_text_bounded(left, y - bottom, right, y - top))

    cells = placed_cells([(cell, words(cell), None) for cell in table.cells], slack=2.0)
    left, top, right, bottom = table.bbox
    del x
    return PlacedTable(Table(tuple(cells), Spot(page=number)), left, y - bottom, right, y - top)


def _lines(text_page: Any, number: int) -> tuple[Line, ...]:
    """Give the lines of a page, with the boxes of their first and last characters around them."""
    text = text_page.get_text_range()
    # Offsets of the box are those of UTF-16; where the text has more, boxes would be of other characters.
    exact = text.isascii() or max(text, default="") <= "\uffff"
    spot = Spot(page=number)
    box = _Box(text_page)
    found = []
    position = 0
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        stripped = line.strip()
        if stripped:
            begin = position + line.index(stripped[0])
            first, last = box(begin), box(begin + len(stripped) - 1)
            bottom, top = min(first[1], last[1]), max(first[3], last[3])
            # \ufffe stands where a word was divided.
            words = stripped.replace("\ufffe", "").replace("\0", "")
            if words:
                found.append(Line(words, first[0], bottom, last[2] if exact else first[2], top, spot))
        position += len(raw) + 1
    return tuple(found)


class _Box:
    """Gives the loose box of a character; loose boxes are as high as the font, so that lines compare."""

    def __init__(self, text_page: Any) -> None:
        from pypdfium2 import raw

        self._raw, self._page = raw, text_page.raw
        self._rect = raw.FS_RECTF()

    def __call__(self, index: int) -> tuple[float, float, float, float]:
        rect = self._rect
        if not self._raw.FPDFText_GetLooseCharBox(self._page, index, ctypes.byref(rect)):
            return 0.0, 0.0, 0.0, 0.0
        return rect.left, rect.bottom, rect.right, rect.top


def _readable(lines: tuple[Line, ...]) -> bool:
    """Tell whether a page holds text: fonts without a table of characters give signs of no script."""
    counts = Counter(character for line in lines for character in line.text)
    lost = sum(n for c, n in counts.items() if c == "\ufffd" or unicodedata.category(c) in {"Co", "Cn", "Cc"})
    return bool(counts) and lost < _UNREADABLE_SHARE * counts.total()


def _count_kinds(page: Any) -> tuple[int, int]:
    """Count the pieces of drawn lines and the pictures of a page."""
    from pypdfium2 import raw

    segments = pictures = 0
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            segments += raw.FPDFPath_CountSegments(item) - 1
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            # What a form holds is not counted; it may be either.
            segments, pictures = segments + _FEWEST_SEGMENTS, pictures + 1
    return segments, pictures


def _properties(document: Any) -> Properties:
    known = document.get_metadata_dict()

    def value(key: str) -> str | None:
        return (known.get(key) or "").strip("\0 ") or None

    return Properties(
        value("Title"), value("Author"), value("Subject"), value("CreationDate"), value("ModDate")
    )
