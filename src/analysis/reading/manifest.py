"""data/raw/manifest.csv: what an office knows about its reports and the files do not say."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.language.periods import Period

COLUMNS = ("path", "place", "period", "received", "supersedes", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the manifest; what a cell leaves empty is None."""

    place: str | None
    period: Period | None
    received: date | None
    supersedes: str | None
    note: str | None


def load_manifest(path: Path) -> dict[str, Entry]:
    """Read a manifest: path within data/raw to entry.

    Raises
    ------
    UnreadableError
        The file is no UTF-8 CSV with the expected columns, or a cell is wrong; row and column are named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8", where=path.name, seen=f"byte {error.start}", todo="save it as CSV UTF-8") from error
    rows = csv.DictReader(io.StringIO(text))
    missing = [name for name in ("path",) if name not in (rows.fieldnames or ())]
    unknown = [name for name in rows.fieldnames or () if name not in COLUMNS]
    if missing or unknown:
        seen = f"missing {', '.join(missing)}" if missing else f"unknown {', '.join(unknown)}"
        raise UnreadableError("wrong columns", where=path.name, seen=seen, todo=f"use {', '.join(COLUMNS)}")
    return {_inner(row["path"]): _entry(row, f"{path.name} row {i}") for i, row in enumerate(rows, 2) if row["path"]}


def _inner(path: str) -> str:
    return path.strip().replace("\\", "/")


def _entry(row: dict[str, str], where: str) -> Entry:
    cells = {name: (row.get(name) or "").strip() or None for name in COLUMNS}
    received = None
    if cells["received"]:
        try:
            received = date.fromisoformat(cells["received"])
        except ValueError as error:
            raise UnreadableError("wrong date", where=f"{where} received", seen=cells["received"], todo="write it as 2026-08-31") from error
    period = parse_period(cells["period"]) if cells["period"] else None
    supersedes = _inner(cells["supersedes"]) if cells["supersedes"] else None
    return Entry(cells["place"], period, received, supersedes, cells["note"])
