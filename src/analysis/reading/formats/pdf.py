"""PDF documents: text from pypdfium2; pdfplumber finds the tables of pages that have lines drawn.

A page that is a picture is read as a scan where the extra `ocr` is installed.
"""

from __future__ import annotations

import ctypes
import io
import re
import struct
import unicodedata
from array import array
from collections import Counter
from contextlib import suppress
from functools import cache
from itertools import count, pairwise, repeat
from typing import TYPE_CHECKING, Any

from analysis.errors import UnreadableError
from analysis.reading.document import Document, Properties, Spot, Table
from analysis.reading.formats import ocr
from analysis.reading.formats.boxes import placed_cells
from analysis.reading.formats.lines import Line, Page, PlacedTable, joined_words
from analysis.reading.formats.pages import parts_of_pages
from analysis.reading.formats.xml import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST_SEGMENTS = 6
_MOST_OBJECTS = 20_000
_UNREADABLE_SHARE = 0.3
# Characters of which no page is made that cannot be read; the others are looked up one by one.
_USUAL = re.compile("[ -~\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]+")
# The structure FS_RECTF of pdfium.
_RECTANGLE = struct.Struct("4f")
_SCAN_SCALE = 200 / 72
_PASSWORD = "open it with its password and save it without one"  # noqa: S105 - a message


def read(data: bytes, name: str) -> Document:
    """Read a PDF document.

    Called by `read_document`; UnreadableError where it is damaged, protected, or holds pictures only and `ocr` is not installed.
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
            # It looks at all pages once more, and raises anything at one that is damaged.
            with suppress(Exception):
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
            ruled = _side_by_side(lines) and _count_kinds(page)[0] >= _FEWEST_SEGMENTS
            return Page(number, lines, self._tables(page, text_page, lines, number) if ruled else ())
        finally:
            text_page.close()

    def _scan(self, page: Any, number: int, lines: tuple[Line, ...]) -> Page:
        if todo := ocr.obstacle():
            self.pictures += 1
            self.notes.append(f"page {number} is a picture and was not read; {todo}")
            return Page(number, lines)
        return ocr.page_of_image(page.render(scale=_SCAN_SCALE, grayscale=True).to_pil(), number)

    def _tables(
        self, page: Any, text_page: Any, lines: tuple[Line, ...], number: int
    ) -> tuple[PlacedTable, ...]:
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
            tables = [_placed(table, plumbed, text_page, number) for table in _found(plumbed)]
        except Exception as error:  # noqa: BLE001 - pdfminer raises anything; the text of the page is there all the same
            self.notes.append(f"page {number}: its tables were read as text ({type(error).__name__})")
            return ()
        finally:
            if plumbed is not None:
                plumbed.close()
        whole = tuple(table for table in tables if _holds_all(table, lines))
        if len(whole) < len(tables):
            self.notes.append(f"page {number}: a table was read as text, for its words leave their cells")
        return whole


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


def _holds_all(table: PlacedTable, lines: tuple[Line, ...]) -> bool:
    """Tell whether all signs of the lines in a table stand in its cells: a word may reach over a border."""
    held = Counter("".join(line.text for line in lines if table.holds(line)))
    said = Counter("".join(cell.text for cell in table.table.cells))
    return all(said[sign] >= n for sign, n in held.items() if not sign.isspace())


def _lines(text_page: Any, number: int) -> tuple[Line, ...]:
    """Give the lines of a page, with the boxes of their first and last characters around them.

    One whose characters have no box is given at 0.
    """
    text = text_page.get_text_range()
    said, ends = _said(text)
    spot = Spot(page=number)
    boxes = _boxes(text_page, ends)
    # Offsets of the box are those of UTF-16; where the text has more, boxes would be of other characters.
    exact = text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
    return tuple(
        _line(words, first, last if exact else first, spot)
        for words, first, last in zip(said, boxes[::2], boxes[1::2], strict=True)
    )


def _said(text: str) -> tuple[list[str], list[int]]:
    """Give the words of each line of a page, and where in the text each begins and ends."""
    # \ufffe stands where a word was divided.
    signs = "\ufffe" in text or "\0" in text
    said: list[str] = []
    ends: list[int] = []
    position = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            begin = position + line.index(words[0])
            last = begin + len(words) - 1
            if signs:
                words = words.replace("\ufffe", "").replace("\0", "")
            if words:
                said.append(words)
                ends += (begin, last)
        position += len(line) + 1
    return said, ends


def _line(words: str, first: tuple[float, ...], last: tuple[float, ...], spot: Spot) -> Line:
    if not first:
        return Line(words, 0.0, 0.0, 0.0, 0.0, spot)
    left, top, right, bottom = first
    if last:
        _, high, right, low = last
        bottom, top = min(bottom, low), max(top, high)
    return Line(words, left, bottom, right, top, spot)


def _boxes(text_page: Any, indexes: list[int]) -> list[tuple[float, ...]]:
    """Give left, top, right and bottom of characters, as high as the font, so that lines compare; () without."""
    _, _, box_of = _raw_calls()
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    numbers = array("f", bytes(_RECTANGLE.size * len(indexes)))
    at = numbers.buffer_info()[0]
    known = list(map(box_of, repeat(handle), indexes, count(at, _RECTANGLE.size)))
    return [box if has else () for box, has in zip(_RECTANGLE.iter_unpack(numbers), known, strict=True)]


def _readable(lines: tuple[Line, ...]) -> bool:
    """Tell whether a page holds text: fonts without a table of characters give signs of no script."""
    text = "".join([line.text for line in lines])
    lost = sum(
        n
        for c, n in Counter(_USUAL.sub("", text)).items()
        if c == "\ufffd" or unicodedata.category(c) in {"Co", "Cn", "Cc"}
    )
    return bool(text) and lost < _UNREADABLE_SHARE * len(text)


def _side_by_side(lines: tuple[Line, ...]) -> bool:
    """Tell whether words of a page may stand beside each other, as they do in every table.

    On a page of plain text each line stands below the one before it, and has no gap: there is nothing drawn
    that would have to be looked at, piece by piece.
    """
    return any(after.top + after.bottom > 2 * before.bottom for before, after in pairwise(lines)) or any(
        " " in line.text or "\t" in line.text for line in lines
    )


def _count_kinds(page: Any) -> tuple[int, int]:
    """Count the pieces of drawn lines and the pictures of a page."""
    from pypdfium2 import raw

    get, kind_of, _ = _raw_calls()
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    objects = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    # Most pages hold nothing but hundreds of words: no loop of Python for them.
    kinds = bytes(map(kind_of, map(get, repeat(handle), range(objects))))
    segments = 0
    at = kinds.find(raw.FPDF_PAGEOBJ_PATH)
    while at >= 0 and segments < _FEWEST_SEGMENTS:
        segments += raw.FPDFPath_CountSegments(raw.FPDFPage_GetObject(page.raw, at)) - 1
        at = kinds.find(raw.FPDF_PAGEOBJ_PATH, at + 1)
    # What a form holds is not counted; it may be either.
    forms = kinds.count(raw.FPDF_PAGEOBJ_FORM)
    return segments + forms * _FEWEST_SEGMENTS, kinds.count(raw.FPDF_PAGEOBJ_IMAGE) + forms


@cache
def _raw_calls() -> tuple[Any, Any, Any]:
    """Give the calls for an object of a page, its kind, and a character's box.

    They take plain addresses, which costs a third of what those of pypdfium2 do.
    """
    from pypdfium2 import raw

    address, number = ctypes.c_void_p, ctypes.c_int
    return (
        _called(raw.FPDFPage_GetObject, address, address, number),
        _called(raw.FPDFPageObj_GetType, number, address),
        _called(raw.FPDFText_GetLooseCharBox, number, address, number, address),
    )


def _called(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _properties(document: Any) -> Properties:
    known = document.get_metadata_dict()

    def value(key: str) -> str | None:
        return (known.get(key) or "").strip("\0 ") or None

    return Properties(
        value("Title"), value("Author"), value("Subject"), value("CreationDate"), value("ModDate")
    )
