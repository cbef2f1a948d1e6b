"""What does not fit in the reports, on tables that are up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.project import Project
    from analysis.rerun.current import Progress


def check(
    project: Project | str | Path = ".", *, period: str | None = None, progress: Progress | None = None
) -> pd.DataFrame:
    """Check what the reports of a project say of themselves, and what in them is odd or missing.

    Parameters
    ----------
    project : the project or a folder in it; its tables are brought up to date first.
    period : label of a period, such as "2026-08"; all findings without it.
    progress : called with the path of each report that is read.

    Returns
    -------
    The table `findings`, the serious ones first.

    Errors
    ------
    UsageError for a label that is no period; AnalysisError where data/raw holds no report.
    """
    from analysis.comparison.checks import in_span
    from analysis.language.periods import parse_period
    from analysis.project import find_project
    from analysis.rerun.current import current_tables

    if period is not None:
        # A slip in a label is said at once, not after all reports have been read.
        parse_period(period)
    opened = find_project(project) if isinstance(project, str | Path) else project
    found = current_tables(opened, progress=progress).findings
    return found if period is None else in_span(found, period)
