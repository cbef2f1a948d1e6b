"""What a total consists of: one stacked bar, and a row for each of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from analysis.charts import rows as plot
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.findings import coverage_words
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width, wrapped
from analysis.charts.naming import naming
from analysis.charts.numbers import stated
from analysis.charts.parts import REST, by_place, by_series
from analysis.charts.periods import period_words, timeline
from analysis.charts.source import source_line
from analysis.charts.style import (
    HEADER,
    INK,
    LABEL_SIZE,
    MARGIN,
    PALETTE,
    SOFT,
    WIDTH,
    footer_height,
    house_style,
    new_sheet,
    subtitle_lines,
)  # fmt: skip
from analysis.charts.words import say, series_word, told_unit
from analysis.comparison.boundaries import lives
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from analysis.charts.naming import Naming
    from analysis.charts.parts import Part, Whole
    from analysis.charts.style import Sheet

_BAR, _GAP, _EXTRA_LINE, _THICK = 0.52, 0.2, 0.2, 0.34
_OTHERS = "#A8A8A8"
_SHARE, _VALUE, _NAME = 1.15, 1.75, 2.6
_PERCENT = 100.0
# Rounding of shares is worth a word from here on, in percent.
_VISIBLE = 0.05


def composition(
    observations: pd.DataFrame,
    indicator: str,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    period: str | None = None,
    by: Literal["place", "series"] = "place",
    place: str | None = None,
    dimension: str | None = None,
    series: str | None = None,
    font: str | Path | None = None,
) -> Chart:
    """Draw which parts one indicator consists of in a period: its places, or its series in one place.

    Only what adds up is drawn: counts, measures and money, never rates or shares. Places without a number are
    named. Series are parts only where they add to the plain number that the place states.

    Parameters
    ----------
    observations : the table `observations`.
    indicator : id of the indicator.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    period : label; by default the newest period of the commonest kind.
    by : "place", or "series" for the series of one place.
    place : place_id or name, needed with by="series".
    dimension, series : by default the commonest dimension, and the plain series.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where the parts do not add to a whole, or there are none; MissingGlyph where the font lacks a
    character.
    """
    names, file = naming(indicators, places, locale), find_font(font)
    slots = timeline(observations, period)
    when = slots[-1].label if slots else str(period)
    place_id = names.find_place(place or "") if by == "series" else None
    if place_id is None:
        whole = by_place(observations, indicator, when, places=places, series=series, dimension=dimension)
    else:
        whole = by_series(observations, indicator, when, place_id=place_id, dimension=dimension)
    shown, hidden = _shown(whole)
    missing = _unreported(whole, when, places) if place_id is None else []
    title = _title(whole, when, names)
    subtitle = _subtitle(whole, when, names, missing, place_id)
    notes = _notes(whole, names, missing)
    source = source_line(_rows_of(observations, whole), [parse_period(when)], locale)
    top = HEADER + (subtitle_lines(subtitle, file) - 1) * _EXTRA_LINE
    deep = plot.ROW * (len(shown) + bool(hidden))
    height = top + _BAR + _GAP + deep + footer_height(notes, source, file) + 0.2
    with house_style(file):
        sheet = new_sheet(height, file, title=title, subtitle=subtitle, notes=notes, source=source)
        _draw_bar(sheet, shown, hidden, top, _colours(shown, names))
        _draw_rows(sheet, shown, hidden, top + _BAR + _GAP, names)
    first = whole.parts[0].row
    chart = Chart(
        name=file_name("composition", indicator, series, dimension, place_id),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_composition", locale, subtitle=subtitle, rows=_spoken(whole, names)),
        source=source,
        data=_data(whole, names, when),
        font=file,
        facts={"kind": "composition", "indicator": indicator, "series": series, "unit": first["unit"]}
        | {"dimension": first["dimension"]}
        | {"period": when, "place_id": place_id, "locale": locale},
    )
    return checked(chart)


def _shown(whole: Whole) -> tuple[list[Part], list[Part]]:
    """Give the parts with a colour of their own, and those that are put together."""
    room = len(PALETTE) if len(whole.parts) <= len(PALETTE) else len(PALETTE) - 1
    return list(whole.parts[:room]), list(whole.parts[room:])


def _colours(shown: Sequence[Part], names: Naming) -> list[str]:
    """Colour the parts; a place has the colour that it has in every chart."""
    known = list(names.places)
    if len(known) <= len(PALETTE) and all(part.key in known for part in shown if part.key != REST):
        return [_OTHERS if part.key == REST else PALETTE[known.index(part.key)] for part in shown]
    return [_OTHERS if part.key == REST else PALETTE[number_] for number_, part in enumerate(shown)]


def _label(part: Part, names: Naming) -> str:
    if part.key == REST:
        return say("charts.composition_rest", names.locale)
    return names.places.get(part.key) or series_word(part.key, names.locale)


def _said(part: Part, locale: str) -> str:
    point = part.point
    return stated(point.value, point.low, point.high, told_unit(part.row["unit"], locale), locale)


def _share(part: Part) -> str:
    """Write a share, or its range; "" where it is open."""
    if part.share_low is None or part.share_high is None:
        return ""
    low, high = (f"{share:.1f}" for share in (part.share_low, part.share_high))
    return f"{low}%" if low == high else f"{low}–{high}%"


def _title(whole: Whole, period: str, names: Naming) -> str:
    locale, first = names.locale, whole.parts[0]
    fields: dict[str, Any] = {
        "when": period_words(parse_period(period), locale, year=False),
        "label": names.indicator(_plain(whole)),
        "value": stated(whole.value, whole.low, whole.high, told_unit(first.row["unit"], locale), locale),
    }
    if len(whole.parts) == 1:
        return say("charts.composition_only", locale, part=_label(first, names), **fields)
    if (largest := whole.largest) and (share := _share(largest)):
        most = (largest.share_low or 0.0) > _PERCENT / 2
        key = "charts.composition_largest" if most else "charts.composition_first"
        return say(key, locale, part=_label(largest, names), share=share, **fields)
    by_series = first.row["series"] is not None and first.key == first.row["series"]
    if by_series:
        return say("charts.composition_kinds", locale, count=len(whole.parts), **fields)
    return say("charts.composition_places", locale, places=names.counted(len(whole.parts)), **fields)


def _plain(whole: Whole) -> Mapping[str, Any]:
    """Give the row that names the whole: where series are its parts, none of them names it."""
    first = whole.parts[0]
    return dict(first.row) | {"series": None} if first.key == first.row["series"] else first.row


def _subtitle(whole: Whole, period: str, names: Naming, missing: Sequence[str], place_id: str | None) -> str:
    locale = names.locale
    parts = [names.unit(whole.parts[0].row["unit"]), period_words(parse_period(period), locale)]
    if place_id is not None:
        parts.append(say("charts.composition_by_series", locale, place=names.place(place_id)))
    else:
        parts.append(say("charts.composition_by_place", locale, kind=names.kind))
        some = sum(part.key != REST for part in whole.parts)
        parts.append(coverage_words(some, some + len(missing), names))
    return say("comma", locale).join(parts)


def _unreported(whole: Whole, period: str, places: pd.DataFrame) -> list[str]:
    """Name the places that exist in the period and state no number, those above others aside."""
    slot, stated_by = parse_period(period), {part.key for part in whole.parts}
    above = set(places["parent"].dropna()) if "parent" in places else set()
    return [
        life.place_id
        for life in lives(places).values()
        if life.exists_in(slot) and life.place_id not in stated_by | above
    ]


def _notes(whole: Whole, names: Naming, missing: Sequence[str]) -> list[str]:
    locale, parts = names.locale, []
    if missing:
        parts.append(say("charts.composition_unreported", locale, names=names.listed(missing, shown=8)))
    vague = any(part.point.vague for part in whole.parts)
    if vague:
        parts.append(say("charts.composition_vague", locale))
    elif abs(sum(round(part.share, 1) for part in whole.parts) - _PERCENT) > _VISIBLE:
        parts.append(say("charts.composition_rounding", locale))
    return [say("full_stop", locale).join(parts)] if parts else []


def _draw_bar(
    sheet: Sheet, shown: Sequence[Part], hidden: Sequence[Part], top: float, colours: Sequence[str]
) -> None:
    """Draw the stacked bar, with the shares that fit inside."""
    axes = sheet.axes(MARGIN, sheet.height - top - _BAR, MARGIN, top)
    axes.set_axis_off()
    axes.set_xlim(0, _PERCENT)
    axes.set_ylim(0, 1)
    at, inches = 0.0, (WIDTH - 2 * MARGIN) / _PERCENT
    pieces = [(part.share, colour, _known(part)) for part, colour in zip(shown, colours, strict=True)]
    if hidden:
        pieces.append((sum(part.share for part in hidden), _OTHERS, all(map(_known, hidden))))
    for share, colour, known in pieces:
        axes.barh(0.5, share, left=at, height=1.0, color=colour, edgecolor="white", linewidth=1.2)
        said = f"{round(share)}%"
        if known and text_width(said, LABEL_SIZE, sheet.font) + 0.1 < share * inches:
            ink = INK if colour == _OTHERS else "white"
            axes.text(at + share / 2, 0.5, said, color=ink, size=LABEL_SIZE, ha="center", va="center")
        at += share


def _draw_rows(
    sheet: Sheet, shown: Sequence[Part], hidden: Sequence[Part], top: float, names: Naming
) -> None:
    """Draw a row for each part: its name, its share with the range of it, its number."""
    count = len(shown) + bool(hidden)
    limits = (0.0, max(1.0, *(_most(part) for part in shown), sum(part.share for part in hidden)) * 1.04)
    labels = [wrapped(_label(part, names), LABEL_SIZE, _NAME, sheet.font) for part in shown]
    if hidden:
        labels.append([say("charts.composition_others", names.locale, count=len(hidden))])
    widest = max(text_width(line, LABEL_SIZE, sheet.font) for lines in labels for line in lines)
    axes = plot.row_axes(
        sheet, top, count, left=MARGIN + widest + 0.2, right=_VALUE + _SHARE + MARGIN, limits=limits
    )
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for row, lines in enumerate(labels):
        plot.beside(axes, sheet, row, MARGIN, "\n".join(lines), linespacing=1.15)
    for row, (part, colour) in enumerate(zip(shown, _colours(shown, names), strict=True)):
        _draw_share(axes, row, part, colour)
        said = (_said(part, names.locale), _share(part))
        plot.beside(axes, sheet, row, WIDTH - MARGIN - _SHARE, said[0], color=SOFT, ha="right")
        plot.beside(axes, sheet, row, WIDTH - MARGIN, said[1], ha="right")
    if hidden:
        shares = sum(part.share for part in hidden)
        axes.barh(len(shown), shares, height=_THICK, color=_OTHERS)
        if all(map(_known, hidden)):
            plot.beside(axes, sheet, len(shown), WIDTH - MARGIN, f"{shares:.1f}%", ha="right")


def _known(part: Part) -> bool:
    """Tell whether the share is one number, as far as it is written."""
    low, high = part.share_low, part.share_high
    return low is not None and high is not None and round(low, 1) == round(high, 1)


def _most(part: Part) -> float:
    return max(part.share, part.share_high or 0.0)


def _draw_share(axes: Any, row: int, part: Part, colour: str) -> None:
    axes.barh(row, part.share, height=_THICK, color=colour, zorder=2)
    low, high = part.share_low, part.share_high
    if low is not None and high is not None and not _known(part):
        axes.hlines(row, low, high, color="white", linewidth=3.2, zorder=2.5)
        axes.hlines(row, low, high, color=INK, linewidth=1.3, zorder=3)
        axes.plot([low, high], [row, row], "|", color=INK, markersize=6, markeredgewidth=1.3, zorder=3)


def _spoken(whole: Whole, names: Naming) -> str:
    locale = names.locale
    said = (f"{_label(part, names)} {_said(part, locale)} {_share(part)}" for part in whole.parts)
    return say("stop", locale).join(text.strip() for text in said)


def _rows_of(observations: pd.DataFrame, whole: Whole) -> pd.DataFrame:
    """Give the observations behind the parts, for the source line."""
    chosen = {part.row.get("figure_ids") for part in whole.parts if part.key != REST}
    return observations[observations["figure_ids"].isin(chosen)]


def _data(whole: Whole, names: Naming, period: str) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "part": part.key or None, "label": _label(part, names), "period": period,
            "value": part.point.value, "low": part.point.low, "high": part.point.high,
            "unit": part.row["unit"], "share": round(part.share, 6),
            "share_low": _rounded(part.share_low), "share_high": _rounded(part.share_high),
        }
        for part in whole.parts
    ]  # fmt: skip
    numbers = ("value", "low", "high", "share", "share_low", "share_high")
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, "Float64"))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
