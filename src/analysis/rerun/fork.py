"""Run a notebook in a forked child of this process, with limits, and put its outputs into the notebook."""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import signal
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "analysis-fork"
_POLL = 0.2
_CHUNK = 1 << 16
_LANGUAGE = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class StoppedError(RuntimeError):
    """A notebook's process was stopped, or stopped by itself, before its last cell had ended."""


def can_fork() -> bool:
    """Tell whether this machine forks, and nobody asked for kernels."""
    return hasattr(os, "fork") and os.environ.get("REPORT_FIGURES_ENGINE", "") != "kernel"


@cache
def warm() -> None:
    """Import what notebooks import, once, so that each child has it; nothing here starts a thread."""
    import IPython.core.interactiveshell
    import jupyter_client.jsonutil
    import matplotlib as mpl

    if "matplotlib.pyplot" not in sys.modules:
        mpl.use("agg")
    import matplotlib.pyplot as plt
    import pandas as pd

    import analysis.charts
    import analysis.rerun.shell
    import analysis.rerun.workspace
    import analysis.tables

    # The first chart pays for fonts, ticks and writing a picture; children inherit what it has loaded.
    figure, axes = plt.subplots()
    axes.plot(pd.Series([0, 1]), marker="o", label="0")
    axes.bar([0, 1], [0, 1])
    axes.legend()
    axes.set_title("0")
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close(figure)
    del IPython, jupyter_client, analysis


def run_notebook(nb_man: Any, timeout: float | None, memory: int | None) -> None:
    """Run the cells of papermill's managed notebook until one fails.

    Parameters
    ----------
    nb_man : papermill's own manager of the notebook.
    timeout : seconds for the whole notebook; no limit without it.
    memory : bytes that its process may use; no limit without it.

    Errors
    ------
    StoppedError when it took too long or too much, or its process died.
    """
    cells = [
        (index, cell["source"], "raises-exception" in cell["metadata"].get("tags", ()))
        for index, cell in enumerate(nb_man.nb.cells)
        if cell["cell_type"] == "code"
        and cell["source"].strip()
        and "skip-execution" not in cell["metadata"].get("tags", ())
    ]
    running: int | None = None
    outputs = _Outputs([])
    child, pipe = _fork(cells)
    done = False
    passed = 0
    try:
        for event in _events(child, pipe, timeout, memory):
            kind, index = event.pop("kind"), event.pop("cell", -1)
            if kind == "done":
                done = True
                continue
            cell = nb_man.nb.cells[index]
            if kind == "start":
                passed = _pass(nb_man, passed, index)
                running, outputs = index, _Outputs(cell["outputs"])
                nb_man.cell_start(cell, index)
            elif kind == "end":
                cell["execution_count"] = event["execution_count"]
                if event["failed"]:
                    nb_man.cell_exception(cell, cell_index=index, exception=RuntimeError("failed"))
                nb_man.cell_complete(cell, cell_index=index)
                running, passed = None, index + 1
                done = done or event["failed"]
            else:
                outputs.take(kind, event)
                nb_man.autosave_cell()
        if not done:
            _died()
        if not any(_failed(cell) for cell in nb_man.nb.cells):
            _pass(nb_man, passed, len(nb_man.nb.cells))
    except StoppedError as error:
        if running is not None:
            cell = nb_man.nb.cells[running]
            nb_man.cell_exception(cell, cell_index=running, exception=error)
            nb_man.cell_complete(cell, cell_index=running)
        raise
    finally:
        _end(child, pipe)
        nb_man.nb.metadata["language_info"] = dict(_LANGUAGE)


def _died() -> NoReturn:
    raise StoppedError("its Python stopped; there may be too little memory")


def _failed(cell: Any) -> bool:
    return bool(cell["metadata"].get("papermill", {}).get("exception"))


def _pass(nb_man: Any, first: int, last: int) -> int:
    """Say of cells that hold nothing to run that they are done, as papermill does."""
    for index in range(first, last):
        cell = nb_man.nb.cells[index]
        nb_man.cell_start(cell, index)
        nb_man.cell_complete(cell, cell_index=index)
    return last


class _Outputs:
    """The outputs of one cell, put together as nbclient does."""

    def __init__(self, outputs: list[Any]) -> None:
        self.outputs = outputs
        self.displays: dict[str, Any] = {}
        self.clearing = False

    def take(self, kind: str, event: dict[str, Any]) -> None:
        """Take one event: text of one stream goes into one output, a new version replaces the old one."""
        from nbformat.notebooknode import from_dict

        shown = event.pop("display_id", None)
        if kind == "clear" and event["wait"]:
            self.clearing = True
            return
        if kind == "clear" or self.clearing:
            self.outputs.clear()
            self.clearing = False
            if kind == "clear":
                return
        node = from_dict(event)  # type: ignore[no-untyped-call]
        if kind == "update":
            if shown in self.displays:
                self.displays[shown].update(data=node["data"], metadata=node["metadata"])
            return
        last = self.outputs[-1] if self.outputs else {}
        if node["output_type"] == "stream" and last.get("name") == node["name"]:
            last["text"] += node["text"]
            return
        if shown:
            self.displays[shown] = node
        self.outputs.append(node)


def _fork(cells: list[tuple[int, str, bool]]) -> tuple[int, int]:
    """Start the child; give its number and where its events come from."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.setsid()
        os.close(reading)
        end_with_parent()
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _child(cells, writing)
        code = 0
    finally:
        # No clean-up of the parent's: its files and threads are not the child's.
        os._exit(code)


def _child(cells: list[tuple[int, str, bool]], writing: int) -> None:
    from jupyter_client.jsonutil import json_default

    from analysis.rerun.shell import run_cells

    with os.fdopen(writing, "wb", buffering=0) as pipe:

        def send(event: dict[str, Any]) -> None:
            line = json.dumps(event, ensure_ascii=False, default=json_default)
            data = memoryview(line.encode("utf-8", "surrogatepass") + b"\n")
            while data:
                data = data[pipe.write(data) :]

        run_cells(cells, send)
        send({"kind": "done"})


def end_with_parent() -> None:
    """Let this process end when its parent is killed, where Linux can do that."""
    with contextlib.suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _events(child: int, pipe: int, timeout: float | None, memory: int | None) -> Iterator[dict[str, Any]]:
    """Give the child's events until it ends; stop it when it takes too long or too much."""
    end = None if timeout is None else time.monotonic() + timeout
    rest = b""
    reason = ""
    while True:
        # What it had said before it was stopped is still taken.
        if select.select([pipe], [], [], 0 if reason else _wait(end, memory))[0]:
            data = os.read(pipe, _CHUNK)
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                yield json.loads(line.decode("utf-8", "surrogatepass"))
            if data and reason:
                continue
            if not data and not reason:
                return
        if reason:
            raise StoppedError(reason)
        reason = _beyond(child, timeout, end, memory)
        if reason:
            # Nothing more comes, however much the notebook has to say.
            _kill(child)


def _wait(end: float | None, memory: int | None) -> float | None:
    """Give how long to listen before limits are looked at."""
    left = None if end is None else max(0.0, end - time.monotonic())
    if not memory:
        return left
    return _POLL if left is None else min(left, _POLL)


def _beyond(child: int, timeout: float | None, end: float | None, memory: int | None) -> str:
    """Say which limit has been passed."""
    if end is not None and time.monotonic() >= end:
        return f"it took longer than {timeout:g} seconds"
    if memory and (used := resident(child)) > memory:
        return f"it used {used / 1e6:,.0f} MB of memory; {memory / 1e6:,.0f} are allowed"
    return ""


def resident(process: int) -> int:
    """Give the bytes of memory that a process uses; 0 where the machine does not say."""
    try:
        told = Path(f"/proc/{process}/statm").read_text(encoding="ascii")
        return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    # It may not have had the time to lead a group of its own.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(child, signal.SIGKILL)


def _end(child: int, pipe: int) -> None:
    os.close(pipe)
    _kill(child)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child, 0)
