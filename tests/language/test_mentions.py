"""Words that say when."""

from __future__ import annotations

from time import process_time

import pytest

from analysis.language.mentions import find_periods, may_begin
from analysis.language.periods import parse_period
from analysis.language.script import fold


@pytest.mark.parametrize(
    ("text", "reference", "kind", "period"),
    [
        ("今年以来,清运垃圾", "2026-06", "since", "2026-H1"),
        ("截至6月底,党员", "2026-06", "as_of", "2026-06-30"),
        ("截至2026年8月31日", "2026-08", "as_of", "2026-08-31"),
        ("1-5月,发放低保金", "2026-06", "during", "2026-01..2026-05"),
        ("1—6月累计", "2026-06", "during", "2026-H1"),
        ("上半年办理", "2026-06", "during", "2026-H1"),
        ("全月共出动", "2026-05", "during", "2026-05"),
        ("5月份,街道", "2026-05", "during", "2026-05"),
        ("三季度,社区", "2026-Q3", "during", "2026-Q3"),
        ("全年清运", "2025", "during", "2025"),
        ("年末常住人口", "2025", "as_of", "2025-12-31"),
        ("民國113年3月份", None, "during", "2024-03"),
        ("截至113年3月底", None, "as_of", "2024-03-31"),
        ("二〇二六年三月", None, "during", "2026-03"),
        ("2018年,全国", None, "during", "2018"),
        ("2011以来,开展", "2013", "since", "2011..2013"),
        ("下月计划", "2026-08", "future", "2026-09"),
        ("明年将新建", "2026", "future", "2027"),
        ("目前,社区", "2026-08", "as_of", "2026-08-31"),
        ("每月2次", "2026-08", "rate", None),
        ("比上月增加", "2026-08", "comparison", None),
        ("较3月份增加", "2026-05", "comparison", None),
        ("201*年工作", "2026", "during", None),
        ("12月清运", "2026-01", "during", "2025-12"),
        ("民國九十二年成立", "2026", "during", "2003"),
        ("民國113年清運", None, "during", "2024"),
        ("113年預計", "2023", "during", "2024"),
        ("較111年減少", "2023", "comparison", None),
        ("去年10月以来", "2026-03", "since", "2025-10..2026-03"),
        ("3月份以来", "2026-06", "since", "2026-03..2026-06"),
        ("11月以来", "2026-01", "since", "2025-11..2026-01"),
        ("年初至今", "2026-06", "since", "2026-H1"),
        ("从去年七月到现在", "1957", "since", "1956-07..1957-12"),
        ("7月8日—14日", "2026-07", "during", "2026-07-08..2026-07-14"),
        ("6月28日至7月4日", "2026-07", "during", "2026-06-28..2026-07-04"),
        ("5月12日上午9:30", "2026-05", "during", "2026-05-12"),
        ("前三季度", "2026", "during", "2026-01..2026-09"),
        ("第二、三季", "2026", "during", "2026-04..2026-09"),
        ("首季清運", "2026", "during", "2026-Q1"),
        ("头两个月", "2026", "during", "2026-01..2026-02"),
        ("今年前5个月", "2026", "during", "2026-01..2026-05"),
        ("七八月间", "2026", "during", "2026-07..2026-08"),
        ("今年4月和5月", "2026", "during", "2026-04..2026-05"),
        ("2024年4月至2025年3月", "2025", "during", "2024-04..2025-03"),
        ("元月至六月", "2026-06", "during", "2026-H1"),
        ("三月里清运", "2026-03", "during", "2026-03"),
        ("農曆二月初六開會", "2026-03", "during", None),
        ("二月廿九晚上开会", "2026-03", "during", None),
        ("本(113)年度", "2024", "during", "2024"),
        ("期內清洗", "2026-H1", "during", "2026-H1"),
        ("現時登記義工", "2026-09", "as_of", "2026-09-30"),
        ("截至上月底", "2026-09", "as_of", "2026-08-31"),
        ("一季度末", "2026", "as_of", "2026-03-31"),
        ("二季度以来", "2026-09", "since", "2026-04..2026-09"),
        ("专项行动开展以来,拆除", "2026-09", "during", None),
        ("防火期里,护林员", "2026-09", "during", None),
        ("今后三年建成", "2026", "future", None),
        ("每两周清运", "2026-09", "rate", None),
        ("1-3季度", "2026", "during", "2026-01..2026-09"),
        ("前年建成", "2026", "during", "2024"),
        ("“十四五”期间", "2026", "during", "2021..2025"),
        ("一五时期", "1958", "during", "1953..1957"),
        ("春节前组织", "2026-01", "during", None),
        ("元宵節當晚", "2026-02", "during", None),
        ("“五一”前清掃", "2026", "during", None),
        ("10月前完成", "2026-06", "future", "2026-10"),
        ("2026年底前建成", "2026", "future", "2026"),
        ("比去年12月增长", "2026-06", "comparison", None),
        ("比去年12月的30.5吨", "2026-06", "compared", "2025-12"),
        ("日產生量", "2026", "rate", None),
        ("本周出动", "2026-07", "during", None),
        ("当月办结", "2026", "during", None),
    ],
)
def test_mentions_are_resolved(text: str, reference: str | None, kind: str, period: str | None) -> None:
    """Words of time have their kind and the days they mean in a report of that period."""
    mention = find_periods(fold(text), parse_period(reference) if reference else None)[0]
    assert mention.kind == kind
    assert (mention.period.label if mention.period else None) == period


@pytest.mark.parametrize(
    "text",
    [
        "历时3个月完工",
        "有113年历史",
        "歷時110年",
        "环节后",
        "季节前",
        "一五一十",
        "3个月前",
        "连续10年全国第一",
        "20年前建成",
        "降至近十年最低",
        "创近5年新高",
        "為近10年同期最多",
    ],
)
def test_other_words_are_no_time(text: str) -> None:
    """Durations and words that only look like times are no mentions."""
    assert find_periods(fold(text), parse_period("2026")) == []


@pytest.mark.parametrize(
    ("text", "period"), [("【下月计划】春节前开展", "2026-02"), ("下月安排。春节前已开展", None)]
)
def test_feast_of_a_plan(text: str, period: str | None) -> None:
    """A feast has no days of its own, but those of the plan whose words stand right before it."""
    mention = find_periods(text, parse_period("2026-01"))[-1]
    assert (mention.period.label if mention.period else None) == period


@pytest.mark.parametrize("text", ["历时3个月完工", "清运垃圾18.5吨", "第3季", "三月饼", "2月30日开会"])
def test_impossible_or_other_words_have_no_days(text: str) -> None:
    """Durations and impossible dates resolve to no period."""
    assert all(m.period is None for m in find_periods(fold(text), None))


@pytest.mark.parametrize(
    "unit", ["1", "年", "1月", "2026年1", "截至", "至", "今年", "一二三", "一", "十五", "113年", "7月8日-"]
)
def test_time_is_linear(unit: str) -> None:
    """A text ten times as long takes about ten times as long, whatever it repeats."""
    times = []
    for size in (3_000, 30_000):
        text = unit * (size // len(unit))
        runs = []
        for _ in range(3):
            start = process_time()
            find_periods(text, None)
            runs.append(process_time() - start)
        times.append(min(runs))
    assert times[1] < 40 * max(times[0], 0.002)


@pytest.mark.parametrize(
    "words",
    [
        "5年", "12月", "3个月", "1、2月", "1-5月", "2021/22", "20*年", "1至3月", "3~5月", "三年", "十二月", "半年", "三个多月", "七、八月", "一季度", "四时",
        "十五”期间", "比上年", "较去年", "与同期", "比1月", "比一季度", "比民国", "比公元", "比月初", "至6月", "到年底", "至 6月", "到二月", "截至", "截止",
        "自2020年", "自从", "从今年", "自改革", "自入冬", "今年", "去年", "上个月", "明年", "本周", "元月", "农历", "前3个月", "头两个月", "首季", "期间",
        "期末", "以来", "本(113)年度", "第一季", "第1季", "下月", "下半年", "民国", "建国", "公元", "入春", "改革开放", "年初", "年均", "年内", "年来", "年底",
        "最近", "过去", "合并", "平均", "现在", "每户", "月人均", "日产生量", "春前", "这些年",
    ],
)  # fmt: skip
def test_words_that_may_begin_a_time_are_looked_at(words: str) -> None:
    """The beginning of every kind of words of time lets them through; that of other words does not."""
    assert may_begin(words, 0, len(words), 0)
    assert may_begin(f"清运{words}", 0, len(words) + 2, 2)
    assert not may_begin(f"清运{words}", 0, len(words) + 2, 1)
