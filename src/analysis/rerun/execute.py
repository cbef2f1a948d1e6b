"""Execute notebooks in processes of their own, each failing alone."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.rerun.summary import Failure
from analysis.rerun.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analysis.rerun.plan import Task

CHARTS_FOLDER = "REPORT_FIGURES_CHARTS"
_AT_ONCE = 2


def execute(
    tasks: Sequence[Task], folder: Path, progress: Callable[[str], None] | None = None
) -> list[Failure]:
    """Execute notebooks into a folder, two at once.

    Parameters
    ----------
    tasks : what to execute.
    folder : gets notebooks/NAME.ipynb and, from the notebooks themselves, charts/.
    progress : called with the name of each notebook that has ended.

    Returns
    -------
    Those that failed, in the order of the tasks; their outputs hold all cells up to the failing one.
    """
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    (folder / "charts").mkdir(exist_ok=True)
    _own_kernel(folder / "jupyter")
    reasons: dict[str, str] = {}
    # A fresh process: the parent's threads and settings must not reach a notebook.
    context = get_context("spawn")
    with ProcessPoolExecutor(
        min(_AT_ONCE, len(tasks) or 1), mp_context=context, initializer=_prepare, initargs=(str(folder),)
    ) as pool:
        futures = {pool.submit(_execute, task, str(folder / "notebooks")): task for task in tasks}
        for future in as_completed(futures):
            task = futures[future]
            error = future.exception()
            reason = f"{type(error).__name__}: {error}" if error else future.result()
            if reason:
                reasons[task.name] = " ".join(reason.split())
            if progress is not None:
                progress(task.name)
    return [Failure(task.name, reasons[task.name]) for task in tasks if task.name in reasons]


def _own_kernel(folder: Path) -> None:
    """Describe a kernel that is this very Python, whatever kernels the machine has or lacks."""
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True, exist_ok=True)
    # Its own log is silenced: an error of a notebook stands in the notebook and in the summary.
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=50"]
    described = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(described), encoding="utf-8")


def _prepare(folder: str) -> None:
    """Set up a worker: own kernel, no personal start-up files, charts into the folder of this run."""
    jupyter = Path(folder) / "jupyter"
    os.environ["JUPYTER_PATH"] = str(jupyter)
    os.environ["IPYTHONDIR"] = str(jupyter / "ipython")
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    os.environ[CHARTS_FOLDER] = str(Path(folder) / "charts")


def _execute(task: Task, folder: str) -> str:
    """Execute one notebook; give the reason in one line where it failed, else nothing."""
    target = Path(folder) / f"{task.name}.ipynb"
    reason = _run(task, target)
    try:
        tidy(target)
    except (OSError, ValueError) as error:
        # One that failed before its first cell may not be there at all.
        return reason or f"{type(error).__name__}: {error}"
    return reason


def _run(task: Task, target: Path) -> str:
    import logging
    import warnings

    # Jupyter's libraries speak of their own internals; what matters comes back as the reason.
    warnings.simplefilter("ignore")
    logging.disable()
    from nbclient.exceptions import DeadKernelError
    from papermill import execute_notebook
    from papermill.exceptions import PapermillException, PapermillExecutionError

    from analysis.rerun.injection import readable

    readable()
    try:
        execute_notebook(
            task.source,
            target,
            parameters=task.parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            log_output=False,
            cwd=str(task.source.parent),
        )
    except PapermillExecutionError as error:
        return f"cell {error.exec_count or '?'}: {error.ename}: {error.evalue}"
    except DeadKernelError:
        return "its Python stopped; there may be too little memory"
    except (PapermillException, OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""
