"""workbook.xlsx: the numbers of a briefing, one table a sheet, each number with the way to its sentence."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.look import LOOKS
from analysis.briefing.office.references import evidence
from analysis.briefing.office.wording import office_words, received, subtitle
from analysis.briefing.workbook.charts import add_charts
from analysis.briefing.workbook.compared import (
    finding_sheet,
    headline_sheet,
    left_out_sheet,
    place_sheet,
    plain_sheet,
    report_sheet,
    total_sheet,
)
from analysis.briefing.workbook.observed import coverage_sheet, figure_sheet, observation_sheet
from analysis.briefing.workbook.sheet import Column, Link, Sheet
from analysis.briefing.workbook.writing import write_sheet
from analysis.charts.words import say
from analysis.tables.files import replace_file
from analysis.tables.package import same_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence

NAME = "workbook.xlsx"


def write_workbook(folder: Path, content: Content) -> Path:
    """Write workbook.xlsx: headlines, comparisons, findings, coverage, observations, figures, native charts.

    Parameters
    ----------
    folder : where workbook.xlsx goes; made where it does not exist.
    content : what it is made of.

    Returns
    -------
    Its path. Every sheet has its title in row 1, notes in rows 2 to 4 and the header of its one table in
    row 5, so that `pandas.read_excel(path, sheet_name=…, header=4)` reads any of them.
    """
    found = evidence(content)
    sheets = _sheets(content, found)
    book = _new_book(content)
    for sheet in sheets.values():
        write_sheet(book, sheet, sheets, content.locale)
    edits = add_charts(book, content, found, sheets)
    raw = io.BytesIO()
    book.save(raw)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    replace_file(path, same_bytes(raw.getvalue(), edits))
    return path


def _new_book(content: Content) -> Workbook:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    del book[book.sheetnames[0]]
    look = LOOKS[content.locale]
    family = look.latin if content.locale == "en" else look.asian
    # The font of every cell that has no other, and of the headers of rows and columns.
    usual: Any = book
    usual._fonts[0] = Font(name=family, size=11)  # noqa: SLF001 - openpyxl has no other way
    usual._named_styles["Normal"].font = Font(name=family, size=11)  # noqa: SLF001
    properties = book.properties
    properties.creator = "report-figures"
    properties.title = content.title
    properties.subject = subtitle(content)
    properties.language = look.language
    return book


def _sheets(content: Content, found: Evidence) -> dict[str, Sheet]:
    """Make all sheets, in their order."""
    places, totals = place_sheet(content, found), total_sheet(content, found)
    observed, findings = observation_sheet(content, found), finding_sheet(content, found)
    figures = figure_sheet(
        content, found, {"by_place": places, "observations": observed, "findings": findings}
    )
    charts = replace(plain_sheet("charts", content, [], []), notes="", portrait=True)
    listed = [
        headline_sheet(content, found), charts, totals, places, findings, coverage_sheet(content), observed,
        figures, report_sheet(content, found), left_out_sheet(content),
    ]  # fmt: skip
    sheets = {sheet.key: sheet for sheet in listed}
    return {"contents": _contents(content, sheets), **sheets}


def _contents(content: Content, sheets: dict[str, Sheet]) -> Sheet:
    word = office_words("columns", content.locale)
    columns = [
        Column(word["sheet"]),
        Column(word["holds"], "long"),
        Column(word["rows"], "whole"),
        Column(word["table"]),
    ]
    rows: list[list[Any]] = [
        [
            Link(sheet.name, key), sheet.title, len(sheet.rows) if sheet.columns else None,
            key if sheet.rows else None,
        ]
        for key, sheet in sheets.items()
    ]  # fmt: skip
    made = plain_sheet("contents", content, columns, rows)
    notes = say("stop", content.locale).join([subtitle(content), received(content)])
    return replace(made, notes=notes)
