"""One indicator, a period against a baseline, a row a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts import rows as plot
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.findings import change_in_full, change_words, title_of
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width, wrapped
from analysis.charts.naming import naming, records
from analysis.charts.numbers import number, spanned, stated_of
from analysis.charts.periods import pair_words, period_words
from analysis.charts.source import compared_source
from analysis.charts.style import (
    HEADER,
    LABEL_SIZE,
    MARGIN,
    SOFT,
    VERDICT_COLOURS,
    WIDTH,
    footer_height,
    house_style,
    new_sheet,
)  # fmt: skip
from analysis.charts.words import bracketed, say
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from analysis.charts.naming import Naming
    from analysis.charts.style import Sheet

_JUDGED = ("up", "down", "unchanged", "uncertain")
_MOST_ROWS, _MOST_NAME = 40, 2.4
_HEADING, _SCALE, _REASON_LINE, _REASON_GAP = 0.22, 0.42, 0.19, 0.08
# Room for the two columns of words; what is longer takes two lines.
_VALUES, _CHANGE, _BETWEEN = (1.2, 2.3), (1.4, 2.9), 0.25
_COLUMNS = (
    "row_kind", "indicator", "series", "dimension", "basis", "unit", "place_id", "place", "period",
    "baseline", "value", "low", "high", "baseline_value", "baseline_low", "baseline_high", "change",
    "change_low", "change_high", "percent", "percent_low", "percent_high", "coverage",
    "baseline_coverage", "common_places", "verdict", "reason",
)  # fmt: skip


def change(
    comparisons: pd.DataFrame,
    indicator: str,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    dimension: str | None = None,
    series: str | None = None,
    font: str | Path | None = None,
) -> Chart:
    """Draw how one indicator changed from a baseline to a period, a row a place, largest first.

    A place that cannot be compared has no point: it is listed below with the reason.

    Parameters
    ----------
    comparisons : the table `comparisons`.
    indicator : id of the indicator.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    dimension, series : by default the commonest dimension, and the plain series.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where the comparison does not have the indicator; MissingGlyph where the font lacks a character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    frame = chosen_rows(comparisons, indicator, series, dimension)
    found = records(frame)
    table = _table(found, names, file)
    title = title_of(found, names)
    subtitle, notes, source = _subtitle(table, found[0]), _notes(table), compared_source(found[0], locale)
    top = HEADER + _HEADING
    # Every reason needs its own number of lines.
    reasons = sum(len(lines) * _REASON_LINE + _REASON_GAP for _, lines in table.listed)
    scale = _SCALE if table.drawn else 0.0
    height = top + plot.ROW * len(table.drawn) + scale + reasons + footer_height(notes, source, file) + 0.15
    with house_style(file):
        sheet = new_sheet(max(height, 3.0), file, title=title, subtitle=subtitle, notes=notes, source=source)
        if table.drawn:
            _draw(sheet, table, top)
        _list(sheet, table, top + plot.ROW * len(table.drawn) + scale)
    first = found[0]
    chart = Chart(
        name=file_name("change", indicator, series, dimension),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_change", locale, subtitle=subtitle, rows=_spoken(found, names)),
        source=source,
        data=frame[[column for column in _COLUMNS if column in frame]].reset_index(drop=True),
        font=file,
        facts={"kind": "change", "indicator": indicator, "series": first["series"], "unit": first["unit"]}
        | {"dimension": first["dimension"]}
        | {"period": first["period"], "baseline": first["baseline"], "locale": locale},
    )
    return checked(chart)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of the chart: drawn ones, and listed ones with their reason in lines."""

    names: Naming
    drawn: list[dict[str, Any]]
    listed: list[tuple[str, list[str]]]
    left: float
    more: int
    when: str
    baseline: str


def chosen_rows(
    comparisons: pd.DataFrame, indicator: str, series: str | None, dimension: str | None
) -> pd.DataFrame:
    """Choose the rows of one series and dimension: by default the plain and the commonest."""
    rows = comparisons[comparisons["indicator"] == indicator]
    plain = rows["series"].isna()
    if series is None and len(rows) and not plain.any():
        series = str(rows["series"].value_counts().sort_index().idxmax())
    rows = rows[plain] if series is None else rows[rows["series"] == series]
    if len(rows):
        judged = rows[rows["verdict"].isin(_JUDGED)]
        counts = (judged if len(judged) else rows)["dimension"].value_counts().sort_index()
        rows = rows[rows["dimension"] == (dimension or str(counts.idxmax()))]
    if rows.empty:
        raise DataError(
            f"no comparison of {indicator}", where="comparisons",
            todo="choose an indicator, series and dimension that the table comparisons has",
        )  # fmt: skip
    return rows


def _table(found: list[dict[str, Any]], names: Naming, font: Path) -> _Table:
    of_places = [row for row in found if row["row_kind"] == "place"]
    drawn = [row for row in of_places if row["verdict"] in _JUDGED]
    drawn.sort(key=lambda row: (-_at(row, ""), row["place_id"]))
    words = [row["place"] or row["place_id"] for row in of_places]
    widest = max((text_width(word, LABEL_SIZE, font) for word in words), default=1.0)
    left = min(_MOST_NAME, widest + 0.02) + 0.2 + MARGIN
    listed = []
    for row in of_places:
        if row["verdict"] not in _JUDGED:
            text = row["reason"] or say(f"verdicts.{row['verdict']}", names.locale)
            listed.append(_reason(row["place"] or row["place_id"], text, left, font))
    more = max(0, len(drawn) - _MOST_ROWS) + max(0, len(listed) - _MOST_ROWS)
    period, baseline = (parse_period(found[0][key]) for key in ("period", "baseline"))
    return _Table(
        names,
        drawn[:_MOST_ROWS],
        listed[:_MOST_ROWS],
        left,
        more,
        *pair_words(period, baseline, names.locale),
    )


def _reason(place: str, text: str, left: float, font: Path) -> tuple[str, list[str]]:
    """Break a reason into lines; one that begins with the place's name needs no name before it."""
    if text.startswith(place):
        return "", wrapped(text, LABEL_SIZE, WIDTH - 2 * MARGIN, font)
    return place, wrapped(text, LABEL_SIZE, WIDTH - left - MARGIN, font)


def _at(row: dict[str, Any], side: str) -> float:
    """Where a number is drawn: its value, or the middle of what is known of its range."""
    if row[f"{side}value"] is not None:
        return float(row[f"{side}value"])
    known = [row[f"{side}{end}"] for end in ("low", "high") if row[f"{side}{end}"] is not None]
    return sum(known) / len(known) if known else 0.0


def _subtitle(table: _Table, row: Mapping[str, Any]) -> str:
    locale = table.names.locale
    parts = [table.names.unit(table.drawn[0]["unit"])] if table.drawn else []
    period, baseline = (period_words(parse_period(row[key]), locale) for key in ("period", "baseline"))
    parts.append(say("charts.against", locale, when=period, baseline=baseline))
    parts.append(
        say("charts.each_place", locale, places=table.names.counted(len(table.drawn) + len(table.listed)))
    )
    return say("comma", locale).join(parts)


def _notes(table: _Table) -> list[str]:
    locale, parts = table.names.locale, []
    if table.drawn:
        parts.append(say("charts.dumbbell", locale, baseline=table.baseline, when=table.when))
    if any(_vague(row, side) for row in table.drawn for side in ("", "baseline_")):
        parts.append(say("charts.whiskers", locale))
    ends = ("low", "high", "baseline_low", "baseline_high")
    if any(row[end] is None for row in table.drawn for end in ends):
        parts.append(say("charts.open_range", locale))
    if table.listed:
        parts.append(say("charts.no_line", locale))
    if table.more:
        parts.append(say("charts.more_rows", locale, count=table.more))
    return [say("full_stop", locale).join(parts)] if parts else []


def _vague(row: dict[str, Any], side: str) -> bool:
    return bool(row[f"{side}low"] is None or row[f"{side}low"] != row[f"{side}high"])


def _draw(sheet: Sheet, table: _Table, top: float) -> None:
    locale = table.names.locale
    sides = ("value", "low", "high", "baseline_value", "baseline_low", "baseline_high")
    heads = {"baseline": table.baseline, "when": table.when}
    heading = (say("charts.values_column", locale, **heads), say("charts.change_column", locale))
    said = ([_values(row, locale) for row in table.drawn], [_verdict(row, locale) for row in table.drawn])
    rooms = [
        _room([*texts, head], limits, sheet.font)
        for texts, head, limits in zip(said, heading, (_VALUES, _CHANGE), strict=True)
    ]
    changes = WIDTH - MARGIN - rooms[1]
    values = changes - _BETWEEN - rooms[0]
    axes = plot.row_axes(
        sheet, top, len(table.drawn), left=table.left, right=WIDTH - values + _BETWEEN,
        limits=plot.span([row[side] for row in table.drawn for side in sides]),
    )  # fmt: skip
    plot.scale(axes, sheet, locale)
    up = sheet.height - top + 0.06
    plot.heading(sheet, values, up, heading[0])
    plot.heading(sheet, changes, up, heading[1])
    names = [
        wrapped(row["place"] or row["place_id"], LABEL_SIZE, table.left - MARGIN - 0.2, sheet.font)
        for row in table.drawn
    ]
    for number_, row in enumerate(table.drawn):
        _draw_row(axes, row, number_)
        plot.beside(axes, sheet, number_, MARGIN, "\n".join(names[number_]), linespacing=1.15)
        for at, texts, room, colour in (
            (values, said[0], rooms[0], SOFT),
            (changes, said[1], rooms[1], VERDICT_COLOURS[row["verdict"]]),
        ):
            lines = wrapped(texts[number_], LABEL_SIZE, room, sheet.font)
            plot.beside(axes, sheet, number_, at, "\n".join(lines), color=colour, linespacing=1.15)


def _room(texts: list[str], limits: tuple[float, float], font: Path) -> float:
    """Give the room for a column of words, in inches, within limits."""
    widest = max(text_width(text, LABEL_SIZE, font) for text in texts) + 0.02
    return min(limits[1], max(limits[0], widest))


def _draw_row(axes: Any, row: dict[str, Any], number_: int) -> None:
    colour = VERDICT_COLOURS[row["verdict"]]
    now, then = _at(row, ""), _at(row, "baseline_")
    axes.plot([then, now], [number_, number_], color=colour, alpha=0.35, linewidth=3, zorder=2)
    for side, at, level, shade in (("baseline_", then, -0.17, "#9a9a9a"), ("", now, 0.17, colour)):
        if _vague(row, side):
            plot.whisker(axes, number_ + level, (row[f"{side}low"], row[f"{side}high"]), at, shade)
    axes.plot(
        then, number_, "o", markersize=7, markerfacecolor="white", markeredgecolor="#6f6f6f",
        markeredgewidth=1.4, zorder=3,
    )  # fmt: skip
    plot.dot(axes, now, number_, row["verdict"], hollow=False)


def _values(row: dict[str, Any], locale: str) -> str:
    return " → ".join(_short(row, side, locale) for side in ("baseline_", ""))


def _short(row: dict[str, Any], side: str, locale: str) -> str:
    if _vague(row, side) or row[f"{side}value"] is None:
        return spanned(row[f"{side}low"], row[f"{side}high"], locale)
    return number(row[f"{side}value"], locale)


def _verdict(row: dict[str, Any], locale: str) -> str:
    """Say verdict and change: 增加 +2.1（+11.4%）."""
    said = say(f"verdicts.{row['verdict']}", locale)
    if row["verdict"] in {"up", "down"}:
        return f"{said} {change_in_full(row, locale)}"
    if row["verdict"] == "uncertain":
        return said + bracketed(change_words(row, locale), locale)
    return said


def _list(sheet: Sheet, table: _Table, top: float) -> None:
    """Write the places without a comparison, each with its reason."""
    at = sheet.height - top
    for place, lines in table.listed:
        if place:
            sheet.text(MARGIN, at, place, size=LABEL_SIZE, color=SOFT, va="top")
        left = table.left if place else MARGIN
        for number_, line in enumerate(lines):
            sheet.text(left, at - number_ * _REASON_LINE, line, size=LABEL_SIZE, color=SOFT, va="top")
        at -= len(lines) * _REASON_LINE + _REASON_GAP


def _spoken(found: list[dict[str, Any]], names: Naming) -> str:
    said = []
    for row in found:
        if row["row_kind"] != "place":
            continue
        place = row["place"] or row["place_id"]
        if row["verdict"] in _JUDGED:
            ends = (stated_of(row, names.locale, side) for side in ("baseline_", ""))
            said.append(f"{place} {' → '.join(ends)} {_verdict(row, names.locale)}")
        else:
            said.append(f"{place} {say('verdicts.' + row['verdict'], names.locale)}")
    return say("stop", names.locale).join(said)
