"""Flows that no report states as such, but that others give: differences of running totals, sums of months.

A running total since January is not the number of a month. The month's is the difference of two running
totals of one start, where both are there; that of a longer span is the sum of its months, where all are.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from analysis.comparison import intervals as iv
from analysis.comparison.observations import since_days
from analysis.language.periods import period_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analysis.language.periods import Period

_KEY = ["indicator", "series", "dimension", "place_id", "scope"]
_NUMBERS = ("value", "low", "high")


def with_flows(side: pd.DataFrame, observations: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Add to the observations of a period the flows that can be derived for it.

    Parameters
    ----------
    side : observations of the period, from `analysis.comparison.selection.in_period`.
    observations : the table `observations`.
    period : the period.

    Returns
    -------
    The same rows with the column `derived`: null, or differenced or summed for rows that are added. Nothing
    is added where the flow is stated. A running total that starts and ends with the period is its flow.
    """
    import pandas as pd

    side = side.assign(derived=pd.array([None] * len(side), dtype="string"))
    rows = _counted(observations)
    for found in (_spanning(rows, period), _differenced(rows, period), _summed(rows, period)):
        if len(found):
            flows = side.loc[side["basis"] == "flow", _KEY].drop_duplicates()
            fresh = found.merge(flows, on=_KEY, how="left", indicator=True)
            fresh = fresh[fresh["_merge"] == "left_only"].drop(columns="_merge")
            side = pd.concat(
                [side, fresh.reindex(columns=side.columns).astype(side.dtypes)], ignore_index=True
            )
    return side


def _counted(observations: pd.DataFrame) -> pd.DataFrame:
    """Give the newest flows and running totals, with the first day they count from and their last day."""
    taken = observations["is_latest"] & observations["basis"].isin(["flow", "cumulative"])
    rows = observations[taken.to_numpy(dtype=bool)]
    first = rows["period_start"].astype("string")
    running = (rows["basis"] == "cumulative").to_numpy(dtype=bool)
    return rows.assign(
        _from=first.mask(running, since_days(rows["since"])), _to=rows["period_end"].astype("string")
    )


def _ending(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """Give the rows that end on a day: of one start, the one that is stated as a flow."""
    found = rows[rows["_to"] == day.isoformat()].sort_values("basis", ascending=False, kind="stable")
    return found.drop_duplicates([*_KEY, "_from"])


def _spanning(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    same = (rows["_from"] == period.start.isoformat()) & (rows["basis"] == "cumulative")
    return _as_flows(_ending(rows[same.to_numpy(dtype=bool)], period.end), period, None)


def _differenced(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    before = _ending(rows, period.start - timedelta(1))
    # Half a year less its first quarter is the second one, whether they are called running totals or not.
    ends = _ending(rows[(rows["_from"] < period.start.isoformat()).fillna(value=False)], period.end)
    both = ends.merge(before, on=[*_KEY, "_from"], suffixes=("", "_b"))
    if both.empty:
        return both
    change = iv.subtract(*(iv.intervals(*(both[n + e] for n in _NUMBERS)) for e in ("", "_b")))
    # What was done cannot be less than nothing: a vague start does not make it so.
    sure = change.high >= 0
    numbers: dict[str, Any] = {name: iv.nullable(getattr(change, name)) for name in _NUMBERS}
    both = both.assign(
        **numbers,
        figure_ids=both["figure_ids"] + ";" + both["figure_ids_b"],
        origin=both["origin"].mask(both["origin_b"] == "entered", "entered"),
    )
    return _as_flows(both[sure].sort_values("_from", kind="stable"), period, "differenced")


def _summed(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    import numpy as np

    months = _months(period)
    flows = rows[(rows["basis"] == "flow") & rows["period"].isin(months)]
    if len(months) < 2 or flows.empty:
        return flows.iloc[:0]
    group = flows.groupby(_KEY, dropna=False, sort=True).ngroup().to_numpy()
    count = int(group.max()) + 1
    parts = iv.intervals(*(flows[name] for name in _NUMBERS))
    sums = iv.total(parts, group.astype("int64"), count)
    made = flows.assign(_group=group).sort_values(["_group", "period_start"], kind="stable")
    joined = made.groupby("_group")["figure_ids"].agg(";".join)
    entered = made.groupby("_group")["origin"].agg(lambda of: "entered" if "entered" in set(of) else "report")
    made = made.drop_duplicates("_group").sort_values("_group")
    numbers: dict[str, Any] = {name: iv.nullable(getattr(sums, name)) for name in _NUMBERS}
    made = made.assign(figure_ids=joined.to_numpy(), origin=entered.to_numpy(), **numbers)
    whole = np.bincount(group, minlength=count) == len(months)
    return _as_flows(made[whole], period, "summed")


def _months(period: Period) -> list[str]:
    """List the months of a period that is made of whole ones, else nothing."""
    found, month = [], period_of(period.start, "month")
    if month.start != period.start:
        return []
    while month.end <= period.end:
        found.append(month.label)
        if month.end == period.end:
            return found
        month = period_of(month.end + timedelta(1), "month")
    return []


def _as_flows(rows: pd.DataFrame, period: Period, derived: str | None) -> pd.DataFrame:
    rows = rows.drop_duplicates(_KEY)
    return rows.assign(
        basis="flow", since=None, period=period.label, period_start=period.start, period_end=period.end,
        period_kind=period.kind, derived=derived,
    )  # fmt: skip
