"""All indicators at a glance: how their totals changed, in percent, largest rise first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts import rows as plot
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.findings import percent_words, tally
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width
from analysis.charts.naming import naming, records, told_apart
from analysis.charts.numbers import stated_of
from analysis.charts.periods import pair_words
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
    subtitle_lines,
)  # fmt: skip
from analysis.charts.words import listed, say
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from analysis.charts.naming import Naming
    from analysis.charts.style import Sheet

_JUDGED = ("up", "down", "unchanged", "uncertain")
_MOST_ROWS, _MOST_LABEL = 32, 2.6
_HEADING, _SCALE, _EXTRA_LINE = 0.2, 0.42, 0.2
_PERCENT, _VALUE = 1.6, 1.75
# Nothing is drawn farther out than this, lest one large change hide all others.
_BEYOND, _OUTLIER, _SMALL = 200.0, 6.0, 10.0


def overview(
    comparisons: pd.DataFrame,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    limit: int = _MOST_ROWS,
    font: str | Path | None = None,
) -> Chart:
    """Draw the change of every total in percent, sorted; what is uncertain is hollow.

    Parameters
    ----------
    comparisons : the table `comparisons`.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    limit : most rows; plain series go first.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where there is no total; MissingGlyph where the font lacks a character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    frame = comparisons[comparisons["row_kind"] == "total"]
    found = records(frame)
    if not found:
        raise DataError(
            "no totals to compare", where="comparisons", todo="choose two periods with data in common"
        )
    drawn, left_out = _chosen(found, names, limit)
    labels = told_apart(drawn, names)
    first = found[0]
    when, baseline = pair_words(parse_period(first["period"]), parse_period(first["baseline"]), locale)
    title = _title(found, names, when, baseline)
    subtitle = say("charts.overview_subtitle", locale)
    ends = _ends(drawn)
    notes, source = _notes(drawn, left_out, ends, names), compared_source(found[0], locale)
    top = HEADER + _HEADING + (subtitle_lines(subtitle, file) - 1) * _EXTRA_LINE
    height = top + plot.ROW * max(1, len(drawn)) + _SCALE + footer_height(notes, source, file) + 0.15
    with house_style(file):
        sheet = new_sheet(height, file, title=title, subtitle=subtitle, notes=notes, source=source)
        if drawn:
            _draw(sheet, drawn, ends, top, names)
            up, total = sheet.height - top + 0.06, say("charts.overview_value", locale, when=when)
            plot.heading(sheet, WIDTH - MARGIN, up, total, ha="right")
            plot.heading(sheet, WIDTH - _PERCENT - _VALUE + 0.2, up, say("charts.change_column", locale))
    columns = [
        c for c in frame.columns if c not in {"place_id", "place", "figure_ids", "baseline_figure_ids"}
    ]
    chart = Chart(
        name=file_name("overview"),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_overview", locale, subtitle=subtitle, rows=_spoken(drawn, labels, locale)),
        source=source,
        data=frame[columns].reset_index(drop=True),
        font=file,
        facts={"kind": "overview", "period": found[0]["period"], "baseline": found[0]["baseline"]}
        | {"locale": locale},
    )
    return checked(chart)


def _chosen(
    found: list[dict[str, Any]], names: Naming, limit: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Choose the rows that have a percentage; the rest is named below."""
    known = {name: number for number, name in enumerate(names.indicators)}
    drawn = [row for row in found if row["verdict"] in _JUDGED and _percent(row) is not None]
    drawn.sort(key=lambda row: (row["series"] is not None, known.get(row["indicator"], len(known))))
    chosen = drawn[:limit]
    left_out = [row for row in found if row not in chosen]
    chosen.sort(key=lambda row: (-_shown(row), known.get(row["indicator"], len(known))))
    return chosen, left_out


def _percent(row: dict[str, Any]) -> float | None:
    """Give where a row is drawn: its percent, or the middle of the range."""
    if row["percent"] is not None:
        return float(row["percent"])
    known = [row[side] for side in ("percent_low", "percent_high") if row[side] is not None]
    return sum(known) / len(known) if known else None


def _shown(row: dict[str, Any]) -> float:
    return _percent(row) or 0.0


def _title(found: list[dict[str, Any]], names: Naming, when: str, baseline: str) -> str:
    judged = [str(row["verdict"]) for row in found if row["verdict"] in _JUDGED]
    said = tally(judged or [str(row["verdict"]) for row in found], names, of="items")
    return say("charts.overview_title", names.locale, when=when, baseline=baseline, tally=said)


def _ends(drawn: list[dict[str, Any]]) -> tuple[float, float]:
    """Give the ends of the axis: 0 is always on it; an outlier or a wide range need not be."""
    from statistics import median

    points = [_shown(row) for row in drawn]
    usual = max(median([abs(value) for value in points] or [0.0]), _SMALL)
    most = min(_BEYOND, _OUTLIER * usual)
    inside = [value for value in points if abs(value) <= most] or [0.0]
    wide = max(1.5 * max(abs(value) for value in inside), _SMALL)
    sides = [row[side] for row in drawn for side in ("percent_low", "percent_high")]
    clipped = [max(-wide, min(wide, side)) for side in sides if side is not None]
    values = [0.0, *(max(-most, min(most, value)) for value in points), *clipped]
    room = (max(values) - min(values)) * 0.06 or 1.0
    return min(values) - room, max(values) + room


def _beyond(row: dict[str, Any], ends: tuple[float, float]) -> bool:
    sides = (_shown(row), row["percent_low"], row["percent_high"])
    return any(side is not None and not ends[0] <= side <= ends[1] for side in sides)


def _notes(
    drawn: list[dict[str, Any]], left_out: list[dict[str, Any]], ends: tuple[float, float], names: Naming
) -> list[str]:
    locale, parts = names.locale, []
    if any(row["percent_low"] != row["percent_high"] for row in drawn):
        parts.append(say("charts.whiskers", locale))
    if any(row[side] is None for row in drawn for side in ("percent_low", "percent_high")):
        parts.append(say("charts.open_range", locale))
    if any(row["verdict"] == "uncertain" for row in drawn):
        parts.append(say("charts.overview_hollow", locale))
    if any(_beyond(row, ends) for row in drawn):
        parts.append(say("charts.overview_beyond", locale))
    if left_out:
        without = list(dict.fromkeys(names.indicator(row) for row in left_out))
        parts.append(say("charts.overview_left_out", locale, names=listed(without, locale, shown=8)))
    return [say("full_stop", locale).join(parts)] if parts else []


def _draw(
    sheet: Sheet, drawn: list[dict[str, Any]], ends: tuple[float, float], top: float, names: Naming
) -> None:
    locale, labels = names.locale, told_apart(drawn, names)
    widest = max(text_width(label, LABEL_SIZE, sheet.font) for label in labels)
    left = MARGIN + min(widest, _MOST_LABEL) + 0.2
    axes = plot.row_axes(sheet, top, len(drawn), left=left, right=_PERCENT + _VALUE, limits=ends)
    plot.scale(axes, sheet, locale, ending="%")
    axes.axvline(0, color=SOFT, linewidth=1, zorder=1.5)
    for number, (row, label) in enumerate(zip(drawn, labels, strict=True)):
        _draw_row(axes, row, number, ends)
        plot.beside(axes, sheet, number, MARGIN, label)
        said = (
            percent_words(row, locale) if row["verdict"] != "uncertain" else say("verdicts.uncertain", locale)
        )
        colour = VERDICT_COLOURS[str(row["verdict"])]
        plot.beside(axes, sheet, number, WIDTH - _PERCENT - _VALUE + 0.2, said, color=colour)
        plot.beside(axes, sheet, number, WIDTH - MARGIN, stated_of(row, locale), color=SOFT, ha="right")


def _draw_row(axes: Any, row: dict[str, Any], number: int, ends: tuple[float, float]) -> None:
    verdict, colour = str(row["verdict"]), VERDICT_COLOURS[str(row["verdict"])]
    at = min(max(_shown(row), ends[0]), ends[1])
    axes.plot([0, at], [number, number], color=colour, alpha=0.35, linewidth=3, zorder=2)
    low, high = row["percent_low"], row["percent_high"]
    if low is None or low != high:
        plot.whisker(axes, number, (low, high), at, colour)
    if at == _shown(row):
        plot.dot(axes, at, number, verdict, hollow=verdict == "uncertain")
    else:
        marker = ">" if at > 0 else "<"
        axes.plot(at, number, marker, color=colour, markersize=8, clip_on=False, zorder=4)


def _spoken(drawn: list[dict[str, Any]], labels: list[str], locale: str) -> str:
    said = []
    for row, label in zip(drawn, labels, strict=True):
        verdict = say(f"verdicts.{row['verdict']}", locale)
        said.append(f"{label} {verdict} {percent_words(row, locale)}".strip())
    return say("stop", locale).join(said)
