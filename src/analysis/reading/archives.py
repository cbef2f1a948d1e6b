"""Archives: the files in a zip file, each as if it lay in a folder of the archive's name.

Nothing is ever written to the disk. Sizes are counted as they are unpacked, never as the archive states them.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.reading.encoding import decode
from analysis.reading.limits import MEGABYTE, raising
from analysis.reading.opening import too_large

if TYPE_CHECKING:
    from analysis.reading.limits import Limits

_ENTRY = b"PK\x01\x02"
# An entry of the list of files costs the reader half a kilobyte before a limit can count it.
_MOST_ENTRIES = 200_000
_UTF8, _ENCRYPTED = 0x800, 0x1
_CHUNK = MEGABYTE
_AGAIN = "ask for it again, or unpack it and put the files in its place"
_PASSWORD = "unpack it with its password and put the files in its place"  # noqa: S105 - a message
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
    KeyError, IndexError, OverflowError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file within an archive: its path below the archive's, and its bytes or why there are none."""

    path: str
    data: bytes = b""
    error: UnreadableError | None = None


@dataclass(slots=True)
class Spent:
    """What the files of one archive, with the archives within it, have cost so far."""

    limits: Limits
    bytes: int = 0
    files: int = 0
    depth: int = field(default=1)


def check_entries(data: bytes, name: str) -> None:
    """Refuse a zip file, or a package that is one, whose list of files alone would fill the memory.

    Errors
    ------
    UnreadableError.
    """
    if data.startswith(b"PK") and (entries := data.count(_ENTRY)) > _MOST_ENTRIES:
        raise UnreadableError("an archive of too many files", where=name, seen=f"{entries:,}", todo=_AGAIN)


def members(data: bytes, name: str, spent: Spent) -> Iterator[Member]:
    """Give the files of an archive one by one.

    Parameters
    ----------
    data : the archive.
    name : its path, for errors.
    spent : counted on; its limits hold for the archive and those within it together.

    Errors
    ------
    UnreadableError where it is damaged, all of it is protected, or a limit is reached: what was given before
    holds, and the error says how many files were left out.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableError("the archive is damaged", where=name, seen=_words(error), todo=_AGAIN) from None
    with package:
        # ZipInfo.is_dir raises where a fault has left an entry without a name.
        entries = [entry for entry in package.infolist() if not entry.filename.endswith("/")]
        if entries and all(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise UnreadableError("protected with a password", where=name, todo=_PASSWORD)
        taken: Counter[str] = Counter()
        for at, (entry, path) in enumerate(zip(entries, _names(entries), strict=True)):
            spent.files += 1
            left = len(entries) - at
            if spent.files > spent.limits.archive_files:
                raise _stopped(name, f"more than {spent.limits.archive_files:,} files", left, "archive_files")
            taken[path] += 1
            own = path if taken[path] == 1 else _numbered(path, taken[path])
            yield _member(package, entry, own, f"{name}/{own}", spent)
            if spent.bytes > spent.limits.archive_megabytes * MEGABYTE:
                what = f"unpacks to more than {spent.limits.archive_megabytes:,} MB"
                raise _stopped(name, what, left, "archive_megabytes")


def _stopped(name: str, what: str, left: int, key: str) -> UnreadableError:
    return UnreadableError(what, where=name, seen=f"{left:,} of its files not read", todo=raising(key))


def _member(package: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, where: str, spent: Spent) -> Member:
    try:
        return Member(path, _unpacked(package, entry, where, spent))
    except UnreadableError as error:
        return Member(path, error=error)
    except _BROKEN as error:
        damaged = UnreadableError("damaged in its archive", where=where, seen=_words(error), todo=_AGAIN)
        return Member(path, error=damaged)


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str, spent: Spent) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError("protected with a password", where=where, todo=_PASSWORD)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError("a link within an archive", where=where, todo=_AGAIN)
    if _leads_out(entry.filename):
        seen = ascii(entry.filename)
        raise UnreadableError("its name leads out of the archive", where=where, seen=seen, todo=_AGAIN)
    most = spent.limits.file_megabytes * MEGABYTE
    pieces: list[bytes] = []
    size = 0
    with package.open(entry) as source:
        while piece := source.read(_CHUNK):
            size += len(piece)
            spent.bytes += len(piece)
            if size > most:
                raise too_large(where, max(size, entry.file_size), most, "file_megabytes")
            if spent.bytes > spent.limits.archive_megabytes * MEGABYTE:
                # The archive's own error follows and says what was left out with this file.
                raise UnreadableError("its archive unpacks to too much", where=where, todo=_AGAIN)
            pieces.append(piece)
    return b"".join(pieces)


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Give the paths of entries; those that do not say UTF-8 are in the encoding of whoever packed them."""
    raw = {entry.filename: entry.filename.encode("cp437") for entry in entries if _undeclared(entry)}
    known = _decoded(raw) if raw else {}
    return [_tidy(known.get(e.filename, e.filename) if _undeclared(e) else e.filename) for e in entries]


def _undeclared(entry: zipfile.ZipInfo) -> bool:
    return not entry.flag_bits & _UTF8 and not entry.filename.isascii()


def _decoded(raw: dict[str, bytes]) -> dict[str, str]:
    # All names together say more of their encoding than each alone.
    try:
        encoding = decode(b"\n".join(raw.values()), "")[1]
    except UnreadableError:
        encoding = "gb18030"
    found = {}
    for name, data in raw.items():
        for codec in (encoding, "gb18030", "big5hkscs"):
            try:
                found[name] = data.decode({"big5": "big5hkscs"}.get(codec, codec))
                break
            except (UnicodeDecodeError, LookupError):
                continue
    return found


def _tidy(name: str) -> str:
    """Give a path without what leads out of the archive: one that does is refused, but has to be named."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "/".join(parts) or "unnamed"


def _numbered(path: str, number: int) -> str:
    """Tell files of one name apart.

    >>> _numbered("2026-03/a.txt", 2)
    '2026-03/a (2).txt'
    """
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}"))


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
