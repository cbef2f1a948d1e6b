"""Tables that are up to date with the reports: built again only when something has changed."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError
from analysis.rerun.hashes import Hashes, of_parts
from analysis.rerun.locks import locked
from analysis.rerun.sources import READING, TABLE_ROOMS, library, versions
from analysis.tables.making import stamp
from analysis.tables.schema import schema_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.project import Project
    from analysis.tables import Tables

    Progress = Callable[[str], None]

# Set by `analysis run` for its notebooks: the folder with the tables of this run.
GIVEN = "REPORT_FIGURES_TABLES"
# The settings that tables depend on; name and locale are fields of the project.
_SETTINGS = ("indicators", "due_days", "reading")
_preloaded: dict[str, Tables] = {}


def current_tables(
    project: Project,
    *,
    period: str | None = None,
    baseline: str | None = None,
    locale: str | None = None,
    as_of: str | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Give the tables of a project, built and written again if reports or settings have changed.

    Parameters
    ----------
    project : the project.
    period, baseline : the periods of `comparisons`; the defaults without them.
    locale : language of the reasons in `comparisons`; the project's without it.
    as_of : a day, or its ISO text: only what had been received by then takes part, see `tables_as_of`.
    progress : called with the path of each report that is read.

    Errors
    ------
    UsageError for a period without data and for a day before all reports; AnalysisError where data/raw
    holds no report.
    """
    from analysis.tables.build import compared

    tables = given_tables(project)
    if tables is None:
        tables = up_to_date(project, progress=progress)[0]
    if as_of is not None:
        return past(project, tables, as_of, period=period, baseline=baseline, locale=locale)
    return compared(tables, period=period, baseline=baseline, locale=locale or project.locale)


def past(
    project: Project,
    tables: Tables,
    as_of: str,
    *,
    period: str | None,
    baseline: str | None,
    locale: str | None = None,
) -> Tables:
    """Give the tables as they were on a day, with their own comparison; nothing is written."""
    from analysis.tables.build import compared
    from analysis.tables.past import tables_as_of

    spoken = locale or project.locale
    then = tables_as_of(tables, as_of, due_days=project.settings.get("due_days"), locale=spoken)
    return compared(then, period=period, baseline=baseline, locale=spoken)


def up_to_date(
    project: Project,
    *,
    period: str | None = None,
    baseline: str | None = None,
    progress: Progress | None = None,
    hashes: Hashes | None = None,
) -> tuple[Tables, list[str]]:
    """Give the tables from data/processed, or built and written anew where anything they depend on changed.

    Parameters
    ----------
    project : the project.
    period, baseline : the comparison that is written with tables that are built anew.
    progress : called with the path of each report that is read.
    hashes : remembers files.

    Returns
    -------
    The tables, with the comparison that was written last, and warnings of writing.

    Errors
    ------
    As `current_tables`.
    """
    from analysis.tables import load_tables

    if _stamped(project) == fingerprint(project, hashes):
        # Deleted, or of an older layout: they are built again.
        with contextlib.suppress(AnalysisError):
            return load_tables(project), []
    return rebuilt(project, period=period, baseline=baseline, progress=progress, hashes=hashes)


def in_memory(project: Project) -> tuple[Tables, dict[str, str]]:
    """Give the tables and the hash of each as `up_to_date` would, but write nothing."""
    from analysis.rerun.keys import hashes_of, table_hashes
    from analysis.tables import build_tables, load_tables

    if _stamped(project) == fingerprint(project, Hashes()):
        with contextlib.suppress(AnalysisError):
            return load_tables(project), table_hashes(project.processed)
    tables = build_tables(project)
    return tables, hashes_of(tables)


def comparison_written(project: Project, today: Tables, wanted: Tables) -> list[str]:
    """Let the comparison in data/processed be that of a run; give warnings of writing."""
    from analysis.tables.store import file_name, to_parquet

    there = project.processed / file_name("comparisons")
    if there.is_file() and there.read_bytes() == to_parquet(wanted.comparisons, "comparisons"):
        return []
    return written(project, dataclasses.replace(today, comparisons=wanted.comparisons))


def rebuilt(
    project: Project,
    *,
    period: str | None = None,
    baseline: str | None = None,
    progress: Progress | None = None,
    hashes: Hashes | None = None,
) -> tuple[Tables, list[str]]:
    """Build all tables and write them.

    Returns
    -------
    The tables, and warnings such as that a workbook was open elsewhere.

    Errors
    ------
    As `current_tables`; nothing is written then.
    """
    from analysis.tables import build_tables

    if not project.raw.is_dir():
        raise AnalysisError(
            "the folder for reports is missing", where="data/raw", todo="make it and put report files there"
        )
    seen = fingerprint(project, hashes)
    tables = build_tables(project, period=period, baseline=baseline, progress=progress)
    return tables, written(project, tables, seen)


def written(project: Project, tables: Tables, seen: str | None = None) -> list[str]:
    """Write tables to data/processed, one writer at a time, and note what they were made from.

    Parameters
    ----------
    project : the project.
    tables : its tables.
    seen : the fingerprint of what they were made from; without it only the comparison is another one, and
        what was noted still holds.

    Returns
    -------
    Warnings, such as that a workbook was open elsewhere.
    """
    from analysis.tables import write_tables
    from analysis.tables.files import replace_file

    stamp = _stamp(project)
    with locked(stamp.with_name("tables.lock")):
        noted = _stamped(project) if seen is None else seen
        # Whoever is killed in between leaves tables without a stamp, and they are built again.
        stamp.unlink(missing_ok=True)
        warnings = write_tables(tables, project)
        replace_file(stamp, noted.encode())
    return warnings


def given_tables(project: Project) -> Tables | None:
    """Give the tables that the run hands to its notebooks, where this is one of them.

    They stay the same for all notebooks of a run, whatever arrives in data/raw meanwhile.
    """
    folder = os.environ.get(GIVEN, "")
    if not folder or not Path(folder).is_relative_to(project.root):
        return None
    if folder not in _preloaded:
        preload(Path(folder))
    return _preloaded[folder]


def preload(folder: Path) -> None:
    """Read the tables of a run before its notebooks ask for them; starts no thread, so that it can fork."""
    from analysis.tables.store import read_tables

    _preloaded[str(folder)] = read_tables(folder, threads=False)


def fingerprint(project: Project, hashes: Hashes | None = None) -> str:
    """Give a hash of all that the tables depend on.

    These are the reports, the list of places, entered figures, settings, the source and catalogue of the
    rooms that build tables, and the versions of the libraries that read. What was hashed before and has
    the same size and time is not read again.
    """
    from analysis import __version__

    hashes = hashes or Hashes(project.processed / "runs" / "hashes.json")
    files = sorted(path for path in project.raw.rglob("*") if path.is_file())
    parts = [__version__, schema_version(), library(hashes, TABLE_ROOMS), project.name, project.locale]
    parts += [
        json.dumps({name: project.settings.get(name) for name in _SETTINGS}, sort_keys=True, default=str)
    ]
    parts += [f"{name} {number}" for name, number in versions(READING).items()]
    parts += [stamp().decode()]
    for path in (project.places_file, project.entered, *files):
        parts += [path.relative_to(project.root).as_posix(), hashes.of(path)]
    hashes.keep()
    return of_parts(parts)


def _stamped(project: Project) -> str:
    try:
        return _stamp(project).read_text(encoding="utf-8")
    except OSError:
        return ""


def _stamp(project: Project) -> Path:
    return project.processed / "runs" / "built-from.txt"
