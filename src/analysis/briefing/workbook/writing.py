"""Sheets into a workbook of openpyxl: real tables, links, number formats, print set-up."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.look import ACCENT_RGB, LINE_RGB, LOOKS, SOFT_RGB
from analysis.briefing.office.wording import office
from analysis.briefing.workbook.sheet import HEADER_ROW, Link, Sheet
from analysis.tables.sheet import width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
# Where a cell begins so, Excel notes what it notes of a typed apostrophe: text it stays, also when edited.
_RISKY = tuple("=+-@\t\r\n＝＋－＠")
_CELL = 32_000
# Excel opens no sheet with more links than this.
_MOST_LINKS = 65_000
_WIDEST = {
    "text": 30,
    "long": 60,
    "note": 40,
    "narrow": 12,
    "number": 14,
    "signed": 14,
    "percent": 12,
    "whole": 10,
    "date": 12,
}
_SAMPLED = 300
_WRAPPED = ("long", "note")
_LINE, _HEADER_HEIGHT = 16.5, 36.0
_LINK_RGB = "0B5A8F"


def write_sheet(book: Workbook, sheet: Sheet, sheets: Mapping[str, Sheet], locale: str) -> Worksheet:
    """Write a sheet into a workbook.

    Parameters
    ----------
    book : the workbook.
    sheet : the sheet.
    sheets : all sheets by key, for the links.
    locale : zh-Hant, zh-Hans or en.
    """
    made: Worksheet = book.create_sheet(sheet.name)
    _heading(made, sheet, sheets, locale)
    _table(made, sheet)
    links = 0
    for number, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            location = _location(value, sheets) if isinstance(value, Link) and links < _MOST_LINKS else None
            links += location is not None
            plain = value.value if isinstance(value, Link) else value
            _cell(made.cell(row=number, column=column), plain, sheet.columns[column - 1].kind, location)
    _widths(made, sheet)
    if sheet.columns:
        made.freeze_panes = made.cell(row=HEADER_ROW + 1, column=sheet.frozen + 1).coordinate
    _print(made, sheet, locale)
    return made


def write_link(made: Worksheet, row: int, link: Link, sheets: Mapping[str, Sheet]) -> None:
    """Write a link into the first cell of a row."""
    _cell(made.cell(row=row, column=1), link.value, "text", _location(link, sheets))


def _heading(made: Worksheet, sheet: Sheet, sheets: Mapping[str, Sheet], locale: str) -> None:
    from openpyxl.styles import Font

    name = LOOKS[locale].asian if locale != "en" else LOOKS[locale].latin
    lines = (sheet.title, sheet.about, sheet.notes)
    for number, line in enumerate(lines, start=1):
        cell = made.cell(row=number, column=1)
        _text(cell, line)
        cell.font = Font(name=name, size=16 if number == 1 else 10, bold=number == 1, color=SOFT_RGB)
    made["A1"].font = Font(name=name, size=16, bold=True, color=ACCENT_RGB)
    made.row_dimensions[1].height = 26
    if sheet.key != "contents":
        back = Link(office("notes.to_contents", locale), "contents")
        _cell(made.cell(row=4, column=1), back.value, "text", _location(back, sheets))


def _table(made: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    for number, column in enumerate(sheet.columns, start=1):
        cell = made.cell(row=HEADER_ROW, column=number)
        _text(cell, column.header)
        cell.font = Font(name=made["A1"].font.name, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=ACCENT_RGB)
        aside = column.kind in {"number", "signed", "percent", "whole"}
        cell.alignment = Alignment(
            vertical="center",
            wrap_text=True,
            horizontal="right" if aside else "left",
            indent=0 if aside else 1,
        )
    made.row_dimensions[HEADER_ROW].height = _HEADER_HEIGHT
    if sheet.rows and sheet.columns:
        last = f"{get_column_letter(len(sheet.columns))}{HEADER_ROW + len(sheet.rows)}"
        table = Table(displayName=sheet.key, ref=f"A{HEADER_ROW}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        made.add_table(table)


def _text(cell: Any, text: str) -> None:
    """Put text into a cell as text, also where it begins like a formula."""
    cell.value = _CONTROLS.sub("\ufffd", text)[:_CELL]
    cell.data_type = "s"


def _cell(cell: Any, value: Any, kind: str, location: str | None) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    if isinstance(value, str):
        _text(cell, value)
        risky, shape = value.startswith(_RISKY), "General"
    else:
        cell.value = _rounded(value)
        risky, shape = False, _shape(cell.value, kind)
    if location:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
    _style(cell, (isinstance(value, str), kind in _WRAPPED, shape, location is not None, risky))


def _style(cell: Any, look: tuple[bool, bool, str, bool, bool]) -> None:
    """Dress a cell; openpyxl looks every style up anew, so that one that is known is copied."""
    from copy import copy

    known = cell.parent.parent.__dict__.setdefault("_looks", {})
    if look in known:
        cell._style = copy(known[look])  # noqa: SLF001 - openpyxl has no faster way
        return
    from openpyxl.styles import Alignment, Border, Font, Side

    text, long, shape, linked, risky = look
    cell.alignment = Alignment(
        vertical="top", wrap_text=long or None, indent=1 if text else 0, horizontal="left" if text else None
    )
    cell.number_format = shape
    cell.border = Border(bottom=Side(style="thin", color=LINE_RGB))
    if linked:
        cell.font = Font(name=cell.font.name, color=_LINK_RGB, underline="single")
    cell.quotePrefix = risky
    known[look] = copy(cell._style)  # noqa: SLF001


def _rounded(value: Any) -> Any:
    """Free a number from the noise of floating point, and write a whole one as such."""
    if not isinstance(value, float):
        return value
    value = round(value, 9)
    return int(value) if value.is_integer() else value


def _shape(value: Any, kind: str) -> str:
    """Give the number format of a value: as many decimals as it has, two at most."""
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if kind == "percent":
        return '+0.0;"−"0.0;0.0'
    decimals = "" if isinstance(value, int) else ".0" if round(value, 1) == value else ".00"
    plain = f"#,##0{decimals}"
    return f'+{plain};"−"{plain};0' if kind == "signed" else plain


def _location(link: Link, sheets: Mapping[str, Sheet]) -> str | None:
    sheet = sheets[link.sheet]
    where = sheet.name.replace("'", "''")
    if not link.anchors:
        return f"'{where}'!A1"
    rows = sorted(row for name in link.anchors if (row := sheet.row_of(name)) is not None)
    if not rows:
        return None
    last = rows[-1] if rows[-1] - rows[0] == len(set(rows)) - 1 else rows[0]
    from openpyxl.utils import get_column_letter

    return f"'{where}'!A{rows[0]}:{get_column_letter(len(sheet.columns))}{last}"


def _widths(made: Worksheet, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(sheet.columns):
        shown = [row[number] for row in sheet.rows[:_SAMPLED]]
        plain = [cell.value if isinstance(cell, Link) else cell for cell in shown]
        rounded = [_rounded(cell) for cell in plain]
        head = (
            width([column.header]) / 2 if column.kind not in {"text", *_WRAPPED} else width([column.header])
        )
        wanted = max(width(rounded), min(head + 3, 16 if column.kind in {"text", *_WRAPPED} else 11))
        made.column_dimensions[get_column_letter(number + 1)].width = min(wanted + 1, _WIDEST[column.kind])
    _heights(made, sheet)


def _heights(made: Worksheet, sheet: Sheet) -> None:
    """Set the height of rows whose long text takes several lines: not every program does it by itself."""
    from openpyxl.utils import get_column_letter

    long = [
        (number, made.column_dimensions[get_column_letter(number + 1)].width)
        for number, column in enumerate(sheet.columns)
        if column.kind in _WRAPPED
    ]
    for at, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        lines = max((_lines(row[number], room) for number, room in long), default=1)
        made.row_dimensions[at].height = _LINE * min(lines, 24)


def _lines(value: Any, room: float) -> int:
    if not isinstance(value, str):
        return 1
    return sum(-(-_extent(part) // max(int(room) - 2, 1)) or 1 for part in value.split("\n"))


def _extent(text: str) -> int:
    # A Chinese character is two wide.
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _print(made: Worksheet, sheet: Sheet, locale: str) -> None:
    made.page_setup.orientation = "portrait" if sheet.portrait else "landscape"
    made.page_setup.paperSize = 9  # A4
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr = _fitting()
    if sheet.columns:
        made.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    margins = made.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    footer: Any = made.oddFooter
    footer.left.text = sheet.title.replace("&", "&&")[:120]
    footer.right.text = f"{office('page', locale)} &P / &N"
    footer.left.size = footer.right.size = 9


def _fitting() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)
