"""Periods: spans of the calendar with the labels that tables, commands and file names use."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.errors import UsageError

ACCEPTED = "2026, 2026-H1, 2026-Q3, 2026-08, 2026-W35, 2026-08-31 or A..B"
_LABEL = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d{2})|(\d{2})(?:-(\d{2}))?))?")
_YEAR_MONTHS = 12
# How many months a kind of period has; one begins after a multiple of them.
_KIND_OF_MONTHS = {12: "year", 6: "half", 3: "quarter", 1: "month"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days with its label.

    Attributes
    ----------
    start, end : the first and the last day.
    kind : year, half, quarter, month, week, day or range.
    label : 2026, 2026-H1, 2026-Q3, 2026-08, 2026-W35, 2026-08-31 or A..B.
    """

    start: date
    end: date
    kind: str
    label: str

    def __str__(self) -> str:
        return self.label


def parse_period(label: str) -> Period:
    """Read a period's label.

    Raises
    ------
    UsageError
        The label has none of the accepted forms.

    Examples
    --------
    >>> p = parse_period("2026-Q3")
    >>> p.start.isoformat(), p.end.isoformat(), p.kind
    ('2026-07-01', '2026-09-30', 'quarter')
    """
    if ".." in label:
        first, _, last = label.partition("..")
        start, end = _parse_one(first, label), _parse_one(last, label)
        if end.end < start.start:
            raise UsageError("a period ends before it starts", seen=label, todo=f"write {last}..{first}")
        return Period(start.start, end.end, "range", label)
    return _parse_one(label, label)


def _parse_one(label: str, whole: str) -> Period:
    match = _LABEL.fullmatch(label.strip())
    if not match:
        raise UsageError("not a period", seen=whole, todo=f"write it as {ACCEPTED}")
    year, half, quarter, week, month, day = (int(g) if g else None for g in match.groups())
    try:
        if year is None or year < 1:
            raise ValueError  # noqa: TRY301 - one message for all that is no date
        if half:
            return half_year(year, half)
        if quarter:
            return quarter_year(year, quarter)
        if week:
            monday = date.fromisocalendar(year, week, 1)
            return Period(monday, monday + timedelta(6), "week", label)
        if month and day:
            return day_period(date(year, month, day))
        return month_period(year, month) if month else year_period(year)
    except ValueError:
        raise UsageError("no such date", seen=whole, todo=f"write it as {ACCEPTED}") from None


def year_period(year: int) -> Period:
    """Give a calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04d}")


def half_year(year: int, half: int) -> Period:
    """Give the first or second half of a year."""
    return Period(date(year, 6 * half - 5, 1), last_day(year, 6 * half), "half", f"{year:04d}-H{half}")


def quarter_year(year: int, quarter: int) -> Period:
    """Give a quarter of a year."""
    return Period(
        date(year, 3 * quarter - 2, 1), last_day(year, 3 * quarter), "quarter", f"{year:04d}-Q{quarter}"
    )


def month_period(year: int, month: int) -> Period:
    """Give a month."""
    return Period(date(year, month, 1), last_day(year, month), "month", f"{year:04d}-{month:02d}")


def day_period(day: date) -> Period:
    """Give a single day."""
    return Period(day, day, "day", day.isoformat())


def last_day(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def period_of(day: date, kind: str) -> Period:
    """Give the period of a kind that holds a day.

    Examples
    --------
    >>> period_of(date(2026, 8, 31), "quarter").label
    '2026-Q3'
    """
    if kind == "year":
        return year_period(day.year)
    if kind == "half":
        return half_year(day.year, 1 + (day.month > 6))
    if kind == "quarter":
        return quarter_year(day.year, (day.month + 2) // 3)
    if kind == "month":
        return month_period(day.year, day.month)
    if kind == "week":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(weekday - 1)
        return Period(monday, monday + timedelta(6), "week", f"{year:04d}-W{week:02d}")
    if kind == "day":
        return day_period(day)
    raise UsageError("not a kind of period", seen=kind, todo="use year, half, quarter, month, week or day")


def previous_period(period: Period) -> Period:
    """Give the period of the same kind right before; a range moves back by its own length.

    Examples
    --------
    >>> previous_period(parse_period("2026-01")).label
    '2025-12'
    """
    if period.kind != "range":
        return period_of(period.start - timedelta(1), period.kind)
    if period.start.day == 1 and period.end == last_day(period.end.year, period.end.month):
        months = (
            (period.end.year - period.start.year) * _YEAR_MONTHS + period.end.month - period.start.month + 1
        )
        start = _months_back(period.start, months)
    else:
        start = period.start - (period.end - period.start) - timedelta(1)
    return range_period(start, period.start - timedelta(1))


def same_period_last_year(period: Period) -> Period:
    """Give the same period one year before (29 February becomes the 28th)."""
    if period.kind == "week":
        return period_of(period.start - timedelta(weeks=52), "week")
    if period.kind != "range":
        return period_of(_year_back(period.start), period.kind)
    return range_period(_year_back(period.start), _year_back(period.end))


def _year_back(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


def _months_back(day: date, months: int) -> date:
    index = day.year * _YEAR_MONTHS + day.month - 1 - months
    return date(index // _YEAR_MONTHS, index % _YEAR_MONTHS + 1, 1)


def range_period(start: date, end: date) -> Period:
    """Give the period between two days under its shortest label.

    Examples
    --------
    >>> range_period(date(2026, 1, 1), date(2026, 6, 30)).label
    '2026-H1'
    >>> range_period(date(2026, 1, 1), date(2026, 5, 31)).label
    '2026-01..2026-05'
    """
    if start == end:
        return day_period(start)
    if start.day != 1 or end != last_day(end.year, end.month):
        return Period(start, end, "range", f"{start.isoformat()}..{end.isoformat()}")
    months = (end.year - start.year) * _YEAR_MONTHS + end.month - start.month + 1
    kind = _KIND_OF_MONTHS.get(months)
    if kind and (start.month - 1) % months == 0:
        return period_of(start, kind)
    if start.month == 1 and end.month == _YEAR_MONTHS:
        return Period(start, end, "range", f"{start.year:04d}..{end.year:04d}")
    return Period(start, end, "range", f"{start.year:04d}-{start.month:02d}..{end.year:04d}-{end.month:02d}")
