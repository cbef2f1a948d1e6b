"""Period against period: what was stated, what may be compared, and what may be claimed."""

from analysis.comparison.compare import compare_observations
from analysis.comparison.observations import observe
from analysis.comparison.register import Place, Register, load_register, places_table
from analysis.comparison.selection import default_baseline, default_periods, in_period, known_periods

__all__ = [
    "Place",
    "Register",
    "compare_observations",
    "default_baseline",
    "default_periods",
    "in_period",
    "known_periods",
    "load_register",
    "observe",
    "places_table",
]
