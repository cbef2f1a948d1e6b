"""What other programs find in a file: the signs that reading must not lose, however damaged the file is."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

from lxml import etree

from analysis.reading.encoding import decode

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def signs(text: str) -> Counter[str]:
    """Count the characters of a text without white space and what no table could hold."""
    return Counter(c for c in text if not c.isspace() and c.isprintable() and c != "\ufffd")


def of_docx(data: bytes) -> str:
    """Give the words of all runs in paragraphs of the body of a Word document."""
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
    blocks = [*body.iterchildren(f"{_W}p"), *body.iterchildren(f"{_W}tbl")]
    cells = [p for block in blocks if block.tag == f"{_W}tbl" for p in block.iter(f"{_W}tc")]
    paragraphs = [block for block in blocks if block.tag == f"{_W}p"]
    paragraphs += [p for cell in cells for p in cell.iterchildren(f"{_W}p")]
    runs = [run for p in paragraphs for run in p.iterchildren(f"{_W}r")]
    return "".join(t.text or "" for run in runs for t in run.iterchildren(f"{_W}t"))


def of_odt(data: bytes) -> str:
    """Give the words of all paragraphs of an OpenDocument text that stand in its body."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("content.xml"), etree.XMLParser(resolve_entities=False))
    body = tree.find(f"{_OFFICE}body/{_OFFICE}text")
    found = body.iterchildren(f"{_TEXT}p") if body is not None else ()
    return "".join("".join(p.itertext(etree.Element)) for p in found)


def of_pdf(data: bytes) -> str:
    """Give what pypdfium2 finds on all pages of a PDF document."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pieces = []
    for i in range(len(document)):
        try:
            page = document[i]
        except pypdfium2.PdfiumError:
            continue
        pieces.append(page.get_textpage().get_text_range())
    return "".join(pieces).replace("\ufffe", "")


def of_sheets(data: bytes) -> str:
    """Give the words of the cells that calamine finds in the visible sheets of a workbook."""
    import python_calamine as calamine

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
    rows = [row for name in shown for row in book.get_sheet_by_name(name).to_python()]
    return "".join(value for row in rows for value in row if isinstance(value, str))


def of_pptx(data: bytes) -> str:
    """Give the words of the runs in text boxes and tables of slides."""
    from pptx import Presentation

    pieces: list[str] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and not shape.is_placeholder:
                pieces += (p.text for p in shape.text_frame.paragraphs)
            elif getattr(shape, "has_table", False):
                cells: list[Any] = [c for row in shape.table.rows for c in row.cells if not c.is_spanned]
                pieces += (cell.text for cell in cells)
    return "".join(pieces)


def of_html(data: bytes) -> str:
    """Give the words of the paragraphs of a page that no script and no menu holds."""
    from lxml import html

    text = _decoded(data).replace("\0", "")
    if not text.strip():
        return ""
    tree = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    found = tree.xpath("/html/body/div/p") if tree.find(".//*[@style]") is None else []
    return "".join(p.text or "" for p in found if not p.xpath("ancestor::*[@class or @id or @hidden]"))


def _decoded(data: bytes) -> str:
    for codec in ("utf-8", "cp950"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return ""


def of_mhtml(data: bytes) -> str:
    """Give the words of the first page in a saved one; nothing where it declares another encoding."""
    for piece in message_from_bytes(data, policy=policy.compat32).walk():
        if piece.get_content_type() == "text/html":
            page = piece.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return of_html(page)
    return ""


def of_csv(data: bytes) -> str:
    """Give all of a table of text but the signs between its cells."""
    text = decode(data)[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return ""
    return "".join(cell for row in rows for cell in row).translate(dict.fromkeys(map(ord, ',\t;|"')))


ORACLES: dict[str, Callable[[bytes], str]] = {
    "csv": of_csv, "html": of_html, "mhtml": of_mhtml, "docx": of_docx, "odt": of_odt, "pdf": of_pdf,
    "xlsx": of_sheets, "xls": of_sheets, "pptx": of_pptx,
}  # fmt: skip
