"""Merged and split places, like for like: the sum of what a place was made of, or was made into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison import intervals as iv

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.comparison.boundaries import Life
    from analysis.language.periods import Period

_ADDABLE = ["stock", "flow", "cumulative"]
_WITHIN = ["indicator", "series", "dimension", "_whole", "basis", "scope", "since"]
_NUMBERS = ("value", "low", "high")


def parts_of(life: Life, known: Mapping[str, Life]) -> tuple[str, ...]:
    """Give the places that one place was made of, or was split into, where they are it and nothing more.

    Parameters
    ----------
    life : the life of the place.
    known : the lives of all places.

    Returns
    -------
    place_ids; empty where one of them went, or came, elsewhere too, so that the sum is not the place.
    """
    former, later = life.predecessors, life.successors
    if former and all(p in known and known[p].successors == (life.place_id,) for p in former):
        return former
    # A place that only took another's place is that one already: it is not counted under both names.
    if len(later) > 1 and all(p in known and known[p].predecessors == (life.place_id,) for p in later):
        return later
    return ()


def with_composed(
    side: pd.DataFrame, other: pd.DataFrame, known: Mapping[str, Life], periods: tuple[Period, Period]
) -> pd.DataFrame:
    """Add to one side of a comparison the sums of the parts of places that only the other side has.

    Parameters
    ----------
    side, other : observations of the two periods, with the column `derived`.
    known : the lives of the places.
    periods : the period of `side`, and that of `other`.

    Returns
    -------
    The side with rows whose `derived` is composed, or renamed where there is a single part, which is the
    place under another name. Counts, measures and money are added, where all parts state them on one basis;
    shares and rates never are, but a single part's are the place's own.
    """
    import pandas as pd

    here, there = periods
    stated = set(other["place_id"])
    pairs = [
        (part, place, len(parts))
        for place, life in known.items()
        if place in stated and not life.exists_in(here) and _throughout(life, there)
        for parts in [parts_of(life, known)]
        if all(_throughout(known[part], here) for part in parts)
        for part in parts
    ]
    if not pairs:
        return side
    table = pd.DataFrame(pairs, columns=["place_id", "_whole", "_parts"])
    rows = side[(side["basis"] != "target").to_numpy(dtype=bool)].merge(table, on="place_id")
    addable = rows["basis"].isin(_ADDABLE) & (rows["dimension"] != "percent")
    rows = rows[(addable | (rows["_parts"] == 1)).to_numpy(dtype=bool)]
    if rows.empty:
        return side
    made = _sums(rows)
    key = ["indicator", "series", "dimension", "place_id"]
    made = made.merge(other[key].drop_duplicates(), on=key)
    return pd.concat([side, made.reindex(columns=side.columns).astype(side.dtypes)], ignore_index=True)


def _throughout(life: Life, period: Period) -> bool:
    return life.first <= period.start and life.last >= period.end


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    group = rows.groupby(_WITHIN, dropna=False, sort=True).ngroup().to_numpy()
    count = int(group.max()) + 1
    sums = iv.total(iv.intervals(*(rows[name] for name in _NUMBERS)), group.astype("int64"), count)
    ordered = rows.assign(_group=group).sort_values(["_group", "place_id"], kind="stable")
    grouped = ordered.groupby("_group")
    numbers: dict[str, Any] = {name: iv.nullable(getattr(sums, name)) for name in _NUMBERS}
    made = ordered.drop_duplicates("_group").assign(
        figure_ids=grouped["figure_ids"].agg(";".join).to_numpy(),
        origin=grouped["origin"].agg(lambda of: "entered" if "entered" in set(of) else "report").to_numpy(),
        place_id=lambda made: made["_whole"],
        derived=lambda made: made["_parts"].map(lambda parts: "renamed" if parts == 1 else "composed"),
        **numbers,
    )
    whole: pd.DataFrame = made[np.bincount(group, minlength=count) == made["_parts"].to_numpy()]
    return whole
