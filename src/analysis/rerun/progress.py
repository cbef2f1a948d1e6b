"""What shows how far a run is: the command line draws it, functions are silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Expected:
    """A job that is about to run: its name, why, and its seconds last time where it ran before."""

    name: str
    reason: str
    seconds: float | None


class Progress(Protocol):
    """Something that shows how far a run is."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stretch of work with so many steps, or an unknown number."""

    def step(self, name: str) -> None:
        """Say that one step has been done."""

    def jobs(self, expected: Sequence[Expected], at_once: int) -> None:
        """Say which jobs will run, and how many of them at the same time."""

    def started(self, name: str) -> None:
        """Say that a job has begun."""

    def ended(self, name: str, seconds: float, reason: str) -> None:
        """Say that a job has ended, after how long, and why it failed where it did."""

    def say(self, line: str) -> None:
        """Say something else, such as what is waited for."""


class Silent:
    """Shows nothing."""

    def begin(self, what: str, total: int | None) -> None:
        """Begin nothing."""

    def step(self, name: str) -> None:
        """Say nothing."""

    def jobs(self, expected: Sequence[Expected], at_once: int) -> None:
        """Say nothing."""

    def started(self, name: str) -> None:
        """Say nothing."""

    def ended(self, name: str, seconds: float, reason: str) -> None:
        """Say nothing."""

    def say(self, line: str) -> None:
        """Say nothing."""
