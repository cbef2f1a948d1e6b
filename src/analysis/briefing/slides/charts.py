"""Native charts on slides: two periods by place, a trend with its gaps, the percents of all totals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.drawn import alt_text
from analysis.briefing.office.look import (
    INK_RGB,
    LINE_RGB,
    LOOKS,
    PALETTE_RGB,
    SOFT_RGB,
    THEN_RGB,
    VERDICT_RGB,
)
from analysis.briefing.office.wording import office
from analysis.briefing.slides.deck import Box, clean, describe, take_place
from analysis.briefing.slides.oxml import colour as rgb_colour
from analysis.briefing.slides.oxml import find
from analysis.charts.findings import percent_words
from analysis.charts.numbers import number, spanned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LABEL, _AXIS, _TITLE = 10, 11, 12
# With more rows than these a chart has smaller names.
_MANY = 16


def add_bars(
    slide: Any,
    box: Box,
    rows: Sequence[Mapping[str, Any]],
    *,
    periods: tuple[str, str],
    title: str,
    locale: str,
) -> Any:
    """Add bars of two periods by place; a vague number has its range as label.

    Parameters
    ----------
    slide, box : where it goes.
    rows : rows of `comparisons`, one a place.
    periods : the period and the baseline in words.
    title : what is drawn, with its unit.
    locale : zh-Hant, zh-Hans or en.
    """
    data = _data([row["place"] or row["place_id"] for row in rows])
    for name, side in ((periods[1], "baseline_"), (periods[0], "")):
        data.add_series(name, [row[f"{side}value"] for row in rows])
    frame, chart = _chart(slide, box, "BAR_CLUSTERED", data, title=title, locale=locale)
    _bars(chart)
    for series, side, colour in zip(
        chart.plots[0].series, ("baseline_", ""), (THEN_RGB, PALETTE_RGB[0]), strict=True
    ):
        _paint(series.format.fill, colour)
        texts = [_range(row, side, locale) for row in rows]
        _labels(series, texts, locale)
    _legend(chart)
    said = [
        f"{row['place'] or row['place_id']} "
        + " → ".join(_range(row, side, locale) or "–" for side in ("baseline_", ""))
        for row in rows
    ]
    describe(frame, alt_text("kind_bars", title, said, locale))
    return frame


def _range(row: Mapping[str, Any], side: str, locale: str) -> str | None:
    value, low, high = (row[f"{side}{end}"] for end in ("value", "low", "high"))
    if value is None and low is None and high is None:
        return None
    return number(value, locale) if value is not None and low == value == high else spanned(low, high, locale)


def add_percents(
    slide: Any, box: Box, rows: Sequence[tuple[str, Mapping[str, Any]]], title: str, locale: str
) -> Any:
    """Add bars of the change of totals in percent, in the colours of their verdicts."""
    from pptx.util import Pt

    data = _data([label for label, _ in rows])
    data.add_series(title, [row["percent"] for _, row in rows])
    frame, chart = _chart(slide, box, "BAR_CLUSTERED", data, title=title, locale=locale)
    _bars(chart)
    _room_for_labels(chart.value_axis, [row["percent"] for _, row in rows])
    if len(rows) > _MANY:
        chart.category_axis.tick_labels.font.size = Pt(_LABEL - 1)
    chart.value_axis.tick_labels.number_format = '+0"%";"−"0"%";0"%"'
    chart.value_axis.tick_labels.number_format_is_linked = False
    series = chart.plots[0].series[0]
    _paint(series.format.fill, PALETTE_RGB[0])
    for at, (_, row) in enumerate(rows):
        _paint(series.points[at].format.fill, VERDICT_RGB[row["verdict"]])
    _labels(series, [percent_words(row, locale) for _, row in rows], locale)
    chart.has_legend = False
    said = [f"{label} {percent_words(row, locale)}" for label, row in rows]
    describe(frame, alt_text("kind_bars", title, said, locale))
    return frame


def _room_for_labels(axis: Any, values: Sequence[float]) -> None:
    """Let an axis end so far beyond its longest bars that their numbers stand within."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low) * 0.18 or 1.0
    axis.minimum_scale = low - room if low else 0.0
    axis.maximum_scale = high + room if high else 0.0
    step = 10 ** math.floor(math.log10(high - low + 2 * room) - 0.3)
    axis.minimum_scale = math.floor(axis.minimum_scale / step) * step
    axis.maximum_scale = math.ceil(axis.maximum_scale / step) * step


def add_lines(
    slide: Any,
    box: Box,
    *,
    periods: Sequence[str],
    lines: Mapping[str, Sequence[float | None]],
    title: str,
    locale: str,
) -> Any:
    """Add a line a place; where nothing was stated the line breaks."""
    from pptx.enum.chart import XL_MARKER_STYLE

    data = _data(periods)
    for name, values in lines.items():
        data.add_series(clean(name), list(values))
    frame, chart = _chart(slide, box, "LINE_MARKERS", data, title=title, locale=locale)
    marks = (
        XL_MARKER_STYLE.CIRCLE,
        XL_MARKER_STYLE.SQUARE,
        XL_MARKER_STYLE.TRIANGLE,
        XL_MARKER_STYLE.DIAMOND,
    )
    for at, series in enumerate(chart.plots[0].series):
        colour = PALETTE_RGB[at % len(PALETTE_RGB)]
        series.smooth = False
        _ink(series.format.line, colour, 1.75)
        series.marker.style, series.marker.size = marks[at % len(marks)], 6
        _paint(series.marker.format.fill, colour)
        _ink(series.marker.format.line, colour, 0.75)
    _axes(chart)
    _legend(chart)
    for blank in find(chart._chartSpace, "c:chart/c:dispBlanksAs"):  # noqa: SLF001
        blank.set("val", "gap")
    said = [
        f"{name} {number(values[-1], locale) if values[-1] is not None else '–'}"
        for name, values in lines.items()
    ]
    describe(frame, alt_text("kind_lines", title, said, locale))
    return frame


def _data(categories: Sequence[str]) -> Any:
    from pptx.chart import data as charts

    kind: Any = charts.CategoryChartData
    data = kind(number_format="#,##0.##")
    data.categories = [clean(name) for name in categories]
    return data


def _chart(slide: Any, box: Box, kind: str, data: Any, *, title: str, locale: str) -> tuple[Any, Any]:
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    frame = slide.shapes.add_chart(XL_CHART_TYPE[kind], box.left, box.top, box.width, box.height, data)
    take_place(frame, box)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(_AXIS), rgb_colour(INK_RGB)
    chart.font.name = LOOKS[locale].latin
    _asian(chart.font, LOOKS[locale].asian)
    chart.has_title = True
    text = chart.chart_title.text_frame
    text.text = clean(title)
    letters = text.paragraphs[0].runs[0].font
    letters.size, letters.bold, letters.color.rgb = Pt(_TITLE), True, rgb_colour(SOFT_RGB)
    letters.name = LOOKS[locale].latin
    _asian(letters, LOOKS[locale].asian)
    chart.chart_title.include_in_layout = False
    return frame, chart


def _asian(font: Any, name: str) -> None:
    """Name the font of Chinese text, which the library cannot."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = font._rPr  # noqa: SLF001
    latin = find(properties, "a:latin")
    made = parse_xml(f'<a:ea {nsdecls("a")} typeface="{name}"/>')
    latin[0].addnext(made)


def _bars(chart: Any) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 0
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _axes(chart)
    # Every row has its name, however narrow the rows are.
    category = chart.category_axis._element  # noqa: SLF001
    before = find(category, "c:noMultiLvlLbl")
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    (before[0].addprevious if before else category.append)(skip)
    # With the first row on top the numbers of the axis would stand above; they belong below.
    for crosses in find(chart.category_axis._element, "../c:valAx/c:crosses"):  # noqa: SLF001
        crosses.set("val", "max")


def _axes(chart: Any) -> None:

    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = True
    _ink(value.major_gridlines.format.line, LINE_RGB, 0.75)
    value.format.line.fill.background()
    _ink(category.format.line, SOFT_RGB, 0.75)
    category.has_major_gridlines = False
    for axis in (value, category):
        axis.tick_labels.font.color.rgb = rgb_colour(SOFT_RGB)
    value.tick_labels.number_format = "#,##0"
    value.tick_labels.number_format_is_linked = False


def _legend(chart: Any) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False


def _paint(fill: Any, colour: str) -> None:

    fill.solid()
    fill.fore_color.rgb = rgb_colour(colour)


def _ink(line: Any, colour: str, points: float) -> None:
    from pptx.util import Pt

    line.color.rgb = rgb_colour(colour)
    line.width = Pt(points)


def _labels(series: Any, texts: Sequence[str | None], locale: str) -> None:
    """Write the number beside each bar, as the reports' words allow to say it."""
    from pptx.util import Pt

    for at, text in enumerate(texts):
        if text is None:
            continue
        frame = series.points[at].data_label.text_frame
        frame.text = clean(text)
        letters = frame.paragraphs[0].runs[0].font
        letters.size = Pt(_LABEL)
        letters.name = LOOKS[locale].latin
        _asian(letters, LOOKS[locale].asian)


def chart_title(label: str, unit: str, what: str, locale: str) -> str:
    """Say what a chart on a slide draws: the slide's title says what it finds."""
    return office("against", locale, label=f"{label} · {office(what, locale)}", unit=unit)
