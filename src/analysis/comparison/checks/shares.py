"""Shares against their base: 办结率 against 受理 and 办结, 完成计划的109%; households and their people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.comparison.checks.claim_words import has_words
from analysis.comparison.checks.fact import apart, plain
from analysis.comparison.checks.finding import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.comparison.checks.fact import Fact
    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding

_WHOLE = 100.0
_RATE = "率"
_WORD = re.compile(r"\w")
# Mean persons of a household; censuses of any county lie far inside.
_SMALLEST, _LARGEST = 1.0, 8.0
_HOUSEHOLDS, _PEOPLE = "count of 户", "count of 人"


def shares(facts: Facts) -> Iterator[Finding]:
    """Find shares that the two numbers beside them do not give, and numbers that cannot be."""
    for sentence in facts.sentences:
        for number, fact in enumerate(sentence):
            if fact.dimension == "percent" and fact.role in {"share", "rate"}:
                yield from _over_whole(fact)
                yield from _rate_of_parts(fact, sentence[:number])
                yield from _of_plan(fact, sentence[:number], facts)
                yield from _of_whole(fact, sentence[:number])
            if number and fact.dimension == _PEOPLE:
                yield from _household_size(sentence[number - 1], fact)


def _named(fact: Fact) -> str:
    return fact.series or fact.subject


def _over_whole(fact: Fact) -> Iterator[Finding]:
    said_of = _named(fact) + fact.before[-8:]
    is_rate = _named(fact).endswith(_RATE) or fact.indicator == "satisfaction_rate"
    if (
        is_rate
        and fact.value is not None
        and fact.value > _WHOLE
        and not has_words("rate_may_exceed", said_of)
    ):
        yield about(
            fact, "over_100", expected=_WHOLE, found=fact.value, unit="%", fields={"rate": fact}
        )  # fmt: skip


def _rate_of_parts(fact: Fact, before: list[Fact]) -> Iterator[Finding]:
    """办结率 is 办结 of 受理 when the sentence states both right before it, and the name says so."""
    name = _named(fact)
    counts = [other for other in before if other.role == "actual" and other.dimension.startswith("count")]
    if not name.endswith(_RATE) or len(counts) < 2 or before[-1] is not counts[-1]:
        return
    whole, part = counts[-2], counts[-1]
    stem = name.removesuffix(_RATE)[-2:]
    called = f"{part.series} {part.subject} {part.before}"
    # 满意58张,不满意3张,满意率: the last one is not what the rate is of.
    linked = len(stem) > 1 and stem in called and not any(no + stem in called for no in "不未")
    same = whole.dimension == part.dimension and whole.place_id == part.place_id and whole.slot == part.slot
    if not (linked and same) or not whole.value or part.value is None or part.value > whole.value:
        return
    # 满意61张,基本满意3张,满意率95.3%: the base may also be both together.
    together = [count.value / (whole.value + part.value) * _WHOLE for count in (whole, part) if count.value]
    if any(not apart(fact.span, (rate, rate)) for rate in together):
        return
    low, high = part.span[0] / whole.span[1] * _WHOLE, part.span[1] / max(whole.span[0], 1e-9) * _WHOLE
    yield from _unless_equal(fact, (whole, part), (low, high), part.value / whole.value * _WHOLE, "ratio")


def _of_plan(fact: Fact, before: list[Fact], facts: Facts) -> Iterator[Finding]:
    """完成当月计划的109%: the outcome before it against the target that an earlier report set."""
    if not before or not has_words("of_plan", fact.before):
        return
    level = before[-1]
    if level.role != "actual" or level.key is None or not level.value:
        return
    plans = [plan for plan in facts.plans.get((level.key, level.slot), []) if plan.order <= fact.order]
    if plans and plans[-1].value:
        ratio = level.value / plans[-1].value * _WHOLE
        yield from _unless_equal(fact, (plans[-1], level), (ratio, ratio), ratio, "plan_share")


def _of_whole(fact: Fact, before: list[Fact]) -> Iterator[Finding]:
    """辖区2000户,其中低保户100户,占5%: the part right before it, of the whole before that."""
    if len(before) < 2 or not has_words("of_whole", fact.before) or before[-1].scope != "of_which":
        return
    part = before[-1]
    whole = next((other for other in reversed(before) if other.scope != "of_which"), None)
    if whole is None or not whole.value or part.value is None or part.value > whole.value:
        return
    same = (whole.dimension, whole.place_id) == (part.dimension, part.place_id)
    if same and whole.role == part.role == "actual" and not whole.dimension.startswith("perce"):
        low, high = part.span[0] / whole.span[1] * _WHOLE, part.span[1] / max(whole.span[0], 1e-9) * _WHOLE
        exact = part.value / whole.value * _WHOLE
        yield from _unless_equal(fact, (whole, part), (low, high), exact, "part_share")


def _unless_equal(
    fact: Fact, sides: tuple[Fact, Fact], allowed: tuple[float, float], exact: float, code: str
) -> Iterator[Finding]:
    low, high = fact.span
    # Rounded, or cut after its last digit: neither is a contradiction.
    if apart((low, high + fact.step / 2), allowed):
        expected = round(exact, 2)
        yield about(
            fact, code, sides, expected=expected, found=fact.value, unit="%",
            fields={"rate": fact, "whole": sides[0], "part": sides[1],
                    "expected": plain(expected), "found": plain(fact.value)},
        )  # fmt: skip


def _household_size(homes: Fact, people: Fact) -> Iterator[Finding]:
    """X户Y人, written side by side: households, and the people of those households."""
    # 走访365户,为14名老人: with a word between them they are two things.
    beside = (
        homes.dimension == _HOUSEHOLDS
        and not _WORD.search(people.before)
        and homes.sentence == people.sentence
    )
    levels = homes.role == people.role == "actual" and homes.place_id == people.place_id
    if not (beside and levels) or not homes.value or people.value is None:
        return
    lowest = people.span[0] / max(homes.span[1], 1e-9)
    highest = people.span[1] / max(homes.span[0], 1e-9)
    size = people.value / homes.value
    if highest < _SMALLEST or lowest > _LARGEST:
        yield about(
            people, "people_fewer" if highest < _SMALLEST else "household_size", (homes,), found=size,
            unit="人/户",
            fields={"homes": homes, "people": people, "size": plain(round(size, 2))},
        )  # fmt: skip
