"""Which files of a folder are reports, and what in it cannot be one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, UnreadableError
from analysis.reading.formats import endings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NEVER = re.compile(r"\..*|~\$.*|__MACOSX|Thumbs\.db|desktop\.ini|manifest(?:-draft)?\.csv", re.IGNORECASE)
_COPY = "put a copy of the report in its place, or delete it"

# A file, or a file and why it is not read.
Found = Path | tuple[Path, UnreadableError]


def is_never_report(path: str) -> bool:
    """Tell whether a path within a folder or archive is never a report: hidden, a lock file, the manifest.

    Examples
    --------
    >>> is_never_report("2026-03/~$report.docx"), is_never_report("2026-03/report.docx")
    (True, False)
    """
    return any(_NEVER.fullmatch(part) for part in path.split("/"))


def files_of(paths: Iterable[Path]) -> Iterator[Found]:
    """Give the files of files and folders, each once, those of a folder in the order of their paths.

    Errors
    ------
    AnalysisError for a folder without any file that could be a report.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _files(path):
            file = found if isinstance(found, Path) else found[0]
            if file not in seen:
                seen.add(file)
                yield found


def _files(path: Path) -> list[Found]:
    if not path.is_dir():
        return [path]
    top = path.resolve()
    found: dict[Path, Found] = {}

    def closed(error: OSError) -> None:
        folder = Path(error.filename)
        found[folder] = folder, _refused("folder cannot be opened", error.strerror or "", "allow to read it")

    for folder, folders, names in os.walk(path, onerror=closed):
        folders[:] = [name for name in folders if not _NEVER.fullmatch(name)]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            file = Path(folder, name)
            if not _NEVER.fullmatch(name):
                found[file] = _checked(file, top)
    if not found:
        todo = f"put reports there ({' '.join(endings())})"
        raise AnalysisError("no reports in this folder", where=str(path), todo=todo)
    return [found[file] for file in sorted(found, key=lambda file: file.as_posix())]


def _checked(file: Path, top: Path) -> Found:
    """Give a file, or why it is not read: of a link, only one to a file within the folder is followed."""
    if file.is_symlink():
        try:
            target = file.resolve(strict=True)
        except (OSError, RuntimeError):
            return file, _refused("a link to nothing", "", _COPY)
        if not target.is_relative_to(top):
            return file, _refused("a link that leads out of the folder", "", _COPY)
        if target.is_dir():
            return file, _refused(
                "a link to a folder", "", "its files are read where they are; delete the link"
            )
    return file


def _refused(what: str, seen: str, todo: str) -> UnreadableError:
    return UnreadableError(what, seen=seen, todo=todo)
