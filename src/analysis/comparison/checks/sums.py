"""Totals against their parts: since January against the months, 其中 against the whole, 合计 in a row."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.comparison.checks.claim_words import has_words
from analysis.comparison.checks.fact import apart, plain, topic_of
from analysis.comparison.checks.facts import is_level
from analysis.comparison.checks.finding import about
from analysis.language.periods import last_day, month_period, range_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.comparison.checks.fact import Fact, Key, Span
    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding
    from analysis.language.periods import Period

_ADDED_UP = {"flow", "money"}
_MOST_MONTHS = 24
_SHOWN = 6
_NEAR = 8
_RUNNING = re.compile("以来|累计|共")


def totals(facts: Facts) -> Iterator[Finding]:
    """Find totals that their parts do not give, as the parts were known when the total was stated."""
    for fact in facts.all:
        if _is_period_total(fact, facts):
            yield from _against_months(fact, facts)
    for sentence in facts.sentences:
        yield from _parts(sentence)
        yield from _summed_up(sentence)
    yield from _table_totals(facts)
    yield from _falling(facts)
    yield from _less_than_part(facts)


def _is_period_total(fact: Fact, facts: Facts) -> bool:
    return (
        is_level(fact)
        and fact.role == "actual"
        and fact.dimension != "percent"
        and fact.scope in {None, "cumulative"}
        and facts.kinds.get(fact.indicator or "", "flow") in _ADDED_UP
        and len(_months(fact.period)) > 1
        and not has_words("withdrawn", fact.before)
    )


@lru_cache(1 << 14)
def _months(period: Period | None) -> tuple[str, ...]:
    """List the months that a period is made of; none where it is not made of whole months."""
    if period is None or period.start.day != 1 or period.end != last_day(period.end.year, period.end.month):
        return ()
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if count > _MOST_MONTHS:
        return ()
    first = period.start.year * 12 + period.start.month - 1
    return tuple(month_period(index // 12, index % 12 + 1).label for index in range(first, first + count))


def _against_months(total: Fact, facts: Facts) -> Iterator[Finding]:
    if total.place_id is None or total.indicator is None:
        return
    key: Key = (total.place_id, total.series, total.indicator, total.dimension, None)
    months = _months(total.period)
    known = [_as_known(facts, key, month, total) for month in months]
    if all(known):
        yield from _unless_equal(total, [found[-1] for found in known], _sum(known), "sum")
        return
    earlier = _total_before(total, months, facts)
    if earlier and known[-1]:
        parts = [earlier, known[-1]]
        yield from _unless_equal(total, [found[-1] for found in parts], _sum(parts), "running")


def _as_known(facts: Facts, key: Key, month: str, total: Fact) -> list[Fact]:
    """Give what was known of a month; what the total's own report says of it is all that counts."""
    known = [fact for fact in facts.level(key, month) if fact.order <= total.order]
    own = [fact for fact in known if fact.report_id == total.report_id]
    return own or known


def _total_before(total: Fact, months: tuple[str, ...], facts: Facts) -> list[Fact]:
    if total.period is None or len(months) < 3:
        return []
    last = date.fromordinal(total.period.end.replace(day=1).toordinal() - 1)
    label = range_period(total.period.start, last).label
    key = (total.place_id or "", total.series, total.indicator or "", total.dimension, "cumulative")
    return [fact for fact in facts.level(key, label) if fact.order <= total.order]


def _sum(parts: list[list[Fact]]) -> Span:
    spans = [[fact.span for fact in known] for known in parts]
    return (
        sum(min(low for low, _ in known) for known in spans),
        sum(max(high for _, high in known) for known in spans),
    )


def _unless_equal(total: Fact, parts: list[Fact], allowed: Span, code: str) -> Iterator[Finding]:
    if not apart(total.span, allowed):
        return
    values = [part.value for part in parts]
    expected = None if None in values else round(sum(value or 0.0 for value in values), 6)
    listed = " + ".join(plain(value) for value in values[:_SHOWN]) + (" + …" if len(values) > _SHOWN else "")
    yield about(
        total, code, parts, expected=expected, found=total.value, unit=total.base_unit,
        fields={"total": total, "parts": listed, "expected": plain(expected),
                "found": plain(total.value), "unit": total.base_unit},
    )  # fmt: skip


def _parts(sentence: list[Fact]) -> Iterator[Finding]:
    """A part (其中) that is more than its whole."""
    whole: Fact | None = None
    for fact in sentence:
        if fact.role != "actual":
            continue
        if fact.scope != "of_which":
            whole = fact
        elif (
            whole is not None
            and whole.indicator is not None
            and (fact.dimension, fact.place_id) == (whole.dimension, whole.place_id)
            and fact.span[0] > whole.span[1]
        ):
            yield about(
                fact, "part", (whole,), expected=whole.value, found=fact.value, unit=fact.base_unit,
                fields={"part": fact, "whole": whole, "found": plain(fact.value),
                        "expected": plain(whole.value), "unit": fact.base_unit},
            )  # fmt: skip


def _summed_up(sentence: list[Fact]) -> Iterator[Finding]:
    """甲30户、乙20户,合计60户: the numbers of one unit right before 合计, two at least."""
    for number, fact in enumerate(sentence):
        if fact.cell is not None or not has_words("sum_up", fact.before[-6:]):
            continue
        parts: list[Fact] = []
        for other in reversed(sentence[:number]):
            if other.dimension != fact.dimension or other.role != fact.role or other.scope is not None:
                break
            parts.insert(0, other)
        if len(parts) > 1:
            yield from _unless_equal(fact, parts, _sum([[part] for part in parts]), "sum")


def _table_totals(facts: Facts) -> Iterator[Finding]:
    """The row 合计 of a table against the rows above or below it, column by column."""
    columns: dict[tuple[str, int, str], list[Fact]] = defaultdict(list)
    table, above = 0, ("", 0)
    for fact in facts.all:
        row, _, column = (fact.cell or "").partition("C")
        if not row[1:].isdigit():
            continue
        here = (fact.report_id, int(row[1:]))
        # Addresses begin anew with each table: a smaller row is another one.
        table += here[0] != above[0] or here[1] < above[1]
        above = here
        columns[fact.report_id, table, column].append(fact)
    for cells in columns.values():
        total = [fact for fact in cells if has_words("total_row", fact.line)]
        rows = [fact for fact in cells if fact not in total]
        alike = {(fact.dimension, fact.role) for fact in cells}
        summable = total and total[0].role == "actual" and not total[0].dimension.startswith("perce")
        if len(total) == 1 and len(rows) > 1 and len(alike) == 1 and summable:
            yield from _unless_equal(total[0], rows, _sum([[row] for row in rows]), "sum")


def _falling(facts: Facts) -> Iterator[Finding]:
    """A total since January that is less than it was a month before."""
    for key, slots in facts.levels.items():
        if key[4] != "cumulative" or facts.kinds.get(key[2], "flow") not in _ADDED_UP:
            continue
        newest = [found[-1] for found in slots.values() if found[-1].period is not None]
        newest.sort(key=lambda fact: str(fact.period and (fact.period.start, fact.period.end)))
        for before, fact in pairwise(newest):
            one, other = before.period, fact.period
            if one and other and one.start == other.start and fact.span[1] < before.span[0]:
                yield about(
                    fact, "falling", (before,), expected=before.value, found=fact.value, unit=fact.base_unit,
                    fields={"total": fact, "before": before},
                )  # fmt: skip


def _less_than_part(facts: Facts) -> Iterator[Finding]:
    """A running total that is less than what its report states for the last month of it."""
    for fact in facts.all:
        running = fact.scope == "cumulative" or (
            fact.scope is None and has_words("running", fact.before[-_NEAR:])
        )
        if not running or fact.role != "actual" or fact.key is None or fact.period is None:
            continue
        if facts.kinds.get(fact.indicator or "", "flow") not in _ADDED_UP or fact.repeated:
            continue
        month = month_period(fact.period.end.year, fact.period.end.month).label
        parts = [
            part
            for part in facts.in_report(fact.report_id, month)
            if part.key == (*fact.key[:4], None) and part.role == "actual" and _one_topic(part, fact)
        ]
        if parts and fact.span[1] < parts[0].span[0]:
            yield about(
                fact, "less_than_part", (parts[0],), expected=parts[0].value, found=fact.value,
                unit=fact.base_unit, fields={"total": fact, "part": parts[0]},
            )  # fmt: skip


def _one_topic(one: Fact, other: Fact) -> bool:
    """Tell whether two figures are of the same words: 建筑垃圾 is no total of 垃圾."""
    topics = {_RUNNING.sub("", topic_of(fact.subject)) for fact in (one, other)}
    return len(topics) == 1
