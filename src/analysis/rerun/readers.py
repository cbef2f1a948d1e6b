"""The page for readers beside each executed notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, DataError

if TYPE_CHECKING:
    from pathlib import Path


def publish_page(notebook: Path) -> Path | None:
    """Write NAME.html beside NAME.ipynb, with the project's own font where it names one.

    Parameters
    ----------
    notebook : an executed notebook, inside the project or a staged folder of it.

    Returns
    -------
    The page; None for a notebook that shows nothing.

    Errors
    ------
    OSError where it cannot be written.
    """
    from analysis.briefing.readable import export
    from analysis.project import find_project

    try:
        project = find_project(notebook.parent)
        setting = project.settings.get("charts", {}).get("font")
        font = project.root / setting if setting else None
    except AnalysisError:
        font = None
    try:
        return export(notebook, font=font)
    except DataError:
        return None
