"""One run at work: tables, then jobs, then one publication a period."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError
from analysis.rerun.finished import Finished
from analysis.rerun.hashes import Hashes, sha256_of
from analysis.rerun.progress import Expected, Progress
from analysis.rerun.published import Made, outputs_in
from analysis.rerun.record import Record, now, runs_folder
from analysis.rerun.summary import Failure, RunSummary, counted, left_out, missing_reports
from analysis.rerun.wanted import Wanted

if TYPE_CHECKING:
    from analysis.project import Project
    from analysis.rerun.execute import Ended, Order, Run
    from analysis.rerun.jobs import Job, PeriodPlan
    from analysis.tables import Tables

# What a full disk, a used-up allowance and a limit on a file's size are called.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(slots=True)
class Work:
    """One run at work."""

    project: Project
    wanted: Wanted
    redone: frozenset[str]
    at_once: int | None
    shown: Progress
    record: Record
    hashes: Hashes
    failed: list[Failure] = field(default_factory=list)
    done_names: list[str] = field(default_factory=list)
    made: dict[str, tuple[Made, Path]] = field(default_factory=dict)

    def done(self) -> RunSummary:
        """Do all of it."""
        from analysis.rerun.execute import runner
        from analysis.rerun.publish import staging

        project, wanted = self.project, self.wanted
        finished = Finished(runs_folder(project) / "finished")
        self.shown.begin("reports", None)
        with ExitStack() as stack:
            staged = stack.enter_context(staging(project.reports))
            log = self.record.folder / "stderr.txt"
            # The notebooks' process gets warm while the reports are read.
            execute = stack.enter_context(runner(staged, as_of=wanted.as_of, log=log))
            tables, plans, warnings, data = self._tables(staged, finished)
            self._execute(execute, plans, staged, finished)
            warnings += self._publish(plans, tables, staged, data)
        finished.drop(job.key for part in plans for job in part.jobs if job.task.label in self.made)
        finished.forget_old()
        return self._summary(plans, warnings)

    def _tables(
        self, staged: Path, finished: Finished
    ) -> tuple[Tables, list[PeriodPlan], list[str], dict[str, str]]:
        from analysis.rerun.current import comparison_written, past, up_to_date
        from analysis.rerun.jobs import planned
        from analysis.rerun.kept import keep, snapshot
        from analysis.rerun.keys import table_hashes
        from analysis.rerun.sources import library

        project, wanted = self.project, self.wanted
        single = wanted.periods[0] if len(wanted.periods) == 1 else None
        today, warnings = up_to_date(
            project,
            period=single,
            baseline=wanted.baseline,
            progress=self.shown.step,
            hashes=self.hashes,
        )
        data = table_hashes(project.processed)
        snapshot(project.processed, staged / "tables")
        self.record.save(
            tables=data, library=library(self.hashes), kept=keep(project, today, data, self.hashes)
        )
        tables = today
        if wanted.as_of is not None:
            # A period that has no data today has none in the past; without it, the past chooses its own.
            tables = past(project, today, wanted.as_of, period=single, baseline=wanted.baseline)
        plans = planned(
            project, tables, wanted, data=data, hashes=self.hashes, finished=finished, redone=self.redone
        )
        warnings += comparison_written(project, today, plans[-1].tables if wanted.as_of is None else today)
        return tables, plans, warnings, data

    def _execute(self, execute: Run, plans: list[PeriodPlan], staged: Path, finished: Finished) -> None:
        from analysis.rerun.execute import AT_ONCE, Noted, Started

        due = {job.task.label: job for part in plans for job in part.jobs if job.due}
        for part in plans:
            for job in part.jobs:
                if job.shelved is not None:
                    self.made[job.task.label] = (job.shelved, finished.folder(job.key))
                    self.done_names.append(job.task.label)
        at_once = self.at_once or AT_ONCE
        self.shown.jobs(
            [
                Expected(label, "; ".join(job.reasons), job.before.seconds if job.before else None)
                for label, job in due.items()
            ],
            at_once,
        )
        began: dict[str, str] = {}
        for event in execute(self._orders(due, staged), at_once) if due else ():
            if isinstance(event, Noted):
                self.record.log("note", text=event.text)
                self.shown.say(event.text)
                continue
            if isinstance(event, Started):
                began[event.name] = now()
                self.shown.started(event.name)
                continue
            job = due[event.name]
            self._ended(job, event, began.get(event.name), finished, staged)
            self.shown.ended(event.name, event.seconds, event.reason)
        if any(f"[Errno {number}]" in failure.reason for failure in self.failed for number in FULL):
            # Half of a briefing must not take the place of a whole one.
            raise disk_full(str(self.project.root))

    def _orders(self, due: Mapping[str, Job], staged: Path) -> list[Order]:
        from analysis.rerun.execute import Order

        setting = self.project.settings.get("run", {})
        return [
            Order(
                label,
                job.task.source,
                staged / "jobs" / job.key,
                f"{job.task.name}.ipynb",
                job.task.parameters,
                timeout=setting.get("timeout_seconds"),
                memory=setting.get("memory_megabytes") and setting["memory_megabytes"] * 1_000_000,
            )
            for label, job in due.items()
        ]

    def _ended(self, job: Job, event: Ended, began: str | None, finished: Finished, staged: Path) -> None:
        folder = staged / "jobs" / job.key
        about = {
            "name": job.task.label,
            "start": began,
            "end": now(),
            "seconds": event.seconds,
            "peak_bytes": event.peak,
            "reasons": job.reasons,
            "parameters": job.task.parameters,
            "key": job.key,
            "outcome": "failed" if event.reason else "done",
        }
        if event.reason:
            folder.mkdir(parents=True, exist_ok=True)
            outputs = outputs_in(folder)
            made = Made("", job.parts, outputs, event.seconds, failed=event.reason)
            self.failed.append(Failure(job.task.label, event.reason))
            notebook = folder / "notebooks" / f"{job.task.name}.ipynb"
            about |= {
                "reason": event.reason,
                "kept": self.record.keep_failure(job.task.label, event.reason, notebook),
                "outputs": {name: sha256_of(folder / name) for name in outputs},
            }
        else:
            made = finished.add(job.key, job.parts, folder, event.seconds)
            folder = finished.folder(job.key)
            self.done_names.append(job.task.label)
            about["outputs"] = {name: sha256_of(folder / name) for name in made.outputs}
        self.made[job.task.label] = (made, folder)
        self.record.job(about)

    def _publish(
        self, plans: list[PeriodPlan], tables: Tables, staged: Path, data: Mapping[str, str]
    ) -> list[str]:
        from analysis.rerun.assemble import gather, make_products
        from analysis.rerun.keys import Common
        from analysis.rerun.products import write_way_in
        from analysis.rerun.publish import publish
        from analysis.rerun.published import PRODUCTS, write_published

        warnings: list[str] = []
        missing = tuple(left_out(tables))
        common = Common.of(self.project, data, self.hashes).parts
        self.shown.begin("publishing", len(plans))
        periods: dict[str, Any] = {}
        for part in plans:
            folder = staged / part.period
            made = {
                job.task.name: self.made[job.task.label] for job in part.jobs if job.task.label in self.made
            }
            found = gather(part, made, folder, self.project.reports / part.period)
            product, failed, new = make_products(
                self.project, part, folder, common=common, as_of=self.wanted.as_of,
                left_out=missing, hashes=self.hashes,
            )  # fmt: skip
            self.failed += failed
            found[PRODUCTS] = product
            if made or new or found.keys() != part.published.jobs.keys():
                names = sorted(path.name for path in folder.iterdir())
                ours = {name.split("/", 1)[0] for name in part.published.files}
                target = self.project.reports / part.period
                self.record.log("publish", period=part.period, names=", ".join(names))
                said = publish(folder, target, names, ours=ours)
                state = write_published(self.project, part.period, found, self.hashes)
                warnings += said
            else:
                state = part.published
                shutil.rmtree(folder)
            periods[part.period] = {
                "baseline": part.baseline,
                "jobs": {name: {"key": made.key, "parts": dict(made.parts)} for name, made in found.items()},
                "files": {name: file[0] for name, file in state.files.items()},
                "owners": {name: file[1] for name, file in state.files.items()},
            }
            self.shown.step(part.period)
        self.failed += write_way_in(self.project)
        self.record.save(published=periods)
        return warnings

    def _summary(self, plans: list[PeriodPlan], warnings: list[str]) -> RunSummary:
        last = plans[-1]
        several = len(plans) > 1
        done = set(self.done_names)

        def named(labels: Sequence[str]) -> tuple[str, ...]:
            return tuple(label if several else label.split("/", 1)[-1] for label in labels)

        labels = [job.task.label for part in plans for job in part.jobs if job.task.wanted]
        unfinished = {failure.name for failure in self.failed}
        order = {label: number for number, label in enumerate(labels)}
        failed = sorted(self.failed, key=lambda failure: order.get(failure.name, len(order)))
        folders = [self.project.reports / part.period for part in plans]
        products = sorted(
            path for path in folders[-1].iterdir() if path.is_file() and not path.name.startswith(".")
        )
        return RunSummary(
            period=last.period,
            baseline=last.baseline,
            done=named([label for label in labels if label in done]),
            failed=tuple(Failure(named([item.name])[0], item.reason) for item in failed),
            left_out=tuple(left_out(last.tables)),
            warnings=tuple(warnings),
            outputs=tuple(_shorter(path) for path in (self.project.processed, *folders, *products)),
            counts=counted(last.tables),
            unchanged=named([label for label in labels if label not in done | unfinished]),
            periods=tuple(part.period for part in plans),
            run=self.record.name,
            missing=missing_reports(last.tables, [part.period for part in plans]),
        )


def disk_full(where: str) -> AnalysisError:
    """Give the error of a disk that holds no more."""
    return AnalysisError(
        "the disk is full",
        where=where,
        todo="make room and run again; what was published before is as it was",
    )


def _shorter(path: Path) -> Path:
    """Give a path as seen from the current folder, where it is inside."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
