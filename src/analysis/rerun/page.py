"""The page of a period, made of what the notebooks have saved."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError
from analysis.rerun.summary import Failure, LeftOut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.project import Project
    from analysis.tables import Tables

NAME = "index.html"
_LIMIT = 8


def write_index(
    project: Project, tables: Tables, *, period: str, left_out: Sequence[LeftOut]
) -> tuple[list[Path], list[Failure]]:
    """Write reports/PERIOD/index.html.

    Parameters
    ----------
    project : the project.
    tables : its tables, with the comparisons of the period.
    period : label of the period; its charts have been published.
    left_out : what takes no part.

    Returns
    -------
    The page, or why it could not be made: that is a failure of the run, but not its end.
    """
    from analysis.briefing import headlines, write_page

    folder = project.reports / period
    setting = project.settings.get("charts", {}).get("font")
    names: dict[str, Any] = {
        "indicators": tables.indicators,
        "places": tables.places,
        "locale": project.locale,
    }
    try:
        with tempfile.TemporaryDirectory() as chosen:
            _choose(folder / "charts", Path(chosen))
            page = write_page(
                folder,
                title=f"{project.name} {period}",
                headlines=headlines(tables.comparisons, limit=_LIMIT, **names),
                charts=Path(chosen),
                comparisons=tables.comparisons,
                figures=tables.figures,
                reports=tables.reports,
                left_out=[f"{item.path}: {item.reason}" for item in left_out],
                font=project.root / setting if setting else None,
                **names,
            )
    except (AnalysisError, OSError) as error:
        return [], [Failure(NAME, str(error))]
    return [page], []


def _choose(charts: Path, folder: Path) -> None:
    """Copy the charts for the page: of each place only its key figures, its trends stay in its notebook."""
    for words in sorted(charts.glob("*.json")):
        about = json.loads(words.read_text(encoding="utf-8"))
        if about.get("kind") == "key_figures" or not about.get("place_id"):
            for path in charts.glob(f"{words.stem}.*"):
                shutil.copyfile(path, folder / path.name)
