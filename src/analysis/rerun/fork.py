"""Run a notebook in a forked child of this process, with limits, and put its outputs into the notebook."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "analysis-fork"
_POLL = 0.2
_SAVE_SECONDS = 1.0
# The system counts in kilobytes, that of the Mac in bytes.
_BYTES_OF_RSS = 1 if sys.platform == "darwin" else 1024
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


def run_notebook(
    nb_man: Any,
    timeout: float | None,
    memory: int | None,
    measured: Callable[[int], None] | None = None,
) -> None:
    """Run the cells of papermill's managed notebook until one fails.

    Parameters
    ----------
    nb_man : papermill's own manager of the notebook.
    timeout : seconds for the whole notebook; no limit without it.
    memory : bytes that its process may use; no limit without it.
    measured : takes the most bytes of memory that its process had.

    Errors
    ------
    StoppedError when it took too long or too much, or its process died.
    """
    told = _Told(nb_man)
    child, pipe = _fork(told.to_run())
    try:
        for event in _events(child, pipe, timeout, memory):
            told.saving.look()
            if event:
                told.take(event)
        told.end()
    except StoppedError as error:
        told.stop(error)
        raise
    finally:
        peak = _end(child, pipe)
        if measured:
            measured(peak)
        told.saving.end()
        nb_man.nb.metadata["language_info"] = dict(_LANGUAGE)


class _Told:
    """Tells papermill's manager of a notebook what the notebook's process says."""

    def __init__(self, nb_man: Any) -> None:
        self.nb_man, self.cells = nb_man, nb_man.nb.cells
        self.saving = _Saving(nb_man)
        self.running: int | None = None
        self.outputs = _Outputs([])
        self.passed = 0
        self.done = False

    def to_run(self) -> list[tuple[int, str, bool]]:
        """Give what is to run: index, source, and whether an error is welcome."""
        return [
            (index, cell["source"], "raises-exception" in cell["metadata"].get("tags", ()))
            for index, cell in enumerate(self.cells)
            if cell["cell_type"] == "code"
            and cell["source"].strip()
            and "skip-execution" not in cell["metadata"].get("tags", ())
        ]

    def take(self, event: dict[str, Any]) -> None:
        """Take one event."""
        kind, index = event.pop("kind"), event.pop("cell", -1)
        if kind == "done":
            self.done = True
        elif kind == "start":
            self._pass(index)
            self.running, self.outputs = index, _Outputs(self.cells[index]["outputs"])
            self.nb_man.cell_start(self.cells[index], index)
        elif kind == "end":
            self.cells[index]["execution_count"] = event["execution_count"]
            self._complete(index, RuntimeError("failed") if event["failed"] else None)
            self.running, self.passed = None, index + 1
            self.done = self.done or event["failed"]
        else:
            self.outputs.take(kind, event)
            self.nb_man.autosave_cell()

    def end(self) -> None:
        """Say of a process that has ended that all is done; StoppedError where it is not."""
        if not self.done:
            raise StoppedError("its Python stopped; there may be too little memory")
        if not any(cell["metadata"].get("papermill", {}).get("exception") for cell in self.cells):
            self._pass(len(self.cells))

    def stop(self, error: StoppedError) -> None:
        """Say that the running cell was stopped."""
        if self.running is not None:
            self._complete(self.running, error)

    def _complete(self, index: int, error: Exception | None) -> None:
        cell = self.cells[index]
        if error is not None:
            self.nb_man.cell_exception(cell, cell_index=index, exception=error)
        self.nb_man.cell_complete(cell, cell_index=index)

    def _pass(self, last: int) -> None:
        """Say of cells that hold nothing to run that they are done, as papermill does."""
        for index in range(self.passed, last):
            self.nb_man.cell_start(self.cells[index], index)
            self._complete(index, None)
        self.passed = last


class _Saving:
    """Writes the notebook a second after something has happened, where papermill writes it at each step.

    Papermill itself writes it when it has ended, however it did.
    """

    def __init__(self, nb_man: Any) -> None:
        self.nb_man = nb_man
        self.due: float | None = None
        self.save = nb_man.save
        nb_man.save = self.ask

    def ask(self, **_: Any) -> None:
        """Note that there is something new."""
        self.due = self.due or time.monotonic() + _SAVE_SECONDS

    def look(self) -> None:
        """Write what is new, where it is time to."""
        if self.due and time.monotonic() >= self.due:
            self.due = None
            self.save()

    def end(self) -> None:
        """Let papermill write again."""
        self.nb_man.save = self.save


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
        # What the parent has made is not looked through: that would copy all its memory.
        gc.freeze()
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
    """Give the child's events until it ends, now and then an empty one; stop it at its limits."""
    end = None if timeout is None else time.monotonic() + timeout
    rest = b""
    reason = ""
    while True:
        # What it had said before it was stopped is still taken.
        if select.select([pipe], [], [], 0 if reason else _wait(end))[0]:
            data = os.read(pipe, _CHUNK)
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                yield json.loads(line.decode("utf-8", "surrogatepass"))
            if data and reason:
                continue
            if not data and not reason:
                return
        else:
            yield {}
        if reason:
            raise StoppedError(reason)
        reason = _beyond(child, timeout, end, memory)
        if reason:
            # Nothing more comes, however much the notebook has to say.
            _kill(child)


def _wait(end: float | None) -> float:
    """Give how long to listen before limits are looked at."""
    return _POLL if end is None else min(max(0.0, end - time.monotonic()), _POLL)


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


def _end(child: int, pipe: int) -> int:
    """Let the child end; give the most bytes of memory that it had."""
    os.close(pipe)
    _kill(child)
    return os.wait4(child, 0)[2].ru_maxrss * _BYTES_OF_RSS
