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
        rounds = [(jobs, at_once)]
        suspected: set[str] = set()
        died_idle = False
        while rounds:
            asked, width = rounds.pop(0)
            left = {job["name"]: job for job in asked}
            running: dict[str, int] = {}
            try:
                for told in self._round(asked, width, tables):
                    died_idle = False
                    if "reason" in told:
                        del left[told["name"]], running[told["name"]]
                    else:
                        running[told["name"]] = told.pop("process")
                    yield told
            except _DiedError:
                ended = self._restarted(running.values())
                if died_idle and not running:
                    raise ServerError(f"the process that runs notebooks {ended}, and did so again") from None
                died_idle = not running
                yield {"note": f"the process that runs notebooks {ended}, and was started again"}
                again = [left.pop(name) for name in running]
                for job in again:
                    shutil.rmtree(job["folder"], ignore_errors=True)
                    if job["name"] in suspected:
                        reason = f"twice, the process that runs notebooks {ended} while this one ran in it"
                        yield {"name": job["name"], "reason": reason, "seconds": 0.0, "peak": None}
                    else:
                        rounds.append(([job], 1))
                suspected |= running.keys()
                if left:
                    rounds.append((list(left.values()), width))

    def _round(self, jobs: list[Job], at_once: int, tables: str | None) -> Iterator[Done]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            told = {"jobs": jobs, "at_once": at_once, "tables": tables}
            process.stdin.write(json.dumps(told).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise _DiedError from error
        left = len(jobs)
        while left:
            line = process.stdout.readline()
            # Half a line was being written.
            if not line.endswith(b"\n"):
                raise _DiedError
            done = json.loads(line)
            left -= "reason" in done
            yield done

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
