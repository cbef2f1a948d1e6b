"""Which notebooks run, and with which parameters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from analysis.project import Project
    from analysis.tables import Tables

_PATTERN = "[0-9][0-9]-*.ipynb"
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to execute: where it is, the name of its output, and its parameters."""

    source: Path
    name: str
    parameters: dict[str, Any]


def plan(project: Project, tables: Tables, *, period: str, baseline: str) -> list[Task]:
    """List the notebooks of a project to execute, in order.

    A notebook whose metadata says `"analysis": {"each": "place"}` runs once a place with figures.

    Parameters
    ----------
    project : the project; its notebooks named like 01-….ipynb run.
    tables : its tables.
    period, baseline : given to every notebook.

    Errors
    ------
    AnalysisError where there are no notebooks.
    """
    sources = sorted(project.notebooks.glob(_PATTERN))
    if not sources:
        raise AnalysisError(
            "no notebooks", where="notebooks", todo="copy them from a project made by `analysis init DIR`"
        )
    given = {
        # A notebook runs in its own folder, inside the project; no folder of this machine is written down.
        "project": ".",
        "period": period,
        # Only a default can be without data (the first month of a project); the notebook finds it again.
        "baseline": baseline if stated_places(tables, (baseline,)) else None,
        "locale": project.locale,
    }
    tasks: list[Task] = []
    for source in sources:
        if _each_place(source):
            tasks += [
                Task(source, f"{source.stem}-{name.translate(_UNSAFE)}", given | {"place": name})
                for name in stated_places(tables, (period, baseline))
            ]
        else:
            tasks.append(Task(source, source.stem, given | {"place": None}))
    return tasks


def stated_places(tables: Tables, periods: tuple[str, ...] = ()) -> list[str]:
    """Give the names of the places that state something, in the order of the table `places`.

    Parameters
    ----------
    tables : the tables of the project.
    periods : with them, only what belongs to one of them counts: a place that is gone needs no profile.
    """
    from analysis.comparison import in_period

    rows = [in_period(tables.observations, label) for label in periods] or [tables.observations]
    stated = {place for part in rows for place in part["place_id"]}
    named = tables.places[tables.places["place_id"].isin(stated)]
    return [str(name) for name in named["place"]]


def _each_place(source: Path) -> bool:
    try:
        metadata = json.loads(source.read_text(encoding="utf-8")).get("metadata", {})
    except (OSError, ValueError, AttributeError):
        # A damaged notebook is run like any other, and fails by itself with its reason.
        return False
    return bool(metadata.get("analysis", {}).get("each") == "place")
