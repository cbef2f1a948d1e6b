"""Hashes of files, remembered by size and time, so that unchanged gigabytes are not read again."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNREADABLE = "-"
# A file that was written this shortly before it was hashed may be written again under the same time.
_SETTLED_NANOSECONDS = 2_000_000_000


class Hashes:
    """The SHA-256 of files; what it has seen before and has the same size, time and number, is not read.

    Parameters
    ----------
    memory : a JSON file that keeps what was seen from run to run; nothing is kept without it.
    """

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._known: dict[str, list[object]] = {}
        self._once: dict[object, str] = {}
        self._seen: dict[str, list[object]] = {}
        if memory is not None:
            try:
                told = json.loads(memory.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                told = {}
            self._known = told if isinstance(told, dict) else {}

    def of(self, path: Path) -> str:
        """Give the hash of a file's bytes; "-" for one that cannot be opened, which only has to stay so."""
        name = str(path)
        try:
            about = path.stat()
        except OSError:
            return UNREADABLE
        marks: list[object] = [about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino]
        known = self._known.get(name)
        if known is not None and known[:-1] == marks:
            self._seen[name] = known
            return str(known[-1])
        found = sha256_of(path)
        if found != UNREADABLE and time.time_ns() - about.st_ctime_ns > _SETTLED_NANOSECONDS:
            self._seen[name] = [*marks, found]
        return found

    def once(self, what: object, find: Callable[[], str]) -> str:
        """Give what was found at the first question; what a process has imported stays the same."""
        if what not in self._once:
            self._once[what] = find()
        return self._once[what]

    def keep(self) -> None:
        """Write down what was seen; where that is impossible, it is seen anew next time."""
        new = {name: known for name, known in self._seen.items() if self._known.get(name) != known}
        if self._memory is None or not new:
            return
        # Files that are gone are forgotten.
        kept = {
            name: known for name, known in self._known.items() if name in self._seen or Path(name).exists()
        }
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._memory, json.dumps(kept | new, sort_keys=True).encode())
        except OSError:
            return


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes; "-" for one that cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return UNREADABLE


def of_parts(parts: Iterable[str]) -> str:
    """Give one hash of several texts.

    Examples
    --------
    >>> of_parts(["a", "bc"]) == of_parts(["ab", "c"])
    False
    """
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape")
        total.update(f"{len(data)}:".encode() + data)
    return total.hexdigest()


def of_files(paths: Iterable[Path], root: Path, hashes: Hashes) -> str:
    """Give one hash of files: of their names under a root, and of their bytes."""
    return of_parts(
        part for path in sorted(paths) for part in (path.relative_to(root).as_posix(), hashes.of(path))
    )
