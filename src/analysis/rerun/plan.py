"""Which notebooks run, and with which parameters."""

from __future__ import annotations

import difflib
import fnmatch
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError, UsageError
from analysis.rerun.stated import find_place, stated_places
from analysis.rerun.typed import Parameter, checked, parameters, plain, value_of

if TYPE_CHECKING:
    from analysis.project import Project
    from analysis.tables import Tables

_PATTERN = "[0-9][0-9]-*.ipynb"
# The notebook that people copy for a question of their own.
_TEMPLATE = "00-"
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to execute for one period.

    Parameters
    ----------
    source : the notebook.
    name : name of its output.
    parameters : what it is given.
    period : label of the period that it belongs to.
    place : name of its place, where it runs once a place.
    wanted : whether this run is to look after it; the others of its period stay as they are.
    """

    source: Path
    name: str
    parameters: dict[str, Any]
    period: str = ""
    place: str | None = None
    wanted: bool = True

    @property
    def label(self) -> str:
        """Its name within a run of several periods."""
        return f"{self.period}/{self.name}"


def plan(
    project: Project,
    tables: Tables,
    *,
    period: str,
    baseline: str,
    given: Mapping[str, Any] | None = None,
    places: Sequence[str] = (),
    only: Sequence[str] = (),
) -> list[Task]:
    """List the notebooks of a project to execute, in order.

    A notebook whose metadata says `"analysis": {"each": "place"}` runs once a place with figures.

    Parameters
    ----------
    project : the project; its notebooks named like 01-….ipynb run; 00-….ipynb is a template and does not.
    tables : its tables.
    period, baseline : given to every notebook.
    given : more parameters by name, as typed; each goes to the notebooks that declare it.
    places : names of the places whose own notebooks are wanted; all with figures without them.
    only : names or patterns of the notebooks that are wanted, such as 02-profile or 02-*; all without them.

    Errors
    ------
    AnalysisError where there are no notebooks; UsageError for a parameter that no notebook declares, for one
    of another kind than declared, and for a place or a notebook that does not exist, naming the nearest.
    """
    sources = notebooks(project)
    chosen = {find_place(tables, place)[1] for place in places}
    usual = {
        # A notebook runs in its own folder, inside the project; no folder of this machine is written down.
        "project": ".",
        "period": period,
        # Only a default can be without data (the first month of a project); the notebook finds it again.
        "baseline": baseline if stated_places(tables, (baseline,)) else None,
        "locale": project.locale,
    }
    declared = {source: declared_parameters(source) for source in sources}
    own = _own_values(declared, given or {}, tables)
    tasks: list[Task] = []
    for source in sources:
        if _each_place(source) and "place" not in own[source]:
            tasks += [
                Task(
                    source,
                    f"{source.stem}-{name.translate(_UNSAFE)}",
                    _taken(declared[source], usual | own[source] | {"place": name}),
                    period,
                    name,
                    not chosen or name in chosen,
                )
                for name in stated_places(tables, (period, baseline))
            ]
        else:
            values = usual | {"place": None} | own[source]
            tasks.append(Task(source, source.stem, _taken(declared[source], values), period))
    return _only(tasks, only)


def notebooks(project: Project) -> list[Path]:
    """List the notebooks of a project that run, in order.

    Errors
    ------
    AnalysisError where there are none.
    """
    found = sources_of(project)
    if not found:
        raise AnalysisError(
            "no notebooks", where="notebooks", todo="copy them from a project made by `analysis init DIR`"
        )
    return found


def sources_of(project: Project) -> list[Path]:
    """List the notebooks of a project that run, in order; 00-….ipynb is a template."""
    found = project.notebooks.glob(_PATTERN)
    return sorted(path for path in found if not path.name.startswith(_TEMPLATE))


def _only(tasks: list[Task], only: Sequence[str]) -> list[Task]:
    """Mark the tasks that were asked for by the name of their notebook or output."""
    names = {name for task in tasks for name in (task.name, task.source.stem)}
    for pattern in only:
        if not fnmatch.filter(names, pattern):
            near = difflib.get_close_matches(pattern, sorted(names), n=3, cutoff=0.3) or sorted(names)[:3]
            raise UsageError(f"unknown notebook {pattern}", todo=f"the nearest are {', '.join(near)}")
    if not only:
        return tasks
    return [replace(task, wanted=task.wanted and any(map(partial(_matches, task), only))) for task in tasks]


def _matches(task: Task, pattern: str) -> bool:
    return fnmatch.fnmatchcase(task.name, pattern) or fnmatch.fnmatchcase(task.source.stem, pattern)


def declared_parameters(source: Path) -> tuple[Parameter, ...] | None:
    """Read a notebook's parameters; None for a damaged notebook, which runs as it is and fails by itself."""
    try:
        json.loads(source.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return parameters(source)


def _own_values(
    declared: Mapping[Path, tuple[Parameter, ...] | None], given: Mapping[str, Any], tables: Tables
) -> dict[Path, dict[str, Any]]:
    """Share what was typed out among the notebooks that declare it, as values; places must exist."""
    everywhere = {parameter.name: parameter for known in declared.values() for parameter in known or ()}
    checked(everywhere.values(), given, where="-p")
    for name, parameter in everywhere.items():
        if parameter.kind == "place" and name in given:
            find_place(tables, given[name])
    return {
        source: {
            parameter.name: plain(value_of(parameter, given[parameter.name], where=f"-p for {source.name}"))
            for parameter in known or ()
            if parameter.name in given
        }
        for source, known in declared.items()
    }


def _taken(known: tuple[Parameter, ...] | None, values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a notebook does not declare; one without declarations gets all."""
    names = {parameter.name for parameter in known or ()}
    return {name: value for name, value in values.items() if name in names} if names else values


def _each_place(source: Path) -> bool:
    return bool(metadata_of(source).get("each") == "place")


def metadata_of(source: Path) -> dict[str, Any]:
    """Give what a notebook's metadata say: `{"each": "place", "reads": ["data/more.csv"]}`."""
    try:
        metadata = json.loads(source.read_text(encoding="utf-8")).get("metadata", {})
        found = metadata.get("analysis", {})
    except (OSError, ValueError, AttributeError):
        # A damaged notebook is run like any other, and fails by itself with its reason.
        return {}
    return found if isinstance(found, dict) else {}
