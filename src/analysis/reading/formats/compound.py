"""The container of old Office files: checked before a reader follows its chains.

Its sectors are chained like a list. A chain that a fault has made a circle, or a count of four billion sectors,
takes all memory of whoever follows it, and with it the whole process that reads.
"""

from __future__ import annotations

import struct
from array import array

_HEADER = 512
_SHIFTS = (9, 12)
_SMALL_SHIFT = 6
_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_STORED = (2, 5)


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
    small_table = _numbers(data, size, small)
    return _streams(data, size, directory, (table, small_table), cutoff)


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


def _streams(
    data: bytes, size: int, directory: list[int], tables: tuple[array[int], array[int]], cutoff: int
) -> str:
    whole = b"".join(data[(sector + 1) * size : (sector + 2) * size] for sector in directory)
    for start in range(0, len(whole) - _ENTRY + 1, _ENTRY):
        kind, first = whole[start + 66], *struct.unpack_from("<I", whole, start + 116)
        (length,) = struct.unpack_from("<I", whole, start + 120)
        if kind not in _STORED or not length:
            continue
        if length > len(data):
            return "a stream longer than the file"
        inside_small = kind == _STORED[0] and length < cutoff
        if _chain(tables[inside_small], first) is None:
            return "a chain of sectors is broken"
    return ""
