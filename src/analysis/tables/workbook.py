"""figures.xlsx: the tables as one formatted workbook, the same bytes for the same tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analysis.tables.making import making
from analysis.tables.package import same_bytes
from analysis.tables.pivot import pivot
from analysis.tables.schema import schema_version, tables
from analysis.tables.sheet import ROWS, add_sheet

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.workbook import Workbook

    from analysis.tables.collection import Tables

_SHEETS = ("figures", "observations", "comparisons")
_PIVOT = {
    "zh-Hant": "觀測值：地方與指標在左，時期在上；缺報為空格，不是 0",
    "zh-Hans": "观测值：地方与指标在左，时期在上；缺报为空格，不是 0",
    "en": "Observations: place and indicator down, periods across; missing is an empty cell, never 0",
}
_GUARD = {
    "zh-Hant": "以 = + - @ 開頭的文字前加有一個撇號，以免被當作公式；數字不受影響",
    "zh-Hans": "以 = + - @ 开头的文字前加有一个撇号，以免被当作公式；数字不受影响",
    "en": "Text that begins with = + - @ has an apostrophe before it and is not run; numbers are untouched",
}


def figures_workbook(built: Tables, *, title: str, locale: str = "zh-Hant") -> tuple[bytes, list[str]]:
    """Make the workbook of a project's tables.

    Parameters
    ----------
    built : the tables.
    title : name of the project, shown on the first sheet.
    locale : language of labels and notes; column names are the same in every locale.

    Returns
    -------
    The bytes of the workbook, and warnings where a table is too long for it.
    """
    wide = flat_pivot(built, locale)
    frames = {name: built.named()[name] for name in _SHEETS} | {"pivot": wide}
    book = new_book()
    add_sheet(book, "contents", _contents(frames, title, locale))
    for name, frame in frames.items():
        add_sheet(book, name, frame, frozen=len(_PIVOT_KEYS) if name == "pivot" else 1)
    add_sheet(book, "columns", _columns())
    warnings = [
        f"{name} has {len(frame):,} rows; the workbook holds the first {ROWS:,}, {name}.csv holds all"
        for name, frame in frames.items()
        if len(frame) > ROWS
    ]
    return book_bytes(book), warnings


_PIVOT_KEYS = ("place", "indicator", "series", "unit", "basis")


def flat_pivot(built: Tables, locale: str) -> pd.DataFrame:
    """Give the pivot with names for people: places as written, indicators by their label."""
    wide = pivot(built.observations).reset_index()
    names = dict(zip(built.places["place_id"], built.places["place"], strict=True))
    label = "label_" + locale.lower().replace("-", "_")
    labels = dict(zip(built.indicators["id"], built.indicators[label], strict=True))
    wide["place_id"] = wide["place_id"].map(names).astype("string").fillna(wide["place_id"])
    wide["indicator"] = wide["indicator"].map(labels).astype("string").fillna(wide["indicator"])
    return wide.rename(columns={"place_id": "place"})


def _contents(frames: dict[str, pd.DataFrame], title: str, locale: str) -> pd.DataFrame:
    import pandas as pd

    rows: list[tuple[str, str, int | None]] = [("report-figures", title, None)]
    rows += [
        (name, tables()[name].meaning if name in tables() else _PIVOT[locale], len(frame))
        for name, frame in frames.items()
    ]
    rows += [
        ("columns", "Every column with its type, unit and meaning.", None),
        ("text", _GUARD[locale], None),
    ]
    rows += [("schema_version", schema_version(), None)]
    sheet, meaning, count = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "sheet": pd.array(sheet, dtype="string"),
            "meaning": pd.array(meaning, dtype="string"),
            "rows": pd.array(count, dtype="Int64"),
        }
    )


def _columns() -> pd.DataFrame:
    import pandas as pd

    rows = [
        (name, column.name, column.type, column.unit, column.meaning)
        for name in _SHEETS
        for column in tables()[name].columns
    ]
    return pd.DataFrame(rows, columns=["sheet", "column", "type", "unit", "meaning"], dtype="string")


def new_book() -> Workbook:
    """Make an empty workbook without sheets."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.creator = "report-figures"
    # Excel stores no zone.
    book.properties.created = making().replace(tzinfo=None)
    return book


def book_bytes(book: Workbook) -> bytes:
    """Save a workbook with fixed dates inside, so that the same content gives the same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    return same_bytes(raw.getvalue())


def frame_workbook(frame: pd.DataFrame, title: str) -> bytes:
    """Give one table as a workbook with one sheet."""
    book = new_book()
    add_sheet(book, title, frame, frozen=1)
    return book_bytes(book)
