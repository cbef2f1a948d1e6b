"""What a whole run came to, remembered: the same question to the same files has the same answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analysis.rerun.current import fingerprint
from analysis.rerun.hashes import Hashes, of_files, of_parts
from analysis.rerun.keys import Common, cells_hash, key_of
from analysis.rerun.plan import metadata_of, sources_of
from analysis.rerun.published import note_of
from analysis.rerun.record import runs_folder
from analysis.rerun.summary import RunSummary
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.project import Project
    from analysis.rerun.wanted import Wanted

_KEPT = 20
# Beside the tables lie records; they say nothing of the tables.
_RECORDS = "runs"


def question(project: Project, wanted: Wanted, hashes: Hashes) -> str:
    """Give one hash of all that a run depends on: the question, reports, notebooks, library."""
    asked = {name: value for name, value in wanted.as_data().items() if name != "force"}
    parts = [
        fingerprint(project, hashes),
        key_of(Common.of(project, {}, hashes).parts),
        json.dumps(asked, sort_keys=True),
    ]
    for source in sources_of(project):
        parts += [source.name, cells_hash(source), json.dumps(metadata_of(source), sort_keys=True)]
        parts += [_tree(project.root / str(name), hashes) for name in metadata_of(source).get("reads", ())]
    parts += [
        hashes.of(project.notebooks / value)
        for value in wanted.parameters.values()
        if isinstance(value, str) and value and (project.notebooks / value).is_file()
    ]
    return of_parts(parts)


def remember(project: Project, asked: str, summary: RunSummary, hashes: Hashes) -> None:
    """Remember the answer, with the hashes of all files that belong to it."""
    files = {path.relative_to(project.root).as_posix(): hashes.of(path) for path in _answer(project, summary)}
    folder = _folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"files": files, "summary": summary.as_data()}, ensure_ascii=False)
    replace_file(folder / f"{asked}.json", content.encode("utf-8", "surrogateescape"))
    newest = sorted(folder.glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for path in newest[:-_KEPT]:
        path.unlink(missing_ok=True)


def recall(project: Project, asked: str, hashes: Hashes) -> RunSummary | None:
    """Give the answer, where it is remembered and all its files are there as they were."""
    try:
        told = json.loads((_folder(project) / f"{asked}.json").read_text(encoding="utf-8"))
        if any(hashes.of(project.root / name) != found for name, found in told["files"].items()):
            return None
        return RunSummary.of_data(told["summary"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _answer(project: Project, summary: RunSummary) -> list[Path]:
    """List the files of the answer: tables, and what was published of each period."""
    tables = [
        path
        for path in project.processed.rglob("*")
        if path.is_file() and path.relative_to(project.processed).parts[0] != _RECORDS
    ]
    published: list[Path] = []
    for period in summary.periods:
        note = note_of(project, period)
        told = json.loads(note.read_text(encoding="utf-8"))
        published += [note, *(project.reports / period / name for name in told["files"])]
    return [path for path in (*tables, *published) if path.name != ".gitkeep"]


def _tree(path: Path, hashes: Hashes) -> str:
    if path.is_dir():
        return of_files((file for file in path.rglob("*") if file.is_file()), path, hashes)
    return hashes.of(path)


def _folder(project: Project) -> Path:
    return runs_folder(project) / "answers"
