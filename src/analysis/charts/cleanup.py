"""The clean-up of a period as a ladder of measures: sessions, people, loads, points cleared.

No funnel: a session does not turn into people, nor people into loads. So each rung has its own unit and its
own scale, and only its two periods are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts import rows as plot
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.findings import change_in_full, reported
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width, wrapped
from analysis.charts.naming import naming, records
from analysis.charts.numbers import stated, stated_of
from analysis.charts.periods import pair_words, period_words
from analysis.charts.source import compared_source
from analysis.charts.style import (
    HEADER,
    INK,
    LABEL_SIZE,
    MARGIN,
    SOFT,
    VERDICT_COLOURS,
    WIDTH,
    footer_height,
    house_style,
    new_sheet,
    subtitle_lines,
)  # fmt: skip
from analysis.charts.words import entries, listed, say
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.charts.naming import Naming
    from analysis.charts.style import Sheet

# From what is put in to what is cleared.
LADDER = (
    "cleanup_events", "cleanup_participations", "cleanup_vehicle_trips", "garbage_removed",
    "dead_corners_cleared", "buildings_cleaned", "ads_removed", "clutter_removed", "ditches_cleaned",
)  # fmt: skip
_JUDGED = ("up", "down", "unchanged", "uncertain")
_ROW, _HEADING, _EXTRA_LINE, _IN_TITLE = 0.52, 0.24, 0.2, 3
_NAME, _VALUE, _CHANGE, _COVERAGE = 2.0, 1.45, 2.15, 0.62
# Between the bars and the widest value.
_GAP = 0.15
_NOW, _THEN = "#0072B2", "#BDBDBD"


def cleanup(
    comparisons: pd.DataFrame,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    ladder: Sequence[str] = LADDER,
    font: str | Path | None = None,
) -> Chart:
    """Draw the measures of the clean-up below each other, each with its unit, its change and its coverage.

    The bars of a row, grey for the baseline and blue for the period, are drawn to that row's own scale.

    Parameters
    ----------
    comparisons : the table `comparisons`; its totals are drawn.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    ladder : ids of indicators, in the order of the rows; those without a comparable total are named below.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where no measure can be compared; MissingGlyph where the font lacks a character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    frame = comparisons[
        (comparisons["row_kind"] == "total")
        & comparisons["series"].isna()
        & comparisons["indicator"].isin(list(ladder))
    ]
    found = _rungs(records(frame), ladder)
    if not found:
        raise DataError(
            "no measure of the clean-up can be compared", where="comparisons",
            todo="choose two periods in which the same places state one, or another ladder",
        )  # fmt: skip
    pair = pair_words(parse_period(found[0]["period"]), parse_period(found[0]["baseline"]), locale)
    title, subtitle = _title(found, names, pair[0]), _subtitle(found[0], locale)
    absent = [
        name for name in ladder if name in names.indicators and name not in {r["indicator"] for r in found}
    ]
    notes, source = _notes(found, absent, names, pair), compared_source(found[0], locale)
    top = HEADER + _HEADING + (subtitle_lines(subtitle, file) - 1) * _EXTRA_LINE
    height = top + _ROW * len(found) + footer_height(notes, source, file) + 0.22
    with house_style(file):
        sheet = new_sheet(height, file, title=title, subtitle=subtitle, notes=notes, source=source)
        _draw(sheet, found, top, names, pair)
    chosen = {(row["indicator"], row["dimension"]) for row in found}
    kept = [key in chosen for key in zip(frame["indicator"], frame["dimension"], strict=True)]
    columns = [
        c for c in frame.columns if c not in {"place_id", "place", "figure_ids", "baseline_figure_ids"}
    ]
    chart = Chart(
        name=file_name("cleanup"),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_cleanup", locale, subtitle=subtitle, rows=_spoken(found, names)),
        source=source,
        data=frame.loc[kept, columns].reset_index(drop=True),
        font=file,
        facts={"kind": "cleanup", "period": found[0]["period"], "baseline": found[0]["baseline"]}
        | {"locale": locale},
    )
    return checked(chart)


def _rungs(found: list[dict[str, Any]], ladder: Sequence[str]) -> list[dict[str, Any]]:
    """Give one row a measure: of several units the one that most places state."""
    judged = [row for row in found if row["verdict"] in _JUDGED and row["unit"] != "%"]
    judged.sort(key=lambda row: (-(row["common_places"] or 0), str(row["dimension"])))
    best: dict[str, dict[str, Any]] = {}
    for row in judged:
        best.setdefault(row["indicator"], row)
    return [best[name] for name in ladder if name in best]


def _value(row: Mapping[str, Any], locale: str, side: str = "") -> str:
    return stated_of(row, locale, side)


def _title(found: Sequence[dict[str, Any]], names: Naming, when: str) -> str:
    """Say the first measures that the same number of places state, and how many those are if not all."""
    locale, common, every = names.locale, found[0]["common_places"], reported(found[0])[1]
    same = [row for row in found if row["common_places"] == common][:_IN_TITLE]
    said = say("comma", locale).join(_measure(row, names) for row in same)
    whose = "" if common == every else say("findings.common", locale, places=names.counted(common))
    return say("charts.cleanup_title", locale, when=when, whose=whose, measures=said)


def _measure(row: Mapping[str, Any], names: Naming) -> str:
    """Say one measure in few words, where there are some for it."""
    locale, key = names.locale, f"cleanup_{row['indicator']}"
    known = key in entries()["charts"]
    bare = stated(row["value"], row["low"], row["high"], None, locale)
    fields = {"label": names.indicator(row), "value": _value(row, locale), "number": bare}
    return say(f"charts.{key if known else 'cleanup_measure'}", locale, **fields)


def _subtitle(row: Mapping[str, Any], locale: str) -> str:
    when, baseline = (period_words(parse_period(row[key]), locale) for key in ("period", "baseline"))
    return say("charts.cleanup_subtitle", locale, when=when, baseline=baseline)


def _notes(
    found: Sequence[dict[str, Any]], absent: Sequence[str], names: Naming, pair: tuple[str, str]
) -> list[str]:
    locale = names.locale
    parts = [say("charts.cleanup_bars", locale, when=pair[0], baseline=pair[1])]
    if any(_vague(row, side) for row in found for side in ("", "baseline_")):
        parts.append(say("charts.whiskers", locale))
    if any(
        row[f"{side}{end}"] is None for row in found for side in ("", "baseline_") for end in ("low", "high")
    ):
        parts.append(say("charts.open_range", locale))
    notes = [say("full_stop", locale).join(parts), say("charts.cleanup_scales", locale)]
    if absent:
        labels = [names.indicators[name] for name in absent]
        notes.append(say("charts.cleanup_absent", locale, names=listed(labels, locale, shown=8)))
    return notes


def _vague(row: Mapping[str, Any], side: str) -> bool:
    return row[f"{side}low"] is None or bool(row[f"{side}low"] != row[f"{side}high"])


def _at(row: Mapping[str, Any], side: str) -> float:
    if row[f"{side}value"] is not None:
        return float(row[f"{side}value"])
    known = [row[f"{side}{end}"] for end in ("low", "high") if row[f"{side}{end}"] is not None]
    return sum(known) / len(known) if known else 0.0


def _draw(
    sheet: Sheet, found: Sequence[dict[str, Any]], top: float, names: Naming, pair: tuple[str, str]
) -> None:
    locale = names.locale
    labels = [wrapped(names.indicator(row), LABEL_SIZE, _NAME, sheet.font) for row in found]
    widest = max(text_width(line, LABEL_SIZE, sheet.font) for lines in labels for line in lines)
    values = [_value(row, locale) for row in found]
    room = max(_VALUE, *(text_width(value, LABEL_SIZE, sheet.font) + _GAP for value in values))
    right = room + _CHANGE + _COVERAGE + MARGIN
    axes = sheet.axes(MARGIN + widest + 0.22, sheet.height - top - _ROW * len(found), right, top)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(found) - 0.5, -0.5)
    axes.set_axis_off()
    value, change = WIDTH - right + room, WIDTH - right + room + 0.22
    up = sheet.height - top + 0.06
    plot.heading(sheet, value, up, pair[0], ha="right")
    plot.heading(sheet, change, up, say("charts.cleanup_change", locale, baseline=pair[1]))
    plot.heading(sheet, WIDTH - MARGIN, up, say("charts.cleanup_coverage", locale), ha="right")
    for number, (row, lines, said) in enumerate(zip(found, labels, values, strict=True)):
        _draw_bars(axes, row, number)
        middle = sheet.height - top - _ROW * (number + 0.5)
        looks: dict[str, Any] = {"size": LABEL_SIZE, "va": "center", "linespacing": 1.15}
        sheet.text(MARGIN, middle, "\n".join(lines), color=INK, **looks)
        sheet.text(value, middle, said, color=INK, ha="right", **looks)
        sheet.text(change, middle, _change(row, locale), color=VERDICT_COLOURS[row["verdict"]], **looks)
        sheet.text(WIDTH - MARGIN, middle, str(row["coverage"]), color=SOFT, ha="right", **looks)


def _draw_bars(axes: Axes, row: dict[str, Any], number: int) -> None:
    """Draw the two bars of a row, and their ranges, to the scale of the row."""
    sides = [row[f"{side}{end}"] for side in ("", "baseline_") for end in ("value", "low", "high")]
    most = max([side for side in sides if side is not None], default=0.0) or 1.0
    # An open range needs room for its arrow.
    scale = most * (1.12 if None in sides else 1.04)
    for side, at, thick, colour in (
        ("baseline_", number + 0.15, 0.16, _THEN),
        ("", number - 0.1, 0.26, _NOW),
    ):
        height = _at(row, side) / scale
        axes.barh(at, height, height=thick, color=colour, zorder=2)
        if _vague(row, side):
            ends = [
                None if row[f"{side}{end}"] is None else row[f"{side}{end}"] / scale
                for end in ("low", "high")
            ]
            plot.whisker(axes, at, (ends[0], ends[1]), height, SOFT if side else INK)


def _change(row: Mapping[str, Any], locale: str) -> str:
    if row["verdict"] in {"up", "down"}:
        return change_in_full(row, locale)
    return say(f"verdicts.{row['verdict']}", locale)


def _spoken(found: Sequence[dict[str, Any]], names: Naming) -> str:
    locale = names.locale
    said = []
    for row in found:
        ends = f"{_value(row, locale, 'baseline_')} → {_value(row, locale)}"
        said.append(f"{names.indicator(row)} {ends} {_change(row, locale)} {row['coverage']}")
    return say("stop", locale).join(said)
