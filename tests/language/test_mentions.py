"""Words that say when."""

from __future__ import annotations

from time import perf_counter

import pytest

from analysis.language.mentions import find_periods
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
    ],
)
def test_mentions_are_resolved(text: str, reference: str | None, kind: str, period: str | None) -> None:
    """Words of time have their kind and the days they mean in a report of that period."""
    mention = find_periods(fold(text), parse_period(reference) if reference else None)[0]
    assert mention.kind == kind
    assert (mention.period.label if mention.period else None) == period


@pytest.mark.parametrize("text", ["历时3个月完工", "清运垃圾18.5吨", "第3季", "三月饼", "2月30日开会"])
def test_impossible_or_other_words_have_no_days(text: str) -> None:
    """Durations and impossible dates resolve to no period."""
    assert all(m.period is None for m in find_periods(fold(text), None))


@pytest.mark.parametrize("unit", ["1", "年", "1月", "2026年1", "截至", "至", "今年", "一二三"])
def test_time_is_linear(unit: str) -> None:
    """A text ten times as long takes about ten times as long, whatever it repeats."""
    times = []
    for size in (3_000, 30_000):
        text = unit * (size // len(unit))
        runs = []
        for _ in range(3):
            start = perf_counter()
            find_periods(text, None)
            runs.append(perf_counter() - start)
        times.append(min(runs))
    assert times[1] < 40 * max(times[0], 0.002)
