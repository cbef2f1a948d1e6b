"""data/raw/manifest.csv: what an office knows about its reports and the files do not say."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.errors import DataError, UsageError
from analysis.language.periods import ACCEPTED, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Protocol

    from analysis.language.periods import Period

    class _Reader(Protocol):
        """What csv.reader gives: rows, and how far it has read."""

        @property
        def line_num(self) -> int: ...
        def __iter__(self) -> Iterator[list[str]]: ...
        def __next__(self) -> list[str]: ...


COLUMNS = ("path", "place", "period", "received", "supersedes", "note")
# Excel writes 2026-04-14 as 2026/4/14 when it saves a CSV file.
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the manifest; what a cell leaves empty is None.

    Attributes
    ----------
    place : name of the place.
    period : what the report is about.
    received : the day it came in.
    supersedes : path of the report that it replaces.
    note : free words.
    """

    place: str | None = None
    period: Period | None = None
    received: date | None = None
    supersedes: str | None = None
    note: str | None = None


def load_manifest(path: Path) -> dict[str, Entry]:
    """Read a manifest.

    Parameters
    ----------
    path : a CSV file in UTF-8, with or without a byte order mark. Only the column path must be there.

    Returns
    -------
    Each row by its path within data/raw, with forward slashes.

    Errors
    ------
    DataError naming the row and the column of what is wrong, and what would be right.
    """
    name = path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(
            "cannot be opened", where=name, seen=error.strerror or "", todo="check the file"
        ) from None
    except UnicodeDecodeError as error:
        todo = "save it as CSV UTF-8"
        raise DataError("not UTF-8", where=name, seen=f"byte {error.start}", todo=todo) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return _entries(reader, name)
    except csv.Error as error:
        where = f"{name} row {reader.line_num}"
        raise DataError(
            "not a CSV table", where=where, seen=str(error), todo="close every quotation mark"
        ) from None


def manifest_key(path: str) -> str:
    """Give a path as the manifest's rows are looked up: forward slashes, composed characters."""
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).removeprefix("./")


def _entries(reader: _Reader, name: str) -> dict[str, Entry]:
    header = [cell.strip() for cell in next(reader, [])]
    _check_header(header, name)
    entries: dict[str, Entry] = {}
    rows: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name} row {reader.line_num}"
        if any(cell.strip() for cell in cells[len(header) :]):
            todo = "put cells that hold a comma in quotation marks"
            raise DataError("more cells than columns", where=where, seen=cells[len(header)], todo=todo)
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if column}
        if not row["path"]:
            raise DataError(
                "no path", where=f"{where}, column path", todo="name the report's file in data/raw"
            )
        key = manifest_key(row["path"])
        if key in rows:
            seen = f"{row['path']}, also in row {rows[key]}"
            raise DataError(
                "a path twice", where=f"{where}, column path", seen=seen, todo="keep one of the rows"
            )
        rows[key], entries[key] = reader.line_num, _entry(row, where)
    return entries


def _check_header(header: list[str], name: str) -> None:
    where, todo = f"{name} row 1", f"name the columns {','.join(COLUMNS)}, with commas between"
    if "path" not in header:
        raise DataError("no column path", where=where, seen=",".join(header), todo=todo)
    for column in header:
        if column and column not in COLUMNS:
            raise DataError("unknown column", where=where, seen=column, todo=todo)
        if column and header.count(column) > 1:
            raise DataError("a column twice", where=where, seen=column, todo=todo)


def _entry(row: dict[str, str], where: str) -> Entry:
    supersedes = row.get("supersedes")
    return Entry(
        place=unicodedata.normalize("NFC", row.get("place") or "") or None,
        period=_period(row.get("period"), f"{where}, column period"),
        received=_day(row.get("received"), f"{where}, column received"),
        supersedes=manifest_key(supersedes) if supersedes else None,
        note=row.get("note") or None,
    )


def _period(cell: str | None, where: str) -> Period | None:
    if not cell:
        return None
    try:
        return parse_period(cell)
    except UsageError:
        raise DataError("not a period", where=where, seen=cell, todo=f"write it as {ACCEPTED}") from None


def _day(cell: str | None, where: str) -> date | None:
    if not cell:
        return None
    match = _DAY.fullmatch(cell)
    try:
        if match:
            return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        pass
    raise DataError("not a date", where=where, seen=cell, todo="write it as 2026-08-31")
