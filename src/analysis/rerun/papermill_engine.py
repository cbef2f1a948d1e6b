"""A papermill engine that forks: each notebook in a child of a process that has everything imported.

Plain papermill finds it by its entry point: `papermill --engine analysis-fork in.ipynb out.ipynb`. Where
there is no fork (Windows), or where REPORT_FIGURES_ENGINE is "kernel", papermill's own engine runs the
notebook in a kernel. Import papermill before this module: it looks for it while it is imported itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from papermill.engines import Engine, NBClientEngine

from analysis.rerun.fork import can_fork, run_notebook
from analysis.rerun.warming import warm


class ForkEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs a notebook's cells in a forked child."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        memory_limit: int | None = None,
        measured: Callable[[int], None] | None = None,
        **options: Any,
    ) -> None:
        """Run a notebook and write its outputs as they come.

        Parameters
        ----------
        nb_man : papermill's own manager of the notebook.
        kernel_name : used by the fall-back only.
        execution_timeout : seconds for the whole notebook.
        memory_limit : bytes of memory that its process may use.
        measured : takes the most bytes of memory that its process had.

        Errors
        ------
        StoppedError when it took too long or too much, or its process died.
        """
        if not can_fork():
            NBClientEngine.execute_managed_notebook(
                nb_man, kernel_name, execution_timeout=execution_timeout, **options
            )
            return
        warm()
        run_notebook(nb_man, execution_timeout, memory_limit, measured)
