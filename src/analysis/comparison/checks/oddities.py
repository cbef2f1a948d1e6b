"""Numbers that are possible but odd, judged on the place's own history and on its peers."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from analysis.comparison.checks.fact import alike, label_period, plain
from analysis.comparison.checks.finding import about
from analysis.language.periods import previous_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analysis.comparison.checks.fact import Fact, Key
    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding

# 0.6745 makes the median absolute deviation the standard deviation of normal data; 3.5 is the usual
# threshold (Iglewicz and Hoaglin 1993, How to detect and handle outliers); a wider one because months differ.
_NORMAL, _ODD = 0.6745, 5.0
# Series steadier than this (on the log scale) are not held to their own steadiness.
_LEAST_SPREAD = 0.1
_FEWEST = 5
_WINDOW = 24
_DIGIT_NEAR = 0.12
_STEADY = 0.5
_SAME, _SAME_LEAST = 4, 20
_ROUND_FEWEST, _ROUND_LEAST, _ROUND_CHANCE = 10, 20, 1e-4
_ALPHABET = 10


def oddities(facts: Facts, breaks: dict[str, set[str]]) -> Iterator[Finding]:
    """Find sudden changes, digits too many, repeated values, and too many round numbers.

    Parameters
    ----------
    facts : all facts.
    breaks : place_id to the slots in which its boundary changed; a history ends there.
    """
    changes: dict[tuple[str | None, str, str, str], list[tuple[float, Fact, Fact]]] = defaultdict(list)
    for key, slots in facts.levels.items():
        if key[4] is not None:
            continue
        for history in _histories(key, slots, breaks):
            yield from _in_history(history)
            if facts.kinds.get(key[2]) in {"flow", "money"}:
                yield from _repeated(history)
            for before, fact in pairwise(history):
                if _follows(before, fact) and alike(before, fact):
                    change = math.log(fact.value or 1.0) - math.log(before.value or 1.0)
                    changes[key[1], key[2], key[3], fact.slot or ""].append((change, fact, before))
    for found in changes.values():
        yield from _among_peers(found)
    yield from _rounded(facts)


def _histories(key: Key, slots: dict[str, list[Fact]], breaks: dict[str, set[str]]) -> Iterator[list[Fact]]:
    """Give the newest values of one thing in time order, a list a kind of period and a boundary."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for slot, found in slots.items():
        fact = found[-1]
        if fact.role != "rate" and fact.value is not None and fact.value > 0 and fact.dimension != "percent":
            by_kind[label_period(slot).kind].append(fact)
    for facts in by_kind.values():
        facts.sort(key=lambda fact: label_period(fact.slot or "").start)
        history: list[Fact] = []
        for fact in facts:
            if fact.slot in breaks.get(key[0], ()):
                yield history
                history = []
            history.append(fact)
        yield history


def _follows(before: Fact, fact: Fact) -> bool:
    return previous_period(label_period(fact.slot or "")).label == before.slot


def spread_of(others: Sequence[float], least: float = _LEAST_SPREAD) -> tuple[float, float]:
    """Give the median of numbers and their robust standard deviation, which is `least` at least.

    Examples
    --------
    >>> spread_of([1.0, 1.0, 50.0], least=0.5)
    (1.0, 0.5)
    """
    middle = median(others)
    return middle, max(median([abs(other - middle) for other in others]) / _NORMAL, least)


def _in_history(history: list[Fact]) -> Iterator[Finding]:
    logs = [math.log10(fact.value or 1.0) for fact in history]
    for number, fact in enumerate(history):
        # Only the years around it: what was usual long ago says nothing, and the cost stays linear.
        near = range(max(0, number - _WINDOW), min(len(history), number + _WINDOW + 1))
        others = [logs[other] for other in near if other != number and alike(history[other], fact)]
        if len(others) < _FEWEST:
            continue
        usual, spread = spread_of(others)
        off = logs[number] - usual
        power = round(off)
        expected = float(f"{10**usual:.6g}")
        fields: dict[str, Any] = {
            "fact": fact,
            "usual": plain(float(f"{10**usual:.3g}")),
            "unit": fact.base_unit,
        }
        if power and abs(off - power) < _DIGIT_NEAR and max(others) - min(others) < _STEADY:
            code = "digit_more" if power > 0 else "digit_less"
            fields |= {"digits": abs(power), "times": f"{10 ** abs(power):,}"}
        elif abs(off) > _ODD * spread:
            code = "jump"
            fields["z"] = f"{off / spread:+.1f}"
        else:
            continue
        yield about(
            fact, code, expected=expected, found=fact.value, unit=fact.base_unit, fields=fields
        )  # fmt: skip


def _among_peers(found: list[tuple[float, Fact, Fact]]) -> Iterator[Finding]:
    """One place changes against all others in the same period."""
    if len(found) <= _FEWEST:
        return
    usual, spread = spread_of([change for change, _, _ in found], least=2 * _LEAST_SPREAD)
    for change, fact, before in found:
        z = (change - usual) / spread
        if abs(z) > _ODD:
            yield about(
                fact, "peers", (before,), found=round((math.exp(change) - 1) * 100, 1), unit="%",
                expected=round((math.exp(usual) - 1) * 100, 1),
                fields={"fact": fact, "change": _percent(change), "z": f"{z:+.1f}",
                        "usual": _percent(usual), "count": len(found) - 1},
            )  # fmt: skip


def _percent(change: float) -> str:
    return f"{(math.exp(change) - 1) * 100:+.0f}%"


def _repeated(history: list[Fact]) -> Iterator[Finding]:
    """The same exact flow again and again: perhaps copied from the last report."""
    run: list[Fact] = []
    for fact in [*history, None]:
        goes_on = fact is not None and fact.exact and (
            not run or (fact.value == run[-1].value and _follows(run[-1], fact))
        )  # fmt: skip
        if goes_on and fact is not None:
            run.append(fact)
            continue
        if len(run) >= _SAME and (run[0].value or 0) >= _SAME_LEAST:
            yield about(
                run[-1], "repeated", run[:-1], found=run[-1].value, unit=run[-1].base_unit,
                fields={"fact": run[-1], "count": len(run), "first": run[0].slot},
            )  # fmt: skip
        run = [fact] if fact is not None and fact.exact else []


def _rounded(facts: Facts) -> Iterator[Finding]:
    """Counts that end in 0 far more often than one in ten, and than in the place's other reports."""
    by_report: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts.all:
        counted = fact.exact and fact.role == "actual" and fact.dimension.startswith("count")
        if counted and fact.value and fact.value >= _ROUND_LEAST and not fact.step and fact.value % 1 == 0:
            by_report[fact.report_id].append(fact)
    shares: dict[str | None, list[float]] = defaultdict(list)
    for found in by_report.values():
        shares[found[0].place_id].append(_share(found))
    for found in by_report.values():
        count = sum(fact.value % _ALPHABET == 0 for fact in found if fact.value)
        chance = _tail(count, len(found))
        if len(found) >= _ROUND_FEWEST and chance < _ROUND_CHANCE:
            usual = median(shares[found[0].place_id])
            if len(shares[found[0].place_id]) == 1 or _share(found) > usual:
                yield about(
                    found[0], "rounded", found[1:], found=round(100 * _share(found)), unit="%", expected=10.0,
                    fields={"count": count, "of": len(found), "path": found[0].path},
                )  # fmt: skip


def _share(found: list[Fact]) -> float:
    return sum(fact.value % _ALPHABET == 0 for fact in found if fact.value) / len(found)


def _tail(count: int, size: int) -> float:
    """Give the chance that so many or more of so many last digits are 0."""
    p = 1 / _ALPHABET
    return sum(math.comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(count, size + 1))
