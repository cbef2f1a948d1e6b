"""A warmed process whose forked workers run notebooks, so that no notebook waits for its imports.

`serve` is what runs in it; `analysis.rerun.serving` starts it and hands it jobs. They speak JSON lines
over pipes. It has no thread when it forks, and it ends, with all its children, when the process that started
it does.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import Any, NoReturn

Job = dict[str, Any]
_CHUNK = 1 << 16


@dataclass(slots=True)
class _Worker:
    """A child of this process that runs jobs one after the other, each notebook in a child of its own.

    `asked` takes its jobs and `said` is where its answers come from; `job` is the one that it runs.
    """

    process: int
    asked: int
    said: int
    job: str | None = None
    began: float = 0.0
    rest: bytes = b""


@dataclass(slots=True)
class _State:
    waiting: list[Job] = field(default_factory=list)
    workers: list[_Worker] = field(default_factory=list)
    at_once: int = 1

    @property
    def running(self) -> list[_Worker]:
        return [worker for worker in self.workers if worker.job is not None]


def serve() -> None:
    """Read lines of jobs until there are no more, and let workers run them."""
    from analysis.rerun.fork import end_with_parent
    from analysis.rerun.warming import warm_all

    # What people type at the parent is the parent's affair; it closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    reading, writing = sys.stdin.fileno(), os.dup(sys.stdout.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    warm_all()
    state = _State()
    rest = b""
    try:
        while True:
            _start(state, writing)
            ready = select.select([reading, *(worker.said for worker in state.workers)], [], [])[0]
            for worker in [worker for worker in state.workers if worker.said in ready]:
                _hear(state, worker, writing)
            if reading in ready:
                data = os.read(reading, _CHUNK)
                if not data:
                    return
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    _take(state, json.loads(line))
    finally:
        for worker in state.workers:
            _dismiss(worker)


def _take(state: _State, told: dict[str, Any]) -> None:
    """Take jobs; where there are tables, workers that have not seen them go."""
    if told["tables"]:
        _preload(told["tables"])
        for worker in [worker for worker in state.workers if worker.job is None]:
            state.workers.remove(worker)
            _dismiss(worker)
    state.waiting += told["jobs"]
    state.at_once = told["at_once"]


def _preload(folder: str) -> None:
    """Read the tables that all notebooks ask for; where that fails, each says so by itself."""
    from pathlib import Path

    from analysis.errors import AnalysisError
    from analysis.rerun.current import preload

    with contextlib.suppress(AnalysisError, OSError):
        preload(Path(folder))


def _start(state: _State, writing: int) -> None:
    """Start as many of the waiting jobs as may run at once."""
    while state.waiting and len(state.running) < state.at_once:
        job = state.waiting.pop(0)
        worker = next((worker for worker in state.workers if worker.job is None), None)
        if worker is None:
            worker = _hired(state)
        worker.job, worker.began = job["name"], time.monotonic()
        # One that has just died says so by its end.
        with contextlib.suppress(BrokenPipeError):
            _write(worker.asked, job)
        _write(writing, {"name": job["name"], "process": worker.process})


def _hired(state: _State) -> _Worker:
    """Fork a worker."""
    (asked, asking), (hearing, said) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        for other in state.workers:
            os.close(other.asked)
        os.close(asking)
        _work(asked, said)
    os.close(asked)
    os.close(said)
    worker = _Worker(child, asking, hearing)
    state.workers.append(worker)
    return worker


def _work(asked: int, said: int) -> NoReturn:
    """Run jobs, in a child, as long as there are any."""
    from analysis.rerun.execute import run_job
    from analysis.rerun.fork import end_with_parent

    try:
        os.setsid()
        end_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # What the parent has made is not looked through: that would copy all its memory.
        gc.freeze()
        with os.fdopen(asked, "rb") as lines:
            for line in lines:
                try:
                    reason, peak = run_job(json.loads(line))
                except Exception as error:  # noqa: BLE001 - whatever a notebook does, the others go on
                    reason, peak = f"{type(error).__name__}: {error}", None
                _write(said, {"reason": reason, "peak": peak})
    finally:
        os._exit(0)


def _hear(state: _State, worker: _Worker, writing: int) -> None:
    """Take what a worker says; where its job has ended, or it has itself, pass that on."""
    data = os.read(worker.said, _CHUNK)
    worker.rest += data
    if data and not data.endswith(b"\n"):
        return
    if data:
        answer = json.loads(worker.rest)
        worker.rest = b""
    else:
        state.workers.remove(worker)
        status = _dismiss(worker)
        answer = {"reason": f"its process ended with {os.waitstatus_to_exitcode(status)}", "peak": None}
    if worker.job is not None:
        seconds = round(time.monotonic() - worker.began, 3)
        _write(writing, {"name": worker.job, "seconds": seconds, **answer})
        worker.job = None


def _dismiss(worker: _Worker) -> int:
    """Let a worker end, with what it runs; give how it ended."""
    os.close(worker.asked)
    os.close(worker.said)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.process, signal.SIGKILL)
    return os.waitpid(worker.process, 0)[1]


def _write(pipe: int, told: dict[str, Any]) -> None:
    data = memoryview(json.dumps(told).encode() + b"\n")
    while data:
        data = data[os.write(pipe, data) :]
