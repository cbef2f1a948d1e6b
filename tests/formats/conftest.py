"""One report, and what writes it into each format."""

from __future__ import annotations

import html
import io
import zipfile
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from analysis.language.script import simplified

TITLE = "青山社區2026年3月份工作報告"
PARAGRAPHS = (
    "一、環境衛生",
    "本月開展清潔行動，共清運垃圾18.5噸，清理樓道260多棟，出動志願者320人次，發放宣傳資料1200份，拆除違章搭建20餘處，"
    "整治衛生死角47處，受到居民一致好評，轄區環境得到明顯改善。",
    "二、居民服務",
    "走訪居民174戶，受理訴求23件，辦結21件，辦結率91.3%；現有低保戶21戶57人，較上月增加2戶。",
    "各網格情況如下表：",
)
TABLE = (
    ("網格", "清運垃圾(噸)", "走訪居民(戶)", "志願者(人次)"),
    ("第一網格", "6.5", "60", "110"),
    ("第二網格", "7", "64", "120"),
    ("第三網格", "5", "50", "90"),
    ("合計", "18.5", "174", "320"),
)
LAST = ("下月計劃清運垃圾20噸，走訪居民200戶。", "2026年4月2日")
ENCODINGS = {
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-16-be": "utf-16-be", "gb18030": "gb18030",
    "gbk": "gb18030", "big5": "big5", "cp950": "big5", "big5hkscs": "big5",
}  # fmt: skip
_CM = 28.35


def font() -> str:
    """Give the path of the font that the requirements bring."""
    origin = find_spec("zhplot").origin  # type: ignore[union-attr]
    return str(next(Path(str(origin)).parent.glob("fonts/*.ttf")))


def text() -> str:
    """Give the report as plain text, its table with tabs."""
    rows = ("\t".join(row) for row in TABLE)
    return "\n".join((TITLE, *PARAGRAPHS, *rows, *LAST)) + "\n"


def to_html(charset: str = "utf-8") -> bytes:
    """Write a web page with a menu above and a footer below."""
    cells = "".join(
        "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for row, tag in zip(TABLE, ["th", *["td"] * len(TABLE)], strict=False)
    )
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    last = "".join(f"<p>{line}</p>" for line in LAST)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}</title>'
        "<style>p{color:red}</style><script>var views = 12345;</script></head><body>"
        '<div class="nav"><a href="/">首頁</a><a href="/news">新聞動態</a><a href="/about">關於我們99</a></div>'
        f'<div class="main"><h1>{TITLE}</h1>{body}<table>{cells}</table>{last}</div>'
        '<div class="footer">版權所有 青山街道 瀏覽次數：8888</div></body></html>'
    )
    return page.encode(charset)


def to_mhtml() -> bytes:
    """Save that page as one file."""
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message.make_related()
    message.add_related(to_html().decode(), subtype="html")
    return message.as_bytes()


def to_docx() -> bytes:
    """Write a Word document with a header, a footer and a table."""
    from docx import Document

    document = Document()
    document.core_properties.title = TITLE
    section = document.sections[0]
    section.header.paragraphs[0].text = "青山街道 內部資料 第88期"
    section.footer.paragraphs[0].text = "第 1 頁 共 9 頁"
    document.add_heading(TITLE, 0)
    for line in PARAGRAPHS:
        document.add_paragraph(line)
    table = document.add_table(len(TABLE), len(TABLE[0]))
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value
    for line in LAST:
        document.add_paragraph(line)
    return _bytes(document.save)


def to_odt() -> bytes:
    """Write an OpenDocument text by hand: content, properties and nothing else."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta")
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in TABLE
    )
    lines = "".join(f"<text:p>{line}</text:p>" for line in PARAGRAPHS)
    last = "".join(f"<text:p>{line}</text:p>" for line in LAST)
    content = (
        f'<?xml version="1.0"?><office:document-content {namespaces}><office:body><office:text>'
        f'<text:h text:outline-level="1">{TITLE}</text:h>{lines}<table:table>{rows}</table:table>{last}'
        "</office:text></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    return packed.getvalue()


def to_xlsx() -> bytes:
    """Write a workbook: each paragraph a merged row, then the table with true numbers."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "三月"
    for line in (TITLE, *PARAGRAPHS):
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=4)
    for row in TABLE:
        sheet.append([_value(cell) for cell in row])
    for line in LAST:
        sheet.append([line])
    return _bytes(book.save)


def to_xls() -> bytes:
    """Write an old workbook of the same."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("三月")
    rows = [*([line] for line in (TITLE, *PARAGRAPHS)), *TABLE, *([line] for line in LAST)]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, _value(cell))
    return _bytes(book.save)


def to_csv() -> bytes:
    """Write a table with the report's sentences above it, as Excel saves it."""
    import csv

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    width = len(TABLE[0])
    for line in (TITLE, *PARAGRAPHS):
        writer.writerow([line, *[""] * (width - 1)])
    writer.writerows(TABLE)
    for line in LAST:
        writer.writerow([line, *[""] * (width - 1)])
    return out.getvalue().encode("utf-8-sig")


def to_pptx() -> bytes:
    """Write slides: title and text, the table, the end; with a slide number."""
    from pptx import Presentation
    from pptx.util import Cm

    slides = Presentation()
    blank, titled = slides.slide_layouts[6], slides.slide_layouts[1]
    first = slides.slides.add_slide(titled)
    first.shapes.title.text = TITLE
    first.placeholders[1].text = "\n".join(PARAGRAPHS)
    second = slides.slides.add_slide(blank)
    table = second.shapes.add_table(len(TABLE), len(TABLE[0]), Cm(1), Cm(1), Cm(20), Cm(8)).table
    for r, row in enumerate(TABLE):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    third = slides.slides.add_slide(blank)
    third.shapes.add_textbox(Cm(1), Cm(1), Cm(20), Cm(5)).text_frame.text = "\n".join(LAST)
    third.notes_slide.notes_text_frame.text = "講到這裡停一下"
    return _bytes(slides.save)


def to_pdf_reportlab() -> bytes:
    """Print with reportlab: a header and a page number on every page, a ruled table."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("noto", font()))
    body = ParagraphStyle(
        "body", fontName="noto", fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24
    )
    head = ParagraphStyle("head", parent=body, fontSize=18, leading=28, firstLineIndent=0)

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("noto", 9)
        canvas.drawString(2 * _CM, A4[1] - 1.2 * _CM, "青山街道 內部資料 第88期")
        canvas.drawCentredString(A4[0] / 2, _CM, f"- {document.page} -")

    out = io.BytesIO()
    story: list[Any] = [Paragraph(TITLE, head), *(Paragraph(line, body) for line in PARAGRAPHS)]
    story.append(
        Table(TABLE, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "noto", 11)])
    )
    story += [PageBreak(), *(Paragraph(line, body) for line in LAST)]
    document = SimpleDocTemplate(out, pagesize=A4, title=TITLE)
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


def to_pdf_fpdf2() -> bytes:
    """Print with fpdf2: lines broken between any two characters, a table with borders."""
    from fpdf import FPDF, FontFace
    from fpdf.enums import WrapMode

    class Pages(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("noto", size=9)
            self.cell(0, 10, f"第 {self.page_no()} 頁", align="C")

    document = Pages()
    document.add_font("noto", fname=font())
    document.add_page()
    for line, size in ((TITLE, 18), *((line, 12) for line in PARAGRAPHS)):
        document.set_font("noto", size=size)
        indent = "" if size > 12 or line[1:2] == "、" else "\u3000\u3000"
        document.multi_cell(0, 9, indent + line, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
    document.set_font("noto", size=11)
    with document.table(headings_style=FontFace(emphasis=None)) as table:
        for cells in TABLE:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    document.set_font("noto", size=12)
    for line in LAST:
        document.multi_cell(
            0, 9, "\u3000\u3000" + line, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT"
        )
    return bytes(document.output())


def to_scan(form: str = "png") -> bytes:
    """Draw the report as a picture of a page at 150 dpi, slightly grey, with a ruled table.

    It is written in Simplified characters: the recognition knows few of the Traditional ones.
    """
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 1754), 248)
    draw = ImageDraw.Draw(page)
    large, small = ImageFont.truetype(font(), 40), ImageFont.truetype(font(), 26)
    y = 110
    draw.text((620, y), simplified(TITLE), font=large, fill=20, anchor="mm")
    y += 60
    for line in map(simplified, PARAGRAPHS):
        words = line if line[1:2] == "、" else "\u3000\u3000" + line
        while words:
            taken = next(
                (n for n in range(len(words), 0, -1) if draw.textlength(words[:n], font=small) <= 1000), 1
            )
            draw.text((120, y), words[:taken], font=small, fill=20)
            words, y = words[taken:], y + 48
    for row in TABLE:
        for c, cell in enumerate(row):
            draw.rectangle((120 + 250 * c, y, 370 + 250 * c, y + 56), outline=20, width=2)
            draw.text((245 + 250 * c, y + 28), simplified(cell), font=small, fill=20, anchor="mm")
        y += 56
    for line in LAST:
        y += 50
        draw.text((172, y), simplified(line), font=small, fill=20)
    out = io.BytesIO()
    page.save(out, format=form, dpi=(150, 150))
    return out.getvalue()


def to_scanned_pdf() -> bytes:
    """Print that picture as the only thing on a page."""
    from fpdf import FPDF

    document = FPDF()
    document.add_page()
    document.image(io.BytesIO(to_scan()), x=0, y=0, w=210)
    return bytes(document.output())


WRITERS = {
    "report.html": to_html,
    "report.mhtml": to_mhtml,
    "report.docx": to_docx,
    "report.odt": to_odt,
    "report.xlsx": to_xlsx,
    "report.xls": to_xls,
    "report.csv": to_csv,
    "report.pptx": to_pptx,
    "reportlab.pdf": to_pdf_reportlab,
    "fpdf2.pdf": to_pdf_fpdf2,
}
SCANS = {
    "scan.png": to_scan,
    "scan.jpg": lambda: to_scan("jpeg"),
    "scan.tif": lambda: to_scan("tiff"),
    "scan.pdf": to_scanned_pdf,
}


def _bytes(save: Any) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _value(cell: str) -> str | float:
    return float(cell) if cell.replace(".", "").isdecimal() else cell


@pytest.fixture(scope="session")
def plain() -> str:
    """Give the report as text."""
    return text()


@pytest.fixture(scope="session")
def plain_hans() -> str:
    """Give the report in Simplified characters."""
    return simplified(text())


@pytest.fixture(scope="session", params=sorted(WRITERS))
def written(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """Give the report in one format after the other: file name and bytes."""
    return request.param, WRITERS[request.param]()


@pytest.fixture(scope="session", params=sorted(SCANS))
def scanned(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """Give the report as one scan after the other: file name and bytes."""
    return request.param, SCANS[request.param]()


@pytest.fixture(scope="session", params=sorted(ENCODINGS))
def encoded(request: pytest.FixtureRequest) -> tuple[str, str, bytes]:
    """Give the report in one encoding after the other: codec, its name in the tables, and bytes."""
    return request.param, ENCODINGS[request.param], text().encode(request.param)
