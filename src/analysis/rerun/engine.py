"""The main job: tables, notebooks, charts and products of periods, only where something has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError, UsageError
from analysis.rerun.hashes import Hashes
from analysis.rerun.locks import locked
from analysis.rerun.notify import notice_of, notify
from analysis.rerun.progress import Progress, Silent
from analysis.rerun.record import Record, begin, now, prune, read_record, run_folders, runs_folder
from analysis.rerun.storage import fetch, send
from analysis.rerun.summary import Failure
from analysis.rerun.wanted import Wanted, completed
from analysis.rerun.work import FULL, Work, disk_full

if TYPE_CHECKING:
    from analysis.project import Project
    from analysis.rerun.jobs import PeriodPlan
    from analysis.rerun.summary import RunSummary

_KEEP = 60
_OF_SUMMARY = ("periods", "failed", "left_out", "warnings", "counts", "unchanged")


def run(
    project: Project | str | Path = ".",
    *,
    period: str | None = None,
    baseline: str | None = None,
    as_of: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    places: Sequence[str] = (),
    only: Sequence[str] = (),
    force: bool = False,
    resume: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Do the main job: build the tables, execute the notebooks, publish all of a period under reports/PERIOD.

    Parameters
    ----------
    project : the project or a folder in it.
    period, baseline : labels such as "2026-08"; by default the newest of the commonest kind in the data, and
        the one before it. "2026-01..2026-08" means each month of it, "2026-07,2026-08" both.
    as_of : a day such as "2026-07-10": the briefing as it was then, from only what had been received. The
        tables in data/processed stay those of today.
    parameters : more parameters for the notebooks, by name; text is converted to the kind that is declared.
    places : names of places: of the notebooks that run once a place, only theirs are looked after.
    only : names or patterns of notebooks, such as "02-profile" or "02-*": only these are looked after.
    force : run notebooks also where nothing has changed.
    resume : go on with what the last run was asked for, from what it had done.
    jobs : how many notebooks run at the same time; [run] jobs of analysis.toml without it.
    progress : shows how far the run is; nothing is shown without it.

    Returns
    -------
    What was done, what failed, what was left out and where the results lie. One failing notebook does not
    stop the others.

    Errors
    ------
    UsageError for a label that is no period, and for a period without data, naming those that have some;
    AnalysisError where there are no reports, none has a date, there are no notebooks, or the disk is full:
    what was published before is as it was then.
    """
    from analysis.project import find_project

    opened = find_project(project) if isinstance(project, str | Path) else project
    shown = progress or Silent()
    wanted = Wanted(
        (period,) if period else (), baseline, as_of, parameters or {}, tuple(places), tuple(only), force
    )
    redone: frozenset[str] = frozenset()
    if resume:
        wanted, redone = _last_wanted(opened)
    wanted = completed(wanted, opened)

    def waiting() -> None:
        shown.say("another run of this project is at work; waiting for it to end")

    at_once = jobs or opened.settings.get("run", {}).get("jobs")
    try:
        with locked(runs_folder(opened) / "run.lock", waiting=waiting):
            fetch(opened)
            summary = _sent(opened, _recorded(opened, wanted, redone, at_once, shown))
    except (AnalysisError, OSError) as error:
        notify(opened, notice_of(opened, None, error))
        raise
    problems = notify(opened, notice_of(opened, summary))
    return replace(summary, warnings=(*summary.warnings, *problems)) if problems else summary


def _sent(project: Project, summary: RunSummary) -> RunSummary:
    """Send what is stored elsewhere; where that fails, all is still here, and the next run sends it."""
    try:
        send(project)
    except AnalysisError as error:
        return replace(summary, failed=(*summary.failed, Failure("storage", error.line())))
    return summary


def planned_run(
    project: Project | str | Path = ".",
    *,
    period: str | None = None,
    baseline: str | None = None,
    as_of: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    places: Sequence[str] = (),
    only: Sequence[str] = (),
    force: bool = False,
) -> list[PeriodPlan]:
    """Give the plan that `run` would follow, with each job's reason; nothing is written.

    Parameters and errors are those of `run`.
    """
    from analysis.project import find_project
    from analysis.rerun.current import in_memory, past
    from analysis.rerun.finished import Finished
    from analysis.rerun.jobs import planned

    opened = find_project(project) if isinstance(project, str | Path) else project
    wanted = Wanted(
        (period,) if period else (), baseline, as_of, parameters or {}, tuple(places), tuple(only), force
    )
    wanted = completed(wanted, opened)
    hashes = Hashes()
    tables, data = in_memory(opened)
    if wanted.as_of is not None:
        tables = past(opened, tables, wanted.as_of, period=None, baseline=None)
    finished = Finished(runs_folder(opened) / "finished")
    return planned(opened, tables, wanted, data=data, hashes=hashes, finished=finished)


def _last_wanted(project: Project) -> tuple[Wanted, frozenset[str]]:
    """Give what the last run was asked for, and the jobs that it had done."""
    for folder in reversed(run_folders(runs_folder(project))):
        record = read_record(folder)
        if "wanted" in record:
            done = {job["name"] for job in record.get("jobs", ()) if job.get("outcome") == "done"}
            return Wanted.of_data(record["wanted"]), frozenset(done)
    raise UsageError(
        "there is no run to go on with", where="data/processed/runs", todo="run without --resume"
    )


def _recorded(
    project: Project, wanted: Wanted, redone: frozenset[str], at_once: int | None, shown: Progress
) -> RunSummary:
    """Do the work, and keep a record of it whatever comes."""
    from analysis.rerun.execute import engine_name
    from analysis.rerun.memo import question, recall, remember
    from analysis.rerun.products import write_way_in
    from analysis.rerun.publish import clean
    from analysis.rerun.tidy import sweep

    runs = runs_folder(project)
    clean(project.reports)
    sweep(project.processed)
    hashes = Hashes(runs / "hashes.json")
    asked = question(project, wanted, hashes)
    known = None if wanted.force and not redone else recall(project, asked, hashes)
    record = begin(project, wanted.as_data(), engine_name())
    try:
        if known is not None:
            summary = _again(known, record.name)
            if not (project.reports / "index.html").is_file():
                write_way_in(project)
        else:
            work = Work(project, wanted, redone, at_once, shown, record, hashes)
            summary = work.done()
            if not summary.failed:
                remember(project, asked, summary, hashes)
        hashes.keep()
        _close(record, summary)
    except BaseException as error:
        record.crashed(error)
        stopped = isinstance(error, KeyboardInterrupt)
        record.log("end", outcome="stopped" if stopped else "failed", reason=str(error))
        _try_save(record, "stopped" if stopped else "failed", str(error))
        if isinstance(error, OSError) and error.errno in FULL:
            raise disk_full(str(error.filename or project.root)) from error
        raise
    prune(runs, project.settings.get("run", {}).get("keep", _KEEP))
    return summary


def _again(known: RunSummary, name: str) -> RunSummary:
    """Give a remembered summary as that of a run in which nothing was left to do."""
    return replace(known, done=(), unchanged=(*known.done, *known.unchanged), warnings=(), run=name)


def _close(record: Record, summary: RunSummary) -> None:
    outcome = "failed jobs" if summary.failed else "unchanged" if summary.idle else "done"
    plain = summary.as_data()
    record.log("end", outcome=outcome, done=len(summary.done), failed=len(summary.failed))
    record.save(
        outcome=outcome,
        end=now(),
        exit_code=summary.exit_code,
        **{
            name: plain[name] for name in ("periods", "failed", "left_out", "warnings", "counts", "unchanged")
        },
    )


def _try_save(record: Record, outcome: str, reason: str) -> None:
    try:
        record.save(outcome=outcome, end=now(), reason=reason)
    except OSError:
        # The disk is full: what was written when the run began says that it never ended.
        return
