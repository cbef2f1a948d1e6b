"""Put the results of a run where people look for them, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def staging(reports: Path) -> Iterator[Path]:
    """Give a temporary folder inside reports, which is removed at the end.

    Parameters
    ----------
    reports : the project's folder `reports`.
    """
    new = not reports.exists()
    reports.mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=".run-", suffix=".tmp", dir=reports)
    try:
        yield reports / folder
    finally:
        shutil.rmtree(reports / folder, ignore_errors=True)
        if new and not any(reports.iterdir()):
            reports.rmdir()


def publish(staged: Path, target: Path, names: tuple[str, ...]) -> list[str]:
    """Replace folders and files by newly made ones; all else in the target folder is left alone.

    Parameters
    ----------
    staged : the temporary folder.
    target : reports/PERIOD.
    names : the folders and files to replace, such as charts and index.html.

    Returns
    -------
    Warnings, where one could not be replaced and its files were put in one by one.
    """
    target.mkdir(parents=True, exist_ok=True)
    warnings: list[str] = []
    for name in names:
        old, new = target / name, staged / name
        try:
            if old.exists():
                old.replace(staged / f"{name}.old")
            new.replace(old)
        except OSError:
            # On Windows a folder with an open file cannot be moved, but its other files can be replaced.
            warnings += _one_by_one(new, old) if new.is_dir() else _beside(new, old)
    return warnings


def _one_by_one(new: Path, old: Path) -> list[str]:
    old.mkdir(exist_ok=True)
    warnings: list[str] = []
    for path in sorted(new.iterdir()):
        warnings += _beside(path, old / path.name)
    return warnings


def _beside(new: Path, old: Path) -> list[str]:
    """Replace one file; where it is open in another program, put the new one beside it."""
    try:
        new.replace(old)
    except OSError:
        beside = old.with_name(f"{old.stem} (2){old.suffix}")
        new.replace(beside)
        return [f"{old.name} is open in another program; written as {beside.name} instead"]
    return []
