"""Period against period, on tables that are up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.project import Project
    from analysis.rerun.current import Progress


def compare(
    project: Project | str | Path = ".",
    *,
    period: str | None = None,
    baseline: str | None = None,
    as_of: str | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Compare a period with a baseline, place by place and in total.

    Parameters
    ----------
    project : the project or a folder in it; its tables are brought up to date first.
    period, baseline : labels such as "2026-08"; by default the newest of the commonest kind in the data, and
        the one before it. The baseline may also be previous, last-year or year-to-date.
    as_of : a day such as "2026-07-10": only what had been received by then takes part.
    progress : called with the path of each report that is read.

    Returns
    -------
    The table `comparisons`.

    Errors
    ------
    UsageError for a label that is no period, and for a period without data, naming those that have some;
    AnalysisError where no report has a date.
    """
    from analysis.comparison.selection import BASELINES
    from analysis.language.periods import parse_period
    from analysis.project import find_project
    from analysis.rerun.current import current_tables

    for label in (period, baseline):
        if label is not None and label not in BASELINES:
            # A slip in a label is said at once, not after all reports have been read.
            parse_period(label)
    opened = find_project(project) if isinstance(project, str | Path) else project
    tables = current_tables(opened, period=period, baseline=baseline, as_of=as_of, progress=progress)
    return tables.comparisons


def revisions(
    project: Project | str | Path = ".",
    *,
    as_of: str | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """List what later reports changed: which number, by how much, in which report.

    Parameters
    ----------
    project : the project or a folder in it; its tables are brought up to date first.
    as_of : a day such as "2026-07-10": only what had been received by then takes part.
    progress : called with the path of each report that is read.

    Returns
    -------
    The table `revisions`.

    Errors
    ------
    UsageError for a text that is no day, and where nothing had been received by then.
    """
    from analysis.project import find_project
    from analysis.rerun.current import current_tables

    opened = find_project(project) if isinstance(project, str | Path) else project
    return current_tables(opened, as_of=as_of, progress=progress).revisions
