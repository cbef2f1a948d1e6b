"""From a path to its bytes, and from bytes to a Document, within the limits."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.reading.formats import read_document
from analysis.reading.limits import MEGABYTE, raising

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.reading.document import Document
    from analysis.reading.formats import Kind
    from analysis.reading.limits import Limits

_THERE = "check that it is there and may be read"
_TRIES = 2


def open_bytes(file: Path, name: str, limits: Limits) -> bytes:
    """Read a file whole.

    Parameters
    ----------
    file : its path.
    name : what errors call it.
    limits : what it may cost.

    Errors
    ------
    UnreadableError where it is gone, no file, too large, or changes while it is read.
    """
    for _ in range(_TRIES):
        try:
            data = _once(file, name, limits.file_megabytes * MEGABYTE)
        except OSError as error:
            seen = error.strerror or str(error)
            raise UnreadableError("cannot be opened", where=name, seen=seen, todo=_THERE) from None
        except ValueError as error:  # a NUL in the path
            raise UnreadableError("cannot be opened", where=name, seen=str(error), todo=_THERE) from None
        if data is not None:
            return data
    todo = "wait until it has been copied, then run again"
    raise UnreadableError("changes while it is read", where=name, todo=todo)


def _once(file: Path, name: str, most: int) -> bytes | None:
    """Read a file; None where it is another one at the end than at the beginning."""
    # Opening a pipe would wait for somebody who writes into it.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as source:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableError("not a file", where=name, todo="put a copy of the report in its place")
        if before.st_size > most:
            raise too_large(name, before.st_size, most, "file_megabytes")
        data = source.read(most + 1)
        after = os.fstat(handle)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if same and len(data) == after.st_size else None


def too_large(name: str, size: int, most: int, key: str) -> UnreadableError:
    """Give the error for so many bytes where `key` allows `most`."""
    # One byte too many is said as one MB too many.
    seen = f"{-(-size // MEGABYTE):,} MB, at most {most // MEGABYTE:,} are read"
    return UnreadableError("too large", where=name, seen=seen, todo=raising(key))


def open_document(data: bytes, name: str, kind: Kind, limits: Limits) -> Document:
    """Read the bytes of a file of some format, in a child process where the kind asks for it.

    Parameters
    ----------
    data : the whole file.
    name : its name, for errors.
    kind : what `analysis.reading.formats.sniff` gave.
    limits : what it may cost.

    Errors
    ------
    UnreadableError where the file is damaged, protected, without content, or costs too much.
    """
    if not kind.isolated:
        return read_document(data, name, kind)
    from analysis.reading.child import read_in_child

    return read_in_child(data, name, kind, limits)
