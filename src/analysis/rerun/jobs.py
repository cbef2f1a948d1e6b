"""From what is wanted to jobs: which notebook for which period and place, and why it runs or need not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.rerun.keys import Common, Parts, job_parts, key_of, why
from analysis.rerun.plan import Task, plan
from analysis.rerun.published import Made, Published, read_published

if TYPE_CHECKING:
    from analysis.project import Project
    from analysis.rerun.finished import Finished
    from analysis.rerun.hashes import Hashes
    from analysis.rerun.wanted import Wanted
    from analysis.tables import Tables


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook of one period, and what is to be done about it.

    Parameters
    ----------
    task : what would be executed.
    key, parts : the key of its outputs, see `analysis.rerun.keys`.
    reasons : why it runs; nothing where its outputs are there and good.
    before : what it made when the period was published last.
    shelved : what it made in a run that was stopped before it published.
    """

    task: Task
    key: str
    parts: Parts
    reasons: tuple[str, ...] = ()
    before: Made | None = None
    shelved: Made | None = None

    @property
    def due(self) -> bool:
        """Tell whether it has to be executed."""
        return bool(self.reasons) and self.shelved is None


@dataclass(frozen=True, slots=True)
class PeriodPlan:
    """The jobs of one period, with its tables, and what lies in its folder now."""

    period: str
    baseline: str
    tables: Tables
    jobs: tuple[Job, ...]
    published: Published


def planned(
    project: Project,
    tables: Tables,
    wanted: Wanted,
    *,
    data: Mapping[str, str],
    hashes: Hashes,
    finished: Finished,
    redone: frozenset[str] = frozenset(),
) -> list[PeriodPlan]:
    """Expand notebooks, places and periods into jobs, and find those that have to run.

    Parameters
    ----------
    project : the project.
    tables : its tables, as of the wanted day.
    wanted : what is asked for, see `analysis.rerun.wanted.completed`.
    data : hash of each table, see `analysis.rerun.keys.table_hashes`.
    hashes : remembers files.
    finished : jobs that were done and not published.
    redone : jobs that a forced run, which is now resumed, had already done.

    Returns
    -------
    The periods in the order asked for. Of several periods those without data are left out.

    Errors
    ------
    UsageError where no wanted period has data; those of `analysis.rerun.plan.plan`.
    """
    from analysis.rerun.stated import periods_of
    from analysis.tables.build import compared

    common = Common.of(project, data, hashes)
    found: list[PeriodPlan] = []
    refused: UsageError | None = None
    for label in wanted.periods or (None,):
        try:
            now = compared(tables, period=label, baseline=wanted.baseline, locale=project.locale)
        except UsageError as error:
            refused = refused or error
            continue
        period, baseline = periods_of(now)
        tasks = plan(
            project,
            now,
            period=period,
            baseline=baseline,
            given=wanted.parameters,
            places=wanted.places,
            only=wanted.only,
        )
        published = read_published(project, period)
        names = frozenset(task.name for task in tasks)
        known = _Known(project, wanted, common, published, hashes, finished, names, redone)
        jobs = tuple(known.job(task) for task in tasks)
        found.append(PeriodPlan(period, baseline, now, jobs, published))
    if refused is not None and not found:
        raise refused
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """All that decides whether the jobs of one period have to run."""

    project: Project
    wanted: Wanted
    common: Common
    published: Published
    hashes: Hashes
    finished: Finished
    names: frozenset[str]
    redone: frozenset[str]

    def job(self, task: Task) -> Job:
        own = job_parts(task, self.common, as_of=self.wanted.as_of, project=self.project)
        parts = {**own, "name": task.label}
        job = Job(task, key_of(parts), parts, before=self.published.jobs.get(task.name))
        if not task.wanted:
            return job
        if self.wanted.force and task.label not in self.redone:
            return replace(job, reasons=("forced",))
        reasons = tuple(self._reasons(job))
        shelved = self.finished.find(job.key, parts) if reasons else None
        return replace(job, reasons=reasons, shelved=shelved)

    def _reasons(self, job: Job) -> list[str]:
        before = job.before
        if before is None:
            return ["new"]
        if before.failed:
            return ["failed last time", *why(job.parts, before.parts)]
        if before.key != job.key:
            return why(job.parts, before.parts) or ["made by another version"]
        folder = self.project.reports / job.task.period
        if self.published.altered(job.task.name, folder, self.hashes, self.names):
            return ["outputs are missing or were altered"]
        return []


def plan_lines(plans: list[PeriodPlan]) -> list[str]:
    """Show a plan in lines for people, a job a line with its reason."""
    jobs = [job for part in plans for job in part.jobs if job.task.wanted]
    due = sum(job.due for job in jobs)
    lines = [f"{len(jobs)} jobs, {due} to run"]
    width = max((len(job.task.label) for job in jobs), default=0)
    for job in jobs:
        what = "run" if job.due else "keep"
        reason = (
            "; ".join(job.reasons)
            if job.due
            else "finished in an earlier run"
            if job.shelved
            else "unchanged"
        )
        lines.append(f"{what:<4}  {job.task.label:<{width}}  {reason}")
    return lines
