"""Execute notebooks in processes of their own, each failing alone."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.rerun.current import GIVEN
from analysis.rerun.readers import publish_page
from analysis.rerun.tidy import tidy
from analysis.rerun.workspace import AS_OF, CHARTS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Run = Callable[..., Iterator["Started | Ended | Noted"]]

AT_ONCE = 2
# A kernel on a busy machine starts and answers late.
_PATIENCE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Order:
    """A notebook to execute.

    Parameters
    ----------
    name : of the job; unique within a run.
    source : the notebook.
    folder : gets notebooks/TARGET and, from the notebook itself, charts/.
    target : file name of the executed notebook.
    parameters : what is injected.
    timeout : seconds for the whole notebook; no limit without it.
    memory : bytes that its process may use, where it is forked; no limit without it.
    """

    name: str
    source: Path
    folder: Path
    target: str
    parameters: Mapping[str, Any]
    timeout: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A job has begun."""

    name: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A job has ended: why it failed (empty where it went well), its seconds and peak bytes of memory."""

    name: str
    reason: str
    seconds: float
    peak: int | None


def engine_name() -> str:
    """Say how notebooks are executed here: in forks of a warmed process, or in kernels."""
    from analysis.rerun.fork import NAME, can_fork

    return NAME if can_fork() else "kernel"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something has happened to the execution itself, such as that its process had to be started again."""

    text: str


@contextmanager
def runner(folder: Path, *, as_of: str | None = None, log: Path | None = None) -> Iterator[Run]:
    """Get ready to execute notebooks; a warmed process is started, which takes a while.

    Parameters
    ----------
    folder : the staged folder; holds the run's tables in tables/ before the first notebook begins.
    as_of : the day whose tables the notebooks see.
    log : takes what libraries and kernels say on standard error; it is dropped without it.

    Yields
    ------
    `execute(orders, at_once)`, which gives `Started` and `Ended` of each as they come, and what is `Noted`.
    One that failed keeps all cells up to the failing one.
    """
    environment = _environment(folder, as_of)
    _own_kernel(folder / "jupyter")
    if engine_name() == "kernel":
        yield lambda orders, at_once=AT_ONCE: _in_kernels(orders, environment, at_once, log)
        return
    from analysis.rerun.serving import serving

    # Libraries' warnings must not tear what a terminal shows.
    with (log or Path(os.devnull)).open("ab") as errors, serving(environment, errors=errors) as run:
        yield lambda orders, at_once=AT_ONCE: _in_forks(run, orders, folder, at_once)


def _in_forks(
    run: Callable[..., Iterator[dict[str, Any]]], orders: Sequence[Order], folder: Path, at_once: int
) -> Iterator[Started | Ended | Noted]:
    jobs = [asdict(order) | {"source": str(order.source), "folder": str(order.folder)} for order in orders]
    tables = folder / "tables"
    for told in run(jobs, at_once, tables=str(tables) if tables.is_dir() else None):
        if "reason" in told:
            yield Ended(told["name"], _line(told["reason"]), told["seconds"], told["peak"])
        elif "note" in told:
            yield Noted(told["note"])
        else:
            yield Started(told["name"])


def _in_kernels(
    orders: Sequence[Order], environment: dict[str, str], at_once: int, log: Path | None
) -> Iterator[Started | Ended]:
    # A fresh process: the parent's threads and settings must not reach a notebook.
    context = get_context("spawn")
    given = (environment, str(log or os.devnull))
    with ProcessPoolExecutor(
        min(at_once, len(orders) or 1), mp_context=context, initializer=_prepare, initargs=given
    ) as pool:
        began: dict[Any, tuple[Order, float]] = {}
        left = list(orders)
        while began or left:
            while left and len(began) < at_once:
                order = left.pop(0)
                began[pool.submit(_execute, order)] = (order, time.monotonic())
                yield Started(order.name)
            for future in wait(began, return_when=FIRST_COMPLETED).done:
                order, begin = began.pop(future)
                error = future.exception()
                reason = f"{type(error).__name__}: {error}" if error else future.result()
                yield Ended(order.name, _line(reason), round(time.monotonic() - begin, 3), None)


def _line(reason: str) -> str:
    return " ".join(reason.split())


def run_job(job: Mapping[str, Any]) -> tuple[str, int | None]:
    """Execute one notebook in a child of the warmed process.

    Parameters
    ----------
    job : the fields of an `Order`, its paths as text.

    Returns
    -------
    Why it failed in one line, else nothing; and the most bytes of memory that it had, if it began.
    """
    from analysis.rerun.fork import NAME

    order = Order(**{**job, "source": Path(job["source"]), "folder": Path(job["folder"])})
    peaks: list[int] = []
    reason = _execute(order, engine=NAME, measured=peaks.append)
    return reason, max(peaks, default=None)


def _own_kernel(folder: Path) -> None:
    """Describe a kernel that is this very Python, whatever kernels the machine has or lacks."""
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True, exist_ok=True)
    # Its own log is silenced: an error of a notebook stands in the notebook and in the summary.
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=50"]
    described = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(described), encoding="utf-8")


def _prepare(environment: dict[str, str], log: str) -> None:
    """Set up a worker: own kernel, no personal start-up files, what libraries say into the log."""
    os.environ.update(environment)
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)


def _environment(folder: Path, as_of: str | None) -> dict[str, str]:
    return {
        "JUPYTER_PATH": str(folder / "jupyter"),
        "IPYTHONDIR": str(folder / "jupyter" / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        GIVEN: str(folder / "tables"),
        AS_OF: as_of or "",
    }


def _execute(order: Order, engine: str | None = None, measured: Callable[[int], None] | None = None) -> str:
    """Execute one notebook; give the reason in one line where it failed, else nothing."""
    target = order.folder / "notebooks" / order.target
    target.parent.mkdir(parents=True, exist_ok=True)
    (order.folder / "charts").mkdir(exist_ok=True)
    os.environ[CHARTS_FOLDER] = str(order.folder / "charts")
    reason = _run(order, target, engine, measured)
    try:
        tidy(target)
        publish_page(target)
    except (OSError, ValueError) as error:
        # One that failed before its first cell may not be there at all.
        return reason or f"{type(error).__name__}: {error}"
    return reason


def _run(order: Order, target: Path, engine: str | None, measured: Callable[[int], None] | None) -> str:
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
    # A kernel's limit is for a cell, that of a fork for the whole notebook.
    limits: dict[str, Any] = {"execution_timeout": order.timeout} if order.timeout else {}
    if engine is None:
        limits |= {"start_timeout": _PATIENCE_SECONDS, "iopub_timeout": _PATIENCE_SECONDS}
    else:
        limits |= {"memory_limit": order.memory, "measured": measured}
    try:
        execute_notebook(
            order.source,
            target,
            parameters=dict(order.parameters),
            kernel_name="python3",
            language="python",
            engine_name=engine,
            progress_bar=False,
            log_output=False,
            cwd=str(order.source.parent),
            **limits,
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
