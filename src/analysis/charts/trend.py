"""One indicator over time, a line a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts import marks
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.fonts import find_font
from analysis.charts.lines import Lines, draw_lines
from analysis.charts.naming import naming, records
from analysis.charts.numbers import stated
from analysis.charts.periods import period_words, span_words, timeline
from analysis.charts.source import source_line
from analysis.charts.style import HEADER, footer_height, house_style, new_sheet
from analysis.charts.words import say
from analysis.charts.findings import title_of
from analysis.comparison.boundaries import lives
from analysis.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from analysis.language.periods import Period

    from analysis.charts.naming import Naming
    from analysis.comparison.boundaries import Life

_HEIGHT, _BOTTOM = 5.4, 1.22
_COLUMNS = [
    "indicator", "series", "dimension", "place_id", "place", "period", "period_start", "period_end", "basis",
    "value", "low", "high", "unit", "vintage", "is_latest",
]  # fmt: skip


def trend(
    observations: pd.DataFrame,
    indicator: str,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    place: str | None = None,
    dimension: str | None = None,
    series: str | None = None,
    until: str | None = None,
    comparisons: pd.DataFrame | None = None,
    font: str | Path | None = None,
) -> Chart:
    """Draw one indicator over time, a line a place.

    A period without a number breaks the line. Vague numbers have a bar, numbers before a revision a small hollow dot.
    A place made of others begins a line of its own.

    Parameters
    ----------
    observations : the table `observations`.
    indicator : id of the indicator.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    place : place_id or name, to draw one place only.
    dimension, series : by default the commonest dimension, and the plain series.
    until : last period, by default the newest of the commonest kind.
    comparisons : the table `comparisons`, from which the title is made when it has this period; otherwise
        the comparison with the period before is worked out here.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where there is nothing to draw; MissingGlyph where the font lacks a character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    place_id = None if place is None else names.find_place(place)
    rows = marks.series_rows(
        observations, indicator, series=series, dimension=dimension, place_id=place_id
    )
    slots = timeline(observations, until)
    chosen = marks.slotted(rows, slots) if slots else rows.iloc[:0]
    if chosen.empty:
        raise DataError(
            f"no observations of {indicator} up to {until or 'now'}", where="observations",
            todo="choose another period or indicator",
        )  # fmt: skip
    lines = Lines(
        slots=slots,
        points=marks.points_by_place(chosen),
        revised=marks.revised(rows, slots),
        unit=records(chosen)[0]["unit"],
        names=names,
    )
    compared = _compared(rows, comparisons, slots, indicators, places, locale)
    title = title_of(compared, names) if compared else _plain_title(chosen, names, slots)
    subtitle = _subtitle(lines, place_id)
    notes = _notes(lines, lives(places))
    source = source_line(rows[rows["period_end"] <= slots[-1].end], slots, locale)
    with house_style(file):
        sheet = new_sheet(_HEIGHT, file, title=title, subtitle=subtitle, notes=notes, source=source)
        axes = sheet.axes(0.85, max(_BOTTOM, 0.55 + footer_height(notes, source, file)), 2.15, HEADER + 0.05)
        if draw_lines(axes, lines, file):
            pass
    return checked(
        Chart(
            name=file_name("trend", indicator, series, dimension, place_id),
            figure=sheet.figure,
            title=title,
            subtitle=subtitle,
            caption=say("full_stop", locale).join([*notes, source]),
            alt_text=say("charts.alt_trend", locale, subtitle=subtitle, last=_last_values(lines)),
            source=source,
            data=_data(rows, chosen, names),
            font=file,
            facts={"kind": "trend", "indicator": indicator, "unit": lines.unit, "period": slots[-1].label}
            | {"place_id": place_id, "locale": locale},
        )
    )
