"""The record of a run: what it did, when, with what and to what end. Only here do clock times stand."""

from __future__ import annotations

import contextlib
import json
import platform
import re
import shutil
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from analysis.project import Project

FILE = "run.json"
# The jobs of a run that has not ended, a line each: no job costs more for those that went before it.
_JOBS = "jobs.jsonl"
LOG, READABLE, ERRORS = "log.jsonl", "log.txt", "stderr.txt"
_ID = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_UNSAFE = re.compile(r'[/\\:*?"<>|]')


def runs_folder(project: Project) -> Path:
    """Give the folder of the records."""
    return project.processed / "runs"


def now() -> str:
    """Give the time of the clock, in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class Record:
    """The record of one run, written when it begins, after each job, and when it ends.

    Parameters
    ----------
    folder : data/processed/runs/ID.
    about : what run.json holds, but for the jobs.
    jobs : those that have ended; they stand in jobs.jsonl until the run has ended, then in run.json.
    """

    folder: Path
    about: dict[str, Any]
    jobs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The run's name: the second in which it began."""
        return self.folder.name

    def log(self, event: str, **facts: Any) -> None:
        """Add one line to both logs; a log that cannot be written is no reason to stop."""
        line = {"time": now(), "event": event, **facts}
        words = " ".join(f"{name}={_said(value)}" for name, value in facts.items() if value not in (None, ""))
        with contextlib.suppress(OSError):
            _append(self.folder / LOG, json.dumps(line, ensure_ascii=False, default=str))
            _append(self.folder / READABLE, f"{line['time']} {event} {words}".rstrip())

    def job(self, about: Mapping[str, Any]) -> None:
        """Note that a job has ended."""
        self.jobs.append(dict(about))
        _append(self.folder / _JOBS, json.dumps(dict(about), ensure_ascii=False, default=str))
        self.log("job", **{name: about.get(name) for name in ("name", "outcome", "reason", "seconds")})

    def save(self, **changed: Any) -> None:
        """Write the record as it is now; its jobs go into it when it has an end."""
        self.about.update(changed)
        ended = self.about["end"] is not None
        about = self.about | {"jobs": self.jobs} if ended else self.about
        content = json.dumps(about, ensure_ascii=False, indent=1, default=str)
        replace_file(self.folder / FILE, content.encode("utf-8", "surrogateescape"))
        if ended:
            (self.folder / _JOBS).unlink(missing_ok=True)

    def keep_failure(self, name: str, reason: str, notebook: Path) -> str:
        """Keep why a job failed, with the traceback of its notebook; give the name of that file."""
        path = self.folder / "failed" / f"{_UNSAFE.sub('_', name)}.txt"
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            lines = [f"{name}: {reason}", *_tracebacks(notebook)]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")
        return path.relative_to(self.folder).as_posix()

    def crashed(self, error: BaseException) -> None:
        """Keep the traceback of an error that ended the run itself."""
        with contextlib.suppress(OSError):
            text = "".join(traceback.format_exception(error))
            (self.folder / "failed").mkdir(exist_ok=True)
            (self.folder / "failed" / "run.txt").write_text(text, encoding="utf-8", errors="replace")


def begin(project: Project, wanted: Mapping[str, Any], engine: str) -> Record:
    """Begin the record of a run."""
    import os

    from analysis import __version__
    from analysis.rerun.sources import versions

    folder = _new_folder(runs_folder(project))
    record = Record(
        folder,
        {
            "run": folder.name,
            "outcome": "running",
            "start": now(),
            "end": None,
            "wanted": wanted,
            "engine": engine,
            "analysis": __version__,
            "system": platform.platform(),
            "process": os.getpid(),
            "versions": versions(),
        },
    )
    record.save()
    record.log("begin", run=folder.name, wanted=json.dumps(wanted, ensure_ascii=False), engine=engine)
    return record


def _new_folder(runs: Path) -> Path:
    runs.mkdir(parents=True, exist_ok=True)
    second = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    number = 1
    while True:
        # Two runs that begin in one second get two names.
        folder = runs / (second if number == 1 else f"{second}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def run_folders(runs: Path) -> list[Path]:
    """List the folders of records, oldest first."""
    found = [path for path in runs.iterdir() if _ID.fullmatch(path.name)] if runs.is_dir() else []

    def order(path: Path) -> tuple[str, int]:
        second, _, number = path.name.partition("-")
        return second, int(number or 1)

    return sorted(found, key=order)


def read_record(folder: Path) -> dict[str, Any]:
    """Read a record; empty where it cannot be read."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return found if "jobs" in found else found | {"jobs": _unended(folder)}


def _unended(folder: Path) -> list[dict[str, Any]]:
    """Read the jobs of a run that has no end; the last line may be half a one."""
    try:
        lines = (folder / _JOBS).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    found = []
    for line in lines[:-1]:
        # A machine that lost its power may have left anything.
        with contextlib.suppress(ValueError):
            found.append(json.loads(line))
    return found


def prune(runs: Path, keep: int) -> None:
    """Remove all but the newest records, and the tables that no record speaks of any more."""
    folders = run_folders(runs)
    for folder in folders[:-keep]:
        shutil.rmtree(folder, ignore_errors=True)
    kept = runs / "kept"
    if not kept.is_dir():
        return
    named = {name for folder in folders[-keep:] for name in read_record(folder).get("kept", {}).values()}
    for path in kept.iterdir():
        if path.name not in named:
            path.unlink(missing_ok=True)


def _tracebacks(notebook: Path) -> list[str]:
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return [
            _COLOURS.sub("", "\n".join(output["traceback"]))
            for cell in cells
            for output in cell.get("outputs", ())
            if output["output_type"] == "error"
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(line + "\n")


def _said(value: Any) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text
