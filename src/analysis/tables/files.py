"""Write a file so that a reader never sees half of it, and nobody's open workbook is lost."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    path.parent.mkdir(parents=True, exist_ok=True)
    if _same(path, content):
        return path, None
    for number in count(1):
        target = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
        try:
            replace_file(target, content)
        except PermissionError:
            # A folder that may not be written would fail for ever; a locked target is a file that exists.
            if number > 9 or not target.exists():
                raise
            continue
        if number == 1:
            return path, None
        return target, f"{path.name} is open in another program or locked; written as {target.name} instead"
    raise AssertionError


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def replace_file(target: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it, so that it is never there in part."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
