"""Levels whose words are too vague to say whether they went up or down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparison.checks.fact import alike, apart, label_period
from analysis.comparison.checks.finding import about
from analysis.language.periods import previous_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding


def vague(facts: Facts) -> Iterator[Finding]:
    """Find pairs of neighbouring periods between which vague words leave the direction open."""
    for key, slots in facts.levels.items():
        for slot, found in slots.items():
            fact = found[-1]
            before = facts.level(key, previous_period(label_period(slot)).label)
            if not before or fact.role != "actual":
                continue
            other = before[-1]
            if alike(fact, other) and not (fact.exact and other.exact) and not apart(fact.span, other.span):
                yield about(
                    fact, "vague", (other,), found=fact.value, unit=fact.base_unit,
                    fields={"now": fact, "before": other},
                )  # fmt: skip
