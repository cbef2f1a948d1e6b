"""Stated changes against the levels: 增长12%, 比上月减少22人次, 由91元提高到110元."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.comparison.checks.claim_words import has_words, words
from analysis.comparison.checks.fact import alike, apart
from analysis.comparison.checks.finding import about
from analysis.comparison.checks.from_to import is_rise
from analysis.errors import AnalysisError
from analysis.language.periods import (
    month_period,
    parse_period,
    previous_period,
    same_period_last_year,
    year_period,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.comparison.checks.fact import Fact, Span
    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding
    from analysis.language.periods import Period


_POINTS = "percentage points"


@dataclass(frozen=True, slots=True)
class Judged:
    """A stated change and what the series says of it.

    Parameters
    ----------
    claim : the change.
    verdict : agrees, differs or unchecked.
    reason : why it could not be checked: several_years (an average, a span), constant_prices, no_level,
        no_baseline, or vague; None where it was.
    now, base : the levels it is of and against.
    expected, stated : the change that the levels give, and the one stated, signed, in unit.
    """

    claim: Fact
    verdict: str
    reason: str | None = None
    now: Fact | None = None
    base: Fact | None = None
    expected: float | None = None
    stated: float | None = None
    unit: str = ""


def changes(facts: Facts) -> Iterator[Finding]:
    """Find stated changes that the stated levels do not give.

    A change is checked when its sentence, or its report, states the level and a baseline is known: named by
    words (环比, 同比, 比1月), stated beside it, or, in yearly reports, the year before. It agrees when any
    value that was known then gives it, within the last digit written; so a later revision accuses nobody.
    """
    for case in judged(facts):
        if case.verdict != "differs" or case.now is None or case.base is None:
            continue
        yield about(
            case.claim, "growth" if case.unit == "%" else "difference", (case.now, case.base),
            period=case.now.slot, expected=case.expected, found=case.stated, unit=case.unit,
            fields={"now": case.now, "base": case.base},
        )  # fmt: skip


def judged(facts: Facts) -> Iterator[Judged]:
    """Judge every stated change of an indicator, in reading order."""
    for sentence in facts.sentences:
        words_before = ""
        for number, fact in enumerate(sentence):
            if fact.role != "change":
                words_before = ""
                continue
            if fact.scope is not None or fact.indicator is None or fact.direction is None:
                continue
            # 比上月减少22人次, 下降18.6%: the second change is against the same as the first.
            words_before += fact.before
            yield _judge(fact, words_before, (sentence[:number], sentence[number + 1 :]), facts)


def _judge(  # noqa: PLR0911 - one return a reason
    fact: Fact, said_of: str, beside: tuple[list[Fact], list[Fact]], facts: Facts
) -> Judged:
    percent = fact.dimension == "percent"
    stated = (fact.value or 0.0) * (-1 if fact.direction == "down" else 1)
    unit = "%" if percent else fact.base_unit
    unchecked = Judged(fact, "unchecked", stated=stated, unit=unit)
    if has_words("unchecked", said_of):
        return replace(unchecked, reason="several_years")
    if percent and has_words("constant_prices", fact.subject + said_of):
        return replace(unchecked, reason="constant_prices")
    now = _level(fact, *beside, facts, percent=percent)
    if now is None:
        return replace(unchecked, reason="no_level")
    if percent and has_words("constant_prices", now.subject):
        return replace(unchecked, reason="constant_prices", now=now)
    compared = list(_baselines(fact, now, said_of, beside[0], facts))
    if not compared:
        return replace(unchecked, reason="no_baseline", now=now)
    base = compared[-1]
    expected = _expected(now, base, percent=percent)
    results = [_change(now.span, one.span, percent=percent) for one in compared]
    if any(result is not None and not apart(_claim(fact), result) for result in results):
        return Judged(fact, "agrees", None, now, base, expected, stated, unit)
    if expected is None:
        return replace(unchecked, reason="vague", now=now, base=base)
    return Judged(fact, "differs", None, now, base, expected, stated, unit)


def _level(fact: Fact, before: list[Fact], after: list[Fact], facts: Facts, *, percent: bool) -> Fact | None:
    """Find the level that a change is of: before it in the sentence, then after it, then in the report."""
    points = fact.dimension == _POINTS

    def of_same(other: Fact) -> bool:
        same = (other.place_id, other.indicator, other.series) == (fact.place_id, fact.indicator, fact.series)
        if percent:
            unit = other.dimension not in {"percent", _POINTS}
        else:
            # 办结率95%,提高2个百分点: points are of percentages.
            unit = other.dimension == ("percent" if points else fact.dimension)
        levels = {"actual", "rate", "share"} if points else {"actual", "rate"}
        return same and unit and other.role in levels and other.period is not None

    if fact.indicator is None or fact.place_id is None:
        return None
    near = [other for other in before if of_same(other)]
    if near:
        if near[-1].scope == "of_which" or near[-1].before[-1:] in "由从":
            return None
        # 6月58吨,5月为54.6吨,环比增长…: the change is of the later one.
        return max(near, key=lambda other: (str(other.period and other.period.end), other.start))
    near = [other for other in after[:1] if of_same(other) and other.slot == fact.slot]
    if near:
        return near[0] if near[0].scope is None else None
    if fact.slot is None:
        return None
    stated = facts.in_report(fact.report_id, fact.slot)
    levels = [level for level in stated if of_same(level) and level.scope is None]
    # 清运垃圾24吨。…清运垃圾比上月增加10%: only where the report states no other level it could be of.
    sure = len({(level.dimension, level.value) for level in levels}) == 1
    return next(iter(levels), None) if sure or not percent else None


def _baselines(fact: Fact, now: Fact, said_of: str, before: list[Fact], facts: Facts) -> Iterator[Fact]:
    """Give every level that the change may be against, the likeliest last."""
    beside = [one for one, other in pairwise(before) if other is now and is_rise(one, other)]
    if beside:
        # 由20吨增加到25吨, 增长25%: the sentence itself says against what.
        yield from beside
        return
    slot = _baseline_slot(now, said_of)
    if slot is None:
        return
    if now.scope == "cumulative":
        slot = _year_before(now)
        if slot is None or not has_words("year", said_of):
            return
    known = [level for level in facts.known(now.key, slot, fact.order) if alike(level, now)]
    yield from known
    # Stated in the same report: 比去年12月的30.5吨增长4.9%. What the report itself says counts most.
    yield from (level for level in known if level.report_id == fact.report_id)


def _baseline_slot(now: Fact, said_of: str) -> str | None:
    """Name the period that the words compare with; in yearly reports, without words, the year before."""
    try:
        return None if now.slot is None else _named_slot(parse_period(now.slot), said_of)
    except (AnalysisError, ValueError):
        return None


def _named_slot(here: Period, said_of: str) -> str | None:
    year, month = words("named_year", said_of), words("named_month", said_of)
    if year:
        return year_period(int(year[1])).label if here.kind == "year" else None
    if month:
        return _month(here, month[1], int(month[2])) if here.kind == "month" else None
    if has_words("year", said_of):
        return same_period_last_year(here).label
    yearly = here.kind == "year"
    return previous_period(here).label if yearly or has_words("previous", said_of) else None


def _month(here: Period, year: str | None, month: int) -> str:
    back = year in {"上年", "去年"} or (year is None and month >= here.start.month)
    return month_period(here.start.year - back, month).label


def _year_before(now: Fact) -> str | None:
    return same_period_last_year(now.period).label if now.period else None


def _claim(fact: Fact) -> Span:
    """Give what a stated change allows: it may be rounded, or cut after its last digit."""
    low, high = fact.span
    high += fact.step / 2
    return (-high, -low) if fact.direction == "down" else (low, high)


def _change(now: Span, base: Span, *, percent: bool) -> Span | None:
    if not percent:
        return now[0] - base[1], now[1] - base[0]
    if base[0] <= 0:
        return None
    return (now[0] / base[1] - 1) * 100, (now[1] / base[0] - 1) * 100


def _expected(now: Fact, base: Fact, *, percent: bool) -> float | None:
    if now.value is None or base.value is None or (percent and base.value <= 0):
        return None
    exact = (now.value / base.value - 1) * 100 if percent else now.value - base.value
    return round(exact, 2)
