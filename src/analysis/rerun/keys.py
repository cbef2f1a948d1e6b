"""The key of a job: a hash of all that its outputs depend on, kept in parts so that a change can be named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.rerun.hashes import Hashes, of_files, of_parts, sha256_of
from analysis.rerun.sources import fonts, library, versions
from analysis.tables.schema import tables as table_names
from analysis.tables.store import file_name

if TYPE_CHECKING:
    from analysis.project import Project
    from analysis.rerun.plan import Task
    from analysis.rerun.typed import Parameter
    from analysis.tables import Tables

Parts = Mapping[str, str]
# Settings that say how a run goes, and nothing of what it makes.
_HOW = ("run", "storage", "notify", "reading")
# Made anew for every pair of periods; what it is made from is in the others.
_DERIVED = ("comparisons",)
_WORDS = {
    "notebook": "notebook changed", "parameters": "parameters changed", "files": "a file it reads changed",
    "library": "library changed", "fonts": "font changed", "locale": "language changed",
    "settings": "settings changed", "charts": "charts changed", "left_out": "left out files changed",
    "made": "date of making changed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Common:
    """The parts that all jobs of a run share."""

    parts: Parts

    @classmethod
    def of(cls, project: Project, data: Parts, hashes: Hashes) -> Common:
        """Gather them: the tables' hashes, and what `analysis.rerun.sources` tells."""
        settings = {name: value for name, value in project.settings.items() if name not in _HOW}
        parts = {f"data {name}": found for name, found in data.items()}
        parts |= {f"version {name}": number for name, number in versions().items()}
        parts |= {
            "library": library(hashes),
            "fonts": fonts(project, hashes),
            "locale": project.locale,
            "settings": of_parts([project.name, json.dumps(settings, sort_keys=True, default=str)]),
        }
        return cls(parts)


def key_of(parts: Parts) -> str:
    """Give the key of a job from its parts.

    Examples
    --------
    >>> key_of({"a": "1", "b": "2"}) == key_of({"b": "2", "a": "1"})
    True
    """
    return of_parts(text for name in sorted(parts) for text in (name, parts[name]))[:32]


def job_parts(task: Task, common: Common, *, as_of: str | None, project: Project) -> Parts:
    """Give the parts of one job's key: those of all, and its own cells, parameters and files."""
    given = task.parameters | {"as of": as_of}
    return {
        **common.parts,
        "notebook": cells_hash(task.source),
        "parameters": json.dumps(given, sort_keys=True, ensure_ascii=False, default=str),
        "files": _files(task, project),
    }


def cells_hash(notebook: Path) -> str:
    """Give a hash of a notebook's cells; how often it was opened, and its outputs, do not matter."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return of_parts(
            text
            for cell in cells
            for text in (
                cell["cell_type"],
                "".join(cell["source"]),
                json.dumps(cell.get("metadata", {}).get("tags", [])),
            )
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return sha256_of(notebook)


def _files(task: Task, project: Project) -> str:
    """Give a hash of the files and folders that a notebook is pointed to, or says that it reads."""
    from analysis.rerun.plan import declared_parameters, metadata_of

    known: tuple[Parameter, ...] = declared_parameters(task.source) or ()
    named = [
        task.source.parent / str(task.parameters[parameter.name])
        for parameter in known
        if parameter.kind == "path" and task.parameters.get(parameter.name)
    ]
    named += [project.root / str(name) for name in metadata_of(task.source).get("reads", ())]
    hashes = Hashes()
    found: list[str] = []
    for path in named:
        if path.is_file():
            found += [path.name, hashes.of(path)]
        # The project itself is known by its tables; what lies outside may be a whole disk.
        elif path.is_dir() and project.root in path.resolve().parents:
            inside = (file for file in path.rglob("*") if file.is_file())
            found += [path.name, of_files(inside, path, hashes)]
    return of_parts(found)


def table_hashes(folder: Path) -> dict[str, str]:
    """Give the hash of each table's file in a folder, but for the comparison."""
    return {name: sha256_of(folder / file_name(name)) for name in _tables()}


def hashes_of(tables: Tables) -> dict[str, str]:
    """Give the same hashes of tables that are not written yet."""
    import hashlib

    from analysis.tables.csv_text import to_csv
    from analysis.tables.store import to_parquet

    named = tables.named()
    return {
        name: hashlib.sha256(
            to_csv(named[name]) if file_name(name).endswith(".csv") else to_parquet(named[name], name)
        ).hexdigest()
        for name in _tables()
    }


def _tables() -> list[str]:
    return [name for name in table_names() if name not in _DERIVED]


def why(now: Parts, before: Parts | None) -> list[str]:
    """Say what is different between a job's parts and those it had before.

    Examples
    --------
    >>> why({"notebook": "1", "data figures": "2"}, {"notebook": "1", "data figures": "3"})
    ['data changed (figures)']
    """
    if before is None:
        return ["new"]
    changed = sorted(name for name in {*now, *before} if now.get(name) != before.get(name))
    data = [name.removeprefix("data ") for name in changed if name.startswith("data ")]
    numbers = [
        f"{name.removeprefix('version ')} {before.get(name) or 'absent'} to {now.get(name) or 'absent'}"
        for name in changed
        if name.startswith("version ")
    ]
    reasons = [_WORDS[name] for name in changed if name in _WORDS]
    if data:
        reasons.append(f"data changed ({', '.join(data)})")
    if numbers:
        reasons.append(f"versions changed ({', '.join(numbers)})")
    return reasons


def described(parts: Parts) -> dict[str, Any]:
    """Give parts as a record keeps them: data and versions as tables of their own."""
    plain: dict[str, Any] = {name: value for name, value in parts.items() if " " not in name}
    for group in ("data", "version"):
        plain[group] = {
            name.removeprefix(f"{group} "): value
            for name, value in parts.items()
            if name.startswith(f"{group} ")
        }
    return plain
