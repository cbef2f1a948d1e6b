"""The workbook of a briefing: every number with its sentence, safe to open, the same each time."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from briefing_content import FORMULA, SCRIPT, briefing_content, tables_of

from analysis.briefing.workbook import write_workbook

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet
    from sample_tables import Sample

NAMES = {
    "zh-Hant": ["目錄", "要點", "圖表", "合計比較", "各地比較", "需要核對的", "收到情況", "各期數值"],
    "zh-Hans": ["目录", "要点", "图表", "合计比较", "各地比较", "需要核对的", "收到情况", "各期数值"],
    "en": ["Contents", "Headlines", "Charts", "Totals", "By place", "Findings", "Coverage", "Observations"],
}


@pytest.fixture(scope="module", name="path")
def path_fixture(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the workbook once."""
    folder = tmp_path_factory.mktemp("workbook")
    return write_workbook(folder, briefing_content(sample, folder / "charts"))


@pytest.fixture(scope="module", name="book")
def book_fixture(path: Path) -> Workbook:
    """Open it."""
    return openpyxl.load_workbook(path)


def _followed(book: Workbook, cell: Any) -> tuple[Worksheet, int]:
    """Follow a link: give the sheet and the row where it leads."""
    found = re.fullmatch(r"'(.+)'!A(\d+)(?::[A-Z]+\d+)?", cell.hyperlink.location)
    assert found
    return book[found[1]], int(found[2])


def test_sheets_hold_one_real_table_with_title_notes_and_print_set_up(book: Workbook) -> None:
    """Each sheet has a title, notes, at most one table with its header in row 5, no merged cells, and A4."""
    assert book.sheetnames[:8] == NAMES["zh-Hant"]
    for sheet in book:
        assert sheet["A1"].font.bold
        assert all(sheet[f"A{row}"].value for row in (1, 2))
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert "&P" in sheet.oddFooter.right.text
        if sheet.title == "圖表":
            continue
        assert len(sheet.tables) == 1
        assert next(iter(sheet.tables.values())).ref.startswith("A5:")
        assert sheet.freeze_panes.endswith("6")
        assert sheet.print_title_rows == "$5:$5"


def test_pandas_reads_every_table_in_one_line(path: Path) -> None:
    """The header is in row 5 everywhere, and numbers come back as numbers, nothing as 0."""
    totals = pd.read_excel(path, sheet_name="合計比較", header=4, engine="calamine")
    assert totals["8月"].dtype.kind == "f"
    assert list(totals["號碼"].sort_values()) == list(range(1, len(totals) + 1))
    wide = pd.read_excel(path, sheet_name="各期數值", header=4, engine="calamine")
    gap = wide[(wide["地方"] == "東湖社區") & (wide["指標"] == "清運垃圾")]
    assert gap["2026-05"].isna().all()
    assert gap["2026-08"].notna().all()


def test_every_number_leads_to_its_sentence_and_back(book: Workbook) -> None:
    """A number of a place leads to the figures it is made of, and these lead back to its row."""
    places, figures = book["各地比較"], book["數字與原句"]
    head = {cell.value: cell.column for cell in places[5]}
    columns = {cell.value: cell.column for cell in figures[5]}
    for row in range(6, places.max_row + 1):
        for what in ("8月", "7月"):
            if places.cell(row, head[what]).value is None:
                continue
            sheet, at = _followed(book, places.cell(row, head[what]))
            assert sheet is figures
            assert (
                f"【{figures.cell(at, columns['原文數字']).value}】"
                in figures.cell(at, columns["原句"]).value
            )
            assert figures.cell(at, columns["地方"]).value == places.cell(row, head["地方"]).value
            back, back_row = _followed(book, figures.cell(at, columns["用在"]))
            assert back is places
            assert back_row == row


def test_links_to_sentences_are_in_sight(book: Workbook) -> None:
    """Numbers compared lead to their sentences themselves, also vague ones, or the way is near the words."""
    for name in ("合計比較", "各地比較"):
        sheet = book[name]
        head = [cell.value for cell in sheet[5]]
        sides = [at for at, said in enumerate(head, start=1) if str(said).startswith(("8月", "7月", "變動"))]
        assert len(sides) == 12
        cells = [sheet.cell(row, at) for row in range(6, sheet.max_row + 1) for at in sides]
        assert all(cell.hyperlink for cell in cells if cell.value is not None)
        assert any(cell.value is None for cell in cells)
    for name, beside in (("要點", "要點"), ("需要核對的", "情況")):
        head = [cell.value for cell in book[name][5]]
        assert abs(head.index("原句") - head.index(beside)) == 1
        assert book[name].cell(6, head.index("原句") + 1).hyperlink


def test_observations_are_links_themselves(book: Workbook) -> None:
    """Each number over time leads to a figure of its place and period."""
    wide, figures = book["各期數值"], book["數字與原句"]
    columns = {cell.value: cell.column for cell in figures[5]}
    for cell in wide[6]:
        if isinstance(cell.value, int | float):
            _, at = _followed(book, cell)
            assert figures.cell(at, columns["時期"]).value == wide.cell(5, cell.column).value
            assert figures.cell(at, columns["數值"]).value == cell.value


def test_links_lead_to_cells_that_are_there(book: Workbook) -> None:
    """No link of any sheet leads into the void."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    target, at = _followed(book, cell)
                    assert at <= target.max_row


def test_text_of_reports_stays_text_and_telephones_are_masked(book: Workbook) -> None:
    """What begins like a formula is text, also when it is edited; a telephone number is not shown."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert FORMULA in {cell.value for cell in risky}
    assert all(cell.quotePrefix for cell in risky)
    texts = [str(cell.value) for cell in cells]
    assert any(SCRIPT in text for text in texts)
    assert not any("13812345678" in text for text in texts)


def test_charts_are_native_and_described(path: Path) -> None:
    """Charts draw cells of the sheets, say what they show, and have ranges in the order that Excel takes."""
    with zipfile.ZipFile(path) as archive:
        charts = [
            archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")
        ]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) >= 5
    assert all("各地比較" in chart or "各期數值" in chart or "合計比較" in chart for chart in charts)
    assert len(re.findall(r'descr="[^"]+"', drawing)) == len(charts)
    ranged = [chart for chart in charts if "<errBars>" in chart]
    assert ranged
    assert all(chart.index("<plus>") < chart.index("<minus>") for chart in ranged)
    lines = [chart for chart in charts if "<lineChart>" in chart]
    assert all('dispBlanksAs val="gap"' in chart for chart in lines)


def test_workbook_is_the_same_each_time(sample: Sample, path: Path, tmp_path: Path) -> None:
    """The same content gives the same bytes, and nothing inside says when."""
    again = write_workbook(tmp_path, briefing_content(sample, tmp_path / "elsewhere"))
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2000}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_workbook_speaks_the_language_of_the_project(sample: Sample, tmp_path: Path, locale: str) -> None:
    """Names of sheets, headers and notes are in the locale; the Excel tables keep their names."""
    path = write_workbook(tmp_path, briefing_content(sample, tmp_path, locale=locale))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:8] == NAMES[locale]
    assert set(book[NAMES[locale][3]].tables) == {"totals"}
    head = " ".join(str(cell.value) for sheet in book for cell in sheet[5] if cell.value)
    assert not re.search("[一-鿿]" if locale == "en" else "[數與種變]", head)


def test_period_without_data_gives_a_workbook_that_says_so(sample: Sample, tmp_path: Path) -> None:
    """Without comparisons, figures and findings there are the sheets, and a note instead of rows."""
    full = tables_of(sample)
    bare = type(full)(
        full.reports.iloc[:0], full.figures.iloc[:0], full.observations.iloc[:0], full.comparisons.iloc[:0],
        full.indicators, full.places, full.unreadable,
    )  # fmt: skip
    book = openpyxl.load_workbook(
        write_workbook(tmp_path, briefing_content(sample, tmp_path, tables=bare, left_out=()))
    )
    assert book["要點"]["A3"].value == "沒有可列的。"
    assert not book["要點"].tables
    assert [cell.value for cell in book["合計比較"][5]][:2] == ["號碼", "指標"]
