"""Which observations belong to a period, and which periods a comparison takes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.language.periods import (
    Period,
    parse_period,
    previous_period,
    range_period,
    same_period_last_year,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_GROUP = ["indicator", "series", "dimension", "place_id", "basis", "scope", "since"]
# A day dates a level and a range is a special case: neither is what reports come in.
REGULAR = ("year", "half", "quarter", "month", "week")
_LISTED = 12
BASELINES = ("previous", "last-year", "year-to-date")


def as_period(period: str | Period) -> Period:
    """Give a period from its label, or back if it is one already."""
    return parse_period(period) if isinstance(period, str) else period


def in_period(observations: pd.DataFrame, period: str | Period) -> pd.DataFrame:
    """Give the newest observations that belong to a period, one for each series, place and basis.

    A flow belongs where its period is that period; a stock and a cumulative number where it is the latest
    inside; a rate, a share or a target where its period is that period or a day inside.

    Parameters
    ----------
    observations : the table `observations`.
    period : a period or its label.
    """
    return in_periods(observations, [period])[0]


def in_periods(observations: pd.DataFrame, periods: Sequence[str | Period]) -> list[pd.DataFrame]:
    """Give what `in_period` gives for each of some periods, at hardly more cost than for one."""
    import numpy as np

    rows = observations[observations["is_latest"]]
    start = rows["period_start"].astype("datetime64[s]").to_numpy()
    end = rows["period_end"].astype("datetime64[s]").to_numpy()
    basis = rows["basis"].to_numpy(dtype=object)
    stock, cumulative = basis == "stock", basis == "cumulative"
    day = np.isin(basis, ["rate", "share", "target"]) & (start == end)
    found = []
    for period in periods:
        wanted = as_period(period)
        first, last = np.datetime64(wanted.start), np.datetime64(wanted.end)
        ends_inside = (end >= first) & (end <= last)
        inside = ((stock & (start >= first)) | cumulative | day) & ends_inside
        places = np.flatnonzero(((start == first) & (end == last)) | inside)
        of_period = rows.iloc[places]
        group = of_period.groupby(_GROUP, dropna=False, sort=False).ngroup().to_numpy()
        order = np.lexsort((start[places], end[places], group))
        newest = np.r_[group[order][1:] != group[order][:-1], True] if len(order) else np.zeros(0, dtype=bool)
        found.append(of_period.iloc[np.sort(order[newest])].reset_index(drop=True))
    return found


def known_periods(table: pd.DataFrame) -> list[str]:
    """List the labels of a table's periods in order, targets aside.

    Parameters
    ----------
    table : the table `reports` or `observations`.
    """
    return list(dict.fromkeys(_dated(table).sort_values(["period_end", "period_start"])["period"]))


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["period"].notna()]
    return rows[rows["basis"] != "target"] if "basis" in rows else rows


def default_periods(table: pd.DataFrame, observations: pd.DataFrame | None = None) -> tuple[str, str]:
    """Choose the newest period of the commonest kind, and as baseline the one before it in the data.

    Parameters
    ----------
    table : the table `reports` (its kinds of period are counted) or `observations`.
    observations : with them, only periods for which something other than a target is stated are chosen:
        a yearly report of 2019 states the results of 2018.

    Returns
    -------
    The labels of period and baseline. With a single period in the data the baseline is the one before it
    in the calendar.

    Errors
    ------
    UsageError where nothing has a date.
    """
    rows = _dated(table)
    if rows.empty:
        raise UsageError(
            "no report has a date",
            where=str("observations" if "basis" in table else "reports"),
            todo="name a period in data/raw/manifest.csv or in the folder, such as data/raw/2026-08/",
        )
    kinds = rows["period_kind"]
    regular = kinds[kinds.isin(REGULAR)]
    counts = (regular if len(regular) else kinds).value_counts()
    kind = min(counts.index[counts == counts.max()], key=[*REGULAR, "day", "range"].index)
    stated = rows if observations is None else _dated(observations)
    # A month that is still to come may be named in a report, but none is about it.
    of_kind = stated[(stated["period_kind"] == kind) & (stated["period_end"] <= rows["period_end"].max())]
    newest = known_periods(of_kind if len(of_kind) else rows[kinds == kind])[-1]
    return newest, default_baseline(newest, stated)


def default_baseline(period: str | Period, table: pd.DataFrame) -> str:
    """Choose the period before a period: of its kind and in the data, else the one before it in the calendar.

    Parameters
    ----------
    period : a period or its label.
    table : the table `reports` or `observations`.
    """
    wanted = as_period(period)
    rows = _dated(table)
    earlier = rows[(rows["period_kind"] == wanted.kind) & (rows["period_end"] < wanted.start)]
    labels = known_periods(earlier)
    return labels[-1] if labels else previous_period(wanted).label


def against(period: Period, baseline: Period, observations: pd.DataFrame) -> str:
    """Say what a baseline is to a period.

    Returns
    -------
    previous (the period of its kind before it, in the calendar or in the data), year_to_date (both begin
    with a year, which is not over), last_year (the same period of the year before), else chosen.
    """
    begins = (period.start.month, period.start.day) == (1, 1)
    last = same_period_last_year(period)
    if (baseline.start, baseline.end) == (last.start, last.end) and period.kind != "year":
        return "year_to_date" if begins and period.kind == "range" else "last_year"
    if baseline.label in (previous_period(period).label, default_baseline(period, observations)):
        return "previous"
    return "chosen"


def named_baseline(period: str | Period, word: str, table: pd.DataFrame) -> tuple[str, str]:
    """Give the labels of period and baseline for one of the words of `BASELINES`, or a baseline's label.

    Parameters
    ----------
    period : a period or its label.
    word : previous, last-year, year-to-date, or a label.
    table : the table `reports` or `observations`.

    Examples
    --------
    >>> import pandas as pd
    >>> named_baseline("2026-08", "year-to-date", pd.DataFrame())
    ('2026-01..2026-08', '2025-01..2025-08')
    """
    now = as_period(period)
    if word == "previous":
        return now.label, default_baseline(now, table)
    if word == "last-year":
        return now.label, same_period_last_year(now).label
    if word == "year-to-date":
        now = range_period(now.start.replace(month=1, day=1), now.end)
        return now.label, same_period_last_year(now).label
    return now.label, word


def no_data(period: Period, observations: pd.DataFrame) -> UsageError:
    """Make the error for a period in which nothing is stated, naming periods that have data."""
    regular = observations[observations["period_kind"].isin(REGULAR)]
    known = known_periods(regular if len(regular) else observations)
    if not known:
        return UsageError(
            f"no data for the period {period.label}",
            seen="no report with a place, a period and a figure",
            todo="give the reports' places and periods in data/raw/manifest.csv",
        )
    listed = ", ".join(known[-_LISTED:])
    return UsageError(
        f"no data for the period {period.label}",
        todo=f"use one that exists: {listed}" + (" (the newest)" if len(known) > _LISTED else ""),
    )
