"""The made-up project under strain: very long names, very many places, one place, odd numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from sample_tables import Sample

_LONG = "某某某自治區某某市某某經濟技術開發區"
_NUMBERS = ("value", "low", "high")
_KEPT = "青山社区"
_COPIES = 8


def _observed(tables: Sample, **columns: Any) -> Sample:
    return replace(tables, observations=tables.observations.assign(**columns))


def long_names(tables: Sample) -> Sample:
    """Give every place a name of more than twenty characters."""
    return replace(tables, places=tables.places.assign(place=_LONG + tables.places["place"]))


def many_places(tables: Sample) -> Sample:
    """Repeat the places that exist today to forty."""
    import pandas as pd

    today = tables.places[~tables.places["place_id"].isin(["东街社区", "西街社区"])]

    def copied(table: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
        rows = table[table["place_id"].isin(today["place_id"])]
        parts = []
        for number in range(_COPIES):
            more = {name: rows[name] + f"{number + 1}" for name in names if name in rows}
            parts.append(rows.assign(**more))
        return pd.concat(parts, ignore_index=True)

    places = copied(today, ("place_id", "place", "names")).assign(valid_from=pd.NA, predecessors=pd.NA)
    return replace(
        tables,
        places=places.astype(tables.places.dtypes.to_dict()),
        reports=copied(tables.reports, ("place_id", "report_id", "place")),
        figures=copied(tables.figures, ("place_id", "report_id", "figure_id")),
        observations=copied(tables.observations, ("place_id", "report_id", "figure_ids")),
    )


def one_place(tables: Sample) -> Sample:
    """Keep a single place."""
    kept = {
        name: table[table["place_id"] == _KEPT].reset_index(drop=True)
        for name in ("places", "reports", "figures", "observations")
        if (table := getattr(tables, name)) is not None
    }
    return replace(tables, **kept)


def huge(tables: Sample) -> Sample:
    """Multiply all counts by a thousand million."""
    return _observed(tables, **{side: tables.observations[side] * 1e9 for side in _NUMBERS})


def tiny(tables: Sample) -> Sample:
    """Divide all numbers by a million."""
    return _observed(tables, **{side: tables.observations[side] / 1e6 for side in _NUMBERS})


def all_vague(tables: Sample) -> Sample:
    """Make every number a range, every third open."""
    rows = tables.observations
    high = (rows["value"] * 1.2).where(rows.index % 3 != 0)
    return _observed(tables, low=rows["value"] * 0.9, high=high)


def all_zero(tables: Sample) -> Sample:
    """Make every number of today nothing, and leave those before as they are."""
    rows = tables.observations
    return _observed(
        tables, **{side: rows[side].where(rows["period"] != "2026-08", 0.0) for side in _NUMBERS}
    )


STRAINS: dict[str, Callable[[Sample], Sample]] = {
    "long names": long_names,
    "forty places": many_places,
    "one place": one_place,
    "huge numbers": huge,
    "tiny numbers": tiny,
    "all vague": all_vague,
    "nothing left": all_zero,
}
