"""Why a number of a report is, or is not, a figure, and how it got its indicator, role, period and place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.catalogue import Catalogue
    from analysis.extraction.traced import Trace, Traced
    from analysis.reading import Report

_NEAREST, _AROUND = 3, 8


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number of a report with all that was weighed for it.

    `report` and `report_id` are those of the table reports, `sentence` is the number's sentence with the
    number between 【 and 】, and `number` what was read, refused, named, dated and placed.
    """

    report: str
    report_id: str
    sentence: str
    number: Traced


def explain(path: str | Path, at: int | None = None, figure: str | None = None) -> Explanation:
    """Explain one number of a report file.

    Parameters
    ----------
    path : the report. In a project's data/raw it is read as the project reads it, with its manifest and its
        own indicators; elsewhere as `extract` does.
    at : an offset into the report's text that the number covers; or
    figure : a figure's key, or the beginning of it where only one figure begins so.

    Errors
    ------
    UsageError for a path that is no file, for an offset out of range or without a number, for a key that no
    figure or more than one has, and without, or with both of, `at` and `figure`; UnreadableError for a file
    that cannot be read.
    """
    if (at is None) == (figure is None):
        raise UsageError(
            "name one number", where=str(path), todo="give its offset (--at) or the figure's key (--figure)"
        )
    report, catalogue = _read(Path(path))
    where = str(path)
    if at is not None and not 0 <= at < len(report.text):
        todo = f"give an offset from 0 to {len(report.text) - 1}" if report.text else "the report is empty"
        raise UsageError("no such offset in this report", where=where, seen=str(at), todo=todo)
    from analysis.extraction.trace import trace_report

    trace = trace_report(report, catalogue)
    number = _at(trace, report, where, at) if at is not None else _of(trace, where, figure or "")
    first, last = number.sentence
    first, last = min(first, number.start), max(last, number.end)
    text = report.text
    marked = f"{text[first : number.start]}【{number.text}】{text[number.end : last]}"
    return Explanation(report.path, report.report_id, " ".join(marked.split()), number)


def _read(path: Path) -> tuple[Report, Catalogue]:
    """Read a report, as its project does where it lies in one."""
    from analysis.catalogue import load_catalogue
    from analysis.project import FILE, open_project
    from analysis.reading import read

    if not path.is_file():
        what = "this is a folder" if path.is_dir() else "no such file"
        raise UsageError(what, where=str(path), todo="name one report file")
    whole = path.resolve()
    for folder in whole.parents:
        if (folder / FILE).is_file() and whole.is_relative_to(folder / "data" / "raw"):
            project = open_project(folder)
            manifest = project.raw / "manifest.csv"
            report = read(path, root=project.raw, manifest=manifest if manifest.is_file() else None)
            return report, load_catalogue(project.settings.get("indicators"))
    return read(path), load_catalogue()


def _at(trace: Trace, report: Report, where: str, at: int) -> Traced:
    for number in trace.numbers:
        if number.start <= at < number.end:
            return number
    near = sorted(trace.numbers, key=lambda n: min(abs(n.start - at), abs(n.end - 1 - at)))[:_NEAREST]
    raise UsageError(
        "no number at this offset",
        where=f"{where}, offset {at}",
        seen=report.text[max(0, at - _AROUND) : at + _AROUND],
        todo=f"the nearest are {_listed(near)}" if near else "there is no number in this report",
    )


def _of(trace: Trace, where: str, key: str) -> Traced:
    found = [n for n in trace.numbers if n.figure and n.figure.figure_id.startswith(key)] if key else []
    if len(found) == 1:
        return found[0]
    raise UsageError(
        f"{len(found)} figures begin so" if found else "no figure of this report has this key",
        where=where,
        seen=key or "no key",
        todo=f"give more of the key: {_keys(found)}"
        if found
        else f"see the keys with `analysis extract {where}`",
    )


def _listed(numbers: Sequence[Traced]) -> str:
    ordered = sorted(numbers, key=lambda number: number.start)
    return ", ".join(f"{number.text} (--at {number.start})" for number in ordered)


def _keys(numbers: Sequence[Traced]) -> str:
    return ", ".join(number.figure.figure_id for number in numbers[:_NEAREST] if number.figure)
