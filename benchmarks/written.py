"""Files of every format that speed is measured on, and what the bare libraries do with them."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_COLUMNS, _ROWS_A_PAGE = 8, 25


def docx(lines: list[str]) -> bytes:
    """Write a Word document of paragraphs."""
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return _saved(document.save)


def xlsx(lines: list[str]) -> bytes:
    """Write a workbook with a sentence a row."""
    return _book([[line] for line in lines])


def xlsx_tables(lines: list[str]) -> bytes:
    """Write a workbook of one table, ten rows a line of the text."""
    return _book([_header(), *(_row(number) for number in range(10 * len(lines)))])


def _header() -> list[Any]:
    return ["網格", *(f"指標{i}(戶)" for i in range(1, _COLUMNS))]


def _row(number: int) -> list[Any]:
    return [f"第{number}網格", *(number * i + 0.5 for i in range(1, _COLUMNS))]


def _book(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("一")
    for row in rows:
        sheet.append(row)
    return _saved(book.save)


def pdf_fpdf2(lines: list[str]) -> bytes:
    """Print pages of text with fpdf2, lines broken between any two characters."""
    from fpdf.enums import WrapMode

    document = _pages()
    for line in lines:
        document.multi_cell(
            0, 7, "\u3000\u3000" + line, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT"
        )
    return bytes(document.output())


def pdf_tables(lines: list[str]) -> bytes:
    """Print pages of ruled tables, one a page."""
    document = _pages()
    for page in range(max(2, len(lines) // 20)):
        if page:
            document.add_page()
        for number in range(_ROWS_A_PAGE):
            for cell in _row(page * _ROWS_A_PAGE + number):
                document.cell(23, 8, str(cell), border=1)
            document.ln()
    return bytes(document.output())


def _pages() -> Any:
    from fpdf import FPDF

    document = FPDF()
    document.add_font("noto", fname=_font())
    document.add_page()
    document.set_font("noto", size=12)
    return document


def pdf_reportlab(lines: list[str]) -> bytes:
    """Print pages of text with reportlab."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("noto", _font()))
    style = ParagraphStyle(
        "body", fontName="noto", fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24
    )
    out = io.BytesIO()
    SimpleDocTemplate(out).build([Paragraph(line, style) for line in lines])
    return out.getvalue()


def text(lines: list[str]) -> bytes:
    """Write a text."""
    return "\n".join(lines).encode()


def html(lines: list[str]) -> bytes:
    """Write a web page of paragraphs."""
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>".encode()


def paragraphs(data: bytes) -> object:
    """Read the paragraphs of a Word document with python-docx alone."""
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def pdf_text(data: bytes) -> object:
    """Read the text of a PDF document with pypdfium2 alone."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def plumbed(data: bytes) -> object:
    """Read the text and the tables of a PDF document with pdfplumber alone."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def cells(data: bytes) -> object:
    """Read the cells of a workbook with calamine alone."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


# What a folder of many short reports is made of.
SHORT: tuple[tuple[Callable[[list[str]], bytes], str], ...] = (
    (text, ".txt"), (html, ".html"), (xlsx, ".xlsx"), (text, ".md"), (docx, ".docx"),
    (pdf_fpdf2, ".pdf"),
)  # fmt: skip


def _font() -> str:
    spec = find_spec("zhplot")
    assert spec is not None
    assert spec.origin is not None
    return str(next(Path(spec.origin).parent.glob("fonts/*.ttf")))


def _saved(save: Callable[[io.BytesIO], Any]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()
