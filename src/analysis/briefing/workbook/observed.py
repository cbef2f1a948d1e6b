"""The sheets of what was stated: coverage, observations over time, figures with their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.office.references import key_of, listed_ids, numbers_of
from analysis.briefing.office.wording import office, office_words
from analysis.briefing.workbook.compared import plain_sheet
from analysis.briefing.workbook.sheet import Column, Link, Sheet
from analysis.charts.naming import records
from analysis.charts.words import unit_name
from analysis.comparison.words import word
from analysis.tables.pivot import INDEX, pivot
from analysis.tables.sheet import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence

# How many columns of a row of observations stand before those of the periods.
NAMED = 4


def coverage_sheet(content: Content) -> Sheet:
    """Make the sheet that says which report is there: places down, periods across."""
    states = office_words("states", content.locale)
    rows = records(content.tables.expected.sort_values(["period", "place_id"]))
    periods = sorted({row["period"] for row in rows})
    places: dict[str, dict[str, str]] = {}
    for row in rows:
        places.setdefault(row["place"] or row["place_id"], {})[row["period"]] = states[row["state"]]
    columns = [Column(office("columns.place", content.locale))]
    columns += [Column(period, "narrow") for period in periods]
    cells = [[place, *(found.get(period) for period in periods)] for place, found in places.items()]
    return plain_sheet("coverage", content, columns, cells, frozen=1)


def observation_sheet(content: Content, found: Evidence) -> Sheet:
    """Make the sheet of observations: indicator and place down, periods across, each with its sentence."""
    observed = content.tables.observations.reset_index(drop=True)
    locale = content.locale
    # The same spread twice: once the numbers, once the rows that they are from.
    wide = pivot(observed)
    at = pivot(observed.assign(value=[float(number) for number in range(len(observed))]))
    ids = list(observed["figure_ids"])
    order = {name: number for number, name in enumerate(found.names.indicators)}
    listed = []
    for index, values, places in zip(
        wide.index, wide.itertuples(index=False), at.itertuples(index=False), strict=True
    ):
        key = {name: _plain(part) for name, part in zip(INDEX, index, strict=True)}
        cells = [_cell(value, place, ids) for value, place in zip(values, places, strict=True)]
        listed.append((key, cells))
    listed.sort(key=lambda item: _order(item[0], order))
    rows: list[list[Any]] = []
    anchors: dict[str, int] = {}
    for number, (key, cells) in enumerate(listed):
        rows.append(
            [
                _label(key, found),
                found.names.place(key["place_id"]),
                _unit(key, locale),
                _basis(key, locale),
                *cells,
            ]
        )
        anchors.setdefault(_anchor(key), number)
        for cell in cells:
            for figure in cell.anchors if isinstance(cell, Link) else ():
                anchors.setdefault(f"figure-{figure}", number)
    words = office_words("columns", locale)
    columns = [
        Column(words["indicator"]),
        Column(words["place"]),
        Column(words["unit"], "narrow"),
        Column(words["basis"], "narrow"),
    ]
    columns += [Column(str(period), "number") for period in wide.columns]
    return plain_sheet("observations", content, columns, rows, anchors=anchors, frozen=2)


def _anchor(key: Mapping[str, Any]) -> str:
    """Name the first row of a series of an indicator in one unit."""
    return "-".join(["rows", *(str(key[name] or "") for name in ("indicator", "series", "unit", "basis"))])


def trend_anchor(total: Mapping[str, Any]) -> str:
    """Name the first row of the observations that a total is made of."""
    return _anchor(total)


def _plain(part: Any) -> Any:
    import pandas as pd

    return None if pd.isna(part) else part


def _cell(value: Any, place: Any, ids: list[Any]) -> Any:
    number, row = _plain(value), _plain(place)
    if row is None:
        return None
    return Link(number, "figures", tuple(listed_ids(ids[int(row)]))) if number is not None else None


def _order(key: Mapping[str, Any], order: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        order.get(key["indicator"], len(order)), key["indicator"], key["series"] or "", key["unit"] or "",
        key["basis"] or "", key["place_id"],
    )  # fmt: skip


def _label(key: Mapping[str, Any], found: Evidence) -> str:
    # The basis has a column of its own.
    return found.names.indicator({**key, "basis": None})


def _unit(key: Mapping[str, Any], locale: str) -> str:
    return unit_name(key["unit"], locale)


def _basis(key: Mapping[str, Any], locale: str) -> str | None:
    return word("basis", key["basis"], locale) if key["basis"] else None


def figure_sheet(content: Content, found: Evidence, used: Mapping[str, Sheet]) -> Sheet:
    """Make the sheet of figures: each with its sentence, its file, and the row that uses it.

    Parameters
    ----------
    content : the briefing.
    found : its evidence.
    used : sheets that use figures, in the order in which they are looked through, by key.
    """
    frame = content.tables.figures
    frame = frame[frame["figure_id"].isin(list(found.located))]
    listed = _sorted(frame, content, found)
    roles = office_words("roles", content.locale)
    words = office_words("columns", content.locale)
    columns = [
        Column(words["indicator"]), Column(words["place"]), Column(words["period"], "narrow"),
        Column(words["text"]), Column(words["value"], "number"), Column(words["low"], "number"),
        Column(words["high"], "number"), Column(words["unit"], "narrow"), Column(words["role"], "narrow"),
        Column(words["marked"], "long"), Column(words["path"]), Column(words["position"]),
        Column(words["used"]), Column(words["figure_id"]),
    ]  # fmt: skip
    rows = []
    for row in listed[:ROWS]:
        at = found.located[row["figure_id"]]
        rows.append(
            [
                _label(row, found),
                at.place or None,
                row["period"],
                at.figure,
                row["value"],
                row["low"],
                row["high"],
                row["unit"],
                roles.get(row["role"] or ""),
                at.sentence,
                Link(at.path, "reports", (at.path,)),
                at.position,
                _used(row["figure_id"], used, content),
                row["figure_id"],
            ]
        )
    anchors = {row["figure_id"]: at for at, row in enumerate(listed[:ROWS])}
    notes = ""
    if len(listed) > ROWS:
        notes = office("notes.cut", content.locale, shown=f"{ROWS:,}", count=f"{len(listed):,}")
    return plain_sheet("figures", content, columns, rows, notes=notes, anchors=anchors, frozen=1)


def _sorted(frame: pd.DataFrame, content: Content, found: Evidence) -> list[dict[str, Any]]:
    """Order figures so that those of one number lie together: by total, then period, then place."""
    numbers = numbers_of(found.references)
    order = {name: number for number, name in enumerate(found.names.indicators)}
    first = {content.period: 0, content.baseline: 1}
    rows = records(frame)
    rows.sort(key=lambda row: (str(row["place_id"] or ""), row["report_id"], row["start"]))
    rows.sort(key=lambda row: str(row["period"] or ""), reverse=True)
    last = len(found.references) + 1
    rows.sort(
        key=lambda row: (
            numbers.get(key_of(row), last), order.get(row["indicator"], len(order)), row["series"] or "",
            row["dimension"] or "", first.get(row["period"], 2),
        )
    )  # fmt: skip
    return rows


def _used(figure: str, used: Mapping[str, Sheet], content: Content) -> Link | None:
    for key, sheet in used.items():
        row = sheet.row_of(f"figure-{figure}")
        if row is not None:
            text = office("columns.see", content.locale, row=row, sheet=sheet.name)
            return Link(text, key, (f"figure-{figure}",))
    return None
