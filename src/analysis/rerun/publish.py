"""Put the results of a run where people look for them, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.rerun.finished import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PREFIX, _SUFFIX = ".run-", ".tmp"
_OLD = ".old"
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


@contextmanager
def staging(reports: Path) -> Iterator[Path]:
    """Give a temporary folder inside reports, which is removed at the end.

    Parameters
    ----------
    reports : the project's folder `reports`.
    """
    new = not reports.exists()
    reports.mkdir(parents=True, exist_ok=True)
    folder = reports / tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=reports)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if new and not any(reports.iterdir()):
            reports.rmdir()


def clean(reports: Path) -> None:
    """Remove what a run that was killed has left in reports; call it while no other run is at work.

    Where that run was killed between two names of one folder, the folder gets its old name back.
    """
    for left in reports.glob(f"{_PREFIX}*{_SUFFIX}") if reports.is_dir() else ():
        for old in left.glob(f"*{_OLD}"):
            target = reports / old.name.removesuffix(_OLD)
            if not target.exists():
                old.replace(target)
        shutil.rmtree(left, ignore_errors=True)


def publish(staged: Path, target: Path, names: Iterable[str], *, ours: Iterable[str] = ()) -> list[str]:
    """Replace folders and files by newly made ones, all in one step; all else in the target is left alone.

    Parameters
    ----------
    staged : the temporary folder, see `staging`.
    target : reports/PERIOD.
    names : the folders and files of `staged` to put there, such as charts and index.html.
    ours : names that earlier runs have put there; those that are not made any more go.

    Returns
    -------
    Warnings, where the folder could not be replaced and its files were put in one by one.
    """
    made = list(names)
    whole = staged / f"{target.name}.new"
    whole.mkdir()
    for name in made:
        (staged / name).replace(whole / name)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        whole.replace(target)
        return []
    foreign = [path for path in target.iterdir() if path.name not in {*made, *ours}]
    for path in foreign:
        _carry(path, whole / path.name)
    old = staged / f"{target.name}{_OLD}"
    try:
        if not _exchange(whole, target):
            target.replace(old)
            whole.replace(target)
            whole = old
    except OSError:
        if not target.exists():
            old.replace(target)
        # On Windows a folder with an open file cannot be moved, but its other files can be replaced.
        return _inside(whole, target, made)
    _keep_changed(whole, target, [path.name for path in foreign])
    return []


def _carry(path: Path, to: Path) -> None:
    """Bring what others have put there along; a file stays the very same file."""
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, to, symlinks=True, copy_function=_linked)
    elif path.is_symlink():
        to.symlink_to(path.readlink())
    else:
        link(path, to)


def _linked(source: str, target: str) -> None:
    link(Path(source), Path(target))


def _keep_changed(old: Path, target: Path, names: Iterable[str]) -> None:
    """Take over what others have saved in the old folder in the very moment of the exchange."""
    for name in names:
        found = [old / name, *(old / name).rglob("*")] if (old / name).is_dir() else [old / name]
        for path in found:
            now = target / path.relative_to(old)
            if path.is_file() and not (now.exists() and now.samefile(path)):
                if now.exists() and now.stat().st_mtime_ns >= path.stat().st_mtime_ns:
                    continue
                link(path, now.with_name(f".{now.name}.tmp"))
                now.with_name(f".{now.name}.tmp").replace(now)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders take each other's name in one step; tell whether this system could do that."""
    rename = _renameat2()
    return rename is not None and (rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


@cache
def _renameat2() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return getattr(ctypes.CDLL(None), "renameat2", None)


def _inside(new: Path, target: Path, names: Iterable[str]) -> list[str]:
    warnings: list[str] = []
    for name in names:
        if (new / name).is_dir():
            warnings += _one_by_one(new / name, target / name)
        else:
            warnings += _beside(new / name, target / name)
    return warnings


def _one_by_one(new: Path, old: Path) -> list[str]:
    old.mkdir(exist_ok=True)
    made = sorted(new.iterdir())
    for path in old.iterdir():
        if path.name not in {file.name for file in made}:
            with suppress(OSError):
                path.unlink()
    return [warning for path in made for warning in _beside(path, old / path.name)]


def _beside(new: Path, old: Path) -> list[str]:
    """Replace one file; where it is open in another program, put the new one beside it."""
    try:
        new.replace(old)
    except OSError:
        beside = old.with_name(f"{old.stem} (2){old.suffix}")
        new.replace(beside)
        return [f"{old.name} is open in another program; written as {beside.name} instead"]
    return []
