"""What is concluded from figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.comparison.conftest import World


def test_of_two_figures_the_exact_one_is_chosen_and_the_other_kept(world: World) -> None:
    """An exact figure is chosen over a vague one, which stays as its alternative."""
    report = world.report("青山社区", "2026-08")
    vague = world.figure(report, "households", 11000, high=12000, approx="more_than")
    exact = world.figure(report, "households", 11800)
    row = world.observations().iloc[0]
    assert (row["figure_ids"], row["alternative_ids"], row["chosen_by"]) == (exact, vague, "exact")
    assert row["value"] == 11800


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ({}, {"place_source": "sentence"}, "place"),
        ({}, {"cell": "B2"}, "table"),
        ({"approx": "about"}, {}, "exact"),
    ],
)
def test_rules_choose_in_their_order(
    world: World, first: dict[str, str], second: dict[str, str], rule: str
) -> None:
    """Each rule decides for the second figure although it comes later in the text."""
    report = world.report("青山社区", "2026-08")
    world.figure(report, "households", 1, **first)
    chosen = world.figure(report, "households", 2, **second)
    row = world.observations().iloc[0]
    assert (row["figure_ids"], row["chosen_by"]) == (chosen, rule)


def test_without_another_difference_the_earliest_is_chosen(world: World) -> None:
    """Of two like figures the first in the text is chosen."""
    report = world.report("青山社区", "2026-08")
    first = world.figure(report, "households", 1)
    world.figure(report, "households", 2)
    row = world.observations().iloc[0]
    assert (row["figure_ids"], row["chosen_by"]) == (first, "earliest")


def test_a_single_figure_has_neither_alternatives_nor_a_rule(world: World) -> None:
    """Where nothing was chosen between, nothing is said to have decided."""
    world.figure(world.report("青山社区", "2026-08"), "households", 1)
    row = world.observations().iloc[0]
    assert row[["alternative_ids", "chosen_by"]].isna().all()


@pytest.mark.parametrize(
    "fields",
    [
        {"indicator": None},
        {"dimension": None},
        {"place_id": None},
        {"period": None},
        {"role": "change", "direction": "up"},
        {"scope": "of_which"},
        {"scope": "per_household"},
        {"duplicate_of": "f000"},
        {"decision": "rejected"},
        {"value": None, "low": None, "high": None},
    ],
    ids=str,
)
def test_what_takes_no_part(world: World, fields: dict[str, None]) -> None:
    """Changes, parts, repeats, rejected figures and those without key make no observation."""
    report = world.report("青山社区", "2026-08")
    world.figure(report, "households", 5)
    made = world.figures[0] | fields
    world.figures[0] = made
    assert world.observations().empty


def test_a_report_without_date_takes_no_part(world: World) -> None:
    """Figures of an undated report are listed, but nothing is concluded from them."""
    world.figure(world.report("青山社区", None), "households", 5, period="2026-01")
    assert world.observations().empty


@pytest.mark.parametrize(
    ("indicator", "fields", "basis"),
    [
        ("households", {}, "stock"),
        ("garbage_removed", {}, "flow"),
        ("money_invested", {}, "flow"),
        ("coverage_rate", {}, "share"),
        ("households", {"role": "target"}, "target"),
        ("garbage_removed", {"role": "rate", "scope": "per_day"}, "rate"),
        ("households", {"role": "share", "dimension": "percent"}, "share"),
        ("households", {"dimension": "percent"}, "share"),
        ("garbage_removed", {"scope": "cumulative", "since": "2011"}, "cumulative"),
        ("garbage_removed", {"scope": "cumulative", "since": "2026-08"}, "flow"),
        (
            "garbage_removed",
            {"scope": "cumulative", "since": "2026-01", "period": "2026-01..2026-05"},
            "cumulative",
        ),
        ("households", {"scope": "cumulative", "since": "2011"}, "stock"),
    ],
)
def test_basis(world: World, indicator: str, fields: dict[str, str], basis: str) -> None:
    """Role, kind of indicator and scope together say what kind of number it is."""
    world.figure(world.report("青山社区", "2026-08"), indicator, 5, **fields)
    assert world.observations()["basis"].to_list() == [basis]


def test_values_are_in_the_base_unit_with_their_bounds(world: World) -> None:
    """18500多公斤 is 18.5 tonnes up to 18.6."""
    report = world.report("青山社区", "2026-08")
    fields = {"unit": "公斤", "dimension": "mass", "unit_base": "吨", "factor": 0.001}
    world.figure(report, "garbage_removed", 18500, high=18600, approx="more_than", **fields)
    row = world.observations().iloc[0]
    assert (row["value"], row["low"], row["high"], row["unit"]) == (18.5, 18.5, 18.6, "吨")


def test_an_interval_without_value_is_scaled_too(world: World) -> None:
    """几十公斤 has no value, but its bounds are in tonnes."""
    report = world.report("青山社区", "2026-08")
    fields = {"unit": "公斤", "dimension": "mass", "unit_base": "吨", "approx": "about"}
    world.figure(report, "garbage_removed", None, low=20, high=90, **fields)
    row = world.observations().iloc[0]
    assert (row["low"], row["high"]) == (0.02, 0.09)
    assert row[["value"]].isna().all()


def test_units_of_two_dimensions_are_two_observations(world: World) -> None:
    """Tonnes and loads are never alternatives of each other."""
    report = world.report("青山社区", "2026-08")
    world.figure(report, "garbage_removed", 5, dimension="mass", unit_base="吨")
    world.figure(report, "garbage_removed", 5, dimension="load", unit_base="车")
    assert len(world.observations()) == 2


def test_vintages_are_kept_and_the_newest_is_the_latest(world: World) -> None:
    """A re-issued report gives a second vintage; the first stays and is not the latest."""
    world.figure(world.report("青山社区", "2026-07", received=date(2026, 8, 3)), "households", 100)
    world.figure(world.report("青山社区", "2026-07", received=date(2026, 8, 9)), "households", 104)
    found = world.observations().sort_values("vintage")
    assert found["value"].to_list() == [100, 104]
    assert found["is_latest"].to_list() == [False, True]


def test_what_a_manifest_replaces_is_never_the_latest(world: World) -> None:
    """Without dates the manifest's word decides between two reports of one month."""
    old = world.report("青山社区", "2026-07")
    world.figure(old, "households", 100)
    new = world.report("青山社区", "2026-07", supersedes=old, supersedes_source="manifest")
    world.figure(new, "households", 104)
    row = world.observations().iloc[0]
    assert (row["value"], row["chosen_by"], bool(row["is_latest"])) == (104, "supersedes", True)


def test_the_period_is_that_of_the_figure(world: World) -> None:
    """The report of 2019 states the result of 2018 and the target of 2019."""
    report = world.report("全国", "2019")
    world.figure(report, "money_invested", 900, period="2018")
    world.figure(report, "money_invested", 950, role="target")
    found = world.observations().set_index("basis")["period"].to_dict()
    assert found == {"flow": "2018", "target": "2019"}


def test_newly_added_of_a_flow_is_its_level(world: World) -> None:
    """新增 of a flow is the flow of the period; a difference to another period is none."""
    report = world.report("青山社区", "2026-08")
    world.figure(report, "garbage_removed", 1351, role="change", direction="up", subject="新增清运垃圾")
    world.figure(report, "garbage_removed", 2.1, role="change", direction="up", subject="比上月增加")
    found = world.observations()
    assert found["value"].tolist() == [1351]
