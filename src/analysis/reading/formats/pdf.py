"""PDF documents: text from pypdfium2; pdfplumber finds the tables of pages that have lines drawn.

A page that is a picture is read as a scan where the extra `ocr` is installed.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from contextlib import closing, suppress
from itertools import accumulate, compress, count, repeat
from operator import add, gt, sub
from typing import TYPE_CHECKING, Any

from analysis.errors import UnreadableError
from analysis.reading.document import Document, Properties, Spot, Table
from analysis.reading.formats import ocr
from analysis.reading.formats.boxes import placed_cells
from analysis.reading.formats.lines import Lines, Page, PlacedTable, joined_words
from analysis.reading.formats.pages import parts_of_pages
from analysis.reading.formats.pdfium import OpenPage
from analysis.reading.formats.refusal import damaged, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST_SEGMENTS = 6
_UNREADABLE_SHARE = 0.3
# Characters of which no page is made that cannot be read; the others are looked up one by one.
_USUAL = re.compile("[ -~\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]+")
_SCAN_SCALE = 200 / 72


def read(data: bytes, name: str) -> Document:
    """Read a PDF document.

    Called by `read_document`; UnreadableError where it is damaged, protected, or holds pictures only and `ocr` is not installed.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise locked(name) from None
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
            try:
                with OpenPage(self.document, index) as page:
                    yield self._page(page, index + 1)
            except pdfium.PdfiumError as error:
                self.notes.append(f"page {index + 1} cannot be read ({error})")
                yield Page(index + 1)

    def _page(self, page: OpenPage, number: int) -> Page:
        lines = _lines(page, number)
        text = "".join(lines.texts)
        if not _readable(text):
            pictured = text or page.drawn(_FEWEST_SEGMENTS)[1]
            return self._scan(number, lines) if pictured else Page(number)
        beside = " " in text or "\t" in text or _beside(lines)
        ruled = beside and page.drawn(_FEWEST_SEGMENTS)[0] >= _FEWEST_SEGMENTS
        return Page(number, lines, self._tables(page, lines, number) if ruled else ())

    def _scan(self, number: int, lines: Lines) -> Page:
        if todo := ocr.obstacle():
            self.pictures += 1
            self.notes.append(f"page {number} is a picture and was not read; {todo}")
            return Page(number, lines)
        with closing(self.document[number - 1]) as page:
            image = page.render(scale=_SCAN_SCALE, grayscale=True).to_pil()
        return ocr.page_of_image(image, number)

    def _tables(self, page: OpenPage, lines: Lines, number: int) -> tuple[PlacedTable, ...]:
        if page.turned():
            return ()
        try:
            tables = self._placed(page, number)
        except Exception as error:  # noqa: BLE001 - pdfminer raises anything; the text of the page is there all the same
            self.notes.append(f"page {number}: its tables were read as text ({type(error).__name__})")
            return ()
        whole = tuple(table for table in tables if _holds_all(table, lines))
        if len(whole) < len(tables):
            self.notes.append(f"page {number}: a table was read as text, for its words leave their cells")
        return whole

    def _placed(self, page: OpenPage, number: int) -> list[PlacedTable]:
        import logging

        import pdfplumber

        if self._plumber is None:
            logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
            self._plumber = pdfplumber.open(io.BytesIO(self.data))
        plumbed = self._plumber.pages[number - 1]
        try:
            return [_placed(table, plumbed, page, number) for table in _found(plumbed)]
        finally:
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


def _placed(table: Any, plumbed: Any, page: OpenPage, number: int) -> PlacedTable:
    y = float(plumbed.mediabox[3])

    def words(box: tuple[float, float, float, float]) -> str:
        left, top, right, bottom = box
        return joined_words(page.text_within(left, y - bottom, right, y - top))

    cells = placed_cells([(cell, words(cell), None) for cell in table.cells], slack=2.0)
    left, top, right, bottom = table.bbox
    return PlacedTable(Table(tuple(cells), Spot(page=number)), left, y - bottom, right, y - top)


def _holds_all(table: PlacedTable, lines: Lines) -> bool:
    """Tell whether all signs of the lines in a table stand in its cells: a word may reach over a border."""
    held = Counter("".join(compress(lines.texts, table.holds(lines))))
    said = Counter("".join(cell.text for cell in table.table.cells))
    return all(said[sign] >= n for sign, n in held.items() if not sign.isspace())


def _said(text: str) -> tuple[list[str], list[int], list[int]]:
    r"""Give the words of each line of a page, and where in the text its first and its last sign stand.

    >>> _said("  清運垃圾 \r\n\r\n18.5噸")
    (['清運垃圾', '18.5噸'], [2, 11], [5, 15])
    """
    lines = text.split("\n")
    words = list(map(str.strip, lines))
    ends = map(add, accumulate(map(len, lines)), count())
    begins = list(map(sub, ends, map(len, map(str.lstrip, lines))))
    lasts = list(map(sub, map(add, begins, map(len, words)), repeat(1)))
    # \ufffe stands where a word was divided.
    if "\ufffe" in text or "\0" in text:
        words = [word.replace("\ufffe", "").replace("\0", "").strip() for word in words]
    # Boxes are asked for by offsets of UTF-16; where the text has more signs, those behind would be of others.
    if not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text):
        lasts = begins
    if "" in words:
        begins, lasts = list(compress(begins, words)), list(compress(lasts, words))
        words = list(filter(None, words))
    return words, begins, lasts


def _lines(page: OpenPage, number: int) -> Lines:
    """Give the lines of a page, with the boxes of their first and last characters around them.

    One whose first character has no box is given at 0; without one of the last, the first counts alone.
    """
    words, begins, lasts = _said(page.text())
    boxes, known = page.boxes(begins + lasts)
    size = len(words)
    first, last = boxes[: 4 * size], boxes[4 * size :]
    if 0 in known:
        for at in range(size):
            if not (known[at] and known[at + size]):
                last[4 * at : 4 * at + 4] = first[4 * at : 4 * at + 4]
    lefts, tops, _, bottoms = (first[side::4] for side in range(4))
    _, highs, rights, lows = (last[side::4] for side in range(4))
    # No calls of min and max: they would take as long as pdfium does for the boxes.
    low = [b if b < a else a for a, b in zip(bottoms, lows, strict=True)]  # noqa: FURB136
    high = [b if b > a else a for a, b in zip(tops, highs, strict=True)]  # noqa: FURB136
    return Lines(words, lefts, low, rights, high, [Spot(page=number)] * size)


def _readable(text: str) -> bool:
    """Tell whether a page holds text: fonts without a table of characters give signs of no script."""
    if text.isprintable() and "\ufffd" not in text:
        return bool(text)
    lost = sum(
        n
        for c, n in Counter(_USUAL.sub("", text)).items()
        if c == "\ufffd" or unicodedata.category(c) in {"Co", "Cn", "Cc"}
    )
    return lost < _UNREADABLE_SHARE * len(text)


def _beside(lines: Lines) -> bool:
    """Tell whether a line of a page may stand beside the one before it, as words do in every table.

    On a page of plain text each stands below the one before it, and has no gap: there is nothing drawn that
    would have to be looked at, piece by piece.
    """
    bottoms, tops = lines.bottoms, lines.tops
    return any(map(gt, map(add, tops[1:], bottoms[1:]), map(add, bottoms, bottoms)))


def _properties(document: Any) -> Properties:
    known = document.get_metadata_dict()

    def value(key: str) -> str | None:
        return (known.get(key) or "").strip("\0 ") or None

    return Properties(
        value("Title"), value("Author"), value("Subject"), value("CreationDate"), value("ModDate")
    )
