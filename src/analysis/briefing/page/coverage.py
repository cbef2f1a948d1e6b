"""Which place reported when: the grid of a page, each cell leading to the figures of its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.naming import records
from analysis.comparison.expected import expected_reports

if TYPE_CHECKING:
    from analysis.briefing.page.evidence import Evidence
    from analysis.tables import Tables

_MOST = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a period: received, late, missing or none; how many figures its newest report has."""

    state: str
    figures: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid: labels of its periods, and a name and cells a place; `earlier` periods are not shown."""

    periods: tuple[str, ...]
    places: tuple[tuple[str, tuple[Cell, ...]], ...]
    earlier: int


def grid(tables: Tables, place_names: Mapping[str, str], evidence: Evidence) -> Grid:
    """Make the grid of places and periods.

    Parameters
    ----------
    tables : the tables of a project; where `expected` is empty it is made from the reports.
    place_names : names by place_id, in their order.
    evidence : the figures of the page.
    """
    expected = tables.expected
    if expected.empty:
        expected = expected_reports(tables.reports, tables.places)
    cells = {(row["place_id"], row["period"]): row for row in records(expected)}
    periods = sorted({period for _, period in cells})
    shown = periods[-_MOST:]
    rows = _rows(evidence)
    order = {report: number for number, report in enumerate(tables.reports["report_id"])}
    met = {place for place, period in cells if period in shown}
    places = [place for place in place_names if place in met]
    return Grid(
        tuple(shown),
        tuple(
            (
                place_names[place],
                tuple(_cell(cells.get((place, period)), order, rows) for period in shown),
            )
            for place in places
        ),
        len(periods) - len(shown),
    )


def _rows(evidence: Evidence) -> dict[int, list[int]]:
    """Give the rows of each report's figures, without those that repeat another."""
    again = set(evidence.data["again"])
    found: dict[int, list[int]] = {}
    for row, report in enumerate(evidence.data["reports"]):
        if row not in again:
            found.setdefault(report, []).append(row)
    return found


def _cell(row: Mapping[str, Any] | None, order: Mapping[str, int], rows: Mapping[int, list[int]]) -> Cell:
    if row is None:
        return Cell("none", 0, ())
    stated = tuple(rows.get(order.get(row["report_id"], -1), ())) if row["report_id"] else ()
    return Cell(row["state"], len(stated), stated)
