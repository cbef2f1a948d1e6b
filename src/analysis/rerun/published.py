"""What lies in reports/PERIOD: which job made which file, under which key."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.rerun.hashes import UNREADABLE
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.project import Project
    from analysis.rerun.hashes import Hashes
    from analysis.rerun.keys import Parts

PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class Made:
    """What one job has made: its key with its parts, and its files within the period's folder."""

    key: str
    parts: Parts
    outputs: tuple[str, ...]
    seconds: float = 0.0
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """The state of a period's folder.

    Parameters
    ----------
    jobs : what each job has made, by its name; the products of the briefing under `PRODUCTS`.
    files : hash and job of each file; a file that two jobs make is that of the later one.
    """

    jobs: Mapping[str, Made] = field(default_factory=dict)
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def altered(self, name: str, folder: Path, hashes: Hashes, planned: Collection[str]) -> bool:
        """Tell whether a file of a job is not there as it was made, or came from a job that is gone."""
        return any(
            self.files[output][1] not in planned or hashes.of(folder / output) != self.files[output][0]
            for output in self.jobs[name].outputs
        )


def note_of(project: Project, period: str) -> Path:
    """Give the file that keeps the state of a period's folder."""
    return project.processed / "runs" / "published" / f"{period}.json"


def read_published(project: Project, period: str) -> Published:
    """Read what lies in reports/PERIOD; nothing where that was never noted, or cannot be read."""
    try:
        told = json.loads(note_of(project, period).read_text(encoding="utf-8"))
        jobs = {
            name: Made(**made | {"outputs": tuple(made["outputs"])}) for name, made in told["jobs"].items()
        }
        files = {name: (file[0], file[1]) for name, file in told["files"].items()}
        if any(output not in files for made in jobs.values() for output in made.outputs):
            return Published()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Published()
    return Published(jobs, files)


def write_published(project: Project, period: str, jobs: Mapping[str, Made], hashes: Hashes) -> Published:
    """Note what lies in reports/PERIOD now.

    Parameters
    ----------
    project, period : whose folder it is.
    jobs : what each job has made, in the order of the plan.
    hashes : remembers files.
    """
    folder = project.reports / period
    owner = {output: name for name, made in jobs.items() for output in made.outputs}
    files = {output: (hashes.of(folder / output), name) for output, name in owner.items()}
    note = note_of(project, period)
    note.parent.mkdir(parents=True, exist_ok=True)
    plain: dict[str, Any] = {
        "jobs": {
            name: {
                "key": made.key,
                "parts": dict(made.parts),
                "outputs": list(made.outputs),
                "seconds": made.seconds,
                "failed": made.failed,
            }
            for name, made in jobs.items()
        },
        "files": {name: list(file) for name, file in files.items() if file[0] != UNREADABLE},
    }
    replace_file(note, json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode())
    return Published(dict(jobs), files)


def outputs_in(folder: Path) -> tuple[str, ...]:
    """List the files below a folder, as paths within it."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
