"""Native charts of the workbook: drawn by Excel from the cells of its own sheets, so they can be edited."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.drawn import MOST_PLACES, alt_text, half_widths, places_drawn, trend_drawn
from analysis.briefing.office.look import (
    INK_RGB,
    LINE_RGB,
    LOOKS,
    PALETTE_RGB,
    SOFT_RGB,
    THEN_RGB,
    VERDICT_RGB,
)
from analysis.briefing.office.wording import office, overall
from analysis.briefing.workbook.compared import NOW, PERCENT, THEN, judged
from analysis.briefing.workbook.observed import NAMED, trend_anchor
from analysis.briefing.workbook.sheet import HEADER_ROW, Link, Sheet
from analysis.briefing.workbook.writing import write_link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.workbook import Workbook

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence, Reference
    from analysis.tables.package import Edit

_WIDTH, _TREND_HEIGHT, _ROW_HEIGHT, _AROUND = 18.0, 9.5, 0.62, 4.0
_COLUMNS = 10
# Height of a row of cells in centimetres, on whose grid the charts stand.
_CELL_ROW = 0.53
_MARKERS = ("circle", "square", "triangle", "diamond", "circle", "square", "triangle", "diamond")
_PAGE = 24.0


class _Stack:
    """Charts below each other on a sheet, each with a line above and one below."""

    def __init__(self, made: Any, sheets: Mapping[str, Sheet], content: Content) -> None:
        self.made, self.sheets, self.content = made, sheets, content
        self.row, self.filled = HEADER_ROW, 3.0
        self.alts: list[str] = []

    def add(self, chart: Any, height: float, alt: str, note: str, link: Link) -> None:
        """Add a chart of a height in centimetres; a new page begins where it does not fit any more."""
        from openpyxl.worksheet.pagebreak import Break

        if self.filled + height > _PAGE and self.alts:
            self.made.row_breaks.append(Break(id=self.row))
            self.filled = 0.0
        self.row += 1
        write_link(self.made, self.row, link, self.sheets)
        chart.width, chart.height = _WIDTH, height
        self.made.add_chart(chart, f"A{self.row + 1}")
        self.row += 1 + int(height / _CELL_ROW + 0.999)
        cell = self.made.cell(row=self.row, column=1, value=note)
        from openpyxl.styles import Font

        cell.font = Font(name=self.made["A1"].font.name, size=9, color=SOFT_RGB)
        self.row += 1
        self.filled += height + 3 * _CELL_ROW
        self.alts.append(alt)


def add_charts(book: Workbook, content: Content, found: Evidence, sheets: Mapping[str, Sheet]) -> list[Edit]:
    """Draw the main comparisons on the sheet of charts.

    Parameters
    ----------
    book : the workbook with all its sheets.
    content, found : the briefing and its evidence.
    sheets : the sheets as data, by key.

    Returns
    -------
    What has to be done to the saved parts: alternative texts, which openpyxl cannot write, and the order of
    error bars, which it writes in a way that Excel refuses.
    """
    made: Any = book[sheets["charts"].name]
    stack = _Stack(made, sheets, content)
    _add_percents(stack, book, content, found)
    for reference in found.references:
        if reference.headline is not None:
            _add_places(stack, book, reference)
            _add_trend(stack, book, reference)
    made.print_area = f"A1:{chr(ord('A') + _COLUMNS)}{stack.row}"
    for column in range(_COLUMNS + 1):
        made.column_dimensions[chr(ord("A") + column)].width = 9.2
    return [("xl/drawings/drawing", lambda part: _described(part, stack.alts)), ("xl/charts/chart", _ordered)]


def _described(part: bytes, alts: Sequence[str]) -> bytes:
    text = part.decode("utf-8")
    for number, alt in enumerate(alts, start=1):
        told = escape(alt, quote=True)
        text = text.replace(f'name="Chart {number}"', f'name="Chart {number}" descr="{told}"')
    return text.encode("utf-8")


def _ordered(part: bytes) -> bytes:
    return re.sub(rb"(<minus>.*?</minus>)(<plus>.*?</plus>)", rb"\2\1", part, flags=re.DOTALL)


def _add_percents(stack: _Stack, book: Workbook, content: Content, found: Evidence) -> None:
    sheet = stack.sheets["totals"]
    by_number = {reference.number: reference for reference in found.references}
    drawn = [by_number[row[0]].total for row in sheet.rows if judged(by_number[row[0]].total)]
    if not drawn:
        return
    chart = _bars(content)
    rows = (HEADER_ROW + 1, HEADER_ROW + len(drawn))
    series = _series(book, sheet, PERCENT, 1, rows)
    for at, row in enumerate(drawn):
        _paint_point(series, at, VERDICT_RGB[row["verdict"]])
    _add_ranges(series, half_widths(drawn, "percent", "percent"))
    _label_values(series, '+0.0"%";"−"0.0"%";0.0"%"', content)
    chart.series.append(series)
    chart.title = _title(overall(content, found.names), content)
    chart.legend = None
    chart.y_axis.number_format = '+0"%";"−"0"%";0"%"'
    rows_said = [f"{sheet.rows[at][1]} {total['percent']:+.1f}%" for at, total in enumerate(drawn)]
    alt = alt_text("kind_bars", overall(content, found.names), rows_said, content.locale)
    note = office("chart_percent", content.locale)
    if len(sheet.rows) > len(drawn):
        note += office("unlisted_percent", content.locale, count=len(sheet.rows) - len(drawn))
    link = Link(f"{sheet.title} →", "totals", ())
    stack.add(chart, min(_AROUND + _ROW_HEIGHT * len(drawn), _PAGE - 2), alt, note, link)


def _add_places(stack: _Stack, book: Workbook, reference: Reference) -> None:
    sheet, content = stack.sheets["by_place"], stack.content
    first = sheet.row_of(f"total-{reference.number}")
    rows, note = places_drawn(reference, content, len(reference.places))
    if len(rows) > MOST_PLACES:
        # The cells of a chart lie together: it draws the first ones of its sheet.
        note += office("chart_first", content.locale, shown=MOST_PLACES, count=len(rows))
        rows = rows[:MOST_PLACES]
    if first is None or not rows:
        return
    chart = _bars(content)
    span = (first, first + len(rows) - 1)
    for column, side, colour in ((THEN, "baseline_", THEN_RGB), (NOW, "", PALETTE_RGB[0])):
        series = _series(book, sheet, column, 1, span)
        series.graphicalProperties.solidFill = colour
        _add_ranges(series, half_widths(rows, f"{side}value", side))
        _label_values(series, "#,##0.##", content)
        chart.series.append(series)
    chart.title = _title(f"[{reference.number}] {reference.headline}", content)
    chart.legend.position = "b"
    chart.y_axis.number_format = "#,##0"
    said = [f"{row['place'] or row['place_id']} {row['baseline_value']} → {row['value']}" for row in rows]
    alt = alt_text("kind_bars", str(reference.headline), said, content.locale)
    stack.add(
        chart,
        min(_AROUND + 2 * _ROW_HEIGHT * len(rows), _PAGE - 2),
        alt,
        note,
        _to_source(reference, content),
    )


def _to_source(reference: Reference, content: Content) -> Link:
    return Link(
        f"{office('to_sources', content.locale, number=reference.number)} {reference.label} →",
        "totals", (f"total-{reference.number}",),
    )  # fmt: skip


def _add_trend(stack: _Stack, book: Workbook, reference: Reference) -> None:
    from openpyxl.chart import LineChart

    sheet, content = stack.sheets["observations"], stack.content
    first = sheet.row_of(trend_anchor(reference.total))
    if first is None or len(sheet.columns) < NAMED + 2:
        return
    at = first - HEADER_ROW - 1
    same = list(sheet.rows[at][:1]) + list(sheet.rows[at][2:NAMED])
    count = 0
    for row in sheet.rows[at:]:
        if [*row[:1], *row[2:NAMED]] != same:
            break
        count += 1
    chosen, note = trend_drawn([row[NAMED:] for row in sheet.rows[at : at + count]], content)
    chart: Any = LineChart()
    _dress(chart, content)
    for number, line in enumerate(chosen):
        series = _line(book, sheet, first + line)
        _paint_line(series, number)
        chart.series.append(series)
    chart.title = _title(f"[{reference.number}] {reference.headline}", content)
    chart.legend.position = "r"
    chart.y_axis.number_format = "#,##0"
    said = [str(sheet.rows[at + line][1]) for line in chosen]
    alt = alt_text("kind_lines", str(reference.headline), said, content.locale)
    stack.add(chart, _TREND_HEIGHT, alt, note, _to_source(reference, content))


def _bars(content: Content) -> Any:
    from openpyxl.chart import BarChart

    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "bar", 45, 0
    _dress(chart, content)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblPos = "low"
    # With the first row on top the numbers would stand above; they belong below.
    chart.y_axis.crosses = "max"
    return chart


def _dress(chart: Any, content: Content) -> None:
    from openpyxl.chart.shapes import GraphicalProperties

    chart.x_axis.delete = chart.y_axis.delete = False
    chart.display_blanks = "gap"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_thin(LINE_RGB))
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=_thin(SOFT_RGB))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=_none())
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = _rich("", content, 900, SOFT_RGB)
        axis.title = None
    chart.legend.txPr = _rich("", content, 900, SOFT_RGB)


def _thin(colour: str) -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=colour, w=9525)


def _none() -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(noFill=True)


def _rich(text: str, content: Content, size: int, colour: str, *, bold: bool = False) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import (
        CharacterProperties,
        Font,
        Paragraph,
        ParagraphProperties,
        RegularTextRun,
    )

    look = LOOKS[content.locale]
    letters = CharacterProperties(
        sz=size, b=bold, solidFill=colour, latin=Font(typeface=look.latin), ea=Font(typeface=look.asian),
        lang=look.language,
    )  # fmt: skip
    runs = [RegularTextRun(rPr=letters, t=text)] if text else []
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), r=runs, endParaRPr=letters)])


def _title(text: str, content: Content) -> Any:
    from openpyxl.chart.text import Text
    from openpyxl.chart.title import Title

    return Title(tx=Text(rich=_rich(text, content, 1200, INK_RGB, bold=True)), overlay=False)


def _series(book: Workbook, sheet: Sheet, column: int, names: int, rows: tuple[int, int]) -> Any:
    """Make a series of a column of a sheet, named by its header, with the names of the rows."""
    from openpyxl.chart import Reference as Cells
    from openpyxl.chart import Series
    from openpyxl.chart.data_source import AxDataSource, StrRef

    made: Any = book[sheet.name]
    values = Cells(made, min_col=column + 1, min_row=rows[0], max_row=rows[1])
    labels = Cells(made, min_col=names + 1, min_row=rows[0], max_row=rows[1])
    head = Cells(made, min_col=column + 1, min_row=HEADER_ROW, max_row=HEADER_ROW)
    series = Series(values, title=None)
    series.tx = _named(head)
    series.cat = AxDataSource(strRef=StrRef(f=str(labels)))
    series.invertIfNegative = False
    return series


def _named(cells: Any) -> Any:
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.series import SeriesLabel

    return SeriesLabel(strRef=StrRef(f=str(cells)))


def _line(book: Workbook, sheet: Sheet, row: int) -> Any:
    from openpyxl.chart import Reference as Cells
    from openpyxl.chart import Series
    from openpyxl.chart.data_source import AxDataSource, StrRef

    made: Any = book[sheet.name]
    ends: Any = {"min_col": NAMED + 1, "max_col": len(sheet.columns)}
    series = Series(Cells(made, min_row=row, max_row=row, **ends), title=None)
    series.tx = _named(Cells(made, min_col=2, max_col=2, min_row=row, max_row=row))
    series.cat = AxDataSource(
        strRef=StrRef(f=str(Cells(made, min_row=HEADER_ROW, max_row=HEADER_ROW, **ends)))
    )
    return series


def _paint_line(series: Any, number: int) -> None:
    colour = PALETTE_RGB[number % len(PALETTE_RGB)]
    series.graphicalProperties.line.solidFill = colour
    series.graphicalProperties.line.width = 22000
    series.smooth = False
    series.marker.symbol, series.marker.size = _MARKERS[number % len(_MARKERS)], 6
    series.marker.graphicalProperties.solidFill = colour
    series.marker.graphicalProperties.line.solidFill = colour


def _paint_point(series: Any, at: int, colour: str) -> None:
    from openpyxl.chart.marker import DataPoint

    point = DataPoint(idx=at, invertIfNegative=False)
    point.graphicalProperties.solidFill = colour
    series.dPt.append(point)


def _add_ranges(series: Any, sides: tuple[list[float], list[float]] | None) -> None:
    """Draw the range of vague numbers as error bars."""
    from openpyxl.chart.data_source import NumData, NumDataSource, NumVal
    from openpyxl.chart.error_bar import ErrorBars
    from openpyxl.chart.shapes import GraphicalProperties

    if sides is None:
        return
    minus, plus = (
        NumDataSource(
            numLit=NumData(ptCount=len(side), pt=[NumVal(idx=at, v=value) for at, value in enumerate(side)])
        )
        for side in sides
    )
    series.errBars = ErrorBars(errBarType="both", errValType="cust", noEndCap=False, plus=plus, minus=minus)
    series.errBars.graphicalProperties = GraphicalProperties(ln=_thin(INK_RGB))


def _label_values(series: Any, shape: str, content: Content) -> None:
    from openpyxl.chart.label import DataLabelList

    series.dLbls = DataLabelList(
        numFmt=shape, showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
        showPercent=False, txPr=_rich("", content, 800, INK_RGB),
    )  # fmt: skip
