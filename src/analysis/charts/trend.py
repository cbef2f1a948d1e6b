"""One indicator over time, a line a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts import marks
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.compared import compared_rows, last_period
from analysis.charts.findings import title_of
from analysis.charts.fonts import find_font
from analysis.charts.lines import LABEL_ROOM, Lines, draw_lines
from analysis.charts.naming import naming, records
from analysis.charts.numbers import stated
from analysis.charts.periods import period_words, span_words, timeline
from analysis.charts.source import source_line
from analysis.charts.style import HEADER, MARGIN, footer_height, house_style, new_sheet
from analysis.charts.words import say, told_unit
from analysis.comparison.boundaries import lives
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from analysis.charts.naming import Naming
    from analysis.comparison.boundaries import Life
    from analysis.language.periods import Period

_HEIGHT, _LEFT, _BOTTOM, _TICK_LABELS = 5.4, 0.9, 1.22, 0.5
_COLUMNS = (
    "indicator", "series", "dimension", "place_id", "place", "period", "period_start", "period_end", "basis",
    "value", "low", "high", "unit", "vintage", "is_latest",
)  # fmt: skip


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

    A period without a number breaks the line. Vague numbers have a bar, numbers before a revision a small
    hollow dot. A place made of others begins a line of its own.

    Parameters
    ----------
    observations : the table `observations`.
    indicator : id of the indicator.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    place : place_id or name, to draw one place only.
    dimension, series : by default the commonest dimension, and the plain series.
    until : last period, by default that of `comparisons`, else the newest.
    comparisons : the table `comparisons`: the title is made from it where it is about the last period.
        Otherwise the title compares with the period before.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where there is nothing to draw; MissingGlyph where the font lacks a character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    place_id = None if place is None else names.find_place(place)
    rows = marks.series_rows(observations, indicator, series=series, dimension=dimension, place_id=place_id)
    slots = timeline(observations, last_period(until, comparisons))
    chosen = marks.slotted(rows, slots)
    if chosen.empty:
        raise DataError(
            f"no observations of {indicator} up to {until or 'now'}", where="observations",
            todo="choose another period or indicator",
        )  # fmt: skip
    first = records(chosen)[0]
    # What comes before the first number is no gap.
    begin = int(chosen["slot"].min())
    slots, chosen = slots[begin:], chosen.assign(slot=chosen["slot"] - begin)
    points, known = marks.points_by_place(chosen), lives(places)
    lines = Lines(
        slots,
        points,
        marks.revised(rows, slots, points),
        first["unit"],
        names,
        from_zero=marks.from_zero(first),
        boundaries=tuple(sorted({slot for slot, _ in _mergers(points, slots, known)})),
    )
    title = _title(rows, comparisons, lines, indicators=indicators, places=places, place_id=place_id)
    subtitle = _subtitle(lines, place_id)
    notes = _notes(lines, known)
    source = source_line(rows[rows["period_end"] <= slots[-1].end], slots, locale)
    with house_style(file):
        sheet = new_sheet(_HEIGHT, file, title=title, subtitle=subtitle, notes=notes, source=source)
        bottom = max(_BOTTOM, _TICK_LABELS + footer_height(notes, source, file))
        axes = sheet.axes(_LEFT, bottom, LABEL_ROOM + MARGIN / 2, HEADER)
        draw_lines(axes, lines, file)
    chart = Chart(
        name=file_name("trend", indicator, series, dimension, place_id),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_trend", locale, subtitle=subtitle, last=_last_values(lines)),
        source=source,
        data=_data(rows, chosen, names),
        font=file,
        facts={"kind": "trend", "indicator": indicator, "series": first["series"], "unit": first["unit"]}
        | {"dimension": first["dimension"]}
        | {"period": slots[-1].label, "place_id": place_id, "locale": locale},
    )
    return checked(chart)


def _title(
    rows: pd.DataFrame,
    comparisons: pd.DataFrame | None,
    lines: Lines,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    place_id: str | None,
) -> str:
    names, first = lines.names, records(rows.iloc[:1])[0]
    compared = compared_rows(
        rows, comparisons, lines.slots, indicators=indicators, places=places, locale=names.locale
    )
    same = [row for row in compared if all(row[k] == first[k] for k in ("indicator", "series", "dimension"))]
    if place_id is not None:
        same = [row for row in same if row["place_id"] == place_id]
    if same:
        return title_of(same, names)
    whose = say("findings.whose_place", names.locale, place=names.place(place_id)) if place_id else ""
    span = span_words(lines.slots, names.locale)
    return say("findings.only", names.locale, whose=whose, label=names.indicator(first), span=span)


def _subtitle(lines: Lines, place_id: str | None) -> str:
    names = lines.names
    parts = [names.unit(lines.unit), span_words(lines.slots, names.locale)]
    if place_id is None and len(lines.points) == 1:
        parts.append(names.place(next(iter(lines.points))))
    elif place_id is None:
        parts.append(say("charts.each_place", names.locale, places=names.counted(len(lines.points))))
    return say("comma", names.locale).join(parts)


def _mergers(
    points: Mapping[str, list[marks.Point]], slots: list[Period], known: Mapping[str, Life]
) -> list[tuple[int, Life]]:
    """Give places that began within the chart, made of others, with the slot in which they began."""
    found = []
    for place in points:
        life = known.get(place)
        if life and life.predecessors and life.valid_from:
            for number, slot in enumerate(slots):
                if number and slot.start <= life.first <= slot.end:
                    found.append((number, life))
    return found


def _notes(lines: Lines, known: Mapping[str, Life]) -> list[str]:
    names, locale = lines.names, lines.names.locale
    parts = []
    if missing := _missing(lines, known):
        parts.append(say("charts.gap", locale, names=missing))
    points = [point for place in lines.looks() for point in lines.points[place]]
    if any(point.vague for point in points):
        parts.append(say("charts.vague", locale))
    if any(point.low is None or point.high is None for point in points):
        parts.append(say("charts.open_range", locale))
    if any(row["place_id"] in lines.looks() for row in lines.revised):
        parts.append(say("charts.revised", locale))
    for _, life in _mergers(lines.points, lines.slots, known):
        when = period_words(parse_period(str(life.valid_from)), locale)
        merged = names.listed(life.predecessors)
        parts.append(say("charts.merged", locale, place=life.name, names=merged, when=when))
    if lines.bounds()[0] > 0:
        parts.append(say("charts.not_zero", locale))
    if hidden := len(lines.points) - len(lines.looks()):
        parts.append(say("charts.grey", locale, count=hidden))
    return [say("full_stop", locale).join(parts)] if parts else []


def _missing(lines: Lines, known: Mapping[str, Life]) -> str:
    """Name the places and periods without a number although the place existed."""
    locale, last = lines.names.locale, len(lines.slots) - 1
    found = []
    for place, points in lines.points.items():
        life = known.get(place)
        absent = marks.gaps(points, points[0].slot, last)
        absent = [n for n in absent if life is None or life.exists_in(lines.slots[n])]
        if absent:
            said = [period_words(lines.slots[n], locale, year=False) for n in absent]
            text = say("list", locale).join(said[:4]) + ("…" if len(said) > 4 else "")
            found.append(
                f"{lines.names.place(place)} {text}" if locale == "en" else lines.names.place(place) + text
            )
    more = "…" if len(found) > 6 else ""
    return say("list", locale).join(found[:6]) + more


def _last_values(lines: Lines) -> str:
    locale = lines.names.locale
    unit = told_unit(lines.unit, locale)
    said = []
    for place, points in lines.points.items():
        last = points[-1]
        when = period_words(lines.slots[last.slot], locale, year=False)
        value = stated(last.value, last.low, last.high, unit, locale)
        said.append(f"{lines.names.place(place)} {when} {value}")
    return say("stop", locale).join(said)


def _data(rows: pd.DataFrame, chosen: pd.DataFrame, names: Naming) -> pd.DataFrame:
    """Give the drawn rows, those before a revision too, in order of place and time."""
    import pandas as pd

    older = rows[~rows["is_latest"].astype(bool) & rows["period"].isin(chosen["period"])]
    drawn = pd.concat([chosen.drop(columns="slot"), older], ignore_index=True)
    drawn = drawn.assign(place=drawn["place_id"].map(dict(names.places)).astype("string"))
    drawn = drawn.sort_values(["place_id", "period_end", "vintage"], kind="stable", ignore_index=True)
    return drawn[[column for column in _COLUMNS if column in drawn]]
