"""One formatted sheet: a header that stays in sight, filters, widths for Chinese text, number formats."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from analysis.tables.guard import guarded

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# A sheet holds 1,048,576 rows, but a workbook of this size already takes minutes to open.
ROWS = 50_000
_CELL = 32_000
_NARROWEST, _WIDEST, _SAMPLED = 8, 60, 300
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HEADER_FILL, _HEADER_FONT = "1F4E79", "FFFFFF"


def add_sheet(book: Workbook, title: str, frame: pd.DataFrame, *, frozen: int = 0) -> Worksheet:
    """Add a table as a sheet, as a real Excel table where it has rows.

    Parameters
    ----------
    book : the workbook.
    title : name of the sheet and, without blanks, of the Excel table.
    frame : the rows; at most `ROWS` of them are written.
    frozen : number of columns at the left that stay in sight.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(title)
    shown = frame.iloc[:ROWS]
    columns = [_plain(shown[name]) for name in shown.columns]
    sheet.append(list(shown.columns))
    for row in zip(*columns, strict=True):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True, color=_HEADER_FONT)
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 30
    for number, (name, values) in enumerate(zip(shown.columns, columns, strict=True), start=1):
        _format(sheet, number, values)
        sheet.column_dimensions[get_column_letter(number)].width = width([name, *values[:_SAMPLED]])
    sheet.freeze_panes = sheet.cell(row=2, column=frozen + 1).coordinate
    if len(shown):
        _add_table(sheet, title, len(shown), len(shown.columns))
    else:
        sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(shown.columns), 1))}1"
    return sheet


def _add_table(sheet: Worksheet, title: str, rows: int, columns: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    table = Table(displayName=title.replace(" ", "_"), ref=f"A1:{get_column_letter(columns)}{rows + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    sheet.add_table(table)


def _plain(values: pd.Series[Any]) -> list[Any]:
    """Give a column as cell values: guarded text, whole numbers as integers, dates, None for missing."""
    import pandas as pd

    if isinstance(values.dtype, pd.StringDtype) or values.dtype == object:
        texts = guarded(values.astype("string")).tolist()
        return [None if text is pd.NA else _CONTROLS.sub("\ufffd", text)[:_CELL] for text in texts]
    cells = [None if cell is pd.NA or cell is pd.NaT else cell for cell in values.tolist()]
    return [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]


def _format(sheet: Worksheet, number: int, values: list[Any]) -> None:
    from datetime import date

    for row, value in enumerate(values, start=2):
        if isinstance(value, bool) or value is None or isinstance(value, str):
            continue
        if isinstance(value, date):
            sheet.cell(row=row, column=number).number_format = "yyyy-mm-dd"
        else:
            shape = "#,##0" if isinstance(value, int) else "#,##0.00##"
            sheet.cell(row=row, column=number).number_format = shape


def width(values: list[Any]) -> float:
    """Give the width of a column that shows its values, where a Chinese character is two wide.

    Examples
    --------
    >>> width(["居民戶數"])
    10.0
    """
    widest = max((_shown(value) for value in values if value is not None), default=0)
    return float(min(max(widest + 2, _NARROWEST), _WIDEST))


def _shown(value: Any) -> int:
    text = f"{value:,}" if isinstance(value, int | float) else str(value)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
