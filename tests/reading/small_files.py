"""The smallest files of each format that hold all of a report: a title, sentences and a table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from tests.reading import hostile_files as hostile

TITLE = "青山社區2026年3月工作報告"
SENTENCES = ("本月清運垃圾18.5噸，走訪居民174戶。", "受理訴求23件，辦結21件。")
TABLE = (("網格", "走訪(戶)"), ("第一網格", "60"), ("第二網格", "114"))
LINES = (TITLE, *SENTENCES)
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def plain(codec: str = "utf-8") -> bytes:
    """Give the report as text."""
    return ("\r\n".join((*LINES, *("\t".join(row) for row in TABLE))) + "\r\n").encode(codec)


def csv() -> bytes:
    """Give the report as a table of text, with a cell in quotation marks."""
    rows = ("\n".join(f"{a},{b}" for a, b in TABLE)).replace("第二網格", '"第二,網格"')
    return ("\n".join(f'"{line}",' for line in LINES) + f"\n{rows}\n").encode("utf-8-sig")


def html(charset: str = "utf-8") -> bytes:
    """Give the report as a web page with a menu and a script."""
    rows = "".join(f"<tr><td>{a}</td><td rowspan=1>{b}</td></tr>" for a, b in TABLE)
    body = "".join(f"<p>{line}</p>" for line in LINES)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}</title></head><body>'
        f'<div class="nav"><a href="/">首頁</a></div><div>{body}<table>{rows}</table></div>'
        "<script>var a = 1;</script></body></html>"
    )
    return page.encode(charset)


def mhtml() -> bytes:
    """Save that page as one file."""
    message = EmailMessage()
    message.make_related()
    message.add_related(html().decode(), subtype="html")
    return message.as_bytes()


def docx() -> bytes:
    """Write a Word document of four parts."""
    cells = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/>{hostile.word_paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in TABLE
    )
    body = hostile.word_body("".join(map(hostile.word_paragraph, LINES)) + f"<w:tbl>{cells}</w:tbl>")
    styles = f'<w:styles xmlns:w="{hostile.WORD}"/>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_CONTENT}.styles+xml"/></Types>'
    )
    return hostile.zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
            "word/styles.xml": styles.encode(),
            "word/document.xml": body,
        }
    )


def _relation(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'.encode()


def odt() -> bytes:
    """Write an OpenDocument text of two parts."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in TABLE)
    body = "".join(f"<text:p>{line}<text:s text:c='2'/></text:p>" for line in LINES)
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:text>'
        f"{body}<table:table>{rows}</table:table></office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
    return out.getvalue()


def xlsx() -> bytes:
    """Write a workbook with a merged cell and true numbers."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    for line in LINES:
        sheet.append([line])
    sheet.merge_cells("A1:B1")
    for name, value in TABLE:
        sheet.append([name, float(value) if value.isdecimal() else value])
    return _saved(book.save)


def xls() -> bytes:
    """Write an old workbook."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("三月")
    for r, row in enumerate([*([line] for line in LINES), *TABLE]):
        for c, cell in enumerate(row):
            sheet.write(r, c, float(cell) if cell.isdecimal() else cell)
    return _saved(book.save)


def pptx() -> bytes:
    """Write two slides, with one layout."""
    from pptx import Presentation
    from pptx.util import Cm

    slides = Presentation()
    layouts = slides.slide_layouts
    for layout in list(layouts)[:-1]:
        layouts.remove(layout)
    first = slides.slides.add_slide(layouts[0])
    first.shapes.add_textbox(Cm(1), Cm(1), Cm(20), Cm(5)).text_frame.text = "\n".join(LINES)
    second = slides.slides.add_slide(layouts[0])
    table = second.shapes.add_table(len(TABLE), 2, Cm(1), Cm(1), Cm(20), Cm(8)).table
    for r, row in enumerate(TABLE):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    return _saved(slides.save)


def pdf() -> bytes:
    """Print a page with a ruled table, in a font that comes with every reader."""
    from fpdf import FPDF

    document = FPDF()
    document.set_font("Helvetica", size=12)
    document.add_page()
    for line in ("Report of March 2026", "18.5 t of rubbish, 174 households", "23 requests, 21 answered"):
        document.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    with document.table(width=80) as table:
        for cells in (("Place", "Households"), ("First", "60"), ("Second", "114")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    return bytes(document.output())


def pdf_with_font() -> bytes:
    """Print two pages of text in a font that lies in the file."""
    from fpdf import FPDF

    from tests.formats.conftest import font

    document = FPDF()
    document.add_font("noto", fname=font())
    document.set_font("noto", size=12)
    for line in SENTENCES:
        document.add_page()
        document.cell(0, 8, line)
    return bytes(document.output())


def picture(form: str = "png") -> bytes:
    """Draw a small picture, a tif of two pages."""
    from PIL import Image

    first, second = Image.effect_noise((24, 16), 50), Image.effect_noise((16, 24), 50)
    more = {"save_all": True, "append_images": [second]} if form == "tiff" else {}
    return _saved(lambda out: first.save(out, format=form, **more))


def archive() -> bytes:
    """Pack three reports, one of them in an archive of its own."""
    inner = hostile.zipped({"c.txt": plain()})
    return hostile.zipped({"2026-03/a.txt": plain(), "b.csv": csv(), "inner.zip": inner})


def _saved(save: Callable[[io.BytesIO], Any]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


# For each kind of file its ending, and what writes examples of it.
SMALL: dict[str, tuple[str, tuple[Callable[[], bytes], ...]]] = {
    "text": (".txt", (plain, lambda: plain("gb18030"), lambda: plain("cp950"), lambda: plain("utf-16"))),
    "csv": (".csv", (csv,)),
    "html": (".html", (html, lambda: html("big5"))),
    "mhtml": (".mhtml", (mhtml,)),
    "docx": (".docx", (docx,)),
    "odt": (".odt", (odt,)),
    "pdf": (".pdf", (pdf, pdf_with_font)),
    "xlsx": (".xlsx", (xlsx,)),
    "xls": (".xls", (xls,)),
    "pptx": (".pptx", (pptx,)),
    "image": (".png", (picture, lambda: picture("jpeg"), lambda: picture("tiff"))),
    "zip": (".zip", (archive,)),
}
