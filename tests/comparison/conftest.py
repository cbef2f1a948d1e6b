"""A small world of places, reports and figures to compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from analysis.comparison import compare_observations, observe
from analysis.language.periods import parse_period
from analysis.tables.schema import check, conform

if TYPE_CHECKING:
    import pandas as pd

INDICATORS = {
    "households": "stock",
    "population": "stock",
    "garbage_removed": "flow",
    "event_attendees": "flow",
    "coverage_rate": "share",
    "money_invested": "money",
}


@dataclass
class World:
    """Collects reports and figures, and gives the tables made of them."""

    reports: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)

    def place(self, place_id: str, **fields: Any) -> None:
        """Put a place on the list of places."""
        self.places[place_id] = {"place_id": place_id, "place": place_id, "origin": "register"} | fields

    def report(self, place: str, period: str | None, **fields: Any) -> str:
        """Receive a report and give its report_id."""
        if place not in self.places:
            self.place(place)
        span = parse_period(period) if period else None
        report_id = f"r{len(self.reports):03d}"
        self.reports.append(
            {
                "report_id": report_id,
                "path": f"{period}/{len(self.reports):03d}.txt",
                "place_id": place,
                "period": period,
                "period_start": span.start if span else None,
                "period_end": span.end if span else None,
                "period_kind": span.kind if span else None,
                "is_latest": True,
            }
            | fields
        )
        return report_id

    def figure(self, report_id: str, indicator: str, value: float | None, **fields: Any) -> str:
        """Let a report state a figure and give its figure_id."""
        report = next(row for row in self.reports if row["report_id"] == report_id)
        period = fields.get("period", report["period"] or "2026-01")
        span = parse_period(period)
        factor = fields.pop("factor", 1.0)
        figure_id = f"f{len(self.figures):03d}"
        self.figures.append(
            {
                "figure_id": figure_id,
                "report_id": report_id,
                "start": len(self.figures),
                "end": len(self.figures) + 1,
                "text": "1户",
                "indicator": indicator,
                "value": value,
                "low": value,
                "high": value,
                "approx": "exact",
                "unit": "户",
                "dimension": "count of 户",
                "value_base": None if value is None else value * factor,
                "unit_base": "户",
                "role": "actual",
                "period": period,
                "period_start": span.start,
                "period_end": span.end,
                "place_id": report["place_id"],
                "place_source": "report",
            }
            | fields
        )
        return figure_id

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give the tables as far as the observations."""
        import pandas as pd

        kinds = [{"id": name, "kind": kind, "origin": "package"} for name, kind in INDICATORS.items()]
        about = {place: sum(row["place_id"] == place for row in self.reports) for place in self.places}
        rows = [row | {"reports": about[place]} for place, row in self.places.items()]
        made = {
            "places": conform(pd.DataFrame(rows), "places"),
            "indicators": conform(pd.DataFrame(kinds), "indicators"),
            "reports": conform(pd.DataFrame(self.reports), "reports"),
            "figures": conform(pd.DataFrame(self.figures), "figures"),
        }
        made["observations"] = check(
            observe(**{k: made[k] for k in ("figures", "reports", "places", "indicators")}), "observations"
        )
        return made

    def observations(self) -> pd.DataFrame:
        """Give the observations alone."""
        return self.tables()["observations"]

    def compared(self, period: str, baseline: str, **options: Any) -> pd.DataFrame:
        """Give the comparison of two periods, checked against its schema."""
        made = self.tables()
        found = compare_observations(
            made["observations"],
            period=period,
            baseline=baseline,
            places=made["places"],
            indicators=made["indicators"],
            **options,
        )
        return check(found, "comparisons")

    def row(self, period: str, baseline: str, place: str | None, **options: Any) -> dict[str, Any]:
        """Give the one row of a place, or the total row where place is None, with None for missing."""
        dimension = options.pop("dimension", None)
        rows = self.compared(period, baseline, **options)
        rows = rows[rows["place_id"].isna() if place is None else rows["place_id"] == place]
        rows = rows if dimension is None else rows[rows["dimension"] == dimension]
        assert len(rows) == 1
        return _plain(rows)


def _plain(rows: pd.DataFrame) -> dict[str, Any]:
    return dict(rows.astype(object).where(rows.notna(), None).iloc[0])


@pytest.fixture
def world() -> World:
    """Give an empty world."""
    return World()
