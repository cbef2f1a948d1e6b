"""Observations as a wide table: place and indicator down, periods across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

INDEX = ["place_id", "indicator", "series", "unit", "basis"]
_KINDS = ("year", "half", "quarter", "month", "week", "day")
_VALUES = ("value", "low", "high")
# Levels and ratios that are dated by a day belong to the period around that day.
_DATED = ["stock", "cumulative", "rate", "share", "target"]


def pivot(
    observations: pd.DataFrame,
    values: str = "value",
    *,
    indicator: str | Sequence[str] | None = None,
    place: str | Sequence[str] | None = None,
    period_kind: str | None = None,
    basis: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Spread the newest observations out by period.

    Parameters
    ----------
    observations : the table `observations`.
    values : "value", "low" or "high".
    indicator, place, basis : keep only these; place is a place_id. Without a basis, all but targets.
    period_kind : "month", "year" …; the commonest of the observations without it. A stock stands in the
        period that its day lies in (the latest inside counts), a flow only in its own period.

    Returns
    -------
    Rows by place_id, indicator, series, unit and basis; a column a period, in order; missing stays <NA>.

    Errors
    ------
    UsageError where `values` or `period_kind` is not one of the known words.

    Examples
    --------
    >>> from analysis.tables.schema import empty
    >>> pivot(empty("observations")).shape
    (0, 0)
    """
    import pandas as pd

    if values not in _VALUES:
        raise UsageError(f"unknown values {values}", todo="use one of " + ", ".join(_VALUES))
    if period_kind is not None and period_kind not in _KINDS:
        raise UsageError(f"unknown kind of period {period_kind}", todo="use one of " + ", ".join(_KINDS))
    rows = observations[observations["is_latest"]]
    rows = rows[rows["basis"] != "target"] if basis is None else _only(rows, "basis", basis)
    rows = _only(_only(rows, "indicator", indicator), "place_id", place)
    rows = _in_periods(rows, period_kind or _commonest(rows))
    # One cell a period: the latest day inside it, and of running totals the one that began last.
    rows = rows.sort_values([*INDEX, "_column", "period_end", "period_start", "since"], na_position="first")
    rows = rows.drop_duplicates([*INDEX, "_column"], keep="last")
    index = rows[INDEX].drop_duplicates()
    wide = pd.DataFrame(index=pd.MultiIndex.from_frame(index))
    code = rows.groupby(INDEX, dropna=False, sort=False).ngroup()
    for label in sorted(rows["_column"].unique()):
        at = rows["_column"] == label
        cells = pd.Series(rows.loc[at, values].array, index=code[at].array)
        wide[label] = cells.reindex(range(len(index))).astype("Float64").array
    return wide


def _only(rows: pd.DataFrame, column: str, wanted: str | Sequence[str] | None) -> pd.DataFrame:
    if wanted is None:
        return rows
    return rows[rows[column].isin([wanted] if isinstance(wanted, str) else list(wanted))]


def _commonest(rows: pd.DataFrame) -> str:
    counts = rows["period_kind"].value_counts()
    regular = [kind for kind in _KINDS[:-1] if kind in counts.index]
    return max(regular, key=lambda kind: (counts[kind], -_KINDS.index(kind)), default="day")


def _in_periods(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Give each row the label of the period of this kind that it belongs to; leave the others out."""
    from analysis.language.periods import period_of

    own = (rows["period_kind"] == kind).to_numpy(dtype=bool)
    dated: Any = rows["basis"].isin(_DATED).to_numpy(dtype=bool) & ~own
    last = rows["period_end"].astype("datetime64[s]")
    inside = {day: period_of(day.date(), kind) for day in last[dated].unique()}
    label = last.map({day: period.label for day, period in inside.items()}).astype("string")
    begins = last.map({day: period.start.isoformat() for day, period in inside.items()}).astype("string")
    # A running total may begin anywhere; every other one has to lie within the period.
    within = (rows["period_start"].astype("string") >= begins).fillna(value=False) | (
        rows["basis"] == "cumulative"
    )
    label = label.where(dated & within.to_numpy(dtype=bool)).mask(own, rows["period"])
    placed = rows.assign(_column=label)
    return placed[placed["_column"].notna()]
