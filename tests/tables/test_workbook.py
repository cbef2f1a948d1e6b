"""The workbook: formatted, complete, and safe to open."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from analysis.tables import pivot
from analysis.tables.export import to_jsonl, write_figures
from analysis.tables.sheet import width
from analysis.tables.workbook import figures_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from analysis.tables import Tables

from analysis.errors import UsageError


def _opened(built: Tables) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(figures_workbook(built, title="示範")[0]))


def test_sheets_are_real_tables_with_a_header_that_stays(built: Tables) -> None:
    """Every sheet with rows has a filter table, a styled header and frozen panes."""
    book = _opened(built)
    assert book.sheetnames == ["contents", "figures", "observations", "comparisons", "pivot", "columns"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet["A1"].font.bold
        assert len(sheet.tables) == 1


def test_the_pivot_has_places_down_and_months_across(built: Tables) -> None:
    """The pivot shows names as written, in the words of the locale."""
    sheet = _opened(built)["pivot"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["place", "indicator", "series", "unit", "basis", "2026-07", "2026-08"]
    assert rows[1] == ["青山社區", "戶數", None, "户", "stock", 11801, 11802]


def test_no_cell_is_a_formula(built: Tables) -> None:
    """Text that begins like a formula is text; dates are dates and numbers numbers."""
    sheet = _opened(built)["figures"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    head = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(3, head["text"]).value == "'-3.19‰"
    assert sheet.cell(3, head["value"]).value == -3.19
    assert sheet.cell(2, head["period_start"]).value == datetime(2026, 7, 1)  # noqa: DTZ001 - Excel stores no zone
    assert sheet.cell(2, head["series"]).value is None


def test_columns_are_wide_enough_for_chinese() -> None:
    """A Chinese character takes two places, and no column takes the whole screen."""
    assert width(["戶數戶數戶數"]) == 14
    assert width(["長" * 500]) == 60


def test_pivot_puts_a_stock_into_its_month_and_leaves_gaps(built: Tables) -> None:
    """A level dated by a day stands in its month; what is missing stays missing."""
    rows = built.observations.copy()
    rows["period_start"] = rows["period_end"]
    rows["period"] = rows["period_end"].astype("string")
    rows["period_kind"] = pd.array(["day"] * len(rows), dtype="string")
    other = rows.iloc[[0]].assign(place_id="东湖社区")
    wide = pivot(pd.concat([rows, other]), period_kind="month")
    assert list(wide.columns) == ["2026-07", "2026-08"]
    assert wide.xs("东湖社区", level="place_id")["2026-08"].isna().all()
    assert wide.xs("青山社区", level="place_id")["2026-08"].to_list() == [11802]


def test_pivot_filters_and_refuses_unknown_words(built: Tables) -> None:
    """Indicators, places and bases can be chosen; an unknown value or kind is a mistake."""
    assert pivot(built.observations, indicator="population").empty
    assert len(pivot(built.observations, "low", place=["青山社区"], basis="stock")) == 1
    with pytest.raises(UsageError, match="value, low, high"):
        pivot(built.observations, "middle")
    with pytest.raises(UsageError, match="month"):
        pivot(built.observations, period_kind="months")


def test_json_lines_have_null_for_missing_and_whole_numbers(built: Tables) -> None:
    """One object a figure, dates as text, 11801 and not 11801.0."""
    line = to_jsonl(built.figures).decode().splitlines()[0]
    assert '"value": 11801,' in line
    assert '"series": null' in line
    assert '"period_end": "2026-07-31"' in line


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet", "xlsx"])
def test_figures_are_written_in_every_format(built: Tables, tmp_path: Path, kind: str) -> None:
    """Each format gives a file, the same one twice."""
    target = tmp_path / f"out.{kind}"
    assert write_figures(built.figures, kind, target) == []
    first = target.read_bytes()
    target.unlink()
    write_figures(built.figures, kind, target)
    assert target.read_bytes() == first


@pytest.mark.parametrize("kind", ["parquet", "xlsx", "ods"])
def test_formats_that_need_a_file_say_so(built: Tables, kind: str) -> None:
    """Binary formats are not written to a terminal, and unknown ones not at all."""
    with pytest.raises(UsageError):
        write_figures(built.figures, kind)


def test_json_lines_go_to_standard_output(built: Tables, capfd: pytest.CaptureFixture[str]) -> None:
    """Without a file the figures are printed, one line each."""
    write_figures(built.figures)
    assert len(capfd.readouterr().out.splitlines()) == 4
