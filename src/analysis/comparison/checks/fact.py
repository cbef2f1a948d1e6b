"""A figure as the checks see it: in base units, with how finely it was written and the words before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.language.periods import parse_period, period_of

if TYPE_CHECKING:
    from analysis.language.periods import Period

MEASURED = frozenset({"mass", "area", "length", "volume", "money", "time"})
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")
_MULTIPLIERS = {"万": 1e4, "亿": 1e8}
_SAID_DECIMALS = re.compile(r"点([一二三四五六七八九零]+)")
_COARSE = frozenset({"month", "quarter", "half", "year"})
_NOISE = 1e-9

Key = tuple[str, str | None, str, str, str | None]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, ready to be checked.

    Parameters
    ----------
    place_id, indicator, series, dimension : what is counted, and where.
    period, slot : the period, and the label under which levels of one time meet: the month of a stock's day.
    value, low, high : in the base unit; None is open.
    step : worth of the last digit written, in the base unit; 0 for a count written to the last one.
    before : folded words between the figure before it in the sentence and it.
    sentence : number of the sentence in its report.
    order : rank of its report in time; known is what has an order not above.
    entered : whether a person entered it without a report.
    """

    figure_id: str
    report_id: str
    path: str
    order: int
    sentence: int
    place_id: str | None
    indicator: str | None
    series: str | None
    dimension: str
    role: str
    direction: str | None
    scope: str | None
    period: Period | None
    slot: str | None
    value: float | None
    low: float | None
    high: float | None
    approx: str
    step: float
    text: str
    unit: str | None
    base_unit: str
    factor: float
    subject: str
    before: str
    line: str
    cell: str | None
    start: int
    end: int
    repeated: bool
    entered: bool

    @property
    def key(self) -> Key | None:
        """What makes two levels comparable, apart from their time; None where that is not known."""
        if self.place_id is None or self.indicator is None:
            return None
        return (self.place_id, self.series, self.indicator, self.dimension, self.scope)

    @property
    def exact(self) -> bool:
        """Whether the number was stated without vague words."""
        return self.approx == "exact" and self.value is not None

    @property
    def span(self) -> Span:
        """Lowest and highest value that the words and the rounding allow."""
        low = -_INFINITE if self.low is None else self.low
        high = _INFINITE if self.high is None else self.high
        return low - self.step / 2 - _NOISE, high + self.step / 2 + _NOISE


_INFINITE = float("inf")


_TIME = re.compile(
    r"[0-9]+(?:年|月|日|季度)(?:份|底|末)?|[本全当]月|[去今全]年|[上下]半年|全国|合计|截至|目前|完成|达到?|[共为]"
)
_SIGNS = re.compile(r"[\W_]+")
_ALIKE = 0.5


def topic_of(subject: str) -> str:
    """Give what is counted in the report's own words, without time and signs.

    Examples
    --------
    >>> topic_of("1月共清运垃圾"), topic_of("全年粮食总产量")
    ('清运垃圾', '粮食总产量')
    """
    return _SIGNS.sub("", _TIME.sub("", subject))


@lru_cache(1 << 16)
def _characters(subject: str) -> frozenset[str]:
    return frozenset(topic_of(subject))


def alike(one: Fact, other: Fact) -> bool:
    """Tell whether two figures of one indicator count the same thing by their own words.

    A wide indicator (支出) holds many things. Half of all characters of both are to be in both; words that
    are too short to tell are taken for the same.
    """
    if one.subject == other.subject:
        return True
    here, there = _characters(one.subject), _characters(other.subject)
    if min(len(here), len(there)) < 2:
        return True
    return len(here & there) >= _ALIKE * len(here | there)


def step_of(text: str, base: float | None, dimension: str, factor: float = 1.0) -> float:
    """Give the worth of the last digit written, in the base unit.

    Parameters
    ----------
    text : the figure as written, folded.
    base : its value in the base unit.
    factor : base units of one unit as written.
    dimension : counts written out to the last one are exact and give 0.

    Examples
    --------
    >>> step_of("5.13万亿元", 5.13e12, "money")
    10000000000.0
    >>> step_of("4391户", 4391.0, "count of 户"), step_of("百分之三点五", 3.5, "percent")
    (0.0, 0.1)
    """
    match = _DIGITS.search("".join(text.split()))
    if match and base:
        number = float(match[0].replace(",", ""))
        scale = abs(base) / number if number else 1.0
        decimals = len(match[1] or "")
        step = scale * 10.0**-decimals
        exact = dimension.startswith("count") and step <= 1
        return 0.0 if exact else float(f"{step:.12g}")
    said = _SAID_DECIMALS.search(text)
    if dimension.startswith("perce"):
        return float(f"{10.0 ** -len(said[1]) if said else 1.0:.12g}")
    # 四千三百五十亿公斤 is written to the 亿, in whatever digits.
    worth = max((_MULTIPLIERS[sign] for sign in text if sign in _MULTIPLIERS), default=0.0)
    return worth * factor if not said else 0.0


def slot_of(period: Period | None, kind: str | None, report_kind: str | None) -> str | None:
    """Give the label under which a level is filed: a stock's day is its month, or its report's period.

    Examples
    --------
    >>> slot_of(parse_period("2026-08-31"), "stock", "month"), slot_of(parse_period("2026-Q3"), "flow", None)
    ('2026-08', '2026-Q3')
    """
    if period is None:
        return None
    if kind in {"flow", "money", None} or period.kind != "day":
        return period.label
    return period_of(period.end, report_kind if report_kind in _COARSE else "month").label


def apart(one: Span, other: Span) -> bool:
    """Tell whether two intervals have nothing in common."""
    return one[0] > other[1] or other[0] > one[1]


def plain(number: float | None) -> str:
    """Write a number for a message: thousands apart, four decimals at most.

    Examples
    --------
    >>> plain(54600.0), plain(6.2271)
    ('54,600', '6.2271')
    """
    if number is None:
        return "…"
    text = f"{number:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(1 << 14)
def label_period(label: str) -> Period:
    """Read a slot back as a period."""
    return parse_period(label)
