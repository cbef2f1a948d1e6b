"""The day on which an output says that it was made: never the clock's, for the same bytes are made again."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from analysis.errors import UsageError

# What build systems set so that whatever they make can be made again: seconds since 1970, in UTC.
VARIABLE = "SOURCE_DATE_EPOCH"
_USUAL = datetime(2000, 1, 1, tzinfo=UTC)
# Archives know no day before.
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)


def making() -> datetime:
    """Give the moment that SOURCE_DATE_EPOCH names, in UTC; the first day of 2000 without it.

    Errors
    ------
    UsageError where it is no number of seconds that a date can be made of.

    Examples
    --------
    >>> os.environ["SOURCE_DATE_EPOCH"] = "1785542400"
    >>> making().isoformat()
    '2026-08-01T00:00:00+00:00'
    >>> del os.environ["SOURCE_DATE_EPOCH"]
    >>> making().year
    2000
    """
    told = os.environ.get(VARIABLE, "")
    if not told:
        return _USUAL
    try:
        return max(datetime.fromtimestamp(int(told), UTC), _FIRST)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            "this is no moment",
            where=f"the variable {VARIABLE}",
            seen=told,
            todo="give seconds since 1970, or none",
        ) from error


def stamp() -> bytes:
    """Give the same moment as properties of documents write it."""
    return making().strftime("%Y-%m-%dT%H:%M:%SZ").encode()


def archived() -> tuple[int, int, int, int, int, int]:
    """Give the same moment as archives write it."""
    day = making()
    return day.year, day.month, day.day, day.hour, day.minute, day.second
