"""Tables that are up to date with the reports: built again only when something has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from analysis.project import Project
    from analysis.tables import Tables

    Progress = Callable[[str], None]


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

    stamp = _stamp(project)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(project):
        from analysis.tables import load_tables

        try:
            tables = load_tables(project)
        except AnalysisError:
            # Deleted, or of an older layout.
            tables = rebuilt(project, progress=progress)[0]
    else:
        tables = rebuilt(project, progress=progress)[0]
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


def rebuilt(
    project: Project,
    *,
    period: str | None = None,
    baseline: str | None = None,
    progress: Progress | None = None,
) -> tuple[Tables, list[str]]:
    """Build all tables and write them.

    Returns
    -------
    The tables, and warnings such as that a workbook was open elsewhere.

    Errors
    ------
    As `current_tables`; nothing is written then.
    """
    from analysis.tables import build_tables, write_tables

    if not project.raw.is_dir():
        raise AnalysisError(
            "the folder for reports is missing", where="data/raw", todo="make it and put report files there"
        )
    seen = fingerprint(project)
    tables = build_tables(project, period=period, baseline=baseline, progress=progress)
    stamp = _stamp(project)
    stamp.unlink(missing_ok=True)
    warnings = write_tables(tables, project)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(seen, encoding="utf-8")
    return tables, warnings


def fingerprint(project: Project) -> str:
    """Give a hash of all that the tables depend on: reports, places, entered figures, settings, version."""
    from analysis import __version__
    from analysis.project import FILE
    from analysis.tables import schema_version

    total = hashlib.sha256(f"{__version__} {schema_version()}".encode())
    files = sorted(path for path in project.raw.rglob("*") if path.is_file())
    for path in (project.root / FILE, project.places_file, project.entered, *files):
        total.update(path.relative_to(project.root).as_posix().encode("utf-8", "surrogateescape"))
        total.update(_hash(path))
    return total.hexdigest()


def _hash(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        # What cannot be opened is listed as unreadable by the reader; here it only has to be the same again.
        return b"-"


def _stamp(project: Project) -> Path:
    return project.processed / "runs" / "built-from.txt"
