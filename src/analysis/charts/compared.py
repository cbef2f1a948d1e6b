"""The comparison that a title is made from: a given one where it fits, else worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.charts.naming import records
from analysis.comparison.compare import compare_observations
from analysis.comparison.selection import in_period

if TYPE_CHECKING:
    import pandas as pd

    from analysis.language.periods import Period

_SERIES = ("indicator", "series", "dimension")


def last_period(until: str | None, comparisons: pd.DataFrame | None) -> str | None:
    """Give the last period of a chart: the one asked for, else that of the comparison."""
    if until is None and comparisons is not None and len(comparisons):
        return str(comparisons["period"].iloc[0])
    return until


def compared_rows(
    observations: pd.DataFrame,
    comparisons: pd.DataFrame | None,
    slots: list[Period],
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str,
) -> list[dict[str, Any]]:
    """Give rows of `comparisons` about the last of some periods.

    Parameters
    ----------
    observations : the observations that are drawn.
    comparisons : used where it has the last period; else that is compared with the one before.
    slots : the periods of the chart.
    indicators, places, locale : as for the charts.

    Returns
    -------
    The rows as dicts; none where there is nothing to compare.
    """
    if comparisons is not None:
        fitting = comparisons[comparisons["period"] == slots[-1].label]
        if len(fitting):
            return records(fitting[fitting["indicator"].isin(observations["indicator"].unique())])
    if len(slots) == 1 or isinstance(indicators, Mapping):
        return []
    period, baseline = slots[-1], slots[-2]
    if in_period(observations, period).empty:
        return []
    return records(
        compare_observations(
            observations, period=period, baseline=baseline, places=places, indicators=indicators,
            locale=locale, allow_empty_baseline=True,
        )
    )  # fmt: skip
