"""Which notebooks run, and with which parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError
from analysis.rerun.typed import Parameter, checked, parameters, plain, value_of

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


def plan(
    project: Project,
    tables: Tables,
    *,
    period: str,
    baseline: str,
    given: Mapping[str, Any] | None = None,
) -> list[Task]:
    """List the notebooks of a project to execute, in order.

    A notebook whose metadata says `"analysis": {"each": "place"}` runs once a place with figures.

    Parameters
    ----------
    project : the project; its notebooks named like 01-….ipynb run.
    tables : its tables.
    period, baseline : given to every notebook.
    given : more parameters by name, as typed; each goes to the notebooks that declare it.

    Errors
    ------
    AnalysisError where there are no notebooks; UsageError for a parameter that no notebook declares, and for
    one of another kind than declared.
    """
    sources = sorted(project.notebooks.glob(_PATTERN))
    if not sources:
        raise AnalysisError(
            "no notebooks", where="notebooks", todo="copy them from a project made by `analysis init DIR`"
        )
    usual = {
        # A notebook runs in its own folder, inside the project; no folder of this machine is written down.
        "project": ".",
        "period": period,
        # Only a default can be without data (the first month of a project); the notebook finds it again.
        "baseline": baseline if stated_places(tables, (baseline,)) else None,
        "locale": project.locale,
    }
    declared = {source: _declared(source) for source in sources}
    own = _own_values(declared, given or {}, tables)
    tasks: list[Task] = []
    for source in sources:
        if _each_place(source) and "place" not in own[source]:
            tasks += [
                Task(
                    source,
                    f"{source.stem}-{name.translate(_UNSAFE)}",
                    _taken(declared[source], usual | own[source] | {"place": name}),
                )
                for name in stated_places(tables, (period, baseline))
            ]
        else:
            values = usual | {"place": None} | own[source]
            tasks.append(Task(source, source.stem, _taken(declared[source], values)))
    return tasks


def _declared(source: Path) -> tuple[Parameter, ...] | None:
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
    from analysis.rerun.workspace import find_place

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
