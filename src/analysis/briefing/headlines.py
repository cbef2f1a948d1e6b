"""The sentences of a briefing: one a total, with its uncertainty and its coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts.findings import coverage_words, finding, reported
from analysis.charts.naming import naming, records
from analysis.charts.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.charts.naming import Naming

_PACKAGE = "analysis.briefing"
_JUDGED = ("up", "down", "unchanged", "uncertain")
_TYPES = {
    "sentence": "string", "indicator": "string", "verdict": "string", "value": "Float64", "change": "Float64",
    "percent": "Float64", "coverage": "string", "figure_ids": "string",
}  # fmt: skip


def headlines(
    comparisons: pd.DataFrame,
    *,
    indicators: pd.DataFrame | Mapping[str, Any],
    places: pd.DataFrame,
    locale: str = "zh-Hant",
    limit: int = 8,
) -> pd.DataFrame:
    """Say the totals of a comparison in sentences, those that changed most first.

    Parameters
    ----------
    comparisons : the table `comparisons`.
    indicators, places : the tables of these names.
    locale : zh-Hant, zh-Hans or en.
    limit : most sentences.

    Returns
    -------
    One row a sentence: sentence, indicator, verdict, value, change, percent, coverage, figure_ids.
    """
    import pandas as pd

    names = naming(indicators, places, locale)
    totals = records(comparisons[comparisons["row_kind"] == "total"])
    judged = [row for row in totals if row["verdict"] in _JUDGED]
    order = {name: number for number, name in enumerate(names.indicators)}
    judged.sort(key=lambda row: (*_weight(row), order.get(row["indicator"], len(order)), row["series"] or ""))
    rows = [
        {"sentence": _sentence(row, names)} | {name: row.get(name) for name in _TYPES if name != "sentence"}
        for row in _one_each(judged)[:limit]
    ]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


def _weight(row: dict[str, Any]) -> tuple[int, int, bool, float]:
    """Rank a row: certain before uncertain, then known by more places, plain series, the larger change."""
    places = -(row["common_places"] or 0)
    certain = 0 if row["verdict"] in {"up", "down"} else 1
    return certain, places, row["series"] is not None, -abs(row["percent"] or 0.0)


def _one_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first row of each series: its best known dimension."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in rows:
        found.setdefault((row["indicator"], row["series"]), row)
    return list(found.values())


def _sentence(row: dict[str, Any], names: Naming) -> str:
    fields = {"sentence": finding(row, names), "coverage": coverage_words(*reported(row), names)}
    return say("headlines.with_coverage", names.locale, package=_PACKAGE, **fields)
