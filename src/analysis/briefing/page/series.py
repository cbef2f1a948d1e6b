"""The points of the interactive chart: each series over time, place by place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.said import in_each, plain
from analysis.charts import marks
from analysis.charts.naming import records
from analysis.charts.periods import timeline
from analysis.charts.words import unit_name
from analysis.errors import DataError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    import pandas as pd

    from analysis.briefing.page.evidence import Evidence
    from analysis.briefing.page.said import Texts
    from analysis.charts.naming import Naming

_KEYS = ["indicator", "series", "dimension"]


def series(
    observations: pd.DataFrame, until: str, names: Mapping[str, Naming], evidence: Evidence, texts: Texts
) -> dict[str, Any]:
    """Collect the points of every series that has some in the periods up to one.

    Parameters
    ----------
    observations : the table of this name.
    until : label of the last period.
    names : names by locale.
    evidence : the figures of the page.
    texts : takes the texts.

    Returns
    -------
    `periods` (labels, without holes), and `series`: a list of indicator, label, unit, whether the axis begins
    at 0, and points (place, period, value, low, high, rows of its figures); an open side is null.
    """
    slots = timeline(observations, parse_period(until))
    order = {name: number for number, name in enumerate(next(iter(names.values())).indicators)}
    found = []
    drawn = marks.slotted(observations, slots) if slots else observations.iloc[:0]
    keys = records(drawn[_KEYS].drop_duplicates())
    keys.sort(key=lambda key: (order.get(key["indicator"], len(order)), *(key[name] or "" for name in _KEYS)))
    by_indicator = dict(list(drawn.groupby("indicator"))) if len(drawn) else {}
    for key in keys:
        entry = _entry(by_indicator[key["indicator"]], key, names, evidence, texts)
        if entry:
            found.append(entry)
    return {"periods": [slot.label for slot in slots], "series": found}


def _entry(
    rows: pd.DataFrame,
    key: Mapping[str, Any],
    names: Mapping[str, Naming],
    evidence: Evidence,
    texts: Texts,
) -> dict[str, Any] | None:
    try:
        chosen = marks.series_rows(rows, key["indicator"], series=key["series"], dimension=key["dimension"])
    except DataError:
        return None
    first = records(chosen.iloc[:1])[0]
    if first["dimension"] != key["dimension"] or first["series"] != key["series"]:
        return None
    drawn = records(chosen)
    drawn.sort(key=lambda row: (row["place_id"], row["slot"]))
    one = next(iter(names.values()))
    points = [
        [texts.number(plain(one.place(row["place_id"]))), row["slot"], row["value"], row["low"], row["high"],
         evidence.rows_of(row["figure_ids"])]
        for row in drawn
        if any(row[side] is not None for side in ("value", "low", "high"))
    ]  # fmt: skip
    if not points:
        return None
    said = {**key, "basis": first["basis"]}
    return {
        "indicator": key["indicator"],
        "label": texts.number(in_each(lambda locale: names[locale].indicator(said))),
        "unit": texts.number(in_each(lambda locale: unit_name(first["unit"], locale))),
        "zero": marks.from_zero(first),
        "points": points,
    }
