"""The list of runs: when each was, what it did, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.rerun.record import read_record, run_folders, runs_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.project import Project


def runs(project: Project | str | Path = ".") -> pd.DataFrame:
    """List the runs of a project, the newest last.

    Parameters
    ----------
    project : the project or a folder in it.

    Returns
    -------
    A row a run: run, start, seconds, outcome, periods, done, failed, unchanged, reason. One whose process is
    gone without an end is "interrupted".
    """
    import pandas as pd

    from analysis.project import Project, find_project

    opened = project if isinstance(project, Project) else find_project(project)
    rows = [_run_row(read_record(folder), folder.name) for folder in run_folders(runs_folder(opened))]
    columns = ["run", "start", "seconds", "outcome", "periods", "done", "failed", "unchanged", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _run_row(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    start, end = record.get("start"), record.get("end")
    took = datetime.fromisoformat(end) - datetime.fromisoformat(start) if start and end else None
    jobs = record.get("jobs", ())
    failed = [job for job in jobs if job.get("outcome") == "failed"]
    reason = record.get("reason") or "; ".join(f"{job['name']}: {job.get('reason', '')}" for job in failed)
    return {
        "run": name,
        "start": start,
        "seconds": took.total_seconds() if took else None,
        "outcome": outcome_of(record),
        "periods": ", ".join(record.get("periods") or ()),
        "done": sum(job.get("outcome") == "done" for job in jobs),
        "failed": len(failed),
        "unchanged": len(record.get("unchanged") or ()),
        "reason": reason,
    }


def outcome_of(record: Mapping[str, Any]) -> str:
    """Say how a run ended; one that says it is running while its process is gone was interrupted."""
    outcome = str(record.get("outcome", "unknown"))
    if outcome != "running":
        return outcome
    import psutil

    return "running" if psutil.pid_exists(int(record.get("process", -1))) else "interrupted"
