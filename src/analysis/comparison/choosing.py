"""Of several figures for one observation, the one that counts: the rules, and which of them decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

# What is one observation, but for its vintage.
SAME = ["indicator", "series", "dimension", "place_id", "period", "basis", "scope", "since"]
# The rules in their order: the first one on which two figures differ decides between them.
RULES = ("supersedes", "corrected", "place", "total", "exact", "table", "earliest")
# Marks of the rule total: a row of sums, what stands in no table, one of several rows.
_SUM, _ALONE, _PART = 0, 1, 2
_NEAREST_PLACE = {"sentence": 0, "list": 1, "item": 1, "heading": 2, "section": 2}


def parts_of_tables(figures: pd.DataFrame) -> NDArray[np.int8]:
    """Tell rows of sums, and rows that are several of one thing in one report, from all other figures."""
    import numpy as np

    marks = np.full(len(figures), _ALONE, dtype="int8")
    named = figures["row_header"].notna().to_numpy(dtype=bool)
    if not named.any():
        return marks
    key = ["report_id", *("indicator", "series", "dimension", "place_id", "period", "role", "scope")]
    cells = figures.loc[named, [*key, "row_header", "total"]]
    sums = cells["total"].fillna(value=False).to_numpy(dtype=bool)
    headers = cells["row_header"].mask(sums)
    several = cells.assign(row_header=headers).groupby(key, dropna=False)["row_header"].transform("nunique")
    marks[named] = np.where(sums, _SUM, np.where(several.to_numpy() > 1, _PART, _ALONE))
    return marks


def without_lone_parts(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Keep parts only where the same thing is also stated as a whole, of which they are alternatives."""
    import numpy as np

    part = (rows["_part"] == _PART).to_numpy(dtype=bool)
    if not part.any():
        return ~part
    group = rows.groupby([*SAME, "vintage", "_known"], dropna=False, sort=False).ngroup().to_numpy()
    return np.asarray(~part | np.isin(group, group[~part]))


def marks_of(rows: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Give each rule's mark of each figure: the lower is chosen."""
    import numpy as np

    earliest = np.empty(len(rows), dtype="int64")
    position = np.lexsort((rows["start"].to_numpy(dtype="int64", na_value=0), rows["_path"].to_numpy()))
    earliest[position] = np.arange(len(rows))
    place = rows["place_source"].map(_NEAREST_PLACE).astype("Float64").fillna(9.0)
    vague = (rows["approx"] != "exact").fillna(value=True) | rows["value"].isna()
    return {
        "supersedes": rows["_replaced"].to_numpy(dtype="int64"),
        "corrected": rows["_corrected"].to_numpy(dtype="int64"),
        "place": place.to_numpy(dtype="float64"),
        "total": rows["_part"].to_numpy(dtype="int64"),
        "exact": vague.to_numpy(dtype="int64"),
        "table": rows["cell"].isna().to_numpy(dtype="int64"),
        "earliest": earliest,
    }


def alternatives(figure_ids: pd.Series[Any], first: NDArray[np.int64]) -> Any:
    """Join, group by group, the ids after the first one; null where a group has no other."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = np.r_[first[1:], len(figure_ids)]
    others = np.ones(len(figure_ids), dtype=bool)
    others[first] = False
    offsets = np.r_[0, np.cumsum(ends - first - 1)]
    ids = pa.array(figure_ids[others].to_numpy(dtype=object), pa.string())
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), ids), ";")
    return pd.Series(joined.to_pandas()).astype("string").where(ends - first > 1)


def deciding_rule(marks: dict[str, NDArray[Any]], first: NDArray[np.int64], size: int) -> Any:
    """Name, group by group, the first rule on which the chosen figure differs from the next one.

    Parameters
    ----------
    marks : of each rule, in the order of the groups.
    first : where each group begins.
    size : number of figures.
    """
    import numpy as np
    import pandas as pd

    ends = np.r_[first[1:], size]
    second = np.minimum(first + 1, ends - 1)
    rule = np.full(len(first), None, dtype=object)
    for name in reversed(RULES):
        rule = np.where(marks[name][first] != marks[name][second], name, rule)
    return pd.array(rule, dtype="string")
