"""Write files so that a reader never sees half of one, and nobody's open workbook is lost."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_file(path: Path, content: bytes) -> tuple[Path, str | None]:
    """Write bytes under a temporary name and rename; a file with the same bytes is left alone.

    Parameters
    ----------
    path : the file to write; its folder is made.
    content : all its bytes.

    Returns
    -------
    The path that was written, and a warning or None. Where the target cannot be replaced (a workbook
    open in Excel on Windows), it is written beside it as `NAME (2).xlsx` and the warning says so.

    Errors
    ------
    OSError where the folder cannot be written at all.
    """
    return _write_all({path: content})[0]


def write_files(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write several files that belong together: all under temporary names first, then all renamed.

    A disk that is full leaves all of them as they were.

    Parameters
    ----------
    folder : where they go; it is made.
    contents : the bytes of each file, by its name within the folder.

    Returns
    -------
    Warnings, see `write_file`.

    Errors
    ------
    OSError where the folder cannot be written, or holds no more; nothing has been written then.
    """
    written = _write_all({folder / name: content for name, content in contents.items()})
    return [warning for _, warning in written if warning]


def replace_file(target: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it, so that it is never there in part."""
    temporary = _temporary(target)
    try:
        temporary.write_bytes(content)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _write_all(contents: Mapping[Path, bytes]) -> list[tuple[Path, str | None]]:
    changed = [path for path, content in contents.items() if not _same(path, content)]
    for folder in {path.parent for path in changed}:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        for path in changed:
            _temporary(path).write_bytes(contents[path])
        placed = {path: _placed(_temporary(path), path) for path in changed}
    finally:
        for path in changed:
            _temporary(path).unlink(missing_ok=True)
    return [placed.get(path, (path, None)) for path in contents]


def _placed(temporary: Path, path: Path) -> tuple[Path, str | None]:
    """Give a file that is written its name; where that name is locked, another one."""
    for number in count(1):
        target = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
        try:
            temporary.replace(target)
        except PermissionError:
            # A folder that may not be written would fail for ever; a locked target is a file that exists.
            if number > 9 or not target.exists():
                raise
            continue
        if number == 1:
            return path, None
        return target, f"{path.name} is open in another program or locked; written as {target.name} instead"
    raise AssertionError


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
