"""Flows that are derived, rates, and what a baseline is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from analysis.errors import UsageError

if TYPE_CHECKING:
    from tests.comparison.conftest import World

_PLACE = "青山社区"


def _running(world: World, report: str, months: int, value: float, **fields: Any) -> None:
    period = "2026-01" if months == 1 else f"2026-01..2026-{months:02d}"
    world.figure(
        report, "garbage_removed", value, period=period, scope="cumulative", since="2026-01", **fields
    )


def test_a_month_is_the_difference_of_two_running_totals(world: World) -> None:
    """70 by February and 103.5 by March make 33.5 in March, with the figures of both."""
    for months, value in ((1, 32), (2, 70), (3, 103.5)):
        _running(world, world.report(_PLACE, f"2026-{months:02d}"), months, value)
    row = world.row("2026-03", "2026-02", _PLACE)
    assert (row["value"], row["baseline_value"], row["verdict"]) == (33.5, 38, "down")
    assert (row["basis"], row["derived"], row["reason_code"]) == ("flow", "differenced", "differenced")
    assert row["figure_ids"] == "f002;f001"


@pytest.mark.parametrize(("source", "derived"), [("sentence", "differenced"), ("report", None)])
def test_a_span_in_words_says_since_when(world: World, source: str, derived: str | None) -> None:
    """1-3月累计 began in January; 累计 alone, in a report of a quarter, may have begun at any time."""
    _running(world, world.report(_PLACE, "2026-02"), 2, 21)
    for period, value in (("2026-Q1", 33), ("2026-01..2026-05", 60)):
        fields = {"scope": "cumulative", "period_source": source, "period": period}
        world.figure(world.report(_PLACE, "2026-03"), "garbage_removed", value, **fields)
    rows = world.compared("2026-03", "2026-02", allow_empty_baseline=True)
    made = rows[(rows["place_id"] == _PLACE) & (rows["value"] == 12)]
    assert list(made["derived"]) == ([derived] if derived else [])


def test_half_a_year_less_its_first_quarter_is_the_second(world: World) -> None:
    """Two stated flows of one start make the rest, as two running totals do."""
    for period, value in (("2026-Q1", 36), ("2026-H1", 81)):
        world.figure(world.report(_PLACE, period), "garbage_removed", value)
    row = world.row("2026-Q2", "2026-Q1", _PLACE)
    assert (row["value"], row["baseline_value"], row["derived"]) == (45, 36, "differenced")


def test_one_end_is_no_month(world: World) -> None:
    """Without the running total of January, February is not derived and not compared with a month."""
    _running(world, world.report(_PLACE, "2026-02"), 2, 70)
    world.figure(world.report(_PLACE, "2026-03"), "garbage_removed", 36)
    row = world.row("2026-03", "2026-02", _PLACE)
    assert (row["verdict"], row["reason_code"], row["derived"]) == ("not_comparable", "basis", None)


def test_a_stated_month_counts_before_a_derived_one(world: World) -> None:
    """What the report says of the month itself is never replaced by a difference."""
    for months, value in ((1, 32), (2, 70)):
        report = world.report(_PLACE, f"2026-{months:02d}")
        _running(world, report, months, value)
        if months == 2:
            world.figure(report, "garbage_removed", 35)
    row = world.row("2026-02", "2026-01", _PLACE)
    assert (row["value"], row["baseline_value"], row["derived"]) == (35, 32, None)


def test_a_vague_running_total_gives_a_vague_month(world: World) -> None:
    """The interval of the difference is as wide as both ends are."""
    for months, value, high in ((1, 30, 30), (2, 70, 80)):
        _running(
            world, world.report(_PLACE, f"2026-{months:02d}"), months, value, high=high, approx="more_than"
        )
    row = world.row("2026-02", "2026-01", _PLACE)
    assert (row["low"], row["high"]) == (40, 50)


def test_a_quarter_is_the_sum_of_its_months_where_all_are_there(world: World) -> None:
    """Three stated months make a quarter; two do not."""
    for month in range(1, 7):
        world.figure(world.report(_PLACE, f"2026-{month:02d}"), "garbage_removed", 10 + month)
    row = world.row("2026-Q2", "2026-Q1", _PLACE)
    assert (row["value"], row["baseline_value"], row["derived"]) == (45, 36, "summed")
    world.figures = world.figures[1:]
    with pytest.raises(UsageError, match="no data for the period 2026-Q1"):
        world.row("2026-Q2", "2026-Q1", _PLACE)


def test_year_to_date_against_the_year_before(world: World) -> None:
    """A running total is the year to date; the year before is the sum of its months."""
    for month in (1, 2, 3):
        world.figure(world.report(_PLACE, f"2025-{month:02d}"), "garbage_removed", 30)
    _running(world, world.report(_PLACE, "2026-03"), 3, 99)
    row = world.row("2026-01..2026-03", "2025-01..2025-03", _PLACE)
    assert (row["value"], row["baseline_value"], row["verdict"]) == (99, 90, "up")
    assert row["against"] == "year_to_date"


@pytest.mark.parametrize(
    ("baseline", "against"), [("2026-02", "previous"), ("2025-03", "last_year"), ("2026-01", "chosen")]
)
def test_what_the_baseline_is(world: World, baseline: str, against: str) -> None:
    """Each row says whether it is compared with the period before, with last year or with a chosen one."""
    for period in ("2025-03", "2026-01", "2026-02", "2026-03"):
        world.figure(world.report(_PLACE, period), "households", 1)
    assert world.row("2026-03", baseline, _PLACE)["against"] == against


def test_rates_stand_where_both_numbers_are_exact(world: World) -> None:
    """20 tonnes of 100 households of 250 people; without the people, no rate of theirs."""
    people = {"unit": "人", "unit_base": "人", "dimension": "count of 人"}
    for period, value in (("2026-07", 20), ("2026-08", 30)):
        report = world.report(_PLACE, period)
        world.figure(report, "garbage_removed", value)
        world.figure(report, "households", 100)
        if period == "2026-08":
            world.figure(report, "population", 250, **people)
    rows = world.compared("2026-08", "2026-07")
    row = rows[(rows["indicator"] == "garbage_removed") & (rows["row_kind"] == "place")].iloc[0]
    assert (row["per_household"], row["baseline_per_household"], row["per_1000_people"]) == (0.3, 0.2, 120)
    assert rows["baseline_per_1000_people"].isna().all()
