"""What can go wrong, said so that the reader knows what to do next.

Every error of this package is an `AnalysisError`. It says what failed, where, what was seen there
and what to do; the command line prints it as one line and ends with its exit code.
"""

from __future__ import annotations


class AnalysisError(Exception):
    """Something could not be done.

    Parameters
    ----------
    what : what failed, as a short clause.
    where : file, sheet, row or character where it failed; empty when there is no such place.
    seen : what was found there.
    todo : what the reader should do next.

    Examples
    --------
    >>> str(AnalysisError("no reports", where="data/raw", todo="put report files there"))
    'data/raw: no reports; put report files there'
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", seen: str = "", todo: str = "") -> None:
        self.what, self.where, self.seen, self.todo = what, where, seen, todo
        super().__init__(self.line())

    def line(self) -> str:
        """Give the error as one line, without line breaks from file names or content."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        if self.seen:
            text += f" (found: {self.seen})"
        if self.todo:
            text += f"; {self.todo}"
        return " ".join(text.split())


class UnreadableError(AnalysisError):
    """A file is there but holds nothing that can be read as a report."""


class UsageError(AnalysisError):
    """A command, parameter or option was used wrongly."""

    exit_code = 2


class CatalogueError(AnalysisError):
    """An entry of a catalogue or of analysis.toml is wrong."""

    exit_code = 2


class DataError(AnalysisError):
    """A table does not follow its schema."""
