"""Which of many indicators a notebook draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_CLEAR = ("up", "down")
_DONE = ("flow", "money")


def often_stated(
    observations: pd.DataFrame, indicators: pd.DataFrame, *, place: str | None = None, limit: int = 6
) -> list[str]:
    """Choose the indicators that are stated for the most periods, two at least.

    Parameters
    ----------
    observations, indicators : the tables of these names; targets do not count.
    place : place_id, to count only one place.
    limit : how many at most.

    Returns
    -------
    ids: what was done before what there is (a level seldom moves), most periods first, then in the order of
    the catalogue.
    """
    rows = observations[observations["is_latest"] & (observations["basis"] != "target")]
    if place is not None:
        rows = rows[rows["place_id"] == place]
    counts = rows.groupby("indicator")["period"].nunique()
    found = counts[counts > 1].rename("periods").reset_index()
    catalogue = indicators.reset_index(drop=True)
    rank = dict(zip(catalogue["id"], catalogue.index, strict=True))
    flows = set(catalogue.loc[catalogue["kind"].isin(_DONE), "id"])
    found = found.assign(rank=found["indicator"].map(rank), level=~found["indicator"].isin(flows))
    ranked = found.sort_values(["level", "periods", "rank"], ascending=[True, False, True])
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
