"""The main job: tables, notebooks, charts and the page of a period."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analysis.errors import AnalysisError, UsageError
from analysis.rerun.products import content_of, write_products
from analysis.rerun.summary import RunSummary, counted, left_out
from analysis.rerun.workspace import AS_OF
from analysis.tables.past import as_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from analysis.project import Project
    from analysis.tables import Tables


class Progress(Protocol):
    """Something that shows how far a run is."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stretch of work with so many steps, or an unknown number."""

    def step(self, name: str) -> None:
        """Say that one step has been done."""


class Silent:
    """Shows nothing."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin nothing."""

    def step(self, name: str) -> None:
        """Say nothing."""


def run(
    project: Project | str | Path = ".",
    *,
    period: str | None = None,
    baseline: str | None = None,
    as_of: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Do the main job: build the tables, execute the notebooks, publish charts and page under reports/PERIOD.

    Parameters
    ----------
    project : the project or a folder in it.
    period, baseline : labels such as "2026-08"; by default the newest of the commonest kind in the data, and
        the one before it.
    as_of : a day such as "2026-07-10": the briefing as it was then, from only what had been received. The
        tables in data/processed stay those of today.
    parameters : more parameters for the notebooks, by name; text is converted to the kind that is declared.
    progress : shows how far the run is; nothing is shown without it.

    Returns
    -------
    What was done, what failed, what was left out and where the results lie. One failing notebook does not
    stop the others.

    Errors
    ------
    UsageError for a label that is no period, and for a period without data, naming those that have some;
    AnalysisError where there are no reports, none has a date, or there are no notebooks.
    """
    from analysis.comparison.selection import BASELINES
    from analysis.language.periods import parse_period
    from analysis.project import find_project
    from analysis.rerun.current import past, rebuilt
    from analysis.rerun.execute import runner
    from analysis.rerun.plan import plan
    from analysis.rerun.publish import publish, staging

    for label in (period, baseline):
        if label is not None and label not in BASELINES:
            parse_period(label)
    opened = find_project(project) if isinstance(project, str | Path) else project
    shown = progress or Silent()
    shown.begin("reports", None)
    with _as_of(as_of), staging(opened.reports) as staged, runner(staged) as execute:
        # The notebooks' process gets warm while the reports are read.
        # A period that has no data today has none in the past; without it, the past chooses its own.
        tables, warnings = rebuilt(opened, period=period, baseline=baseline, progress=shown.step)
        if as_of is not None:
            tables = past(opened, tables, as_of, period=period, baseline=baseline)
        now, then = periods_of(tables)
        tasks = plan(opened, tables, period=now, baseline=then, given=parameters)
        shown.begin("notebooks", len(tasks))
        failed = execute(tasks, shown.step)
        missing = tuple(left_out(tables))
        content = content_of(opened, tables, staged / "charts", period=now, baseline=then, left_out=missing)
        products, not_made = write_products(staged, content)
        said = publish(staged, opened.reports / now, ("notebooks", "charts", *products))
    folder = opened.reports / now
    failures = (*failed, *not_made)
    outputs = (opened.processed, folder, *(folder / name for name in products))
    unfinished = {failure.name for failure in failed}
    return RunSummary(
        period=now,
        baseline=then,
        done=tuple(task.name for task in tasks if task.name not in unfinished),
        failed=failures,
        left_out=missing,
        warnings=(*warnings, *said),
        outputs=tuple(_shorter(path) for path in outputs),
        counts=counted(tables),
    )


@contextmanager
def _as_of(day: str | None) -> Iterator[None]:
    """Let the notebooks of this run see the tables as of a day."""
    if day is None:
        yield
        return
    before = os.environ.get(AS_OF)
    os.environ[AS_OF] = as_day(day).isoformat()
    try:
        yield
    finally:
        if before is None:
            del os.environ[AS_OF]
        else:
            os.environ[AS_OF] = before


def periods_of(tables: Tables) -> tuple[str, str]:
    """Give the labels of the periods that were compared.

    Errors
    ------
    AnalysisError where no report has a date.
    """
    from analysis.comparison import default_periods

    if len(tables.comparisons):
        first = tables.comparisons.iloc[0]
        return str(first["period"]), str(first["baseline"])
    try:
        return default_periods(tables.reports, tables.observations)
    except UsageError as error:
        # Nobody used the command wrongly: the reports do not say what they are about.
        raise AnalysisError(error.what, where="data/raw", todo=error.todo) from error


def _shorter(path: Path) -> Path:
    """Give a path as seen from the current folder, where it is inside."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
