"""A run on a terminal: bars, and a live table of jobs with the time that is left; plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analysis.cli.bars import Bars

if TYPE_CHECKING:
    from types import TracebackType

    from rich.live import Live
    from rich.table import Table

    from analysis.rerun.progress import Expected

_SHOWN = 12
_MINUTE = 60


class Jobs(Bars):
    """Shows a run; on a terminal in place, else a line when something ends."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._live: Live | None = None
        self._expected: dict[str, Expected] = {}
        self._began: dict[str, float] = {}
        self._ended: dict[str, tuple[float, str]] = {}
        self._at_once = 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop drawing."""
        self._stop()
        super().__exit__(kind, error, trace)

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stretch of work with so many steps, or an unknown number."""
        self._stop()
        if not sys.stderr.isatty():
            self._line(what if total is None else f"{what}: {total}")
        super().begin(what, total)

    def jobs(self, expected: Sequence[Expected], at_once: int) -> None:
        """Say which jobs will run, and how many of them at the same time."""
        self._expected = {job.name: job for job in expected}
        self._at_once = at_once
        if self._bars is None or not expected:
            if expected:
                self._line(f"notebooks: {len(expected)}")
            return
        from rich.console import Console
        from rich.live import Live

        # Two displays cannot share a terminal: the bars make room.
        self._bars.stop()
        self._bars = None
        self._task = None
        console = Console(stderr=True)
        self._live = Live(self.table(), console=console, transient=True, refresh_per_second=4)
        self._live.start()

    def started(self, name: str) -> None:
        """Say that a job has begun."""
        self._began[name] = self._clock()
        self._draw()

    def ended(self, name: str, seconds: float, reason: str) -> None:
        """Say that a job has ended, after how long, and why it failed where it did."""
        self._ended[name] = (seconds, reason)
        if self._live is None:
            said = f"failed: {reason}" if reason else "done"
            place = f"{len(self._ended)}/{len(self._expected)}"
            self._line(f"{place} {name}: {said}, {seconds:.1f} s; {_duration(self.left())} left")
        self._draw()

    def say(self, line: str) -> None:
        """Say something else, such as what is waited for."""
        if self._live is not None:
            self._live.console.print(line, highlight=False)
        else:
            self._line(line)

    def left(self) -> float:
        """Estimate the seconds that are left, from how long each job took before and those of now."""
        took = [seconds for seconds, _ in self._ended.values()]
        guesses = [job.seconds for job in self._expected.values() if job.seconds]
        usual = sum(took) / len(took) if took else sum(guesses) / len(guesses) if guesses else 0.0
        now = self._clock()
        rest = 0.0
        for name, job in self._expected.items():
            if name in self._ended:
                continue
            whole = job.seconds or usual
            rest += max(0.0, whole - (now - self._began[name])) if name in self._began else whole
        return rest / self._at_once

    def table(self) -> Table:
        """Draw the jobs: those that run first, then failed, waiting and done ones."""
        from rich.table import Table
        from rich.text import Text

        now = self._clock()
        drawn = Table(box=None, pad_edge=False, show_header=False)
        rows: list[tuple[int, str, str, str]] = []
        for name, job in self._expected.items():
            if name in self._ended:
                seconds, reason = self._ended[name]
                rows.append(
                    (1 if reason else 3, name, f"{seconds:.1f} s", f"failed: {reason}" if reason else "done")
                )
            elif name in self._began:
                rows.append((0, name, f"{now - self._began[name]:.0f} s", f"running: {job.reason}"))
            else:
                rows.append((2, name, "", "waiting"))
        # Names and reasons are text of notebooks and reports, never markup.
        for _, name, spent, state in sorted(rows, key=lambda row: row[0])[:_SHOWN]:
            drawn.add_row(
                Text(name), Text(spent, justify="right"), Text(state, overflow="ellipsis", no_wrap=True)
            )
        drawn.add_row(
            Text(f"{len(self._ended)} of {len(self._expected)} notebooks"),
            Text(""),
            Text(f"about {_duration(self.left())} left"),
        )
        return drawn

    def _draw(self) -> None:
        if self._live is not None:
            self._live.update(self.table())

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    @staticmethod
    def _line(text: str) -> None:
        if not sys.stderr.isatty():
            # Standard error is for what went wrong.
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < _MINUTE else f"{whole // _MINUTE} min {whole % _MINUTE} s"
