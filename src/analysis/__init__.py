"""Figures from Chinese work reports: as tidy tables, charts and briefings that lead back to their sentences.

The public names below are imported when they are first used, so that `import analysis` is instant.

Examples
--------
>>> import analysis
>>> analysis.extract_text("現有居民11800戶")["value"].tolist()
[11800.0]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.briefing.readable import export as export
    from analysis.checking import check as check
    from analysis.comparing import compare as compare
    from analysis.comparing import revisions as revisions
    from analysis.drafting import manifest as manifest
    from analysis.errors import AnalysisError as AnalysisError
    from analysis.explaining import explain as explain
    from analysis.extracting import extract as extract
    from analysis.extracting import extract_text as extract_text
    from analysis.health import doctor as doctor
    from analysis.lookup import load as load
    from analysis.lookup import search as search
    from analysis.lookup import show as show
    from analysis.project import find_project as find_project
    from analysis.reading import read as read
    from analysis.rerun import notebook as notebook
    from analysis.rerun import parameters as parameters
    from analysis.rerun import run as run
    from analysis.rerun.differ import runs_diff as runs_diff
    from analysis.rerun.runs import runs as runs
    from analysis.starting import init as init
    from analysis.tables import pivot as pivot

__version__ = "0.1.0"

_HOME = {
    "AnalysisError": "analysis.errors",
    "check": "analysis.checking",
    "compare": "analysis.comparing",
    "explain": "analysis.explaining",
    "export": "analysis.briefing.readable",
    "doctor": "analysis.health",
    "extract": "analysis.extracting",
    "extract_text": "analysis.extracting",
    "find_project": "analysis.project",
    "init": "analysis.starting",
    "load": "analysis.lookup",
    "manifest": "analysis.drafting",
    "notebook": "analysis.rerun",
    "pivot": "analysis.tables",
    "read": "analysis.reading",
    "parameters": "analysis.rerun",
    "revisions": "analysis.comparing",
    "run": "analysis.rerun",
    "runs": "analysis.rerun.runs",
    "runs_diff": "analysis.rerun.differ",
    "search": "analysis.lookup",
    "show": "analysis.lookup",
}

__all__ = [  # noqa: PLE0604 - the names are the table's own
    *_HOME,
]


def __getattr__(name: str) -> Any:
    """Import a public name from the module that holds it."""
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names, also those not imported yet."""
    return sorted({*globals(), *_HOME})
