"""The same thing stated twice: a conflict within a report, a revision by a later one, or another unit."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.comparison.checks.claim_words import has_words
from analysis.comparison.checks.fact import MEASURED, alike, apart, plain, topic_of
from analysis.comparison.checks.finding import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.comparison.checks.fact import Fact
    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding

# A slip is near the truth or off by a digit; numbers farther apart count two things.
_FARTHEST = 11.0


def restated(facts: Facts) -> Iterator[Finding]:
    """Find levels of one thing and time that differ: conflicts within a report, revisions between two."""
    for slots in facts.levels.values():
        for found in slots.values():
            if len(found) > 1:
                yield from _conflicts(found)
                yield from _revisions(found)


def _conflicts(found: list[Fact]) -> Iterator[Finding]:
    """Two values of one report for one thing, where its own words name only one thing."""
    by_report: dict[tuple[str, str], list[Fact]] = {}
    for fact in found:
        if fact.role == "actual" and fact.period is not None and fact.exact:
            by_report.setdefault((fact.report_id, fact.period.label), []).append(fact)
    for facts in by_report.values():
        one = facts[0]
        other = next((fact for fact in facts if apart(fact.span, one.span)), None)
        if other is None or len({fact.value for fact in facts}) > 2:
            continue
        # Cells have no words of their own; what the prose names is to be one thing.
        if len({topic_of(fact.subject) for fact in facts if fact.cell is None}) <= 1 and _may_conflict(
            one, other
        ):
            yield about(
                other, "twice" if other.cell is None and one.cell is None else "table_prose", (one,),
                expected=one.value, found=other.value, unit=other.base_unit,
                fields={"one": one, "other": other},
            )  # fmt: skip


def _may_conflict(one: Fact, other: Fact) -> bool:
    """Cells of one table, and clauses of one sentence (原报38吨, 更正为35吨), name different things."""
    if (one.cell is not None and other.cell is not None) or not one.value or not other.value:
        return False
    ratio = max(one.value, other.value) / min(one.value, other.value)
    return one.sentence != other.sentence and ratio < _FARTHEST


def _revisions(found: list[Fact]) -> Iterator[Finding]:
    """Between two reports: the last thing the earlier said, against the first thing the later says."""
    by_report: dict[str, list[Fact]] = {}
    for fact in found:
        by_report.setdefault(fact.report_id, []).append(fact)
    reports = list(by_report.values())
    for earlier, later in pairwise(reports):
        unlike = [one for one in later if not any(not apart(one.span, other.span) for other in earlier)]
        old, new = earlier[-1], later[-1]
        if len(unlike) != len(later) or new.order <= old.order or not alike(old, new):
            continue
        change = None if old.value is None or new.value is None else round(new.value - old.value, 6)
        yield about(
            new, "revision", (old,), expected=new.value, found=old.value, unit=new.base_unit,
            fields={"old": old, "new": new, "change": "…" if change is None else f"{change:+,g}",
                    "unit": new.base_unit, "report": new.path},
        )  # fmt: skip


def units(facts: Facts) -> Iterator[Finding]:
    """Find levels in another unit than the place's usual one; values are converted, people are not."""
    for slots in facts.levels.values():
        stated = [fact for found in slots.values() for fact in found]
        if len(stated) < 2 or stated[0].dimension not in MEASURED or stated[0].role != "actual":
            continue
        factors = Counter(fact.factor for fact in stated)
        usual = next(fact for fact in stated if fact.factor == factors.most_common(1)[0][0])
        for fact in {(fact.report_id, fact.slot): fact for fact in stated}.values():
            if fact.factor != usual.factor and fact.value:
                yield about(
                    fact, "unit_change", (usual,), expected=usual.factor, found=fact.factor,
                    fields={"this": fact, "unit": fact.unit or "?", "usual": usual.unit or "?",
                            "value": plain(fact.value), "base": fact.base_unit},
                )  # fmt: skip


def targets(facts: Facts) -> Iterator[Finding]:
    """Find targets that the outcome of their period did not reach, or did not stay under."""
    for plan in facts.all:
        if plan.role != "target" or plan.key is None or plan.slot is None or plan.scope is not None:
            continue
        kind = facts.kinds.get(plan.indicator or "", "flow")
        if kind not in {"flow", "share", "rate"} or has_words("not_yet", plan.subject[-2:]):
            continue
        reached = [
            fact for fact in facts.level(plan.key, plan.slot) if fact.order > plan.order and alike(fact, plan)
        ]
        if not reached:
            continue
        outcome = reached[-1]
        ceiling = plan.approx in {"at_most", "nearly"}
        low, high = outcome.span
        missed = plan.high is not None and low > plan.span[1] if ceiling else (
            plan.low is not None and high < plan.span[0]
        )  # fmt: skip
        if missed:
            wanted = plan.high if ceiling else plan.low
            yield about(
                outcome, "target_missed", (plan,), expected=wanted, found=outcome.value,
                unit=outcome.base_unit, fields={"plan": plan, "outcome": outcome},
            )  # fmt: skip
