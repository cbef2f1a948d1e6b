"""Interval arithmetic: sound, antisymmetric and honest about open bounds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.intervals import (
    Intervals,
    intervals,
    nullable,
    percent,
    round_digits,
    subtract,
    total,
    verdicts,
)

_NUMBERS = st.floats(min_value=0, max_value=1e13, allow_nan=False).map(lambda x: round(x, 3))


@st.composite
def stated(draw: st.DrawFn) -> tuple[float, float | None, float | None]:
    """Draw a value with bounds around it, each of which may be open."""
    low, value, high = sorted(draw(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS)))
    return value, draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None]))


def _one(parts: tuple[float, float | None, float | None]) -> Intervals:
    return intervals([parts[0]], [parts[1]], [parts[2]])


def _inside(interval: Intervals, number: float, slack: float) -> bool:
    return bool(interval.low[0] - slack <= number <= interval.high[0] + slack)


@given(stated(), stated())
def test_the_change_of_the_values_lies_inside(
    a: tuple[float, None, None], b: tuple[float, None, None]
) -> None:
    """What the stated values give is never outside what the words allow."""
    found = subtract(_one(a), _one(b))
    assert _inside(found, a[0] - b[0], 1e-9 * max(a[0], b[0], 1.0))


@given(stated(), stated(), st.floats(0, 1), st.floats(0, 1))
def test_every_change_within_the_bounds_lies_inside(
    a: tuple[float, float | None, float | None],
    b: tuple[float, float | None, float | None],
    s: float,
    t: float,
) -> None:
    """Whatever two numbers the words allow, their difference and percentage are inside."""

    def pick(parts: tuple[float, float | None, float | None], share: float) -> float:
        low = parts[0] / 2 if parts[1] is None else parts[1]
        high = parts[0] * 2 if parts[2] is None else parts[2]
        return low + (high - low) * share

    x, y = pick(a, s), pick(b, t)
    assert _inside(subtract(_one(a), _one(b)), x - y, 1e-9 * max(x, y, 1.0))
    if y > 0:
        ratio = (x / y - 1) * 100
        assert _inside(percent(_one(a), _one(b)), ratio, 1e-9 * max(abs(ratio), 1.0))


@given(stated(), stated())
def test_the_other_way_round_the_change_is_the_opposite(
    a: tuple[float, None, None], b: tuple[float, None, None]
) -> None:
    """Comparing B with A turns the change of A with B around."""
    there, back = subtract(_one(a), _one(b)), subtract(_one(b), _one(a))
    assert there.value[0] == -back.value[0]
    assert (there.low[0], there.high[0]) == (-back.high[0], -back.low[0])


@given(stated(), stated())
def test_verdicts_turn_around_too(a: tuple[float, None, None], b: tuple[float, None, None]) -> None:
    """Up one way is down the other way; unchanged and uncertain stay."""
    opposite = {"up": "down", "down": "up", "unchanged": "unchanged", "uncertain": "uncertain"}
    there = verdicts(subtract(_one(a), _one(b)))[0]
    assert verdicts(subtract(_one(b), _one(a)))[0] == opposite[there]


@given(st.lists(stated(), min_size=1, max_size=6))
def test_a_total_lies_between_its_bounds(parts: list[tuple[float, float | None, float | None]]) -> None:
    """The sum of the values is inside the sum of the bounds."""
    columns = intervals(*zip(*parts, strict=True))
    found = total(columns, np.zeros(len(parts), dtype=np.int64), 1)
    assert _inside(found, sum(part[0] for part in parts), 1e-9 * max(1.0, sum(part[0] for part in parts)))


def test_one_unknown_value_leaves_the_total_unknown() -> None:
    """A sum over a place without a value has bounds, but no value."""
    found = total(intervals([1, None], [1, 20], [1, 90]), np.array([0, 0]), 1)
    assert nullable(found.value).isna().all()
    assert (found.low[0], found.high[0]) == (21, 91)


def test_noise_of_doubles_is_not_a_change() -> None:
    """0.1 + 0.2 against 0.3 is unchanged."""
    found = subtract(intervals([0.1 + 0.2], [0.1 + 0.2], [0.1 + 0.2]), intervals([0.3], [0.3], [0.3]))
    assert verdicts(found).tolist() == ["unchanged"]


@given(_NUMBERS)
def test_rounding_keeps_twelve_digits(number: float) -> None:
    """Rounding changes no number by more than its twelfth digit."""
    assert abs(round_digits(np.array([number]))[0] - number) <= abs(number) * 1e-11
