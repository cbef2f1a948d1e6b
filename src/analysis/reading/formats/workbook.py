"""Workbooks of Excel, old and new: every visible sheet, its cells as they are shown."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Table
from analysis.reading.formats.compound import fault, protected
from analysis.reading.formats.refusal import damaged, locked
from analysis.reading.formats.sheets import address_of, parts_of_sheet
from analysis.reading.formats.xml import part

if TYPE_CHECKING:
    from collections.abc import Iterator

    Formats = dict[tuple[str, int, int], str]

# What a number format adds behind the number: 0.0"吨", 0"户", 0.0%.
_WORDS_BEHIND = re.compile(r'[0#?](?:"([^"]{1,8})"|\\(.)|(%))')
_SINGLE = (1, 1)
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def read(data: bytes, name: str) -> Document:
    """Read a workbook.

    Called by `read_document`; UnreadableError where it is damaged or protected with a password.
    """
    import python_calamine as calamine

    if not data.startswith(b"PK") and (seen := fault(data)):
        raise damaged(name, ValueError(seen))
    if not data.startswith(b"PK") and protected(data):
        raise locked(name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        package = zipfile.ZipFile(io.BytesIO(data)) if data.startswith(b"PK") else None
        formats = _number_formats(package, data) if package is not None else {}
        left_out: Counter[str] = Counter()
        parts: list[Paragraph | Table] = []
        notes: list[str] = []
        for sheet in book.sheets_metadata:
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                notes.append(f"sheet {sheet.name}: a {sheet.typ} is not read")
                continue
            cells = list(_cells(book.get_sheet_by_name(sheet.name), formats))
            if sheet.visible != calamine.SheetVisibleEnum.Visible:
                left_out["hidden"] += sum(len(cell.text) for cell in cells)
                notes.append(f"sheet {sheet.name} is hidden and was left out")
                continue
            parts += parts_of_sheet(cells, sheet.name)
        properties = _properties(package) if package is not None else Properties()
    except calamine.PasswordError:
        raise locked(name) from None
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, TypeError, EOFError,
            AttributeError, SyntaxError, RuntimeError, OverflowError, IndexError) as error:  # fmt: skip
        if "assword" in str(error):
            raise locked(name) from None
        raise damaged(name, error) from None
    return Document(tuple(parts), properties, {k: n for k, n in left_out.items() if n}, notes=tuple(notes))


def _cells(sheet: Any, formats: Formats) -> Iterator[Cell]:
    """Give the cells of a sheet that are not empty; a merged one once, with its size."""
    size = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        size[top, left] = (bottom - top + 1, right - left + 1)
    if sheet.start is None:
        return
    # Rows are given from the first of the sheet, columns from the first that holds anything.
    width = sheet.start[1]
    sheet_name = sheet.name
    for r, row in enumerate(sheet.iter_rows()):
        for c, value in enumerate(row, width):
            if value == "" or value is None:
                continue
            text = shown(value, formats.get((sheet_name, r, c), "") if formats else "")
            if text:
                rows, columns = size.get((r, c), _SINGLE) if size else _SINGLE
                yield Cell(r, c, text, rows, columns, address_of(r, c))


def shown(value: Any, form: str = "") -> str:
    """Give a cell's value as text: numbers with at most 15 digits, percentages as such, days as ISO dates.

    Parameters
    ----------
    value : what the workbook stores.
    form : its number format, "" where that says nothing.

    Examples
    --------
    >>> shown(18.5), shown(1180.0), shown(0.873, "0.0%"), shown(12.0, '0"吨"')
    ('18.5', '1180', '87.3%', '12吨')
    """
    if isinstance(value, str):
        # One sign is found ten times as fast as two.
        return (value.replace("\r\n", "\n") if "\r" in value else value).strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def _number(value: float, form: str) -> str:
    behind = _WORDS_BEHIND.search(form.partition(";")[0]) if form else None
    if behind is None:
        return _plain(value)
    return f"{_plain(round(value * 100, 10))}%" if behind[3] else _plain(value) + (behind[1] or behind[2])


def _plain(value: float) -> str:
    """Write a number with the 15 digits that Excel keeps, never with an exponent."""
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text


def _number_formats(package: zipfile.ZipFile, data: bytes) -> Formats:
    """Give the formats of the cells that show more than their number; calamine does not tell them."""
    styles = part(package, "xl/styles.xml")
    if styles is None or not _says_more(styles):
        return {}
    from openpyxl import load_workbook

    found: Formats = {}
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, int | float) and _WORDS_BEHIND.search(cell.number_format):
                        found[sheet.title, cell.row - 1, cell.column - 1] = cell.number_format
    finally:
        book.close()
    return found


def _says_more(styles: Any) -> bool:
    space = styles.tag.rpartition("}")[0] + "}"
    # 9 and 10 are the percentages that every workbook knows.
    own = {
        form.get("numFmtId")
        for form in styles.iter(space + "numFmt")
        if _WORDS_BEHIND.search(form.get("formatCode", ""))
    } | {"9", "10"}
    used = styles.find(space + "cellXfs")
    return used is not None and any(xf.get("numFmtId") in own for xf in used)


def _properties(package: zipfile.ZipFile) -> Properties:
    core = part(package, "docProps/core.xml")

    def value(tag: str) -> str | None:
        found = core.find(tag) if core is not None else None
        return (found.text or "").strip() or None if found is not None else None

    return Properties(
        value(_DC + "title"), value(_DC + "creator"), value(_DC + "subject"), value(_TERMS + "created"),
        value(_TERMS + "modified"),
    )  # fmt: skip
