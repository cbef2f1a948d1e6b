"""A draft of data/raw/manifest.csv: what reading found about each report, for an analyst to correct."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from analysis.reading import Report, Unreadable
    from analysis.reading.manifest import Entry

_DRAFT = "manifest-draft.csv"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was written.

    Attributes
    ----------
    path : the file.
    known : rows that the manifest had already; they are kept as they were.
    added : rows for reports that it did not name.
    open : how many of those lack a place or a period.
    """

    path: Path
    known: int
    added: int
    open: int

    def lines(self) -> list[str]:
        """Say what was written."""
        told = f"{self.path}: {self.added} reports added, {self.known} kept"
        return (
            [told, f"{self.open} of the added lack a place or a period: fill these in"]
            if self.open
            else [told]
        )


def manifest(project: str | Path = ".", output: str | Path | None = None) -> Draft:
    """Write a draft of the manifest of a project.

    Parameters
    ----------
    project : a folder in the project.
    output : where to write; by default data/raw/manifest.csv, or manifest-draft.csv beside it where there is
        a manifest already, for that is never changed.

    Returns
    -------
    What was written: rows of the present manifest as they are, then one for each file it does not name, with
    the place and period that were found and in `note` where, or why the file cannot be read.

    Errors
    ------
    UsageError without a project and where the file to write exists, DataError where the present manifest is
    wrong, AnalysisError for a folder without reports.
    """
    from pathlib import Path

    from analysis.errors import UsageError
    from analysis.project import find_project
    from analysis.reading import iter_reports
    from analysis.reading.manifest import load_manifest
    from analysis.tables.files import replace_file

    opened = find_project(project)
    present = opened.raw / "manifest.csv"
    known = load_manifest(present) if present.is_file() else {}
    target = (
        Path(output) if output is not None else opened.raw / (_DRAFT if present.is_file() else present.name)
    )
    if target.exists():
        # It may hold an analyst's corrections.
        todo = "rename or delete it, or name another with --output; nothing was changed"
        raise UsageError("this file exists", where=str(target), todo=todo)
    items = list(iter_reports([opened.raw], root=opened.raw, manifest=known))
    rows = _rows(items, known)
    replace_file(target, _text(known, rows).encode("utf-8-sig"))
    missing = sum(1 for row in rows if not (row[1] and row[2]))
    return Draft(target, len(known), len(rows), missing)


def _rows(items: Iterable[Report | Unreadable], known: Mapping[str, Entry]) -> list[tuple[str, ...]]:
    from analysis.reading import Report
    from analysis.reading.manifest import manifest_key

    rows: list[tuple[str, ...]] = []
    for item in items:
        if manifest_key(item.path) in known:
            continue
        if not isinstance(item, Report):
            rows.append((item.path, "", "", "", "", f"not read: {item.reason}"))
            continue
        period = item.period.label if item.period else ""
        received = item.received.isoformat() if item.received else ""
        found = [
            f"{what} from {source}" if source else f"no {what} found"
            for what, source in (("place", item.place_source), ("period", item.period_source))
        ]
        rows.append((item.path, item.place or "", period, received, "", "; ".join(found)))
    return rows


def _text(known: Mapping[str, Entry], rows: list[tuple[str, ...]]) -> str:
    from analysis.reading.manifest import COLUMNS

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for path, entry in known.items():
        period = entry.period.label if entry.period else ""
        received = entry.received.isoformat() if entry.received else ""
        writer.writerow((path, entry.place or "", period, received, entry.supersedes or "", entry.note or ""))
    writer.writerows(rows)
    return out.getvalue()
