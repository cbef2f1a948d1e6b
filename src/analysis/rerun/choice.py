"""Which of many indicators a notebook draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_CLEAR = ("up", "down")


def often_stated(observations: pd.DataFrame, *, place: str | None = None, limit: int = 6) -> list[str]:
    """Choose the indicators that are stated for the most periods, two at least.

    Parameters
    ----------
    observations : the table `observations`; targets do not count.
    place : place_id, to count only one place.
    limit : how many at most.

    Returns
    -------
    ids, most periods first, then most places, then by id.
    """
    rows = observations[observations["is_latest"] & (observations["basis"] != "target")]
    if place is not None:
        rows = rows[rows["place_id"] == place]
    counts = rows.groupby("indicator")[["period", "place_id"]].nunique()
    counts = counts[counts["period"] > 1].reset_index()
    ranked = counts.sort_values(["period", "place_id", "indicator"], ascending=[False, False, True])
    return [str(name) for name in ranked["indicator"].head(limit)]


def most_changed(comparisons: pd.DataFrame, *, limit: int = 6) -> list[str]:
    """Choose the indicators whose change is clear in the most places; among equals, the largest total.

    Parameters
    ----------
    comparisons : the table `comparisons`.
    limit : how many at most.

    Returns
    -------
    ids; without a single clear change, those that can be compared at all.
    """
    places = comparisons[comparisons["row_kind"] == "place"]
    comparable = places[places["change"].notna()]
    clear = comparable["verdict"].isin(_CLEAR)
    counts = comparable.assign(clear=clear.astype(int)).groupby("indicator")["clear"].agg(["sum", "size"])
    totals = comparisons[comparisons["row_kind"] == "total"].groupby("indicator")["percent"].max().abs()
    ranked = counts.join(totals).fillna({"percent": 0.0}).reset_index()
    ranked = ranked.sort_values(
        ["sum", "percent", "size", "indicator"], ascending=[False, False, False, True]
    )
    return [str(name) for name in ranked["indicator"].head(limit)]
