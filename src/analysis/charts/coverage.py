"""Which reports were read: a grid of places and periods, with the number of figures in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.axis import name_periods
from analysis.charts.chart import Chart, checked, file_name
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width
from analysis.charts.naming import naming, records
from analysis.charts.periods import period_words, span_words, timeline
from analysis.charts.source import source_line
from analysis.charts.style import (
    HEADER,
    INK,
    LABEL_SIZE,
    MARGIN,
    VERDICT_COLOURS,
    VOID,
    WIDTH,
    footer_height,
    house_style,
    new_sheet,
)  # fmt: skip
from analysis.charts.words import say
from analysis.comparison.boundaries import lives
from analysis.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.charts.naming import Naming
    from analysis.charts.style import Sheet
    from analysis.language.periods import Period

_ROW, _TICKS, _MOST_PLACES, _NUMBERED = 0.34, 0.5, 60, 24
# Even the darkest leaves dark text readable.
_LIGHT, _DARK = (0xE8, 0xF1, 0xF8), (0x86, 0xB9, 0xDD)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One place in one period: read, missing or not existing; how many figures; whether re-issued."""

    place_id: str
    slot: int
    state: str
    figures: int | None
    reissued: bool


def coverage(
    reports: pd.DataFrame,
    figures: pd.DataFrame,
    *,
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    until: str | None = None,
    font: str | Path | None = None,
) -> Chart:
    """Draw which place reported when, and how many figures each report has.

    Parameters
    ----------
    reports : the table `reports`.
    figures : the table `figures` (or `observations`), whose rows are counted by report_id.
    places : the table `places`.
    locale : zh-Hant, zh-Hans or en.
    until : last period, by default the newest of the commonest kind.
    font : font file, see `find_font`.

    Errors
    ------
    DataError where no report has a place and a period; MissingGlyph where the font lacks a character.
    """
    names, file = naming({}, places, locale), find_font(font)
    slots = timeline(reports, until)
    cells = _cells(reports, figures, places, slots)
    if not cells:
        raise DataError(
            "no report has a place and a period", where="reports",
            todo="name them in data/raw/manifest.csv or in the paths, such as data/raw/2026-08/青山社區.txt",
        )  # fmt: skip
    order = list(dict.fromkeys(cell.place_id for cell in cells))[:_MOST_PLACES]
    title = _title(cells, slots, locale)
    subtitle = say("charts.coverage_subtitle", locale)
    notes = _notes(cells, slots, names)
    in_slots = reports[reports["period"].isin([slot.label for slot in slots])]
    source = source_line(in_slots.rename(columns={"received": "vintage"}), slots, locale)
    height = HEADER + _ROW * len(order) + _TICKS + footer_height(notes, source, file) + 0.12
    with house_style(file):
        sheet = new_sheet(height, file, title=title, subtitle=subtitle, notes=notes, source=source)
        _draw(sheet, cells, order, slots, names)
    chart = Chart(
        name=file_name("coverage"),
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        caption=say("full_stop", locale).join([*notes, source]),
        alt_text=say("charts.alt_coverage", locale, rows=_spoken(cells, order, slots, names)),
        source=source,
        data=_data(cells, slots, names),
        font=file,
        facts={"kind": "coverage", "period": slots[-1].label, "locale": locale},
    )
    return checked(chart)


def _cells(
    reports: pd.DataFrame, figures: pd.DataFrame, places: pd.DataFrame, slots: list[Period]
) -> list[_Cell]:
    labels = [slot.label for slot in slots]
    dated = reports[reports["place_id"].notna() & reports["period"].isin(labels)]
    stated = figures[figures["duplicate_of"].isna()] if "duplicate_of" in figures else figures
    counts = stated["report_id"].value_counts()
    read: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in records(dated[["place_id", "period", "report_id", "is_latest"]]):
        read.setdefault((row["place_id"], labels.index(row["period"])), []).append(row)
    known = lives(places)
    heads = set(places["parent"].dropna()) if "parent" in places else set()
    reporting = {place for place, _ in read}
    order = [place for place in known if place in reporting or place not in heads]
    order += sorted(reporting - set(order))
    cells = []
    for place in order if read else []:
        for slot, period in enumerate(slots):
            found = read.get((place, slot), [])
            latest = next((row for row in found if row["is_latest"]), found[-1] if found else None)
            there = place not in known or known[place].exists_in(period)
            state = "read" if latest else "missing" if there else "absent"
            number = int(counts.get(latest["report_id"], 0)) if latest else None
            cells.append(_Cell(place, slot, state, number, len(found) > 1))
    return cells


def _title(cells: list[_Cell], slots: list[Period], locale: str) -> str:
    read = sum(cell.state == "read" for cell in cells)
    missing = sum(cell.state == "missing" for cell in cells)
    fields: dict[str, Any] = {
        "span": span_words(slots, locale),
        "expected": read + missing,
        "read": read,
        "missing": missing,
    }
    return say("charts.coverage_title" if missing else "charts.coverage_full", locale, **fields)


def _notes(cells: list[_Cell], slots: list[Period], names: Naming) -> list[str]:
    locale, parts = names.locale, []
    if missing := [cell for cell in cells if cell.state == "missing"]:
        said = [_where(cell, slots, names) for cell in missing[:8]]
        more = "…" if len(missing) > len(said) else ""
        parts.append(say("charts.coverage_missing", locale, names=say("list", locale).join(said) + more))
    if any(cell.state == "absent" for cell in cells):
        parts.append(say("charts.coverage_absent", locale))
    if any(cell.reissued for cell in cells):
        parts.append(say("charts.coverage_revised", locale))
    if (rest := len({cell.place_id for cell in cells}) - _MOST_PLACES) > 0:
        parts.append(say("charts.more_rows", locale, count=rest))
    return [say("full_stop", locale).join(parts)] if parts else []


def _where(cell: _Cell, slots: list[Period], names: Naming) -> str:
    gap = " " if names.locale == "en" else ""
    return names.place(cell.place_id) + gap + period_words(slots[cell.slot], names.locale, year=False)


def _draw(sheet: Sheet, cells: list[_Cell], order: list[str], slots: list[Period], names: Naming) -> None:
    """Draw the grid: blue for read, an outline for missing, grey for not existing."""
    widest = max(text_width(names.place(place), LABEL_SIZE, sheet.font) for place in order)
    left = MARGIN + min(widest, 2.6) + 0.15
    # Few periods do not need the whole width.
    right = max(MARGIN, WIDTH - left - 0.95 * len(slots))
    axes = sheet.axes(left, sheet.height - HEADER - _ROW * len(order), right, HEADER)
    axes.set_xlim(-0.5, len(slots) - 0.5)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    rows = {place: number for number, place in enumerate(order)}
    most = max((cell.figures or 0 for cell in cells), default=1) or 1
    numbered = len(slots) <= _NUMBERED
    for cell in cells:
        if cell.place_id in rows:
            _draw_cell(
                axes,
                cell,
                rows[cell.place_id],
                (cell.figures or 0) / most,
                locale=names.locale,
                numbered=numbered,
            )
    axes.set_yticks([])
    for number, place in enumerate(order):
        up = sheet.height - HEADER - _ROW * (number + 0.5)
        sheet.text(MARGIN, up, names.place(place), color=INK, size=LABEL_SIZE, va="center")
    axes.tick_params(axis="both", length=0)
    name_periods(axes, slots, names.locale, pad=16)


def _draw_cell(axes: Any, cell: _Cell, row: int, share: float, *, locale: str, numbered: bool) -> None:
    from matplotlib.patches import Rectangle

    missing = VERDICT_COLOURS["down"]
    states: dict[str, dict[str, Any]] = {
        "read": {"facecolor": _shade(share), "edgecolor": "none"},
        "missing": {"facecolor": "white", "edgecolor": missing, "linewidth": 1.2, "linestyle": (0, (3, 2))},
        "absent": {"facecolor": VOID, "edgecolor": "none"},
    }
    axes.add_patch(Rectangle((cell.slot - 0.47, row - 0.44), 0.94, 0.88, **states[cell.state]))
    if not numbered or cell.state == "absent":
        return
    if cell.state == "missing":
        text, colour = say("charts.coverage_missing_cell", locale), missing
    else:
        text = f"{cell.figures}{'＊' if cell.reissued else ''}"
        colour = INK
    axes.text(cell.slot, row, text, size=LABEL_SIZE - 0.5, color=colour, ha="center", va="center")


def _shade(share: float) -> str:
    """Give the colour of a cell between light and dark."""
    mixed = (round(light + (dark - light) * share) for light, dark in zip(_LIGHT, _DARK, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _spoken(cells: list[_Cell], order: list[str], slots: list[Period], names: Naming) -> str:
    said = []
    for place in order:
        read = [cell for cell in cells if cell.place_id == place and cell.state == "read"]
        lack = [cell for cell in cells if cell.place_id == place and cell.state == "missing"]
        text = f"{names.place(place)} {len(read)}/{len(read) + len(lack)}"
        if lack:
            gaps = [period_words(slots[cell.slot], names.locale, year=False) for cell in lack[:4]]
            text += " " + say(
                "charts.coverage_missing", names.locale, names=say("list", names.locale).join(gaps)
            )
        said.append(text)
    return say("stop", names.locale).join(said)


def _data(cells: list[_Cell], slots: list[Period], names: Naming) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "place_id": cell.place_id, "place": names.place(cell.place_id), "period": slots[cell.slot].label,
            "state": cell.state, "figures": cell.figures, "reissued": cell.reissued,
        }
        for cell in cells
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"figures": "Int64"})
