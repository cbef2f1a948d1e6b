"""Gaps and oddities: what is missing, in another unit, or unlike itself and its peers."""

from __future__ import annotations

import pytest

from analysis.comparison.checks.oddities import spread_of
from tests.comparison.checks.conftest import Find, monthly

STEADY = [412, 398, 405, 421, 409, 400, 415]


def test_a_hole_between_reports_is_found(find: Find) -> None:
    """A month without a report between two others is a warning that names it."""
    reports = monthly("走访居民200户。", "走访居民210户。", "走访居民205户。")
    del reports["2026-02/东湖社区.txt"]
    row = find(reports).set_index("kind").loc["missing_report"]
    assert (row["period"], row["place_id"], row["severity"]) == ("2026-02", "东湖社区", "warning")


@pytest.mark.parametrize(
    ("value", "code"), [(4090, "digit_more"), (41, "digit_less"), (1900, "jump"), (418, None)]
)
def test_a_value_unlike_its_history_is_odd(find: Find, value: int, code: str | None) -> None:
    """A digit too many or too few is told from a mere jump; what is usual is nothing."""
    found = find(monthly(*(f"发放宣传资料{n}份。" for n in [*STEADY, value])))
    assert set(found["code"]) == ({code} if code else set())


def test_a_place_unlike_its_peers_is_odd(find: Find) -> None:
    """One place that halves while seven others stay is found, and only that one."""
    reports: dict[str, str] = {}
    for number, name in enumerate("甲乙丙丁戊己庚辛"):
        before = 400 + 7 * number
        after = before + 3 if number else before // 4
        reports |= monthly(f"走访居民{before}户。", f"走访居民{after}户。", place=f"东{name}社区")
    found = find(reports)
    assert list(found.loc[found["code"] == "peers", "place_id"]) == ["东甲社区"]


def test_the_same_number_again_and_again_is_noted(find: Find) -> None:
    """Four equal months are a note that counts them; equal stocks are no surprise."""
    found = find(monthly(*["发放宣传资料365份。共有居民2401户。"] * 4))
    assert list(found["kind"]) == ["repeated"]
    assert list(found["indicator"]) == ["materials_distributed"]


def test_too_many_round_numbers_are_noted(find: Find) -> None:
    """Ten counts that all end in 0 look estimated; ten others do not."""
    words = (
        "走访居民{}户，发放宣传资料{}份，清理楼道{}栋，调解纠纷{}起，受理诉求{}件，办结{}件，"
        "清理小广告{}张，清理卫生死角{}处，排查隐患{}处，整改{}处。"
    )
    round_ones = [300, 1200, 40, 20, 60, 50, 330, 30, 80, 70]
    assert "rounded" in set(find(monthly(words.format(*round_ones)))["kind"])
    others = [number + 3 for number in round_ones]
    assert "rounded" not in set(find(monthly(words.format(*others)))["kind"])


def test_another_unit_is_noted_with_its_value(find: Find) -> None:
    """公斤 among 吨 is a note; the values are converted and nothing else is found."""
    found = find(monthly("清运垃圾12.5吨。", "清运垃圾12640公斤。", "清运垃圾12.9吨。"))
    assert list(found["kind"]) == ["unit_change"]
    assert "12.64" in found["message"].iloc[0]


def test_files_without_time_or_twice_are_found(find: Find) -> None:
    """An undated report is a warning, two files of one text a note."""
    text = "东湖社区2026年1月工作汇报\n\n走访居民200户。"
    found = find({"2026-01/东湖社区.txt": text, "2026-01/东湖社区副本.txt": text, "a.txt": "走访居民5户。"})
    assert {"undated", "duplicate"} <= set(found["kind"])


def test_a_merger_that_a_report_tells_of_is_found_once(find: Find) -> None:
    """A report that tells of a merger is a warning in its own month, not in that of the plan."""
    found = find(
        monthly(
            "共有居民500户。西湖社区拟于3月1日并入东湖社区。",
            "共有居民502户。",
            "自3月1日起，西湖社区并入东湖社区。合并后的东湖社区共有居民903户。",
            "合并后的东湖社区共有居民905户。",
        )
    )
    assert list(found.loc[found["kind"] == "boundary_change", "period"]) == ["2026-03"]
    assert "outlier" not in set(found["kind"])


@pytest.mark.parametrize("locale", ["zh-Hant", "zh-Hans", "en"])
def test_messages_are_in_the_words_of_the_project(find: Find, locale: str) -> None:
    """The same finding is told in each locale, with the place and both values."""
    found = find(monthly("清运垃圾20.0吨。", "清运垃圾22.0吨，环比增长30%。"), locale=locale)
    message = found["message"].iloc[0]
    assert "东湖社区" in message
    assert "30" in message
    assert "10" in message


def test_the_spread_does_not_yield_to_one_outlier() -> None:
    """The median and its deviations hardly move when one of the others is far off."""
    middle, spread = spread_of([1.0, 1.1, 0.9, 1.05, 50.0], least=0.01)
    assert middle == pytest.approx(1.05)
    assert spread < 0.2
    assert spread_of([1.0] * 5, least=0.1) == (1.0, 0.1)
