"""The sentences that figures come from, each with its figure marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.naming import records

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.naming import Naming

_NEEDED = ["figure_id", "report_id", "start", "text", "sentence", "indicator", "place_id", "period"]


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence in three parts, the middle one being the figure, and where it stands."""

    figure_id: str
    before: str
    figure: str
    after: str
    place: str
    period: str
    path: str


def ids_of(comparisons: pd.DataFrame) -> set[str]:
    """Give the figure_ids behind a comparison, of period and baseline."""
    cells = [
        cell
        for column in ("figure_ids", "baseline_figure_ids")
        if column in comparisons
        for cell in comparisons[column].dropna()
    ]
    return {figure for cell in cells for figure in str(cell).split(";")}


def sources(
    figures: pd.DataFrame, reports: pd.DataFrame, wanted: set[str], names: Naming
) -> dict[str, list[Source]]:
    """Collect the sentences of some figures, by indicator, in order of place and period.

    Parameters
    ----------
    figures, reports : the tables of these names.
    wanted : figure_ids.
    names : names and locale.
    """
    paths = dict(zip(reports["report_id"], reports["path"], strict=True))
    marked = figures[figures["figure_id"].isin(wanted) & figures["indicator"].notna()]
    # Of several equal texts in one sentence, the n-th figure is the n-th of them.
    around: pd.DataFrame = figures[figures["report_id"].isin(marked["report_id"])].sort_values("start")
    seen: Counter[tuple[Any, ...]] = Counter()
    nth: dict[str, int] = {}
    for row in records(around[_NEEDED]):
        key = (row["report_id"], row["sentence"], row["text"])
        nth[row["figure_id"]] = seen[key]
        seen[key] += 1
    order = {name: number for number, name in enumerate(names.indicators)}
    rows = records(marked[_NEEDED])
    rows.sort(key=lambda row: (order.get(row["indicator"], len(order)), row["indicator"]))
    found: dict[str, list[Source]] = {}
    for row in rows:
        found.setdefault(row["indicator"], []).append(_source(row, nth[row["figure_id"]], paths, names))
    for listed in found.values():
        listed.sort(key=lambda source: (source.place, source.period, source.path, source.figure_id))
    return found


def _source(row: dict[str, Any], number: int, paths: dict[str, str], names: Naming) -> Source:
    sentence, text = row["sentence"] or row["text"], row["text"]
    at = -1
    for _ in range(number + 1):
        at = sentence.find(text, at + 1)
        if at < 0:
            break
    if at < 0:
        at = sentence.find(text)
    before, figure, after = (
        (sentence[:at], text, sentence[at + len(text) :]) if at >= 0 else (f"{sentence} ", text, "")
    )
    return Source(
        figure_id=row["figure_id"], before=before, figure=figure, after=after,
        place=names.place(row["place_id"]) if row["place_id"] else "", period=row["period"] or "",
        path=paths.get(row["report_id"], ""),
    )  # fmt: skip
