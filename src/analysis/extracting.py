"""The figures of files and texts, without a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from analysis.reading import Report, Unreadable


def extract(paths: str | Path | Iterable[str | Path]) -> pd.DataFrame:
    """Extract the figures of report files.

    Parameters
    ----------
    paths : a file or folder, or several.

    Returns
    -------
    One row a figure: `report` (the file's path), then the columns of the table `figures`. Files that
    cannot be read are listed in the frame's `attrs["unreadable"]`, each with path, reason and todo.

    Errors
    ------
    UsageError for a path that does not exist.
    """
    from analysis.reading import Report

    unreadable: list[Unreadable] = []
    reports: list[Report] = []
    for item in each_report(paths):
        if isinstance(item, Report):
            reports.append(item)
        else:
            unreadable.append(item)
    frame = frame_of(reports)
    frame.attrs["unreadable"] = [
        {"path": item.path, "reason": item.reason, "todo": item.todo} for item in unreadable
    ]
    return frame


def extract_text(text: str) -> pd.DataFrame:
    """Extract the figures of a text.

    Parameters
    ----------
    text : a report's text; offsets count its characters.

    Returns
    -------
    The same columns as `extract` gives; `report` is null.

    Examples
    --------
    >>> extract_text("清運垃圾18.5噸")[["value", "unit"]].values.tolist()
    [[18.5, '噸']]
    """
    from analysis.reading import report_from_text

    return frame_of([report_from_text(text)])


def each_report(paths: str | Path | Iterable[str | Path]) -> Iterator[Report | Unreadable]:
    """Read files and the files of folders one by one.

    Parameters
    ----------
    paths : a file or folder, or several. A folder without reports is given as unreadable.

    Errors
    ------
    UsageError for a path that does not exist, before anything is read.
    """
    listed = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    for path in listed:
        if not path.exists():
            raise UsageError("no such file or folder", where=str(path), todo="check the path")
    return _each(listed)


def _each(paths: list[Path]) -> Iterator[Report | Unreadable]:
    from analysis.reading import Unreadable, iter_reports

    for path in paths:
        try:
            yield from iter_reports([path])
        except AnalysisError as error:
            # A folder without reports must not stop the paths after it.
            yield Unreadable(str(path), error.what, error.todo)


def frame_of(reports: Iterable[Report]) -> pd.DataFrame:
    """Give the figures of reports with `report`, each report's path, as the first column."""
    from analysis.catalogue import load_catalogue
    from analysis.tables import figures_frame

    read = list(reports)
    frame = figures_frame(read, load_catalogue())
    path_of = {report.report_id: report.path or None for report in read}
    frame.insert(0, "report", frame["report_id"].map(path_of).astype("string"))
    return frame


def rows_of(report: Report) -> Iterator[dict[str, Any]]:
    """Give the figures of one report as rows for JSON, without the cost of a DataFrame.

    The keys are those of `extract` in their order; numbers without a fraction are integers, days ISO
    dates, and what is missing is None.
    """
    from analysis.catalogue import load_catalogue
    from analysis.extraction import extract_report
    from analysis.tables.schema import tables

    names = [column.name for column in tables()["figures"].columns]
    columns = extract_report(report, load_catalogue())
    for row in zip(*(columns[name] for name in names), strict=True):
        yield {"report": report.path or None} | dict(zip(names, map(_plain, row), strict=True))


def _plain(cell: Any) -> Any:
    if isinstance(cell, float):
        # NaN is the only float that differs from itself.
        return None if cell != cell else int(cell) if cell.is_integer() else cell  # noqa: PLR0124
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
