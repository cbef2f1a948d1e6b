"""Periods and their labels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UsageError
from analysis.language.periods import (
    parse_period,
    period_of,
    previous_period,
    range_period,
    same_period_last_year,
)

KINDS = ("year", "half", "quarter", "month", "week", "day")
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@given(DAYS, st.sampled_from(KINDS))
def test_labels_are_read_back(day: date, kind: str) -> None:
    """The label of a period is read as the same period, and the day lies in it."""
    period = period_of(day, kind)
    assert parse_period(period.label) == period
    assert period.start <= day <= period.end


@given(DAYS, st.sampled_from(KINDS))
def test_periods_follow_each_other(day: date, kind: str) -> None:
    """The previous period ends the day before a period starts."""
    period = period_of(day, kind)
    assert previous_period(period).end + timedelta(1) == period.start
    assert previous_period(period).kind == kind


@given(DAYS, st.integers(0, 900))
def test_ranges_are_read_back(start: date, days: int) -> None:
    """Any span of days has a label that is read as the same days."""
    end = start + timedelta(days)
    period = range_period(start, end)
    again = parse_period(period.label)
    assert (again.start, again.end) == (start, end)


@pytest.mark.parametrize(
    ("label", "before", "year_before"),
    [
        ("2026-08", "2026-07", "2025-08"),
        ("2026-H1", "2025-H2", "2025-H1"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-01..2026-05", "2025-08..2025-12", "2025-01..2025-05"),
        ("2026", "2025", "2025"),
    ],
)
def test_neighbouring_periods(label: str, before: str, year_before: str) -> None:
    """The period before and the same one last year have the labels a reader expects."""
    period = parse_period(label)
    assert previous_period(period).label == before
    assert same_period_last_year(period).label == year_before


@pytest.mark.parametrize(
    "label", ["", "2026-13", "2026-8", "aug", "2026-02-30", "2026-W60", "2026-05..2026-01", "26-08"]
)
def test_wrong_labels_say_what_is_accepted(label: str) -> None:
    """A wrong label is an error that shows the accepted forms or the mend."""
    with pytest.raises(UsageError) as caught:
        parse_period(label)
    assert "2026" in str(caught.value)
