"""What later reports changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.comparison import find_revisions
from analysis.tables.schema import check

if TYPE_CHECKING:
    import pandas as pd

    from tests.comparison.conftest import World


def _revisions(world: World) -> pd.DataFrame:
    made = world.tables()
    return check(find_revisions(made["observations"], made["reports"], made["places"]), "revisions")


def _twice(world: World, first: dict[str, Any], second: dict[str, Any], **later: Any) -> None:
    old = world.report("青山社区", "2026-02", received=date(2026, 3, 2))
    new = world.report("青山社区", later.pop("of", "2026-03"), received=date(2026, 4, 2))
    world.figure(old, "garbage_removed", **first)
    world.figure(new, "garbage_removed", period="2026-02", **second)


def test_a_restated_month_is_a_revision(world: World) -> None:
    """The report of March corrects February; both numbers, both reports and the difference are listed."""
    _twice(world, {"value": 38}, {"value": 35})
    row = _revisions(world).iloc[0]
    assert (row["kind"], row["previous_value"], row["value"], row["change"]) == ("restated", 38, 35, -3)
    assert (row["vintage"], row["previous_report_id"], row["report_id"]) == (date(2026, 4, 2), "r000", "r001")
    assert bool(row["certain"])


def test_a_report_that_is_sent_again_is_reissued(world: World) -> None:
    """A second report of the same month is told apart from a later month's report."""
    _twice(world, {"value": 38}, {"value": 35}, of="2026-02")
    assert _revisions(world)["kind"].to_list() == ["reissued"]


def test_the_same_number_again_is_no_revision(world: World) -> None:
    """What a later report only repeats was not changed."""
    _twice(world, {"value": 38}, {"value": 38})
    assert _revisions(world).empty


def test_vague_words_that_allow_the_old_number_are_not_certain(world: World) -> None:
    """近40 may still be 38."""
    _twice(world, {"value": 38}, {"value": 40, "low": 36, "approx": "nearly"})
    assert _revisions(world)["certain"].to_list() == [False]


def test_reports_without_a_date_have_the_order_of_their_periods(world: World) -> None:
    """Without any received date the report of March is still later than that of February."""
    later = world.report("青山社区", "2026-03")
    earlier = world.report("青山社区", "2026-02")
    world.figure(later, "garbage_removed", 35, period="2026-02")
    world.figure(earlier, "garbage_removed", 38)
    row = _revisions(world).iloc[0]
    assert (row["previous_value"], row["value"]) == (38, 35)
    made = world.observations()
    assert made.loc[made["is_latest"], "value"].to_list() == [35]
    assert made["vintage_number"].to_list() == [1, 2]
