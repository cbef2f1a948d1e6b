"""Claims: what a report says of its own numbers is held against them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.checks import codes, kinds
from analysis.comparison.checks.claim_words import entries, has_words
from analysis.comparison.checks.fact import step_of
from analysis.comparison.words import LOCALES
from analysis.language.script import fold
from analysis.tables import tables
from tests.comparison.checks.conftest import Find, monthly


@pytest.mark.parametrize("name", sorted(entries()))
def test_words_of_claims_find_their_examples_only(name: str) -> None:
    """Each entry of claim_words.toml finds its examples and none of its counter-examples."""
    entry = entries()[name]
    assert entry["examples"]
    assert entry["counter_examples"]
    for example in entry["examples"]:
        assert has_words(name, fold(example)), example
    for example in entry["counter_examples"]:
        assert not has_words(name, fold(example)), example


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_finding_speaks_every_locale(code: str) -> None:
    """Each code has a kind that the table allows, says when it applies, and has its sentences three times."""
    entry = codes()[code]
    assert entry["when"]
    assert entry["kind"] in kinds()
    assert entry["kind"] in tables()["findings"].column("kind").allowed
    for part in ("message", "remedy"):
        assert set(entry[part]) == set(LOCALES)


@pytest.mark.parametrize(
    ("claim", "kinds_found"),
    [
        ("环比增长10.0%", set()),
        ("环比增长10.1%", set()),
        ("环比增长12%", {"claim_change"}),
        ("比上月增加2吨", set()),
        ("比上月增加3吨", {"claim_change"}),
        ("环比下降10%", {"claim_change"}),
        ("比1月增长10%", set()),
        ("比1月增长30%", {"claim_change"}),
        ("年均增长30%", set()),
    ],
)
def test_growth_is_held_against_the_series(find: Find, claim: str, kinds_found: set[str]) -> None:
    """A stated change against last month's level is serious when no rounding explains it."""
    found = find(monthly("1月共清运垃圾20.0吨。", f"2月共清运垃圾22.0吨，{claim}。"))
    assert set(found["kind"]) == kinds_found
    if kinds_found:
        row = found[found["kind"] == "claim_change"].iloc[0]
        assert row["severity"] == "serious"
        assert row["expected"] == (pytest.approx(2) if "吨" in claim else pytest.approx(10))
        assert len(row["figure_ids"].split(";")) == len(row["sources"].split(";")) == 3


@pytest.mark.parametrize(
    ("sentence", "codes_found"),
    [
        ("2月清运垃圾由上月的20.0吨增加到25.0吨，增长25%。", set()),
        ("2月清运垃圾由上月的20.0吨增加到25.0吨，增长30%。", {"growth"}),
        ("2月清运垃圾由上月的21.0吨增加到25.0吨。", {"from_to"}),
    ],
)
def test_both_ends_of_a_rise_are_held_against_the_series(
    find: Find, sentence: str, codes_found: set[str]
) -> None:
    """A growth beside its two ends is theirs; a first end of 上月 is what last month's report stated."""
    found = find(monthly("1月共清运垃圾20.0吨。", sentence))
    assert set(found.loc[found["severity"] == "serious", "code"]) == codes_found


def test_a_vague_level_accuses_nobody(find: Find) -> None:
    """Where the level is 200余 any growth that some value allows agrees."""
    assert not (
        find(monthly("走访居民200余户。", "走访居民230户，环比增长5%。"))["severity"] == "serious"
    ).any()


def test_a_later_revision_accuses_nobody(find: Find) -> None:
    """A growth that was right for the number then known stays right; the revision is a note with both."""
    found = find(
        monthly(
            "1月共清运垃圾20.0吨。",
            "2月共清运垃圾22.0吨，环比增长10%。",
            "更正：2月清运垃圾22.0吨有误，应为21.0吨。3月共清运垃圾23.0吨。",
        )
    )
    assert not (found["severity"] == "serious").any()


def test_a_running_total_is_held_against_its_months(find: Find) -> None:
    """A total since January that its months do not give is serious, and says the sum."""
    reports = monthly("1月共清运垃圾20吨。", "2月共清运垃圾22吨，1—2月累计清运垃圾43.5吨。")
    row = find(reports).set_index("kind").loc["claim_total"]
    assert (row["expected"], row["found"]) == (42, 43.5)
    right = monthly("1月共清运垃圾20吨。", "2月共清运垃圾22吨，1—2月累计清运垃圾42吨。")
    assert "claim_total" not in set(find(right)["kind"])


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("受理居民诉求50件，办结45件，办结率90%。", None),
        ("受理居民诉求50件，办结45件，办结率95%。", "claim_share"),
        ("居民满意率102.5%。", "impossible"),
        ("共有居民500户、1260人。", None),
        ("共有居民1260户、500人。", "impossible"),
        ("共有居民120户、12600人。", "outlier"),
        ("走访居民365户，为14名老人服务。", None),
    ],
)
def test_shares_and_households_are_possible(find: Find, sentence: str, kind: str | None) -> None:
    """A rate agrees with the two counts beside it, no rate of a part exceeds 100%, households hold people."""
    found = find(monthly(sentence))
    assert set(found["kind"]) == ({kind} if kind else set())


def test_one_report_states_one_number_once(find: Find) -> None:
    """Two passages of a report that state one thing differently are a conflict with both sides."""
    found = find(monthly("一、环境卫生\n1月共清运垃圾20吨。\n\n二、小结\n1月共清运垃圾26吨。"))
    row = found.set_index("kind").loc["conflict"]
    assert row["severity"] == "serious"
    assert {row["expected"], row["found"]} == {20, 26}
    assert "claim_change" not in set(found["kind"])


TABLE = "| 社区 | 清运垃圾（吨） |\n| --- | --- |\n| 东湖社区 | 20 |\n| 西湖社区 | 30 |\n| 合计 | {} |\n"


@pytest.mark.parametrize(("total", "wrong"), [(50, 0), (55, 1)])
def test_the_row_of_sums_is_that_of_its_table(find: Find, total: int, wrong: int) -> None:
    """The row 合计 of a table that its rows do not add up to is serious."""
    found = find({"2026-01/青山街道.md": f"# 青山街道2026年1月工作汇报\n\n{TABLE.format(total)}"})
    assert len(found[found["kind"] == "claim_total"]) == wrong


@pytest.mark.parametrize(("total", "wrong"), [(50, 0), (55, 1)])
def test_a_sum_in_prose_is_that_of_its_parts(find: Find, total: int, wrong: int) -> None:
    """合计 after two numbers of one unit is their sum."""
    found = find(monthly(f"清运生活垃圾20吨、建筑垃圾30吨，合计{total}吨。"))
    assert len(found[found["kind"] == "claim_total"]) == wrong


def test_a_part_is_less_than_its_whole(find: Find) -> None:
    """其中 more than the number before it is serious; less is nothing."""
    assert set(find(monthly("清运垃圾20吨，其中建筑垃圾26吨。"))["kind"]) == {"claim_total"}
    assert find(monthly("清运垃圾20吨，其中建筑垃圾6吨。")).empty


def test_a_table_and_its_prose_state_one_number(find: Find) -> None:
    """A table that states another value than the sentence over it is a conflict."""
    table = "| 指标 | 数量 |\n| --- | --- |\n| 清运垃圾（吨） | 26 |\n"
    found = find({"2026-01/东湖社区.md": f"# 东湖社区2026年1月工作汇报\n\n清运垃圾20吨。\n\n{table}"})
    assert list(found["code"]) == ["table_prose"]


def test_a_share_of_a_plan_is_held_against_the_plan(find: Find) -> None:
    """完成当月计划的109% is outcome by target, whatever the report of the target was."""
    plan = "走访居民200户。\n\n下月打算：2月计划走访居民300户。"
    assert find(monthly(plan, "2月走访居民327户，完成当月计划的109%。")).empty
    wrong = find(monthly(plan, "2月走访居民327户，完成当月计划的119%。"))
    assert list(wrong["code"]) == ["plan_share"]
    assert wrong["expected"].iloc[0] == 109


def test_an_unrelated_report_changes_no_finding(find: Find) -> None:
    """Another place's reports add findings of their own at most, and leave the others as they are."""
    reports = monthly("1月共清运垃圾20.0吨。", "2月共清运垃圾22.0吨，环比增长30%。")
    alone = find(reports)
    both = find(reports | monthly("走访居民200户。", "走访居民210户。", place="西湖社区"))
    assert both.equals(alone)


def test_targets_are_held_against_outcomes(find: Find) -> None:
    """A target that its month did not reach is a warning; one that was reached is nothing."""
    plan = "走访居民200户。\n\n下月打算：2月计划走访居民240户。"
    missed = find(monthly(plan, "走访居民236户。"))
    assert missed.set_index("kind").loc["target_missed", "severity"] == "warning"
    assert "target_missed" not in set(find(monthly(plan, "走访居民251户。"))["kind"])


@given(st.integers(0, 10**7), st.integers(0, 3))
def test_the_step_is_that_of_the_last_digit(number: int, decimals: int) -> None:
    """However many decimals are written, the step is one of the last, in the base unit of the value."""
    text = f"{number / 10**decimals:.{decimals}f}"
    value = float(text) * 1000
    assert step_of(text + "吨", value, "mass") == (pytest.approx(1000 / 10**decimals) if value else 0)
