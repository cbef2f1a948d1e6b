"""A warmed process that runs notebooks in forked children, so that no notebook waits for its imports.

`serve` is what runs in it; `analysis.rerun.serving` starts it and hands it jobs. They speak JSON lines
over pipes. It has no thread when it forks, and it ends, with all its children, when the process that started
it does.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import Any

Job = dict[str, Any]


@dataclass(slots=True)
class _Running:
    """A job that runs: its name, when it began, and where its reason will come from."""

    name: str
    began: float
    pipe: int
    said: bytes = b""


@dataclass(slots=True)
class _State:
    waiting: list[Job] = field(default_factory=list)
    running: dict[int, _Running] = field(default_factory=dict)
    at_once: int = 1


def serve() -> None:
    """Read lines of jobs until there are no more, and run each in a child of this process."""
    from analysis.rerun.fork import end_with_parent

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
            ready = select.select([reading, *(job.pipe for job in state.running.values())], [], [])[0]
            for child in [c for c, job in state.running.items() if job.pipe in ready]:
                _hear(state, child, writing)
            if reading in ready:
                data = os.read(reading, 1 << 16)
                if not data:
                    return
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    told = json.loads(line)
                    if told["tables"]:
                        _preload(told["tables"])
                    state.waiting += told["jobs"]
                    state.at_once = told["at_once"]
    finally:
        for child in state.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)


def warm_all() -> None:
    """Import, and use once, all that a job needs besides its own cells."""
    from analysis.rerun.fork import warm
    from analysis.rerun.grammar import build_grammar_late

    build_grammar_late()
    warm()
    _warm_papermill()
    _warm_page()


def _warm_papermill() -> None:
    import nbformat
    import papermill.execute
    from nbformat.v4 import new_notebook

    import analysis.rerun.execute
    import analysis.rerun.injection
    import analysis.rerun.papermill_engine

    analysis.rerun.injection.readable()
    # Its schema is compiled at the first question.
    nbformat.validate(new_notebook())  # type: ignore[no-untyped-call]
    del papermill


def _warm_page() -> None:
    """Make a page for readers of nothing much: its template, fonts and HTML are known then."""
    import tempfile
    from pathlib import Path

    from analysis.briefing.readable import export
    from analysis.errors import AnalysisError

    words = {"cell_type": "markdown", "metadata": {}, "source": "# 0"}
    shown = {"output_type": "display_data", "data": {"text/html": "<b>0</b>"}, "metadata": {}}
    code = {"cell_type": "code", "metadata": {}, "source": "0", "outputs": [shown]}
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(AnalysisError, OSError):
        path = Path(folder, "warm.ipynb")
        path.write_text(json.dumps({"cells": [words, code], "metadata": {}}), encoding="utf-8")
        export(path)


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
        reading, said = os.pipe()
        child = os.fork()
        if child == 0:
            _child(job, said)
        os.close(said)
        os.write(writing, json.dumps({"name": job["name"], "process": child}).encode() + b"\n")
        state.running[child] = _Running(job["name"], time.monotonic(), reading)


def _child(job: Job, writing: int) -> None:
    from analysis.rerun.execute import run_job
    from analysis.rerun.fork import end_with_parent

    try:
        os.setsid()
        end_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            reason = run_job(job)
        except Exception as error:  # noqa: BLE001 - whatever a notebook does, the others go on
            reason = f"{type(error).__name__}: {error}"
        os.write(writing, json.dumps(reason).encode())
    finally:
        os._exit(0)


def _hear(state: _State, child: int, writing: int) -> None:
    """Take what a child says; when it has ended, pass it on."""
    job = state.running[child]
    data = os.read(job.pipe, 1 << 16)
    if data:
        job.said += data
        return
    os.close(job.pipe)
    del state.running[child]
    _, status, usage = os.wait4(child, 0)
    try:
        reason = json.loads(job.said)
    except ValueError:
        reason = f"its process ended with {os.waitstatus_to_exitcode(status)}"
    told = {
        "name": job.name,
        "reason": reason,
        "seconds": round(time.monotonic() - job.began, 3),
        "peak": usage.ru_maxrss * 1024,
    }
    os.write(writing, json.dumps(told).encode() + b"\n")
