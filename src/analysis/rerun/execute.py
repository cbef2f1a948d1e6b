"""Execute notebooks in processes of their own, each failing alone."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.rerun.plan import Task
from analysis.rerun.summary import Failure
from analysis.rerun.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Runner = Callable[..., list[Failure]]

CHARTS_FOLDER = "REPORT_FIGURES_CHARTS"
AT_ONCE = 2


@contextmanager
def runner(folder: Path, *, at_once: int = AT_ONCE) -> Iterator[Runner]:
    """Get ready to execute notebooks into a folder; a warmed process is started, which takes a while.

    Parameters
    ----------
    folder : gets notebooks/NAME.ipynb and, from the notebooks themselves, charts/.
    at_once : how many run at the same time.

    Yields
    ------
    A function of tasks and of what is to be called with the name of each that has ended. It gives those that
    failed, in the order of the tasks; their outputs hold all cells up to the failing one.
    """
    from analysis.rerun.fork import can_fork

    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    (folder / "charts").mkdir(exist_ok=True)
    _own_kernel(folder / "jupyter")
    if not can_fork():
        yield lambda tasks, progress=None: _in_kernels(tasks, folder, at_once, progress)
        return
    from analysis.rerun.server import serving

    with serving(_environment(folder)) as run:
        yield lambda tasks, progress=None: _in_forks(run, tasks, folder, at_once, progress)


def _in_forks(
    run: Callable[..., Iterator[dict[str, Any]]],
    tasks: Sequence[Task],
    folder: Path,
    at_once: int,
    progress: Callable[[str], None] | None,
) -> list[Failure]:
    jobs = [
        {
            "name": task.name,
            "source": str(task.source),
            "folder": str(folder / "notebooks"),
            "parameters": task.parameters,
        }
        for task in tasks
    ]
    reasons: dict[str, str] = {}
    for done in run(jobs, at_once):
        if done["reason"]:
            reasons[done["name"]] = " ".join(done["reason"].split())
        if progress is not None:
            progress(done["name"])
    return [Failure(task.name, reasons[task.name]) for task in tasks if task.name in reasons]


def _in_kernels(
    tasks: Sequence[Task], folder: Path, at_once: int, progress: Callable[[str], None] | None
) -> list[Failure]:
    reasons: dict[str, str] = {}
    # A fresh process: the parent's threads and settings must not reach a notebook.
    context = get_context("spawn")
    with ProcessPoolExecutor(
        min(at_once, len(tasks) or 1), mp_context=context, initializer=_prepare, initargs=(str(folder),)
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


def run_job(job: Mapping[str, Any]) -> str:
    """Execute one notebook in a child of the warmed process; give why it failed in one line, else nothing.

    Parameters
    ----------
    job : name, source, folder and parameters.
    """
    from analysis.rerun.fork import NAME

    task = Task(Path(job["source"]), job["name"], job["parameters"])
    return _execute(task, job["folder"], engine=NAME)


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
    os.environ.update(_environment(Path(folder)))


def _environment(folder: Path) -> dict[str, str]:
    return {
        "JUPYTER_PATH": str(folder / "jupyter"),
        "IPYTHONDIR": str(folder / "jupyter" / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        CHARTS_FOLDER: str(folder / "charts"),
    }


def _execute(task: Task, folder: str, engine: str | None = None) -> str:
    """Execute one notebook; give the reason in one line where it failed, else nothing."""
    target = Path(folder) / f"{task.name}.ipynb"
    reason = _run(task, target, engine)
    try:
        tidy(target)
    except (OSError, ValueError) as error:
        # One that failed before its first cell may not be there at all.
        return reason or f"{type(error).__name__}: {error}"
    return reason


def _run(task: Task, target: Path, engine: str | None) -> str:
    import logging
    import warnings

    # Jupyter's libraries speak of their own internals; what matters comes back as the reason.
    warnings.simplefilter("ignore")
    logging.disable()
    from nbclient.exceptions import DeadKernelError
    from papermill import execute_notebook
    from papermill.exceptions import PapermillException, PapermillExecutionError

    from analysis.rerun.fork import StoppedError
    from analysis.rerun.injection import readable

    readable()
    try:
        execute_notebook(
            task.source,
            target,
            parameters=task.parameters,
            kernel_name="python3",
            language="python",
            engine_name=engine,
            progress_bar=False,
            log_output=False,
            cwd=str(task.source.parent),
        )
    except PapermillExecutionError as error:
        return f"cell {error.exec_count or '?'}: {error.ename}: {error.evalue}"
    except DeadKernelError:
        return "its Python stopped; there may be too little memory"
    except StoppedError as error:
        return str(error)
    except (PapermillException, OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""
