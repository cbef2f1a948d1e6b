"""All tables of a project, held together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from analysis.tables.schema import empty

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a project; `texts` are the reports' texts by report_id, which offsets point into."""

    reports: pd.DataFrame
    figures: pd.DataFrame
    observations: pd.DataFrame
    comparisons: pd.DataFrame
    indicators: pd.DataFrame
    places: pd.DataFrame
    unreadable: pd.DataFrame
    findings: pd.DataFrame = field(default_factory=lambda: empty("findings"))
    revisions: pd.DataFrame = field(default_factory=lambda: empty("revisions"))
    expected: pd.DataFrame = field(default_factory=lambda: empty("expected"))
    texts: Mapping[str, str] = field(default_factory=dict)

    def named(self) -> dict[str, pd.DataFrame]:
        """Give the tables by name."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name != "texts"}
