"""Totals over places: only what can be added, only over the places that both periods have.

Counts, measures and money are added; shares and rates are not. A place that is a part of another counted
place is not added again. What is left out is named in the total's reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison import intervals as iv
from analysis.comparison.boundaries import ancestors, lives
from analysis.comparison.change import with_change
from analysis.comparison.composed import parts_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.language.periods import Period

SERIES = ["indicator", "series", "dimension"]
_ADDABLE = ["stock", "flow", "cumulative"]
_JUDGED = ["up", "down", "unchanged", "uncertain"]


def total_rows(
    rows: pd.DataFrame,
    observations: pd.DataFrame,
    places: pd.DataFrame,
    indicators: pd.DataFrame,
    periods: tuple[Period, Period],
) -> pd.DataFrame:
    """Make the total row of each series and dimension from the rows of its places.

    Parameters
    ----------
    rows : judged rows of places, from `analysis.comparison.compare`.
    observations, places, indicators : tables of the project.
    periods : period and baseline.

    Returns
    -------
    The same columns as `rows`, with coverage, baseline_coverage, common_places, left_out (the
    place_ids that are not added) and more_code, a second reason.
    """
    import numpy as np
    import pandas as pd

    rows = _addable(rows, indicators)
    group = rows.groupby(SERIES, dropna=False, sort=True).ngroup().to_numpy()
    count = int(group.max()) + 1 if len(group) else 0
    above = ancestors(places)
    added = _of_one_basis(rows, group)
    rows = rows.assign(_group=group, _added=added, _common=_without_parts(rows, group, added, above))
    common = rows[rows["_common"]]
    totals = rows.drop_duplicates("_group").sort_values("_group")[[*SERIES, "_group"]].reset_index(drop=True)
    where = common["_group"].to_numpy()
    first = common.drop_duplicates("_group").set_index("_group")
    for name in ("basis", "basis_b", "since", "since_b", "scope", "scope_b", "unit", "unit_b"):
        totals[name] = totals["_group"].map(first[name]).astype("string")
    seen = (
        rows.assign(_unit=rows["unit"].fillna(rows["unit_b"])).drop_duplicates("_group").set_index("_group")
    )
    totals["unit"] = totals["unit"].fillna(totals["_group"].map(seen["_unit"]))
    some = np.bincount(where, minlength=count)
    for ending in ("", "_b"):
        parts = iv.intervals(*(common[name + ending] for name in ("value", "low", "high")))
        sums = iv.total(parts, where, count)
        for name in ("value", "low", "high"):
            totals[name + ending] = iv.nullable(np.where(some > 0, getattr(sums, name), np.nan))
        ids = common.groupby("_group")["figure_ids" + ending].agg(";".join)
        totals["figure_ids" + ending] = totals["_group"].map(ids).astype("string")
    totals = with_change(totals, some > 0)
    totals["common_places"] = pd.array(some, dtype="Int64")
    for name, side, period in zip(("coverage", "baseline_coverage"), ("here", "there"), periods, strict=True):
        own = rows[rows[side] & ~rows["composed" if side == "here" else "composed_b"]]
        totals[name] = _coverage(own, count, observations, places, period)
    totals = _explained(totals, _not_inside(rows, common, places)).assign(
        derived=totals["_group"].map(_listed(common, "derived")).astype("string"),
        entered=totals["_group"].isin(common.loc[common["entered"], "_group"]).astype("boolean"),
    )
    return totals.assign(place_id=pd.array([None] * len(totals), dtype="string")).drop(columns="_group")


def _listed(common: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Join, total by total, the different words of a column."""
    said = common[common[name].notna()]
    return said.groupby("_group")[name].agg(
        lambda words: ";".join(sorted({word for cell in words for word in cell.split(";")}))
    )


def _not_inside(rows: pd.DataFrame, common: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Leave out the parts of composed places: their numbers are in the total already."""
    import pandas as pd

    made = common.loc[
        (common["composed"] | common["composed_b"]).to_numpy(dtype=bool), ["_group", "place_id"]
    ]
    if made.empty:
        return rows
    known = lives(places)
    parts = [(g, p) for g, whole in made.itertuples(index=False) for p in parts_of(known[whole], known)]
    inside = pd.MultiIndex.from_tuples(parts)
    return rows[~pd.MultiIndex.from_frame(rows[["_group", "place_id"]]).isin(inside)]


def _addable(rows: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    basis = rows["basis"].fillna(rows["basis_b"])
    ratios = indicators.loc[indicators["kind"].isin(["share", "rate"]), "id"]
    keep = basis.isin(_ADDABLE) & (rows["dimension"] != "percent") & ~rows["indicator"].isin(ratios)
    return rows[keep.to_numpy(dtype=bool)].reset_index(drop=True)


def _of_one_basis(rows: pd.DataFrame, group: Any) -> Any:
    """Mark the rows that can be added: judged, and of the commonest basis of their series."""
    import pandas as pd

    judged = rows["verdict"].isin(_JUDGED).to_numpy(dtype=bool)
    kind = rows["basis"].fillna("") + "|" + rows["since"].fillna("") + "|" + rows["since_b"].fillna("")
    table = pd.DataFrame({"group": group, "kind": kind, "judged": judged})
    counts = table[judged].groupby(["group", "kind"]).size().reset_index(name="n")
    counts = counts.sort_values(["group", "n", "kind"], ascending=[True, False, True]).drop_duplicates(
        "group"
    )
    chosen = table["group"].map(counts.set_index("group")["kind"])
    return judged & (table["kind"] == chosen).fillna(value=False).to_numpy(dtype=bool)


def _without_parts(rows: pd.DataFrame, group: Any, added: Any, above: list[tuple[str, str]]) -> Any:
    """Unmark the rows of places that are a part of another marked one: the whole's number has them."""
    import numpy as np
    import pandas as pd

    common = added.copy()
    if not above:
        return common
    counted = pd.DataFrame({"group": group, "place_id": rows["place_id"], "row": np.arange(len(rows))})[
        common
    ]
    parts = counted.merge(pd.DataFrame(above, columns=["place_id", "above"]), on="place_id")
    whole = counted.rename(columns={"place_id": "above"})[["group", "above"]]
    inside = parts.merge(whole, on=["group", "above"])["row"].unique()
    common[inside] = False
    return common


def _coverage(
    present: pd.DataFrame, count: int, observations: pd.DataFrame, places: pd.DataFrame, period: Period
) -> Any:
    """Count, series by series, the places that state it, of those that report at all and exist then.

    Places that contain other reporting places are not expected: a figure of theirs covers their parts.
    """
    import numpy as np
    import pandas as pd

    known = lives(places)
    reporting = set(observations["place_id"].unique())
    if "reports" in places and (places["reports"] > 0).any():
        reporting &= set(places.loc[places["reports"] > 0, "place_id"])
    above = ancestors(places)
    wholes = {whole for part, whole in above if part in reporting}
    expected = {p for p in reporting - wholes if p not in known or known[p].exists_in(period)}
    covers = [(p, p) for p in expected] + [(whole, part) for part, whole in above if part in expected]
    table = pd.DataFrame(sorted(covers), columns=["place_id", "leaf"], dtype="string")
    met = present[["_group", "place_id"]].merge(table, on="place_id", how="left")
    covered = met.dropna(subset="leaf").drop_duplicates(["_group", "leaf"])
    outside = met[met["leaf"].isna()]
    if above:
        parts = dict.fromkeys(part for part, whole in above if whole in expected | wholes)
        outside = outside[~outside["place_id"].isin(list(parts))]
    stated = np.bincount(covered["_group"], minlength=count)
    more = np.bincount(outside.drop_duplicates()["_group"], minlength=count)
    return pd.array(
        [f"{s + m}/{len(expected) + m}" for s, m in zip(stated, more, strict=True)], dtype="string"
    )


def _explained(totals: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Give verdict and reason code: what is left out, and whether the sum is vague."""
    import numpy as np
    import pandas as pd

    # What can be compared, but is on another basis than the others, is not added either.
    left = rows[~rows["_added"]].groupby("_group")["place_id"].agg(lambda ids: ";".join(sorted(set(ids))))
    absent = rows[rows["verdict"] == "missing"]["_group"].unique()
    empty = (totals["common_places"] == 0).to_numpy(dtype=bool)
    left_out = totals["_group"].map(left)
    partial = left_out.notna().to_numpy(dtype=bool) & ~empty
    vague = (totals["verdict"] == "uncertain").to_numpy(dtype=bool) & ~empty
    missing = totals["_group"].isin(absent).to_numpy(dtype=bool)
    verdict = np.where(empty, np.where(missing, "missing", "not_comparable"), totals["verdict"])
    code = np.select([empty, partial, vague], ["no_common", "partial", "vague"], default="")
    more = pd.Series("vague", index=totals.index, dtype="string").where(partial & vague)
    return totals.assign(
        verdict=verdict,
        reason_code=pd.Series(code, index=totals.index).astype("string").mask(code == ""),
        left_out=left_out.astype("string"),
        more_code=more,
        here=True,
        there=True,
        other=pd.array([None] * len(totals), dtype="Int64"),
    )
