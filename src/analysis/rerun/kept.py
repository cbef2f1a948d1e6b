"""What a run keeps of its tables: a snapshot for its notebooks, and what two runs are compared by later."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING

from analysis.rerun.finished import link
from analysis.tables.files import replace_file
from analysis.tables.schema import tables as table_names
from analysis.tables.store import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from analysis.project import Project
    from analysis.rerun.hashes import Hashes
    from analysis.tables import Tables

FIGURES = (
    "figure_id", "path", "text", "sentence", "indicator", "series", "place_id", "period", "value", "low",
    "high", "unit", "role",
)  # fmt: skip
OBSERVATIONS = (
    "indicator", "series", "dimension", "place_id", "period", "basis", "value", "low", "high", "unit",
    "figure_ids",
)  # fmt: skip
REPORTS = ("report_id", "path", "supersedes")


def snapshot(processed: Path, folder: Path) -> None:
    """Give the notebooks of a run tables that stay the same, whatever is written meanwhile."""
    for name in table_names():
        link(processed / file_name(name), folder / file_name(name))
    for path in sorted((processed / "texts").glob("*.txt")):
        link(path, folder / "texts" / path.name)


def keep(project: Project, tables: Tables, data: Mapping[str, str], hashes: Hashes) -> dict[str, str]:
    """Keep what `analysis runs diff` compares; the same tables are kept once, however many runs use them.

    Parameters
    ----------
    project, tables : the project and its tables.
    data : the hash of each table.
    hashes : remembers files.

    Returns
    -------
    Names of the files in data/processed/runs/kept by what they hold: figures, observations, reports, inputs.
    """
    folder = project.processed / "runs" / "kept"
    folder.mkdir(parents=True, exist_ok=True)
    frames: dict[str, Callable[[], pd.DataFrame]] = {
        "figures": lambda: _figures(tables),
        "observations": lambda: _latest(tables.observations),
        "reports": lambda: tables.reports[list(REPORTS)],
    }
    named: dict[str, str] = {}
    for name, frame in frames.items():
        # The figures are kept with the paths of their reports.
        mark = data[name] + (data["reports"] if name == "figures" else "")
        named[name] = f"{name}-{hashlib.sha256(mark.encode()).hexdigest()[:24]}.parquet"
        if not (folder / named[name]).is_file():
            _write(frame(), folder / named[name])
    content = json.dumps(_inputs(project, hashes), ensure_ascii=False, indent=0, sort_keys=True)
    data_ = content.encode("utf-8", "surrogateescape")
    named["inputs"] = f"inputs-{hashlib.sha256(data_).hexdigest()[:24]}.json"
    if not (folder / named["inputs"]).is_file():
        replace_file(folder / named["inputs"], data_)
    return named


def _figures(tables: Tables) -> pd.DataFrame:
    return tables.figures.merge(tables.reports[["report_id", "path"]], on="report_id")[list(FIGURES)]


def _latest(observations: pd.DataFrame) -> pd.DataFrame:
    return observations.loc[observations["is_latest"], list(OBSERVATIONS)]


def _inputs(project: Project, hashes: Hashes) -> dict[str, str]:
    from analysis.project import FILE

    files = [path for path in project.raw.rglob("*") if path.is_file()]
    known = (project.root / FILE, project.places_file, project.entered)
    return {
        path.relative_to(project.root).as_posix(): hashes.of(path)
        for path in sorted({*files, *(path for path in known if path.is_file())})
    }


def _write(frame: pd.DataFrame, path: Path) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        frame.to_parquet(temporary, index=False, compression="zstd")
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
