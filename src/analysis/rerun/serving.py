"""Hand jobs to the warmed process of `analysis.rerun.server`, and start it anew where it dies.

A job that ran when it died is suspected: it is tried once more, and alone, so that a notebook that brings
down the process twice is the one that fails, with a reason, and stops no other.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Job = dict[str, Any]
    Done = dict[str, Any]

# Libraries that start threads of their own when they are imported are told not to.
_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}
_START = "from analysis.rerun.server import serve; serve()"
_ENDING_SECONDS = 5


class ServerError(AnalysisError):
    """The warmed process has ended before its time, and again."""


class _DiedError(Exception):
    """The warmed process is no more."""


@contextmanager
def serving(
    environment: dict[str, str] | None = None, *, errors: IO[bytes] | None = None
) -> Iterator[Callable[..., Iterator[Done]]]:
    """Start the warmed process; give a function that runs jobs in it and gives their ends as they come.

    Parameters
    ----------
    environment : variables for the notebooks, beside those of this process.
    errors : an open file that takes what libraries say on standard error.

    Yields
    ------
    `run(jobs, at_once, tables)`: `jobs` are dictionaries for `analysis.rerun.execute.run_job`; `tables` is a
    folder of tables to be read once for all of them. It gives the name of each job when it begins, and when
    it ends its name, reason (empty where it went well), seconds and peak bytes of memory; and a note where
    the process had died and was started again.

    Errors
    ------
    ServerError where the process dies twice while no job runs in it.
    """
    server = _Server(environment or {}, errors)
    try:
        yield server.run
    finally:
        server.stop()


class _Round:
    """Jobs that are handed over together: those that have not ended, and the processes of those that run."""

    def __init__(self, jobs: list[Job], at_once: int) -> None:
        self.left = {job["name"]: job for job in jobs}
        self.at_once = at_once
        self.running: dict[str, int] = {}

    def heard(self, told: Done) -> Done:
        """Note that a job has begun or ended; give what others are told of it."""
        if "reason" in told:
            del self.left[told["name"]], self.running[told["name"]]
        else:
            self.running[told["name"]] = told.pop("process")
        return told

    def again(self, suspected: set[str]) -> list[_Round]:
        """Give the rounds after the process has died: what ran, each alone and once, then the rest."""
        ran = [self.left.pop(name) for name in self.running]
        for job in ran:
            shutil.rmtree(job["folder"], ignore_errors=True)
        alone = [_Round([job], 1) for job in ran if job["name"] not in suspected]
        rest = [_Round(list(self.left.values()), self.at_once)] if self.left else []
        return alone + rest


class _Server:
    """The warmed process as seen by the one that started it."""

    def __init__(self, environment: dict[str, str], errors: IO[bytes] | None) -> None:
        self._environment, self._errors = environment, errors
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=os.environ | _ONE_THREAD | self._environment,
        )

    def stop(self) -> None:
        """End the process, and its children with it: nobody wants any more of it."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.terminate()
        try:
            process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def run(self, jobs: list[Job], at_once: int, tables: str | None = None) -> Iterator[Done]:
        """Run jobs, whatever becomes of the process; see `serving`."""
        rounds = [_Round(jobs, at_once)]
        suspected: set[str] = set()
        died_idle = False
        while rounds:
            this = rounds.pop(0)
            try:
                for told in self._told(this, tables):
                    died_idle = False
                    yield this.heard(told)
            except _DiedError:
                ended = self._restarted(this.running.values())
                if died_idle and not this.running:
                    raise ServerError(f"the process that runs notebooks {ended}, and did so again") from None
                died_idle = not this.running
                yield {"note": f"the process that runs notebooks {ended}, and was started again"}
                for name in [name for name in this.running if name in suspected]:
                    reason = f"twice, the process that runs notebooks {ended} while this one ran in it"
                    yield {"name": name, "reason": reason, "seconds": 0.0, "peak": None}
                rounds += this.again(suspected)
                suspected |= this.running.keys()

    def _told(self, this: _Round, tables: str | None) -> Iterator[Done]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            asked = {"jobs": list(this.left.values()), "at_once": this.at_once, "tables": tables}
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise _DiedError from error
        while this.left:
            line = process.stdout.readline()
            # Half a line was being written.
            if not line.endswith(b"\n"):
                raise _DiedError
            yield json.loads(line)

    def _restarted(self, children: Any) -> str:
        """Start the process anew; say how the old one ended."""
        for child in children:
            # Where the system does not end children with their parent.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
        self.stop()
        code = self._process.returncode
        self._process = self._started()
        return f"was killed (signal {-code})" if code < 0 else f"ended with {code}"
