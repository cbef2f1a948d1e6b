"""Which reports should be there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from analysis.comparison import expected_reports
from analysis.tables.schema import check

if TYPE_CHECKING:
    from tests.comparison.conftest import World


def _states(world: World, due_days: int | None = None) -> dict[tuple[str, str], str]:
    made = world.tables()
    grid = check(expected_reports(made["reports"], made["places"], due_days=due_days), "expected")
    return dict(zip(zip(grid["place_id"], grid["period"], strict=True), grid["state"], strict=True))


def _filed(world: World, place: str, *periods: str) -> None:
    for period in periods:
        world.figure(world.report(place, period), "households", 1)


def test_a_listed_place_is_expected_in_every_period(world: World) -> None:
    """A month without a report is missing, also the first and the last one."""
    _filed(world, "甲社区", "2026-01", "2026-02", "2026-03")
    _filed(world, "乙社区", "2026-02")
    missing = [key for key, state in _states(world).items() if state == "missing"]
    assert missing == [("乙社区", "2026-01"), ("乙社区", "2026-03")]


def test_a_lone_older_report_begins_no_duty(world: World) -> None:
    """A report of last year, kept to compare with, makes no year of missing reports."""
    _filed(world, "甲社区", "2025-06", "2026-05", "2026-06")
    for place in ("乙社区", "丙社区"):
        _filed(world, place, "2026-05", "2026-06")
    states = _states(world)
    assert set(states.values()) == {"received"}
    assert ("甲社区", "2025-06") in states
    assert len(states) == 7


def test_a_place_is_expected_only_while_it_exists(world: World) -> None:
    """A place that is founded in March, and one that ended in January, are not missing in between."""
    world.place("甲社区", valid_to="2026-01")
    world.place("乙社区", valid_from="2026-03", predecessors="甲社区")
    _filed(world, "甲社区", "2026-01")
    _filed(world, "乙社区", "2026-03")
    _filed(world, "丙社区", "2026-01", "2026-02", "2026-03")
    assert "missing" not in _states(world).values()


def test_of_an_unlisted_place_only_holes_are_missing(world: World) -> None:
    """It may have begun with its first report and ended with its last."""
    world.place("乙社区", origin="proposed")
    _filed(world, "甲社区", "2026-01", "2026-05")
    _filed(world, "乙社区", "2026-02", "2026-04")
    states = _states(world)
    assert [key for key in states if key[0] == "乙社区"] == [
        ("乙社区", "2026-02"), ("乙社区", "2026-03"), ("乙社区", "2026-04")
    ]  # fmt: skip
    assert states["乙社区", "2026-03"] == "missing"


@pytest.mark.parametrize(("due", "state"), [(None, "received"), (10, "late"), (15, "received")])
def test_late_is_what_the_settings_say(world: World, due: int | None, state: str) -> None:
    """Received on 14 April, a report of March is 14 days after its end."""
    world.figure(world.report("甲社区", "2026-03", received=date(2026, 4, 14)), "households", 1)
    assert list(_states(world, due).values()) == [state]


def test_a_figure_without_a_report_is_no_report(world: World) -> None:
    """A month of which only something was entered is still missing."""
    _filed(world, "甲社区", "2026-01", "2026-03")
    world.figure(world.report("甲社区", "2026-02", reader="entered"), "households", 1)
    assert _states(world)["甲社区", "2026-02"] == "missing"
