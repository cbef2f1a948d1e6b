"""What the reports say of themselves, checked: claims, gaps, oddities, as the table `findings`."""

from analysis.comparison.checks.finding import codes, kinds
from analysis.comparison.checks.table import claims_checked, find_findings, in_span

__all__ = ["claims_checked", "codes", "find_findings", "in_span", "kinds"]
