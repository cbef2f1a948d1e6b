"""A district in which every place has one planted fault, and places beside them that have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import analysis
from analysis.comparison.checks import find_findings
from analysis.comparison.words import LOCALES

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

# Place: what its reports of January, February … say; None is a month without a report.
PLANTED: dict[str, list[str | None]] = {
    "正确社区": [
        "本月清运垃圾20吨。诉求办结率94%。",
        "本月清运垃圾22吨，环比增长10%。诉求办结率96%，较上月提高2个百分点。",
    ],
    "增幅社区": ["本月清运垃圾20吨。", "本月清运垃圾22吨，环比增长30%。"],
    "隔句社区": ["本月清运垃圾20吨。", "本月清运垃圾22吨。清运垃圾比上月增长20%。"],
    "百分点社区": ["诉求办结率95%。", "诉求办结率96%，较上月提高3个百分点。"],
    "起点社区": ["本月清运垃圾30吨。", "清运垃圾由上月的25吨增加到40吨。"],
    "合计社区": ["发放宣传资料200份。", "发放宣传资料300份，1-2月共发放宣传资料600份。"],
    "其中社区": ["发放宣传资料300份，其中防火资料350份。"],
    "比率社区": ["受理诉求50件，办结45件，办结率95%。"],
    "占比社区": ["走访居民200户，其中走访低保户100户，占40%。"],
    "过百社区": ["居民满意率102%。"],
    "计划社区": ["2月计划植树500棵。", "本月植树450棵，完成计划的95%。"],
    "重复社区": ["本月走访居民120户。\n\n开展防火宣传。\n\n本月走访居民210户。"],
    "户人社区": ["辖区居民1200户120人。"],
    "表格社区": ["| 片区 | 清运垃圾（吨） |\n| --- | --- |\n| 东区 | 10 |\n| 西区 | 12 |\n| 合计 | 25 |"],
    "倒退社区": [None, "1-2月累计清运垃圾60吨。", "1-3月累计清运垃圾55吨。"],
    "累计社区": ["本月清运垃圾30吨。", "本月清运垃圾40吨，今年以来累计清运垃圾35吨。"],
    "多位社区": [f"本月走访居民{homes}户。" for homes in (120, 118, 125, 1220, 122, 119, 121)],
    "照抄社区": ["本月走访居民135户。"] * 5,
    "缺报社区": ["本月走访居民90户。", None, "本月走访居民95户，比上月增加10户。"],
    "单位社区": ["清运垃圾12.5吨。", "清运垃圾12640公斤。", "清运垃圾12.9吨。", "清运垃圾13.1吨。"],
    "亩社区": [f"完成绿化{size}亩。" for size in (7, 4, 6, 3)],
    "含糊社区": ["参加志愿服务上百人次。", "参加志愿服务90余人次。"],
}
FOUND = {
    "增幅社区": {("growth", "2026-02")},
    "隔句社区": {("growth", "2026-02")},
    "百分点社区": {("difference", "2026-02")},
    "起点社区": {("from_to", "2026-02"), ("revision", "2026-01")},
    "合计社区": {("sum", "2026-01..2026-02")},
    "其中社区": {("part", "2026-01")},
    "比率社区": {("ratio", "2026-01")},
    "占比社区": {("part_share", "2026-01")},
    "过百社区": {("over_100", "2026-01")},
    "计划社区": {("plan_share", "2026-02"), ("target_missed", "2026-02")},
    "重复社区": {("twice", "2026-01")},
    "户人社区": {("people_fewer", "2026-01")},
    "表格社区": {("sum", "2026-01")},
    "倒退社区": {("falling", "2026-Q1")},
    "累计社区": {("sum", "2026-01..2026-02"), ("less_than_part", "2026-01..2026-02")},
    "多位社区": {("digit_more", "2026-04")},
    "照抄社区": {("repeated", "2026-05")},
    "缺报社区": {("missing_report", "2026-02"), ("difference", "2026-03")},
    "单位社区": {("unit_change", "2026-02")},
    "含糊社区": {("vague", "2026-02")},
}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the project of all planted faults."""
    folder = tmp_path_factory.mktemp("district")
    for place, months in PLANTED.items():
        for month, text in enumerate(months, start=1):
            path = folder / "data" / "raw" / f"2026-{month:02d}" / f"{place}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(f"{place}2026年{month}月工作汇报\n\n{text}\n", encoding="utf-8")
    (folder / "data" / "entered.csv").write_text(
        "place,period,indicator,value,unit,source,received\n"
        "缺报社区,2026-02,households_visited,92,户,电话：主任,2026-03-20\n",
        encoding="utf-8",
    )
    (folder / "analysis.toml").write_text('name = "测试"\nlocale = "zh-Hans"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def findings(district: Path) -> pd.DataFrame:
    """Give what is found in it."""
    return analysis.check(district)


def test_every_planted_fault_is_found_and_nothing_else(findings: pd.DataFrame) -> None:
    """Each place has the finding of its fault, in its month; those without a fault have none."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in findings.itertuples():
        found.setdefault(row.place, set()).add((row.code, row.period))
    assert found == FOUND


def test_every_finding_has_both_sides(findings: pd.DataFrame) -> None:
    """The claim and what it is held against are named with their reports and offsets."""
    one_sided = {"missing_report", "over_100", "digit_more"}
    for row in findings[~findings["code"].isin(one_sided)].itertuples():
        assert len(row.sources.split(";")) >= 2, row.code
        assert len(row.figure_ids.split(";")) >= 2, row.code
        assert row.remedy


def test_a_number_by_telephone_is_called_one(findings: pd.DataFrame) -> None:
    """It takes part, and a claim that it contradicts says that no report states it."""
    row = findings[findings["code"] == "difference"].set_index("place").loc["缺报社区"]
    assert (row["found"], row["expected"]) == (10, 3)
    assert "“92户”（2026-02，无报告，另行录入）" in row["message"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_is_whole_in_every_locale(district: Path, locale: str) -> None:
    """Message and remedy have no gap that is not filled, in the script and with the signs of the locale."""
    tables = analysis.load(district)
    found = find_findings(
        tables.figures, tables.reports, tables.places, tables.indicators,
        texts=tables.texts, expected=tables.expected, locale=locale,
    )  # fmt: skip
    assert len(found) == sum(map(len, FOUND.values()))
    for row in found.itertuples():
        # Words of the reports themselves stay as they were written.
        own = re.sub("「.*?」|“.*?”", "…", row.message) + row.remedy
        assert not re.search(r"[{}]|None|nan| {2}", own), own
        assert not (locale == "zh-Hant" and re.search("[吨户减应为说对报]", own.replace(row.place, ""))), own
        assert not (locale == "en" and re.search("[，。；「」]", own)), own


def test_a_table_gives_its_sum_and_not_its_first_row(district: Path) -> None:
    """The place's number is that of the row 合计; the rows are what it was chosen over."""
    tables = analysis.load(district)
    rows = tables.observations
    row = rows[rows["place_id"] == "表格社区"].iloc[0]
    assert (row["value"], row["chosen_by"]) == (25, "total")
    assert len(row["alternative_ids"].split(";")) == 2
