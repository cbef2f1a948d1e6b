"""Values for each household and for each 1000 people of a place, where both are known exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# The denominator, its dimension, and how many of it one rate is for.
_RATES = {
    "per_household": ("households", "count of 户", 1.0),
    "per_1000_people": ("population", "count of 人", 1000.0),
}
_COUNTED = ["stock", "flow", "cumulative"]


def with_rates(rows: pd.DataFrame, sides: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Add the rates of both sides to judged rows of places.

    Parameters
    ----------
    rows : judged rows of places, with value and value_b.
    sides : observations of the period and of the baseline, in which the denominators stand.

    Returns
    -------
    The rows with per_household, per_1000_people, and the same of the baseline.
    """
    columns: dict[str, Any] = {}
    for prefix, ending, side in (("", "", sides[0]), ("baseline_", "_b", sides[1])):
        counted = rows["basis" + ending].isin(_COUNTED) & (rows["dimension"] != "percent")
        exact = (rows["low" + ending] == rows["value" + ending]) & (
            rows["high" + ending] == rows["value" + ending]
        )
        for name, (indicator, dimension, size) in _RATES.items():
            taken = (
                counted & exact.fillna(value=False) & ~rows["indicator"].isin(["households", "population"])
            )
            base = rows["place_id"].map(_denominators(side, indicator, dimension)).astype("Float64")
            rate = rows["value" + ending] * size / base.where(base > 0)
            columns[prefix + name] = rate.where(taken.astype(bool)).round(6)
    return rows.assign(**columns)


def _denominators(side: pd.DataFrame, indicator: str, dimension: str) -> pd.Series[Any]:
    """Give the exact level of each place; none where it states several."""
    chosen = (
        (side["indicator"] == indicator)
        & (side["dimension"] == dimension)
        & side["series"].isna()
        & (side["basis"] == "stock")
        & (side["low"] == side["high"]).fillna(value=False)
    )
    rows = side[chosen.to_numpy(dtype=bool)]
    return rows.drop_duplicates("place_id", keep=False).set_index("place_id")["value"]
