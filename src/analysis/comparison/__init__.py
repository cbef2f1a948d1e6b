"""Period against period: what was stated, what may be compared, and what may be claimed."""

from analysis.comparison.compare import compare_observations
from analysis.comparison.expected import expected_reports
from analysis.comparison.observations import known_since, observe
from analysis.comparison.register import Place, Register, load_register, places_table
from analysis.comparison.revisions import find_revisions
from analysis.comparison.selection import (
    BASELINES,
    default_baseline,
    default_periods,
    in_period,
    known_periods,
    named_baseline,
)

__all__ = [
    "BASELINES",
    "Place",
    "Register",
    "compare_observations",
    "default_baseline",
    "default_periods",
    "expected_reports",
    "find_revisions",
    "in_period",
    "known_periods",
    "known_since",
    "load_register",
    "named_baseline",
    "observe",
    "places_table",
]
