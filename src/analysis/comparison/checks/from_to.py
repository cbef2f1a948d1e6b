"""From-to: 由上月的91元提高到110元; the first end is held against what was stated of its time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.comparison.checks.claim_words import has_words
from analysis.comparison.checks.fact import alike, apart, label_period, plain
from analysis.comparison.checks.finding import about
from analysis.language.periods import previous_period, same_period_last_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.comparison.checks.fact import Fact
    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding


def is_rise(one: Fact, other: Fact) -> bool:
    """Tell whether two figures side by side are the two ends of a rise or fall of one thing."""
    same = (one.place_id, one.indicator, one.series, one.dimension) == (
        other.place_id, other.indicator, other.series, other.dimension,
    )  # fmt: skip
    levels = one.role in {"actual", "rate"} and other.role in {"actual", "rate"}
    return same and levels and has_words("first_end", one.before) and has_words("second_end", other.before)


def first_ends(facts: Facts) -> Iterator[Finding]:
    """Find first ends of 上月, 去年 and the like that the reports of that time did not state so."""
    for sentence in facts.sentences:
        for one, other in pairwise(sentence):
            slot = _slot(one, other) if is_rise(one, other) else None
            if slot is None:
                continue
            known = [level for level in facts.known(other.key, slot, one.order) if level.order < one.order]
            if not known or not alike(known[-1], other) or any(not apart(one.span, k.span) for k in known):
                continue
            level = known[-1]
            fields = {
                "from": one,
                "known": level,
                "expected": plain(level.value),
                "unit": one.base_unit,
            }
            yield about(
                one, "from_to", (level,), period=other.slot, expected=level.value, found=one.value,
                unit=one.base_unit, fields=fields,
            )  # fmt: skip


def _slot(one: Fact, other: Fact) -> str | None:
    if other.slot is None:
        return None
    here = label_period(other.slot)
    if has_words("previous", one.before):
        return previous_period(here).label
    if has_words("year", one.before):
        return same_period_last_year(here).label
    return None
