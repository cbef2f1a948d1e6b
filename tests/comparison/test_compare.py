"""What may be claimed of a period against a baseline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from analysis.comparison import default_periods
from analysis.comparison.words import LOCALES, reason, reasons
from analysis.errors import UsageError

if TYPE_CHECKING:
    from tests.comparison.conftest import World

_TONNES = {"dimension": "mass", "unit_base": "吨", "unit": "吨"}
_LOADS = {"dimension": "load", "unit_base": "车", "unit": "车"}


def _two(
    world: World, indicator: str, before: dict[str, Any], now: dict[str, Any], place: str = "青山社区"
) -> None:
    for period, fields in (("2026-07", before), ("2026-08", now)):
        world.figure(world.report(place, period), indicator, **fields)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        ({"value": 100}, {"value": 110}, "up"),
        ({"value": 100}, {"value": 90}, "down"),
        ({"value": 100}, {"value": 100}, "unchanged"),
        ({"value": 260, "high": 270}, {"value": 265}, "uncertain"),
        ({"value": 260, "high": 270}, {"value": 271}, "up"),
        ({"value": 100, "high": None}, {"value": 200}, "uncertain"),
        ({"value": None, "low": 20, "high": 90}, {"value": 95}, "up"),
    ],
)
def test_verdicts(world: World, before: dict[str, Any], now: dict[str, Any], verdict: str) -> None:
    """A direction is claimed only where the whole interval of change has it."""
    _two(world, "garbage_removed", before, now)
    assert world.row("2026-08", "2026-07", "青山社区")["verdict"] == verdict


def test_change_and_percent_with_their_bounds(world: World) -> None:
    """Bounds of change and percent come from the bounds of both sides."""
    _two(world, "garbage_removed", {"value": 100, "high": 110}, {"value": 120, "high": 130})
    row = world.row("2026-08", "2026-07", "青山社区")
    assert (row["change"], row["change_low"], row["change_high"]) == (20, 10, 30)
    assert (row["percent"], row["percent_high"]) == (20, 30)
    assert row["percent_low"] == pytest.approx(100 * (120 / 110 - 1))


def test_an_open_bound_stays_open(world: World) -> None:
    """At least 200 against 100 is up, by how much at most is not known."""
    _two(world, "garbage_removed", {"value": 100}, {"value": 200, "high": None, "approx": "at_least"})
    row = world.row("2026-08", "2026-07", "青山社区")
    assert (row["verdict"], row["change_low"], row["change_high"], row["percent_high"]) == (
        "up",
        100,
        None,
        None,
    )


def test_percent_is_null_at_base_zero(world: World) -> None:
    """From none to ten there is a change, but no percentage."""
    _two(world, "garbage_removed", {"value": 0}, {"value": 10})
    row = world.row("2026-08", "2026-07", "青山社区")
    assert (row["change"], row["percent"], row["percent_low"], row["percent_high"]) == (10, None, None, None)


def test_kilograms_and_tonnes_are_compared(world: World) -> None:
    """18500 公斤 and 18.5 吨 are the same."""
    kilograms = {"dimension": "mass", "unit": "公斤", "unit_base": "吨", "factor": 0.001}
    _two(world, "garbage_removed", {"value": 18.5} | _TONNES, {"value": 18500} | kilograms)
    row = world.row("2026-08", "2026-07", "青山社区")
    assert (row["verdict"], row["unit"]) == ("unchanged", "吨")


def test_a_missing_side_is_missing_and_never_zero(world: World) -> None:
    """A place without a report in the baseline has no baseline value and no change."""
    _two(world, "households", {"value": 100}, {"value": 110})
    world.figure(world.report("东湖社区", "2026-08"), "households", 50)
    row = world.row("2026-08", "2026-07", "东湖社区")
    assert (row["verdict"], row["reason_code"]) == ("missing", "missing_report")
    assert (row["baseline_value"], row["change"], row["percent"]) == (None, None, None)
    total = world.row("2026-08", "2026-07", None)
    assert (total["coverage"], total["baseline_coverage"], total["common_places"]) == ("2/2", "1/2", 1)
    assert (total["value"], total["baseline_value"], total["verdict"]) == (110, 100, "up")
    assert "东湖社区" in total["reason"]


def test_a_report_that_leaves_a_number_out(world: World) -> None:
    """Where the report is there without the figure, the reason says so."""
    _two(world, "households", {"value": 100}, {"value": 110})
    world.figure("r001", "garbage_removed", 5, **_TONNES)
    rows = world.compared("2026-08", "2026-07")
    row = rows[(rows["indicator"] == "garbage_removed") & (rows["row_kind"] == "place")].iloc[0]
    assert (row["verdict"], row["reason_code"]) == ("missing", "missing_figure")


def _merger(world: World) -> None:
    for place in ("戊社区", "己社区"):
        world.figure(world.report(place, "2026-04"), "households", 20)
    world.place("庚社区", valid_from="2026-05", predecessors="戊社区;己社区")
    world.figure(world.report("庚社区", "2026-05"), "households", 41)
    world.figure(world.report("青山社区", "2026-04"), "households", 100)
    world.figure(world.report("青山社区", "2026-05"), "households", 90)


def test_a_merged_place_is_compared_with_the_sum_of_its_parts(world: World) -> None:
    """Like for like: 41 households against 20 and 20, marked; the parts themselves are gone."""
    _merger(world)
    made = world.row("2026-05", "2026-04", "庚社区", locale="zh-Hans")
    assert (made["verdict"], made["reason_code"], made["change"]) == ("up", "composed", 1)
    assert (made["baseline_value"], made["derived"], made["value"]) == (40, "composed", 41)
    assert made["reason"] == "2026-04是戊社区、己社区之和，按同一范围相比"
    gone = world.row("2026-05", "2026-04", "戊社区")
    assert (gone["verdict"], gone["reason_code"]) == ("not_comparable", "merged_into")


def test_a_merged_place_is_not_compared_where_a_part_is_silent(world: World) -> None:
    """The sum of some of the parts is not the place."""
    _merger(world)
    world.figures = [row for row in world.figures if row["place_id"] != "己社区"]
    made = world.row("2026-05", "2026-04", "庚社区", locale="zh-Hans")
    assert (made["verdict"], made["reason_code"], made["change"]) == ("not_comparable", "merged_from", None)
    assert made["reason"] == "庚社区由戊社区、己社区于2026-05合并而成，与2026-04的范围不同，不能相比"


def test_a_share_of_a_merged_place_is_never_a_sum(world: World) -> None:
    """30% and 40% are not 70%."""
    percent = {"dimension": "percent", "unit": "%", "unit_base": "%", "role": "share"}
    for place in ("戊社区", "己社区"):
        world.figure(world.report(place, "2026-04"), "coverage_rate", 30, **percent)
    world.place("庚社区", valid_from="2026-05", predecessors="戊社区;己社区")
    world.figure(world.report("庚社区", "2026-05"), "coverage_rate", 35, **percent)
    made = world.row("2026-05", "2026-04", "庚社区")
    assert (made["verdict"], made["reason_code"]) == ("not_comparable", "merged_from")


def test_a_split_place_is_compared_as_the_sum_of_what_it_became(world: World) -> None:
    """The old place goes on as the sum; its parts have nothing of their own to be compared with."""
    for place in ("戊社区", "己社区"):
        world.place(place, valid_from="2026-05", predecessors="庚社区")
    world.figure(world.report("庚社区", "2026-04"), "households", 41)
    for place in ("戊社区", "己社区"):
        world.figure(world.report(place, "2026-05"), "households", 20)
    made = world.row("2026-05", "2026-04", "庚社区")
    assert (made["verdict"], made["value"], made["baseline_value"]) == ("down", 40, 41)
    part = world.row("2026-05", "2026-04", "戊社区", locale="zh-Hans")
    assert (part["verdict"], part["reason_code"]) == ("not_comparable", "split_from")
    assert part["reason"] == "戊社区于2026-05由庚社区分出，与2026-04的范围不同，不能相比"
    total = world.row("2026-05", "2026-04", None)
    assert (total["value"], total["baseline_value"], total["common_places"]) == (40, 41, 1)


def test_a_split_place_that_has_no_sum_says_that_it_was_split(world: World) -> None:
    """Its share goes on nowhere: it was split, not merged into its parts."""
    percent = {"dimension": "percent", "unit": "%", "unit_base": "%", "role": "share"}
    world.place("庚社区", successors="戊社区;己社区", valid_to="2026-04")
    for place, value, period in (
        ("庚社区", 30, "2026-04"),
        ("戊社区", 35, "2026-05"),
        ("己社区", 25, "2026-05"),
    ):
        world.place(place) if place != "庚社区" else None
        world.figure(world.report(place, period), "coverage_rate", value, **percent)
    row = world.row("2026-05", "2026-04", "庚社区")
    assert (row["verdict"], row["reason_code"]) == ("not_comparable", "split_into")
    assert "分為戊社区、己社区" in row["reason"]


def test_a_renamed_place_is_itself_and_counted_once(world: World) -> None:
    """Under its new name it has its old numbers, its shares as well; the total does not hold it twice."""
    percent = {"dimension": "percent", "unit": "%", "unit_base": "%", "role": "share"}
    world.place("庚村", valid_to="2026-04")
    world.place("庚社区", valid_from="2026-05", predecessors="庚村")
    for place, period, number in (("庚村", "2026-04", 40), ("庚社区", "2026-05", 41)):
        report = world.report(place, period)
        world.figure(report, "households", number)
        world.figure(report, "coverage_rate", number, **percent)
    rows = world.compared("2026-05", "2026-04")
    own = rows[rows["place_id"] == "庚社区"]
    assert set(own["verdict"]) == {"up"}
    assert set(own["reason_code"]) == {"renamed"}
    total = rows[rows["row_kind"] == "total"].iloc[0]
    assert (total["value"], total["baseline_value"], total["coverage"]) == (41, 40, "1/1")


def test_a_total_names_what_is_on_another_basis(world: World) -> None:
    """A place with running totals of two years is compared, but not added to the months of the others."""
    for year, value in (("2025", 10), ("2026", 12)):
        for place in ("甲社区", "乙社区"):
            world.figure(world.report(place, f"{year}-05"), "garbage_removed", value)
        fields = {"scope": "cumulative", "since": f"{year}-01-01"}
        world.figure(world.report("丙社区", f"{year}-05"), "garbage_removed", value, **fields)
    total = world.row("2026-05", "2025-05", None)
    assert (total["value"], total["common_places"]) == (24, 2)
    assert "丙社区" in total["reason"]


def test_totals_cover_the_common_places_of_each_period(world: World) -> None:
    """Coverage counts the places that exist then; a merged place stands for its parts."""
    _merger(world)
    total = world.row("2026-05", "2026-04", None)
    assert (total["coverage"], total["baseline_coverage"], total["common_places"]) == ("2/2", "3/3", 2)
    assert (total["value"], total["baseline_value"], total["verdict"]) == (131, 140, "down")
    assert (total["derived"], total["reason"]) == ("composed", None)


def test_a_merged_place_is_compared_again_afterwards(world: World) -> None:
    """One month later the boundary is the same in both periods."""
    _merger(world)
    world.figure(world.report("庚社区", "2026-06"), "households", 41)
    assert world.row("2026-06", "2026-05", "庚社区")["verdict"] == "unchanged"


def test_tonnes_and_loads_are_not_comparable(world: World) -> None:
    """A place that changes its unit to another dimension gets two rows and no change."""
    _two(world, "garbage_removed", {"value": 80} | _LOADS, {"value": 5} | _TONNES)
    for dimension in ("mass", "load"):
        row = world.row("2026-08", "2026-07", "青山社区", dimension=dimension)
        assert (row["verdict"], row["reason_code"], row["change"]) == ("not_comparable", "dimension", None)
    assert "按噸計" in world.row("2026-08", "2026-07", "青山社区", dimension="mass")["reason"]
    total = world.row("2026-08", "2026-07", None, dimension="mass")
    assert (total["value"], total["verdict"]) == (None, "not_comparable")


def test_heads_and_attendances_are_not_comparable(world: World) -> None:
    """人 and 人次 are never one series."""
    heads, times = ({"dimension": f"count of {unit}", "unit_base": unit} for unit in ("人", "人次"))
    _two(world, "event_attendees", {"value": 80} | heads, {"value": 90} | times)
    assert (
        world.row("2026-08", "2026-07", "青山社区", dimension="count of 人")["reason_code"] == "attendances"
    )


def test_a_shared_dimension_is_compared_beside_a_lone_one(world: World) -> None:
    """Where tonnes are stated twice and loads once, the tonnes are compared and the loads are missing."""
    _two(world, "garbage_removed", {"value": 5} | _TONNES, {"value": 6} | _TONNES)
    world.figure("r001", "garbage_removed", 80, **_LOADS)
    assert world.row("2026-08", "2026-07", "青山社区", dimension="mass")["verdict"] == "up"
    assert world.row("2026-08", "2026-07", "青山社区", dimension="load")["verdict"] == "missing"


def test_series_are_not_comparable(world: World) -> None:
    """受理 and 办结 of one indicator are two rows, each not comparable."""
    _two(world, "event_attendees", {"value": 80, "series": "受理"}, {"value": 70, "series": "办结"})
    rows = world.compared("2026-08", "2026-07")
    assert rows["reason_code"].to_list() == ["series", "no_common"] * 2


def test_targets_and_results_are_not_comparable(world: World) -> None:
    """A target against a result shows both values and no change."""
    _two(world, "money_invested", {"value": 80}, {"value": 70, "role": "target"})
    row = world.row("2026-08", "2026-07", "青山社区")
    assert (row["verdict"], row["reason_code"]) == ("not_comparable", "role")
    assert (row["value"], row["baseline_value"], row["change"]) == (70, 80, None)


def test_a_target_never_stands_in_for_a_result(world: World) -> None:
    """Where both targets are stated but only one result, the targets are not compared instead."""
    _two(world, "money_invested", {"value": 80, "role": "target"}, {"value": 70, "role": "target"})
    world.figure("r001", "money_invested", 60)
    assert world.row("2026-08", "2026-07", "青山社区")["reason_code"] == "role"


def test_the_month_and_the_running_total_are_not_comparable(world: World) -> None:
    """The number of a month against a total since 2011 is another basis."""
    _two(world, "money_invested", {"value": 80}, {"value": 700, "scope": "cumulative", "since": "2011"})
    assert world.row("2026-08", "2026-07", "青山社区")["reason_code"] == "basis"


@pytest.mark.parametrize(
    ("since", "since_b", "code"),
    [("2011", "2011", "running"), ("2012", "2011", "since"), (None, None, "start_unknown")],
)
def test_running_totals_are_no_rise(
    world: World, since: str | None, since_b: str | None, code: str | None
) -> None:
    """The later total contains the earlier one, or began at another time, or at one that nobody said."""
    for period, start, value in (("2026-05", since_b, 80), ("2026-08", since, 90)):
        fields = {"scope": "cumulative", "since": start}
        world.figure(world.report("青山社区", period), "money_invested", value, **fields)
    row = world.row("2026-08", "2026-05", "青山社区")
    assert (row["verdict"], row["reason_code"]) == ("not_comparable", code)
    assert row["change"] is None


def test_the_month_between_two_running_totals_says_how_it_was_made(world: World) -> None:
    """90 against 80 a month before is a flow of 10, which the baseline does not have."""
    fields = {"scope": "cumulative", "since": "2011"}
    _two(world, "money_invested", {"value": 80} | fields, {"value": 90} | fields)
    row = world.row("2026-08", "2026-07", "青山社区")
    assert (row["value"], row["verdict"], row["reason_code"]) == (10, "not_comparable", "basis")
    assert row["derived"] == "differenced"
    assert "相減" in row["reason"]


def test_a_running_total_beside_places_without_one_is_no_mistake(world: World) -> None:
    """A place that states a running total is compared, whatever the others lack."""
    for year in ("2023", "2024"):
        day = "29" if year == "2024" else "28"
        fields = {"scope": "cumulative", "since": f"{year}-01-01", "period": f"{year}-01..{year}-02"}
        report = world.report("青山社区", f"{year}-02")
        world.figure(report, "money_invested", int(year), **fields)
        assert world.reports[-1]["period_end"].isoformat() == f"{year}-02-{day}"
    world.figure(
        world.report("东湖社区", "2024-02"),
        "money_invested",
        1,
        scope="cumulative",
        period="2024-01..2024-02",
    )
    row = world.row("2024-01..2024-02", "2023-01..2023-02", "青山社区")
    assert (row["verdict"], row["change"]) == ("up", 1)


def test_the_first_months_of_two_years_are_compared(world: World) -> None:
    """January to May of two years begin and end on the same days."""
    for year in ("2025", "2026"):
        report = world.report("青山社区", f"{year}-05")
        fields = {"scope": "cumulative", "since": f"{year}-01-01", "period": f"{year}-01..{year}-05"}
        world.figure(report, "money_invested", int(year), **fields)
    row = world.row("2026-01..2026-05", "2025-01..2025-05", "青山社区")
    assert (row["verdict"], row["change"]) == ("up", 1)


def test_of_stocks_the_latest_inside_the_period_counts(world: World) -> None:
    """The level at the end of June is the level of the half year."""
    for period, day, value in (("2026-06", "2026-06-30", 110), ("2026-05", "2026-05-31", 105)):
        world.figure(world.report("青山社区", period), "households", value, period=day)
    world.figure(world.report("青山社区", "2025-12"), "households", 100, period="2025-12-31")
    row = world.row("2026-H1", "2025-H2", "青山社区")
    assert (row["value"], row["baseline_value"]) == (110, 100)


def test_flows_of_months_are_not_the_flow_of_a_year(world: World) -> None:
    """A flow belongs to its own period only."""
    _two(world, "garbage_removed", {"value": 1}, {"value": 2})
    with pytest.raises(UsageError, match="2026-07, 2026-08"):
        world.compared("2026", "2025")


def test_shares_have_no_total(world: World) -> None:
    """Rates of two places are compared place by place and never added."""
    percent = {"dimension": "percent", "unit": "%", "unit_base": "%", "role": "share"}
    for place in ("青山社区", "东湖社区"):
        _two(world, "coverage_rate", {"value": 90} | percent, {"value": 95} | percent, place)
    rows = world.compared("2026-08", "2026-07")
    assert rows["row_kind"].to_list() == ["place", "place"]
    assert rows["verdict"].to_list() == ["up", "up"]


def test_a_part_is_not_added_to_its_whole(world: World) -> None:
    """A village's households are in its community's already."""
    world.place("临江街道")
    world.place("青山社区", parent="临江街道")
    _two(world, "households", {"value": 1000}, {"value": 1010}, "临江街道")
    _two(world, "households", {"value": 100}, {"value": 110}, "青山社区")
    total = world.row("2026-08", "2026-07", None)
    assert (total["value"], total["common_places"], total["coverage"]) == (1010, 1, "1/1")


def test_one_vague_place_makes_the_total_vague(world: World) -> None:
    """The bounds of a total are the sums of the bounds."""
    _two(world, "households", {"value": 100}, {"value": 101}, "青山社区")
    _two(world, "households", {"value": 200, "high": 210}, {"value": 203}, "东湖社区")
    total = world.row("2026-08", "2026-07", None)
    assert (total["change"], total["change_low"], total["change_high"]) == (4, -6, 4)
    assert (total["verdict"], total["reason_code"]) == ("uncertain", "vague")


def test_only_the_latest_vintage_is_compared(world: World) -> None:
    """A figure that was changed by a re-issued report counts once, as changed."""
    for received, value in ((date(2026, 8, 1), 100), (date(2026, 8, 8), 120)):
        world.figure(world.report("青山社区", "2026-07", received=received), "households", value)
    world.figure(world.report("青山社区", "2026-08"), "households", 110)
    assert world.row("2026-08", "2026-07", "青山社区")["verdict"] == "down"


def test_results_of_yearly_reports_are_compared_by_the_year_they_are_of(world: World) -> None:
    """Each report states last year's result and this year's target; the results are compared."""
    for year, result, target in ((2018, 100, 108), (2019, 107, 115)):
        report = world.report("全国", str(year))
        world.figure(report, "money_invested", result, period=str(year - 1))
        world.figure(report, "money_invested", target, role="target")
    made = world.tables()
    assert default_periods(made["reports"], made["observations"]) == ("2018", "2017")
    row = world.row("2018", "2017", "全国")
    assert (row["value"], row["baseline_value"], row["basis"], row["verdict"]) == (107, 100, "flow", "up")


def test_a_period_without_data_names_those_that_exist(world: World) -> None:
    """Asking for a month that nobody reported on is a mistake with a way out."""
    _two(world, "households", {"value": 1}, {"value": 2})
    with pytest.raises(UsageError, match=r"2026-09.*2026-07, 2026-08"):
        world.compared("2026-09", "2026-08")
    with pytest.raises(UsageError, match=r"2025-01.*2026-07, 2026-08"):
        world.compared("2026-08", "2025-01")


def test_an_empty_baseline_may_be_allowed(world: World) -> None:
    """The first month of a project has nothing before it: every row is missing."""
    _two(world, "households", {"value": 1}, {"value": 2})
    rows = world.compared("2026-07", "2026-06", allow_empty_baseline=True)
    assert set(rows["verdict"]) == {"missing"}


def test_an_unknown_locale_is_refused(world: World) -> None:
    """Reasons exist in three locales only."""
    _two(world, "households", {"value": 1}, {"value": 2})
    with pytest.raises(UsageError, match="zh-Hant"):
        world.compared("2026-08", "2026-07", locale="fr")


def test_default_periods_are_the_newest_of_the_commonest_kind(world: World) -> None:
    """A yearly report among monthly ones does not make a year the default; a gap is jumped."""
    for period in ("2025", "2026-05", "2026-07"):
        world.figure(world.report("青山社区", period), "households", 1)
    assert default_periods(world.tables()["reports"]) == ("2026-07", "2026-05")


def test_a_single_period_has_the_one_before_it_as_baseline(world: World) -> None:
    """With one month in the data the baseline is the month before."""
    world.figure(world.report("青山社区", "2026-07"), "households", 1)
    assert default_periods(world.observations()) == ("2026-07", "2026-06")


def test_without_a_date_there_is_no_default(world: World) -> None:
    """Undated reports give no period, and the error says how to date them."""
    world.report("青山社区", None)
    world.figure("r000", "households", 1)
    with pytest.raises(UsageError, match=r"manifest\.csv"):
        default_periods(world.tables()["reports"])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", sorted(reasons()))
def test_every_reason_is_a_sentence_in_every_locale(code: str, locale: str) -> None:
    """No sentence has a gap that is never filled, and each says when it applies."""
    sides = ["basis", "other_basis", "since", "other_since", "unit", "other_unit", "series", "other_series"]
    fields = [
        "place",
        "names",
        "when",
        "here",
        "absent",
        "period",
        "baseline",
        "common",
        "side",
        "parts",
        *sides,
    ]
    text = reason(code, locale, dict.fromkeys(fields, "x"))
    assert text
    assert "{" not in text
    assert reasons()[code]["when"]
