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
    """Replace folders by newly made ones; all else in the target folder is left alone.

    Parameters
    ----------
    staged : the temporary folder.
    target : reports/PERIOD.
    names : the folders to replace, such as charts.

    Returns
    -------
    Warnings, where a folder could not be replaced and its files were put in one by one.
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
            warnings += _one_by_one(new, old)
    return warnings


def _one_by_one(new: Path, old: Path) -> list[str]:
    old.mkdir(exist_ok=True)
    warnings: list[str] = []
    for path in sorted(new.iterdir()):
        try:
            path.replace(old / path.name)
        except OSError:
            beside = old / f"{path.stem} (2){path.suffix}"
            path.replace(beside)
            warnings.append(f"{path.name} is open in another program; written as {beside.name} instead")
    return warnings
