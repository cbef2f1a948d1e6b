"""The container of old Office files: checked before a reader follows its chains.

Its sectors are chained like a list. A chain that a fault has made a circle, or a count of four billion sectors,
takes all memory of whoever follows it, and with it the whole process that reads.
"""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = 512
_SHIFTS = (9, 12)
_SMALL_SHIFT = 6
_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_STORED = (_STREAM, _ROOT)
# The streams that hold the text of a document and of a workbook; a bit and a record say that it is encrypted.
_DOCUMENT = "WordDocument"
_TEXTS = (_DOCUMENT, "Workbook", "Book")
_ENCRYPTED, _FILEPASS = 0x0100, 0x002F


def fault(data: bytes) -> str:
    r"""Tell what is wrong with the chains of a compound file; "" where nothing is.

    Parameters
    ----------
    data : the whole file.

    Examples
    --------
    >>> fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    'sectors of 2^0 bytes'
    """
    opened = _opened(data)
    return opened if isinstance(opened, str) else _broken(opened, len(data))


def protected(data: bytes) -> bool:
    """Tell whether an old Word document or workbook is encrypted with a password."""
    opened = _opened(data)
    if isinstance(opened, str):
        return False
    heads = {entry.name: _head(data, opened, entry) for entry in opened.entries if entry.name in _TEXTS}
    document = heads.pop(_DOCUMENT, b"")
    flags = int.from_bytes(document[10:12], "little")
    return bool(flags & _ENCRYPTED) or any(map(_has_pass, heads.values()))


def _has_pass(book: bytes) -> bool:
    """Tell whether FILEPASS is among the first records of a workbook, each with its kind and its length before it."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


class _Entry(NamedTuple):
    """An entry of the directory: its name, kind, first sector and length in bytes."""

    name: str
    kind: int
    first: int
    length: int


class _Opened(NamedTuple):
    """A container whose tables can be followed.

    Attributes
    ----------
    size : of a sector, in bytes.
    cutoff : a stream of fewer bytes lies in small sectors, which lie in the stream of the root.
    table, small_table : for each sector the next one.
    entries : of its directory.
    """

    size: int
    cutoff: int
    table: array[int]
    small_table: array[int]
    entries: list[_Entry]


def _opened(data: bytes) -> _Opened | str:
    if len(data) < _HEADER:
        return "cut off in its header"
    (shift,) = struct.unpack_from("<H", data, 30)
    (tables, first_directory) = struct.unpack_from("<II", data, 44)
    (cutoff, first_small, small_tables, first_list, lists) = struct.unpack_from("<5I", data, 56)
    if shift not in _SHIFTS:
        return f"sectors of 2^{shift} bytes"
    size = 1 << shift
    sectors = -(-len(data) // size)
    if max(tables, small_tables, lists) > sectors:
        return "tables longer than the file"
    table = _table(data, size, (tables, first_list, lists))
    if table is None:
        return "its list of sectors is broken"
    directory = _chain(table, first_directory)
    small = _chain(table, first_small) if small_tables else []
    if directory is None or small is None:
        return "a chain of sectors is broken"
    return _Opened(size, cutoff, table, _numbers(data, size, small), list(_entries(data, size, directory)))


def _entries(data: bytes, size: int, directory: list[int]) -> Iterator[_Entry]:
    whole = b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in directory)
    for start in range(0, len(whole) - _ENTRY + 1, _ENTRY):
        name, used, kind = struct.unpack_from("<64sHB", whole, start)
        first, length = struct.unpack_from("<II", whole, start + 116)
        if kind in _STORED and length:
            yield _Entry(name[: max(0, used - 2)].decode("utf-16-le", "replace"), kind, first, length)


def _head(data: bytes, opened: _Opened, entry: _Entry) -> bytes:
    """Give the beginning of a stream, at most a sector of it; b"" where it cannot be found."""
    size = opened.size
    if entry.length >= opened.cutoff:
        return data[(entry.first + 1) * size :][: min(size, entry.length)]
    root = next((entry.first for entry in opened.entries if entry.kind == _ROOT), None)
    chain = _chain(opened.table, root) if root is not None else None
    sector, inside = divmod(entry.first << _SMALL_SHIFT, size)
    if chain is None or sector >= len(chain):
        return b""
    return data[(chain[sector] + 1) * size + inside :][: min(1 << _SMALL_SHIFT, entry.length)]


def _table(data: bytes, size: int, told: tuple[int, int, int]) -> array[int] | None:
    """Give for each sector the next one; None where the list of the sectors that say so goes in a circle."""
    tables, at, lists = told
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    for _ in range(lists):
        more = _numbers(data, size, [at])
        if not more:
            return None
        places += more[:-1]
        at = more[-1]
    used = [place for place in places if place < _LAST_SECTOR][:tables]
    if len(set(used)) < len(used):
        return None
    return _numbers(data, size, used)


def _numbers(data: bytes, size: int, sectors: list[int]) -> array[int]:
    pieces = [data[(sector + 1) * size : (sector + 2) * size] for sector in sectors]
    whole = b"".join(piece[: len(piece) // 4 * 4] for piece in pieces)
    return array("I", struct.unpack(f"<{len(whole) // 4}I", whole))


def _chain(table: array[int], at: int) -> list[int] | None:
    """Give the sectors of a chain; None where it goes in a circle or leads out of the table."""
    found: list[int] = []
    while at < _LAST_SECTOR:
        if at >= len(table) or len(found) > len(table):
            return None
        found.append(at)
        at = table[at]
    return found


def _broken(opened: _Opened, size: int) -> str:
    for entry in opened.entries:
        if entry.length > size:
            return "a stream longer than the file"
        small = entry.kind != _ROOT and entry.length < opened.cutoff
        if _chain(opened.small_table if small else opened.table, entry.first) is None:
            return "a chain of sectors is broken"
    return ""
