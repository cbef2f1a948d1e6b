"""What is different between two runs, and why: figures, observations and charts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError
from analysis.rerun.keys import why
from analysis.rerun.record import read_record, run_folders, runs_folder
from analysis.tables.entered import PATH as ENTERED

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.project import Project

# What a row of a kept table is known by, and what may change of it.
_FIGURE = ("path", "sentence", "text", "nth")
_OF_FIGURE = ("indicator", "series", "place_id", "period", "value", "low", "high", "unit", "role")
_OBSERVATION = ("indicator", "series", "dimension", "place_id", "period", "basis")
_OF_OBSERVATION = ("value", "low", "high", "unit", "figure_ids")
_CODE = ("notebook changed", "library changed", "font changed")
_LISTED = 5
_SHORT = 12
COLUMNS = ["what", "name", "period", "place", "change", "before", "after", "cause", "detail"]
# Files that say of reports what they do not say themselves.
_ABOUT = (ENTERED, "data/raw/manifest.csv", "data/places.toml", "analysis.toml")


@dataclass(frozen=True, slots=True)
class _Run:
    """One of the two runs: its record, and what was kept of its tables."""

    record: Mapping[str, Any]
    kept: Path

    def table(self, name: str) -> pd.DataFrame:
        import pandas as pd

        try:
            return pd.read_parquet(self.kept / self.record["kept"][name])
        except (OSError, KeyError):
            raise UsageError(
                "the tables of this run are not kept",
                where=str(self.record.get("run", "")),
                todo="compare runs that came further, see `analysis runs`",
            ) from None

    def inputs(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(
            (self.kept / self.record["kept"]["inputs"]).read_text(encoding="utf-8")
        )
        return found


def runs_diff(project: Project, first: str, second: str) -> pd.DataFrame:
    """Say which figures, observations and charts changed from one run to another, and why.

    Parameters
    ----------
    project : the project.
    first, second : names of runs, or beginnings of names; "last" and "previous" are the newest two.

    Returns
    -------
    A row a change: what (figure, observation, chart), name, period, place, change (added, removed, changed),
    before, after, cause (input, correction, code, parameter) and detail.

    Errors
    ------
    UsageError for a run that is not there, and for one whose tables are not kept.
    """
    import pandas as pd

    one, other = find_run(project, first), find_run(project, second)
    changed = _changed_inputs(one, other)
    rows = _rows("figure", one, other, changed) + _rows("observation", one, other, changed)
    rows += _charts(one, other, changed)
    return pd.DataFrame(rows, columns=COLUMNS)


def find_run(project: Project, name: str) -> _Run:
    """Find a run by its name, its beginning, or "last" and "previous"."""
    runs = runs_folder(project)
    # Runs in which nothing was left to do, or which never came to tables, have none to compare.
    known = [folder for folder in run_folders(runs) if "kept" in read_record(folder)]
    words = {"last": known[-1:], "previous": known[-2:-1]}
    found = words.get(name, [folder for folder in run_folders(runs) if folder.name == name])
    found = found or [folder for folder in run_folders(runs) if folder.name.startswith(name)]
    if len(found) != 1:
        listed = ", ".join(folder.name for folder in (found or known)[-5:]) or "none"
        raise UsageError(
            f"there is no run {name}" if not found else f"several runs begin with {name}",
            where="data/processed/runs",
            todo=f"name one of {listed}",
        )
    return _Run(read_record(found[0]), runs / "kept")


def _changed_inputs(one: _Run, other: _Run) -> set[str]:
    before, after = one.inputs(), other.inputs()
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def _rows(what: str, one: _Run, other: _Run, changed: set[str]) -> list[dict[str, Any]]:
    name = f"{what}s"
    if one.record["kept"].get(name) == other.record["kept"].get(name):
        return []
    keys, values = (_FIGURE, _OF_FIGURE) if what == "figure" else (_OBSERVATION, _OF_OBSERVATION)
    before, after = (_indexed(run.table(name), keys) for run in (one, other))
    paths = _paths(one) | _paths(other)
    why_changed = _Causes(changed, _corrections(other), _code(one, other))
    rows: list[dict[str, Any]] = []
    for key in sorted({*before, *after}, key=str):
        old, new = before.get(key), after.get(key)
        if old and new and not any(_differ(old[value], new[value]) for value in values):
            continue
        cause, detail = why_changed.of(_files_of(old, paths) | _files_of(new, paths))
        rows.append(_row(what, old, new) | {"cause": cause, "detail": detail})
    return rows


def _row(what: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    found = new or old or {}
    named = " ".join(str(found[part]) for part in ("indicator", "series") if _there(found[part]))
    return {
        "what": what,
        "name": named or found.get("text", ""),
        "period": found["period"] if _there(found["period"]) else "",
        "place": found["place_id"] if _there(found["place_id"]) else "",
        "change": _state(old, new),
        "before": _said(old),
        "after": _said(new),
    }


def _state(old: Any, new: Any) -> str:
    return "added" if not old else "changed" if new else "removed"


def _indexed(table: pd.DataFrame, keys: tuple[str, ...]) -> dict[tuple[Any, ...], dict[str, Any]]:
    if "nth" in keys:
        # The same words in the same sentence: the first is the first, and so on.
        table = table.assign(nth=table.groupby(["path", "sentence", "text"], dropna=False).cumcount())
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return {
        tuple(row[key] for key in keys): {str(name): value for name, value in row.items()} for row in rows
    }


def _paths(run: _Run) -> dict[str, str]:
    """Give the report of each figure_id."""
    figures = run.table("figures")
    return dict(zip(figures["figure_id"], figures["path"], strict=True))


def _files_of(row: Mapping[str, Any] | None, paths: Mapping[str, str]) -> set[str]:
    if row is None:
        return set()
    if "path" in row:
        return {_file(row["path"])}
    ids = str(row["figure_ids"] or "").split(";")
    return {_file(paths[name]) for name in ids if name in paths}


def _file(path: str) -> str:
    # Entered figures stand in a file of their own.
    return ENTERED if path.startswith(ENTERED) else f"data/raw/{path}"


def _corrections(run: _Run) -> set[str]:
    """Give the reports that correct another one."""
    reports = run.table("reports")
    return {ENTERED, *(_file(path) for path in reports.loc[reports["supersedes"].notna(), "path"])}


def _code(one: _Run, other: _Run) -> list[str]:
    """Say what changed of library and versions."""
    found: list[str] = []
    if one.record.get("library") != other.record.get("library"):
        found.append("library")
    before, after = one.record.get("versions", {}), other.record.get("versions", {})
    return found + [
        f"{name} {before.get(name) or 'absent'} to {after.get(name) or 'absent'}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


@dataclass(frozen=True, slots=True)
class _Causes:
    """What changed between two runs besides their results."""

    inputs: set[str]
    corrections: set[str]
    code: list[str]

    def of(self, files: set[str]) -> tuple[str, str]:
        """Say why a row is another one that comes from these files: the cause, and which file or version."""
        # A file within an archive is named after it.
        touched = sorted(
            name for name in self.inputs if any(file == name or file.startswith(f"{name}/") for file in files)
        )
        corrected = [name for name in touched if name in self.corrections]
        if touched:
            return ("correction" if corrected else "input"), ", ".join(corrected or touched)
        if self.code:
            return "code", ", ".join(self.code)
        about = [name for name in _ABOUT if name in self.inputs]
        if about:
            return ("correction" if about[0] == ENTERED else "input"), ", ".join(about)
        # It rests on the figures of others, such as a total of months.
        return "input", ", ".join(sorted(self.inputs)[:_LISTED])


def _charts(one: _Run, other: _Run, changed: set[str]) -> list[dict[str, Any]]:
    before, after = one.record.get("published") or {}, other.record.get("published") or {}
    rows: list[dict[str, Any]] = []
    for period in sorted({*before} & {*after}):
        old, new = before[period], after[period]
        for name in sorted({*old["files"], *new["files"]}):
            was, now = old["files"].get(name), new["files"].get(name)
            # A chart's picture stands for its data and words as well.
            if was == now or not (name.startswith("charts/") and name.endswith(".svg")):
                continue
            cause, detail = _chart_cause(old, new, name, changed)
            rows.append(
                {
                    "what": "chart",
                    "name": name.removeprefix("charts/").removesuffix(".svg"),
                    "period": period,
                    "place": "",
                    "change": _state(was, now),
                    "before": (was or "")[:_SHORT],
                    "after": (now or "")[:_SHORT],
                    "cause": cause,
                    "detail": detail,
                }
            )
    return rows


def _chart_cause(
    old: Mapping[str, Any], new: Mapping[str, Any], name: str, changed: set[str]
) -> tuple[str, str]:
    owner = new["owners"].get(name) or old["owners"].get(name)
    job, former = new["jobs"].get(owner), old["jobs"].get(owner)
    if job is None or former is None:
        return "code", f"notebook {owner} added or removed"
    reasons = why(job["parts"], former["parts"])
    detail = "; ".join(reasons)
    if "parameters changed" in reasons:
        return "parameter", detail
    code = any(reason in _CODE or reason.startswith("versions") for reason in reasons)
    # Where only the library that reads has changed, the tables have too.
    return ("code" if code and not changed else "input"), detail


def _there(value: Any) -> bool:
    return value is not None and value == value  # noqa: PLR0124 - a missing number is not itself


def _differ(one: Any, other: Any) -> bool:
    return (_there(one) or _there(other)) and one != other


def _said(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    value = row["value"] if _there(row["value"]) else f"[{row['low']}, {row['high']}]"
    number = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"{number} {row['unit'] or ''}".strip()
