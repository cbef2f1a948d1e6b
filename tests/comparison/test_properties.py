"""What must hold for every comparison, whatever the numbers are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.comparison.conftest import World

_PLACES = ("甲社区", "乙社区", "丙社区", "丁社区", "戊社区", "己社区")
_PERIODS = ("2026-07", "2026-08")
_OPPOSITE = {"up": "down", "down": "up"}
_SHOWN = ["row_kind", "indicator", "dimension", "place_id", "verdict", "change", "change_low", "change_high"]


@st.composite
def stated(draw: st.DrawFn) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Draw figures: place, period, indicator and what is said, exact or vague; one of each at most."""
    keys = draw(
        st.lists(
            st.tuples(
                st.sampled_from(_PLACES),
                st.sampled_from(_PERIODS),
                st.sampled_from(["households", "garbage_removed"]),
            ),
            min_size=2,
            max_size=24,
            unique=True,
        )
    )
    numbers = st.integers(0, 10**6)
    found = []
    for place, period, indicator in keys:
        value, more = draw(numbers), draw(st.sampled_from([0, 0, 1, 50, None]))
        high = None if more is None else value + more
        said = {"value": value, "high": high, "approx": "exact" if more == 0 else "more_than"}
        found.append((place, period, indicator, said))
    return found


def _world(figures: list[tuple[str, str, str, dict[str, Any]]]) -> World:
    world = World()
    for place in _PLACES:
        for period in _PERIODS:
            world.report(place, period)
    ids = {(row["place_id"], row["period"]): row["report_id"] for row in world.reports}
    for place, period, indicator, said in figures:
        world.figure(ids[place, period], indicator, **said)
    # Both periods always state something.
    for place, period in (("庚社区", name) for name in _PERIODS):
        world.figure(world.report(place, period), "money_invested", 1)
    return world


def _rows(world: World, period: str, baseline: str) -> list[dict[str, Any]]:
    rows = world.compared(period, baseline)[_SHOWN]
    plain: list[dict[str, Any]] = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return plain


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _SHOWN[:4])


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(stated())
def test_the_other_way_round_every_verdict_turns_around(
    figures: list[tuple[str, str, str, dict[str, Any]]],
) -> None:
    """August with July is the opposite of July with August: places and totals, change and verdict."""
    world = _world(figures)
    there = {_key(row): row for row in _rows(world, "2026-08", "2026-07")}
    back = {_key(row): row for row in _rows(world, "2026-07", "2026-08")}
    assert there.keys() == back.keys()
    for key, row in there.items():
        other = back[key]
        assert other["verdict"] == _OPPOSITE.get(row["verdict"], row["verdict"])
        for one, two in (("change", "change"), ("change_low", "change_high")):
            assert row[one] == (None if other[two] is None else -other[two])


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(stated(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(
    figures: list[tuple[str, str, str, dict[str, Any]]], random: Any
) -> None:
    """Figures that are read in another order give the same rows."""
    again = list(figures)
    random.shuffle(again)
    assert _rows(_world(figures), "2026-08", "2026-07") == _rows(_world(again), "2026-08", "2026-07")


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(stated(), st.integers(0, 10**6))
def test_an_unrelated_report_changes_no_other_verdict(
    figures: list[tuple[str, str, str, dict[str, Any]]], value: int
) -> None:
    """A new place changes its own rows and totals; the rows of all other places stay as they were."""
    world = _world(figures)
    before = {_key(row): row for row in _rows(world, "2026-08", "2026-07") if row["row_kind"] == "place"}
    world.figure(world.report("遠社区", "2026-08"), "households", value)
    after = {_key(row): row for row in _rows(world, "2026-08", "2026-07") if row["row_kind"] == "place"}
    assert {key: after[key] for key in before} == before


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4), st.data())
def test_a_total_lies_within_its_bounds_for_any_values_inside(values: list[int], data: st.DataObject) -> None:
    """Whatever the vague words mean, the true total change is inside the interval of the total row."""
    world, exact = World(), {"2026-07": 0.0, "2026-08": 0.0}
    for number, value in enumerate(values):
        place, period = _PLACES[number // 2], _PERIODS[number % 2]
        more = data.draw(st.integers(0, 100))
        exact[period] += value + data.draw(st.integers(0, more))
        world.figure(
            world.report(place, period), "garbage_removed", value, high=value + more, approx="more_than"
        )
    total = world.row("2026-08", "2026-07", None)
    assert total["change_low"] <= exact["2026-08"] - exact["2026-07"] <= total["change_high"]
