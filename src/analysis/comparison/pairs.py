"""Put the two sides of a comparison beside each other, one row a series, dimension and place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

KEY = ["indicator", "series", "dimension", "place_id"]
_SIDE = [
    "basis",
    "scope",
    "since",
    "value",
    "low",
    "high",
    "unit",
    "figure_ids",
    "period_end",
    "origin",
    "derived",
]
# Where a place states several, results go before averages, and averages before plans.
_PREFERRED = {"flow": 0, "stock": 0, "cumulative": 1, "rate": 2, "share": 3, "target": 4}


def paired(period: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Join the observations of a period and of its baseline.

    Parameters
    ----------
    period, baseline : observations as `analysis.comparison.selection.in_period` gives them.

    Returns
    -------
    KEY once; then the columns of each side, those of the baseline with the ending `_b`; `here` and
    `there` tell which sides are present, `fits` whether both are and have the same basis.
    """
    import numpy as np
    import pandas as pd

    both = pd.concat([period, baseline], ignore_index=True)
    code = both.groupby(KEY, dropna=False, sort=False).ngroup().to_numpy()
    keys = both[KEY].assign(_code=code).drop_duplicates("_code")
    left = _results_first(period[_SIDE].assign(_code=code[: len(period)]))
    right = _results_first(baseline[_SIDE].assign(_code=code[len(period) :]))
    pairs = left.merge(right, on="_code", how="outer", suffixes=("", "_b"))
    pairs = pairs.merge(keys, on="_code", how="left")
    here, there = pairs["basis"].notna().to_numpy(), pairs["basis_b"].notna().to_numpy()
    fits = here & there & _same(pairs, "basis") & _same(pairs, "scope") & _same_start(pairs)
    rank = _rank(pairs["basis"]) + _rank(pairs["basis_b"])
    order = np.lexsort((rank, ~fits, pairs["_code"].to_numpy()))
    pairs = pairs.assign(here=here, there=there, fits=fits).iloc[order]
    return pairs.drop_duplicates("_code").reset_index(drop=True)


def _results_first(side: pd.DataFrame) -> pd.DataFrame:
    """Leave targets out where the same place also states a result: they are never compared with results."""
    result = (side["basis"] != "target").to_numpy(dtype=bool)
    with_result = side["_code"].isin(side.loc[result, "_code"].unique()).to_numpy()
    return side[result | ~with_result]


def _rank(basis: pd.Series[Any]) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(basis.map(_PREFERRED).astype("Float64").fillna(0.0).to_numpy(dtype="float64"))


def _texts(values: pd.Series[Any]) -> NDArray[np.object_]:
    import numpy as np

    return np.asarray(values.astype("string").fillna("").to_numpy(dtype=object))


def _same(pairs: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    import numpy as np

    return np.asarray(_texts(pairs[name]) == _texts(pairs[f"{name}_b"]), dtype=bool)


def _same_start(pairs: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell where running totals start and end on the same days, of one year or of two.

    Of one start and two ends the later total contains the earlier one: it can only be more.
    """
    import numpy as np

    answer = _texts(pairs["basis"]) != "cumulative"
    if answer.all():
        return np.asarray(answer)
    names = ("since", "since_b", "period_end", "period_end_b")
    # An absent side, and a running total without a start, have no year: nothing is known of their start.
    texts = (pairs.loc[~answer, name].astype("string").fillna("") for name in names)
    # 0-4 is the year, the rest month and day; February ends where it ends.
    since, since_b, end, end_b = (text.str.replace("-02-29", "-02-28", regex=False) for text in texts)
    shift = (_years(since) - _years(since_b) == _years(end) - _years(end_b)).fillna(value=False)
    same = (since.str.slice(4) == since_b.str.slice(4)) & (end.str.slice(4) == end_b.str.slice(4))
    answer[~answer] = shift.to_numpy(dtype=bool) & same.to_numpy(dtype=bool)
    return np.asarray(answer)


def _years(labels: pd.Series[Any]) -> pd.Series[Any]:
    import pandas as pd

    return pd.to_numeric(labels.str.slice(0, 4), errors="coerce").astype("Float64")


def counterparts(pairs: pd.DataFrame) -> pd.DataFrame:
    """Find for rows with one side a row of the same indicator and place that has only the other side.

    Returns
    -------
    Indexed by row of `pairs`: `other`, the row found, and `differs`, "dimension" or "series".
    """
    import numpy as np
    import pandas as pd

    lone = pairs[pairs["here"] != pairs["there"]][["indicator", "place_id", "series", "dimension", "here"]]
    lone = lone.assign(series=lone["series"].fillna(""), row=lone.index)
    met = lone[lone["here"]].merge(lone[~lone["here"]], on=["indicator", "place_id"], suffixes=("", "_o"))
    mirrored = met.rename(columns={c: c[:-2] if c.endswith("_o") else f"{c}_o" for c in met.columns[2:]})
    met = pd.concat([met.drop(columns=["indicator", "place_id"]), mirrored[list(met.columns[2:])]])
    same_series = (met["series"] == met["series_o"]).to_numpy(dtype=bool)
    same_dimension = (met["dimension"] == met["dimension_o"]).to_numpy(dtype=bool)
    met = met.assign(
        differs=np.where(same_dimension, "series", "dimension"),
        distance=np.where(same_series, 0, np.where(same_dimension, 1, 2)),
    ).sort_values(["row", "distance", "row_o"])
    met = met.drop_duplicates("row").set_index("row")
    return met.rename(columns={"row_o": "other"})[["other", "differs"]]
