"""A new project folder, filled so that `analysis run` works in it at once."""

from __future__ import annotations

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, UsageError

if TYPE_CHECKING:
    from analysis.project import Project

# Copied as they are; the name in analysis.toml is the new folder's.
_FOLDERS = ("data/raw", "data/processed", "reports", "notebooks")


def init(folder: str | Path) -> Project:
    """Make a new project: analysis.toml, folders, notebooks and one sample report.

    Parameters
    ----------
    folder : where; it is made, and has to be empty if it is there already.

    Errors
    ------
    UsageError for a folder that is not empty, or a file.
    """
    from analysis.project import FILE, open_project

    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise UsageError("this is a file", where=str(folder), todo="name a new folder")
    if root.exists() and any(root.iterdir()):
        raise UsageError(
            "the folder is not empty", where=str(folder), todo="name a new folder; nothing has been changed"
        )
    for name in _FOLDERS:
        (root / name).mkdir(parents=True, exist_ok=True)
    with as_file(files("analysis") / "starter") as starter:
        shutil.copytree(starter / "project", root, dirs_exist_ok=True)
    for source in notebook_sources():
        shutil.copyfile(source, root / "notebooks" / source.name)
    settings = root / FILE
    # JSON's quoting of a text is also TOML's.
    named = settings.read_text(encoding="utf-8").replace(
        '"NAME"', json.dumps(root.resolve().name, ensure_ascii=False)
    )
    settings.write_text(named, encoding="utf-8")
    return open_project(root.resolve())


def notebook_sources() -> list[Path]:
    """Give the notebooks that come with the package, in order.

    Errors
    ------
    AnalysisError where the installation lacks them.
    """
    package = Path(str(files("analysis")))
    # An installed wheel carries them inside; in a checkout they lie at its top, where people work on them.
    for candidate in (package / "starter" / "notebooks", package.parent.parent / "notebooks"):
        found = sorted(candidate.glob("[0-9][0-9]-*.ipynb"))
        if found:
            return found
    raise AnalysisError(
        "the notebooks are missing from this installation", todo="install report-figures again"
    )
