"""The main job again, every month: tables, notebooks, charts and the page that leads to them."""

from analysis.rerun.engine import planned_run, run
from analysis.rerun.summary import Failure, LeftOut, RunSummary
from analysis.rerun.typed import parameters
from analysis.rerun.workspace import Workspace, notebook

__all__ = ["Failure", "LeftOut", "RunSummary", "Workspace", "notebook", "parameters", "planned_run", "run"]
