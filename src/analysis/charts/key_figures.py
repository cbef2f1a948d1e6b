"""The key figures of one place: a small chart for each, with its last number and how it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts import marks
from analysis.charts.axis import ends
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.compared import compared_rows, last_period
from analysis.charts.findings import change_in_full, tally
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width
from analysis.charts.lines import draw_points
from analysis.charts.naming import naming, records
from analysis.charts.numbers import stated_of
from analysis.charts.periods import pair_words, period_words, span_words, timeline
from analysis.charts.source import source_line
from analysis.charts.style import (
    HEADER,
    INK,
    MARGIN,
    SOFT,
    VERDICT_COLOURS,
    WIDTH,
    footer_height,
    house_style,
    new_sheet,
)  # fmt: skip
from analysis.charts.words import say
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from analysis.charts.marks import Point
    from analysis.charts.naming import Naming
    from analysis.charts.style import Sheet
    from analysis.language.periods import Period

_MOST, _ACROSS, _MOST_LEVELS = 9, 3, 4
_PANEL, _GAP = 1.78, 0.38
# Without numbers on its axis, a panel of levels spans at least this part of them: a rise of 1% looks small.
_LEAST = 0.1
_LABEL_SIZE, _VALUE_SIZE, _CHANGE_SIZE, _TICK_SIZE = 10.0, 15.0, 9.0, 8.0
_COLUMNS = (
    "indicator", "label", "dimension", "place_id", "period", "basis", "value", "low", "high", "unit",
    "vintage",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Panel:
    """One small chart: its rows by slot, its points and its row of the comparison."""

    label: str
    points: list[Point]
    last: dict[str, Any]
    compared: dict[str, Any] | None


def key_figures(
    observations: pd.DataFrame,
    place: str,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    until: str | None = None,
    only: Sequence[str] | None = None,
    comparisons: pd.DataFrame | None = None,
    font: str | Path | None = None,
) -> Chart:
    """Draw up to nine indicators of one place, each in a small chart of its own.

    Parameters
    ----------
    observations : the table `observations`.
    place : place_id or name.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    until : last period, by default that of `comparisons`, else the newest.
    only : ids of indicators, to choose them and their order.
    comparisons : the table `comparisons`: changes are taken from it where it is about the last period.
        Otherwise they are against the period before.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where the place states nothing for the last period; MissingGlyph where the font lacks a
    character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    place_id = names.find_place(place)
    rows = observations[observations["place_id"] == place_id]
    slots = timeline(observations, last_period(until, comparisons))
    found = (
        compared_rows(rows, comparisons, slots, indicators=indicators, places=places, locale=locale)
        if slots
        else []
    )
    compared = {row["indicator"]: row for row in _plain(found, place_id)}
    panels, chosen = _panels(rows, slots, compared, names, only)
    if not panels:
        raise DataError(
            f"{names.place(place_id)} states nothing for {slots[-1].label if slots else 'any period'}",
            where="observations", todo="choose a place and a period that the table observations has",
        )  # fmt: skip
    slots = slots[min(point.slot for panel in panels for point in panel.points) :]
    title, subtitle = _title(panels, names, place_id, slots), _subtitle(slots, names)
    notes, source = _notes(panels, names), source_line(chosen, slots, locale)
    deep = -(-len(panels) // _ACROSS)
    height = HEADER + deep * _PANEL + (deep - 1) * 0.2 + footer_height(notes, source, file) + 0.28
    with house_style(file):
        sheet = new_sheet(height, file, title=title, subtitle=subtitle, notes=notes, source=source)
        for number, panel in enumerate(panels):
            _draw(sheet, panel, number, slots, names)
    chart = Chart(
        name=file_name("key-figures", place_id),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_key_figures", locale, subtitle=subtitle, rows=_spoken(panels, names)),
        source=source,
        data=chosen[[column for column in _COLUMNS if column in chosen]].reset_index(drop=True),
        font=file,
        facts={"kind": "key_figures", "period": slots[-1].label, "place_id": place_id, "locale": locale},
    )
    return checked(chart)


def _plain(found: list[dict[str, Any]], place_id: str) -> list[dict[str, Any]]:
    return [row for row in found if row["place_id"] == place_id and row["series"] is None]


def _panels(
    rows: pd.DataFrame,
    slots: list[Period],
    compared: dict[str, dict[str, Any]],
    names: Naming,
    only: Sequence[str] | None,
) -> tuple[list[_Panel], pd.DataFrame]:
    """Choose indicators stated in the last period: those stated most often, and not too many levels."""
    import pandas as pd

    slotted = marks.slotted(rows[rows["series"].isna()], slots) if slots else rows.iloc[:0].assign(slot=0)
    end = len(slots) - 1
    by_indicator = dict(list(slotted.groupby("indicator", sort=False)))
    stated: dict[str, pd.DataFrame] = {}
    for indicator in [name for name in (only or names.indicators) if name in by_indicator]:
        row = compared.get(indicator)
        of_one = marks.series_rows_or_none(
            by_indicator[indicator], indicator, row["dimension"] if row else None
        )
        if of_one is not None and int(of_one["slot"].max()) == end:
            stated[indicator] = of_one
    if not stated:
        return [], slotted
    lasts = records(pd.concat([part[part["slot"] == end].iloc[:1] for part in stated.values()]))
    panels = {
        name: _Panel(
            names.indicator(last), next(iter(marks.points_by_place(part).values())), last, compared.get(name)
        )
        for (name, part), last in zip(stated.items(), lasts, strict=True)
    }
    shown = (list(panels) if only else _balanced(panels))[:_MOST]
    parts = [stated[name].assign(label=panels[name].label) for name in shown]
    return [panels[name] for name in shown], pd.concat(parts, ignore_index=True)


def _balanced(panels: dict[str, _Panel]) -> list[str]:
    by_often = sorted(panels, key=lambda name: -len(panels[name].points))
    levels = [name for name in by_often if not marks.from_zero(panels[name].last)]
    flows = [name for name in by_often if name not in levels]
    room = max(_MOST_LEVELS, _MOST - len(flows))
    chosen = {*levels[:room], *flows[: _MOST - len(levels[:room])]}
    return [name for name in panels if name in chosen]


def _title(panels: list[_Panel], names: Naming, place_id: str, slots: list[Period]) -> str:
    rows = [panel.compared for panel in panels if panel.compared]
    place, locale = names.place(place_id), names.locale
    if not rows:
        when = period_words(slots[-1], locale, year=False)
        return say("charts.key_figures_plain", locale, place=place, when=when)
    when, baseline = pair_words(parse_period(rows[0]["period"]), parse_period(rows[0]["baseline"]), locale)
    said = tally((str(row["verdict"]) for row in rows), names, of="items")
    return say("charts.key_figures_title", locale, place=place, when=when, baseline=baseline, tally=said)


def _subtitle(slots: list[Period], names: Naming) -> str:
    return say("charts.key_figures_subtitle", names.locale, span=span_words(slots, names.locale))


def _notes(panels: list[_Panel], names: Naming) -> list[str]:
    points = [point for panel in panels for point in panel.points]
    parts = []
    if any(point.vague for point in points):
        parts.append(say("charts.vague", names.locale))
    if any(point.low is None or point.high is None for point in points):
        parts.append(say("charts.open_range", names.locale))
    if any(marks.gaps(panel.points, panel.points[0].slot, panel.points[-1].slot) for panel in panels):
        parts.append(say("charts.gap_plain", names.locale))
    if not all(marks.from_zero(panel.last) for panel in panels):
        parts.append(say("charts.levels_not_zero", names.locale))
    return [say("full_stop", names.locale).join(parts)] if parts else []


def _draw(sheet: Sheet, panel: _Panel, number: int, slots: list[Period], names: Naming) -> None:
    """Draw one small chart: label, last number, change, line."""
    width = (WIDTH - 2 * MARGIN - (_ACROSS - 1) * _GAP) / _ACROSS
    left = MARGIN + (number % _ACROSS) * (width + _GAP)
    top = sheet.height - HEADER - (number // _ACROSS) * (_PANEL + 0.2)
    value = _value(panel, names.locale)
    size = _VALUE_SIZE
    while text_width(value, size, sheet.font) > width and size > _CHANGE_SIZE:
        size -= 0.5
    sheet.text(left, top - 0.02, panel.label, size=_LABEL_SIZE, color=SOFT, va="top")
    sheet.text(left, top - 0.46, value, size=size, color=INK, va="baseline")
    said, colour = _change(panel, names.locale)
    sheet.text(left, top - 0.67, said, size=_CHANGE_SIZE, color=colour, va="baseline")
    axes = sheet.axes(left, top - _PANEL + 0.2, WIDTH - left - width, sheet.height - top + 0.86)
    heights = [v for p in panel.points for v in (p.height, p.low, p.high) if v is not None]
    low, high = ends(min(heights), max(heights), from_zero=marks.from_zero(panel.last), least=_LEAST)
    axes.set_ylim(low, high + (high - low) * 0.06)
    shift = len(_slots_before(panel, slots))
    axes.set_xlim(shift - 0.3, shift + len(slots) - 0.7)
    draw_points(axes, panel.points, VERDICT_COLOURS["up"], "o", size=4)
    axes.set_yticks([])
    words = [period_words(slots[0], names.locale), period_words(slots[-1], names.locale, year=False)]
    _name_ends(axes, words[: len(slots)], (shift, shift + len(slots) - 1))


def _name_ends(axes: Any, words: list[str], slots: tuple[int, int]) -> None:
    """Name the first and the last period only."""
    labels = axes.set_xticks(slots[: len(words)], words, size=_TICK_SIZE)
    for tick, side in zip(labels, ("left", "right"), strict=False):
        tick.label1.set(horizontalalignment=side, verticalalignment="baseline")
    axes.tick_params(axis="x", length=2.5, pad=9)


def _slots_before(panel: _Panel, slots: list[Period]) -> range:
    """Give the slots of the points that lie before the first drawn one."""
    return range(panel.points[-1].slot + 1 - len(slots))


def _value(panel: _Panel, locale: str) -> str:
    return stated_of(panel.last, locale)


def _change(panel: _Panel, locale: str) -> tuple[str, str]:
    """Say the change against the baseline, with the colour of its verdict."""
    row = panel.compared
    if row is None:
        return "", SOFT
    _, baseline = pair_words(parse_period(row["period"]), parse_period(row["baseline"]), locale)
    verdict = str(row["verdict"])
    said = say(f"verdicts.{verdict}", locale)
    if verdict in {"up", "down"}:
        said = change_in_full(row, locale)
    return say("charts.panel_change", locale, baseline=baseline, change=said), VERDICT_COLOURS[verdict]


def _spoken(panels: list[_Panel], names: Naming) -> str:
    locale = names.locale
    said = (f"{panel.label} {_value(panel, locale)} {_change(panel, locale)[0]}".strip() for panel in panels)
    return say("stop", locale).join(said)
