"""One indicator in two periods, a line a place from then to now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.axis import ends
from analysis.charts.change import chosen_rows
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.findings import percent_words, title_of
from analysis.charts.fonts import find_font
from analysis.charts.layout import spread, text_width, wrapped
from analysis.charts.marks import Point, from_zero
from analysis.charts.naming import naming, records
from analysis.charts.numbers import number, spanned, stated
from analysis.charts.periods import pair_words, period_words
from analysis.charts.source import compared_source
from analysis.charts.style import (
    HEADER,
    INK,
    LABEL_SIZE,
    LINE,
    MARGIN,
    VERDICT_COLOURS,
    WIDTH,
    footer_height,
    house_style,
    new_sheet,
    subtitle_lines,
)  # fmt: skip
from analysis.charts.words import bracketed, say, told_unit
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.charts.naming import Naming
    from analysis.charts.style import Sheet

_JUDGED = ("up", "down", "unchanged", "uncertain")
_MOST_NAMED, _LEAST_HEIGHT, _MOST_HEIGHT = 24, 2.8, 6.4
_LABELS, _LEAST_LABELS, _LINE_HEIGHT, _HEADING, _PAD, _EXTRA_LINE = 2.9, 1.0, 0.165, 0.3, 0.14, 0.2
_FAINT = "#CDCDCD"


@dataclass(frozen=True, slots=True)
class _Line:
    """One place: its name, its two numbers, and how it is told apart."""

    name: str
    row: dict[str, Any]
    then: Point
    now: Point
    named: bool

    @property
    def colour(self) -> str:
        return VERDICT_COLOURS[str(self.row["verdict"])] if self.named else _FAINT


def slope(
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
    """Draw one indicator in two periods: a line a place, named with its numbers at both ends.

    A rise is blue, a fall orange; what cannot be told is grey and dashed, with the range of its numbers.
    Places that cannot be compared have no line and are named below.

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
    DataError where no place can be compared; MissingGlyph where the font lacks a character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    frame = chosen_rows(comparisons, indicator, series, dimension)
    found = records(frame)
    lines = _lines(found, names)
    if not lines:
        raise DataError(
            f"no place states {indicator} so that its two periods compare", where="comparisons",
            todo="draw `change`, which lists the reasons",
        )  # fmt: skip
    title, source = title_of(found, names), compared_source(found[0], locale)
    subtitle = _subtitle(found[0], len(lines), names)
    notes = _notes(found, lines, names)
    top = HEADER + _HEADING + (subtitle_lines(subtitle, file) - 1) * _EXTRA_LINE
    tall = min(_MOST_HEIGHT, max(_LEAST_HEIGHT, 0.34 * sum(line.named for line in lines)))
    height = top + tall + footer_height(notes, source, file) + 0.3
    with house_style(file):
        sheet = new_sheet(height, file, title=title, subtitle=subtitle, notes=notes, source=source)
        _draw(sheet, lines, top, tall, names)
    first = found[0]
    columns = [column for column in frame.columns if column not in {"figure_ids", "baseline_figure_ids"}]
    chart = Chart(
        name=file_name("slope", indicator, series, dimension),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_slope", locale, subtitle=subtitle, rows=_spoken(lines, locale)),
        source=source,
        data=frame[columns].reset_index(drop=True),
        font=file,
        facts={"kind": "slope", "indicator": indicator, "series": first["series"], "unit": first["unit"]}
        | {"dimension": first["dimension"]}
        | {"period": first["period"], "baseline": first["baseline"], "locale": locale},
    )
    return checked(chart)


def _lines(found: Sequence[dict[str, Any]], names: Naming) -> list[_Line]:
    """Give the lines, the largest of today first; of very many only those have a name."""
    rows = [row for row in found if row["row_kind"] == "place" and row["verdict"] in _JUDGED]
    points = [[_point(row, side) for side in ("baseline_", "")] for row in rows]
    order = sorted(range(len(rows)), key=lambda n: (-points[n][1].height, str(rows[n]["place_id"])))
    lines = []
    for rank, place in enumerate(order):
        row = rows[place]
        name = str(row["place"] or names.place(row["place_id"]))
        lines.append(_Line(name, row, points[place][0], points[place][1], rank < _MOST_NAMED))
    return lines


def _point(row: Mapping[str, Any], side: str) -> Point:
    return Point(int(not side), row[f"{side}value"], row[f"{side}low"], row[f"{side}high"])


def _subtitle(row: Mapping[str, Any], count: int, names: Naming) -> str:
    locale = names.locale
    when, baseline = (period_words(parse_period(row[key]), locale) for key in ("period", "baseline"))
    span = say("charts.slope_subtitle", locale, when=when, baseline=baseline)
    drawn = say("charts.each_place", locale, places=names.counted(count))
    return say("comma", locale).join([names.unit(row["unit"]), span, drawn])


def _notes(found: Sequence[dict[str, Any]], lines: Sequence[_Line], names: Naming) -> list[str]:
    locale, parts = names.locale, [say("charts.slope_colours", names.locale)]
    if any(line.row["verdict"] == "uncertain" for line in lines):
        parts.append(say("charts.slope_vague", locale))
    elif any(line.then.vague or line.now.vague for line in lines):
        parts.append(say("charts.slope_bars", locale))
    left_out = [
        str(row["place_id"]) for row in found if row["row_kind"] == "place" and row["verdict"] not in _JUDGED
    ]
    if left_out:
        parts.append(say("charts.slope_left_out", locale, names=names.listed(left_out, shown=8)))
    if unnamed := sum(not line.named for line in lines):
        parts.append(say("charts.slope_unnamed", locale, count=unnamed))
    if _bounds(lines)[0] > 0:
        parts.append(say("charts.not_zero", locale))
    return [say("full_stop", locale).join(parts)]


def _bounds(lines: Sequence[_Line]) -> tuple[float, float]:
    points = [point for line in lines for point in (line.then, line.now)]
    values = [v for p in points for v in (p.height, p.low, p.high) if v is not None]
    return ends(min(values), max(values), from_zero=from_zero(lines[0].row))


def _draw(sheet: Sheet, lines: Sequence[_Line], top: float, tall: float, names: Naming) -> None:
    named = [line for line in lines if line.named]
    said = [[words(line, names.locale) for line in named] for words in (_then_words, _now_words)]
    widest = max(text_width(text, LABEL_SIZE, sheet.font) for texts in said for text in texts)
    side = MARGIN + min(_LABELS, max(_LEAST_LABELS, widest + _PAD + 0.02))
    axes = sheet.axes(side, sheet.height - top - tall, side, top)
    axes.set_xlim(0, 1)
    axes.set_ylim(*_bounds(lines))
    axes.set_axis_off()
    first = lines[0].row
    pair = pair_words(parse_period(first["period"]), parse_period(first["baseline"]), names.locale)
    for at, word in ((side, pair[1]), (WIDTH - side, pair[0])):
        sheet.text(at, sheet.height - top + 0.1, word, color=INK, size=LABEL_SIZE, ha="center", va="bottom")
    for at in (0, 1):
        axes.axvline(at, color=LINE, linewidth=1, zorder=1)
    for line in reversed(lines):
        _draw_line(axes, line)
    for at, texts in enumerate(said):
        _label(sheet, axes, named, texts, at=at)


def _draw_line(axes: Axes, line: _Line) -> None:
    dashed = line.row["verdict"] == "uncertain"
    style: Any = (0, (4, 2.5)) if dashed else "-"
    width, order = (2.0, 3.0) if line.named else (1.2, 2.0)
    heights = [line.then.height, line.now.height]
    axes.plot(
        [0, 1], heights, color=line.colour, linewidth=width, linestyle=style, zorder=order, clip_on=False
    )
    for at, point in ((0, line.then), (1, line.now)):
        axes.plot(
            at, point.height, "o", color=line.colour, markersize=6 if line.named else 3.5, zorder=order + 1,
            markeredgecolor="white", markeredgewidth=0.8, clip_on=False,
        )  # fmt: skip
        if point.vague and line.named:
            low, high = point.span
            axes.vlines(at, low, high, color=line.colour, linewidth=4, alpha=0.35, zorder=2.5, clip_on=False)


def _number(point: Point, locale: str) -> str:
    if point.vague or point.value is None:
        return spanned(point.low, point.high, locale)
    return number(point.value, locale)


def _then_words(line: _Line, locale: str) -> str:
    return f"{line.name} {_number(line.then, locale)}"


def _now_words(line: _Line, locale: str) -> str:
    said = f"{_number(line.now, locale)} {line.name}"
    if line.row["verdict"] in {"up", "down"} and line.row["unit"] != "%":
        return said + bracketed(percent_words(line.row, locale), locale)
    return said


def _label(sheet: Sheet, axes: Axes, lines: Sequence[_Line], texts: Sequence[str], *, at: int) -> None:
    """Write the labels of one end, moved apart where they would overlap, with a fine line to their point."""
    box, (low, high) = axes.get_position(), axes.get_ylim()
    height = sheet.height
    end, away = (box.x1 * WIDTH, 1) if at else (box.x0 * WIDTH, -1)
    words = [wrapped(text, LABEL_SIZE, box.x0 * WIDTH - MARGIN - _PAD, sheet.font) for text in texts]
    points = [line.now if at else line.then for line in lines]
    wanted = [(box.y0 + (p.height - low) / (high - low) * box.height) * height for p in points]
    room = max(len(text) for text in words) * _LINE_HEIGHT
    # The first line of the topmost label stays below the names of the periods.
    beyond = (room - _LINE_HEIGHT) / 2
    placed = spread(wanted, room, box.y0 * height, box.y1 * height - beyond)
    edge = end + away * _PAD
    looks: dict[str, Any] = {"size": LABEL_SIZE, "ha": "left" if at else "right", "va": "center"}
    for line, text, y, moved in zip(lines, words, wanted, placed, strict=True):
        sheet.text(edge, moved, "\n".join(text), color=line.colour, **looks)
        if abs(moved - y) > _LINE_HEIGHT / 3:
            _lead(sheet, (end, y), (edge, moved), line.colour)


def _lead(sheet: Sheet, point: tuple[float, float], label: tuple[float, float], colour: str) -> None:
    from matplotlib.lines import Line2D

    across, up = ([place[axis] for place in (point, label)] for axis in (0, 1))
    line = Line2D(
        [x / WIDTH for x in across], [y / sheet.height for y in up], color=colour, linewidth=0.6, alpha=0.6,
        transform=sheet.figure.transFigure,
    )  # fmt: skip
    sheet.figure.add_artist(line)


def _spoken(lines: Sequence[_Line], locale: str) -> str:
    said = []
    for line in lines:
        unit = told_unit(line.row["unit"], locale)
        numbers = (stated(p.value, p.low, p.high, unit, locale) for p in (line.then, line.now))
        verdict = say(f"verdicts.{line.row['verdict']}", locale)
        said.append(f"{line.name} {' → '.join(numbers)} {verdict}")
    return say("stop", locale).join(said)
