"""What a candidate is worth: its value, the interval that the words allow, and its unit.

The intervals are those of official vagueness words: 多 and 餘 reach one step of the last digit
written, 近 a tenth below, 約 a tenth either way; what is open on one side has no bound there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.extraction.find import Candidate
from analysis.language.approximators import approximators
from analysis.language.numerals import exact, last_step, parse_neighbours, parse_number

_NEARLY, _ABOUT = 0.9, 0.1
_FEW_LOW, _FEW_HIGH = 2, 9
_TWO_DIGITS = 11
_TWO_CHINESE_DIGITS = re.compile("[一二三四五六七八九]{2}")
_SECTIONS = ("万", "亿", "兆")


class Measure(NamedTuple):
    """Value, interval and unit of one figure; a bound of None is open, a value of None not stated."""

    value: float | None
    low: float | None
    high: float | None
    approx: str


def measure(candidate: Candidate) -> Measure | None:
    """Give what a candidate is worth, or None when its characters are no number after all."""
    plain = (
        candidate.kind == "number" and not candidate.second and not candidate.half and candidate.unit != "折"
    )
    if plain and not (
        candidate.vague or candidate.multiplier or candidate.sign or candidate.before or candidate.after
    ):
        # What begins with an Arabic figure is never two neighbouring digits (二三十).
        value = parse_number(candidate.number) if candidate.number[0] <= "9" else None
        if value is not None:
            value = exact(value + candidate.extra)
            return Measure(value, value, value, "exact")
    stated = _few(candidate) if candidate.kind == "few" else _stated(candidate)
    if stated is None:
        return None
    if stated.approx == "range" and "以" not in candidate.after:
        return stated
    return _attached(candidate, stated)


def _few(candidate: Candidate) -> Measure | None:
    text = candidate.number
    if text in ("几", "数"):
        return Measure(None, _FEW_LOW, _FEW_HIGH, "about")
    base, mark, rest = text.partition("几")
    if mark and base:
        # 一百八十几, 十几万: from the number without 几 to its next step; 万 and 亿 multiply it all.
        small = rest.rstrip("万亿")
        base = base.removesuffix("好")  # 一百好几十
        value = parse_number(base.rstrip("零"))
        step = 10 * (parse_number("一" + small) or 1 if small else 1)
        scale = parse_number("一" + rest[len(small) :]) or 1 if rest[len(small) :] else 1
        if value is None:
            return None
        if not base.endswith("零") and not small:
            step = 10 ** (len(str(int(value))) - len(str(int(value)).rstrip("0"))) if value else 10
        return Measure(value * scale, value * scale, (value + step) * scale, "more_than")
    few = parse_number(text[1:])
    return Measure(None, _FEW_LOW * few, _FEW_HIGH * few, "about") if few else None


def _fraction(candidate: Candidate) -> Measure | None:
    whole = parse_number(candidate.whole)
    pair = None if candidate.number.isascii() else parse_neighbours(candidate.number)
    if pair and candidate.whole in ("百", "千"):
        return Measure((pair[0] + pair[1]) / 2, pair[0], pair[1], "range")
    part = parse_number(candidate.number)
    if part is None or not whole:
        return None
    if candidate.second:
        return _range(candidate, part)
    if candidate.extra:
        part += candidate.extra * whole
    value = part if candidate.whole in ("百", "千") else round(part / whole, 4)
    value = -value if candidate.sign else value
    return Measure(value, value, value, "exact")


def _stated(candidate: Candidate) -> Measure | None:
    if candidate.kind == "fraction":
        return _fraction(candidate)
    if candidate.kind == "lone":
        more = candidate.half == "个多"  # 半个多月
        return Measure(0.5, 0.5, 1 if more else 0.5, "more_than" if more else "exact")
    neighbours = None if candidate.number.isascii() else parse_neighbours(candidate.number)
    if neighbours:
        low, high = neighbours
        scale = parse_number("一" + candidate.multiplier) or 1 if candidate.multiplier else 1
        return Measure(exact((low + high) / 2 * scale), low * scale, high * scale, "range")
    value = parse_number(candidate.number)
    if value is None:
        return None
    if _TWO_CHINESE_DIGITS.fullmatch(candidate.number) and candidate.unit != "折":
        return None  # 二五 and 三八 count nothing
    if candidate.unit == "折" and value >= _TWO_DIGITS:
        value = value / 10  # 八五折 is 8.5, and 85折 the same
    if candidate.second:
        return _range(candidate, value)
    scale = parse_number("一" + candidate.multiplier.lstrip("个")) or 1 if candidate.multiplier else 1
    value = _half(candidate, value * scale) + candidate.extra
    if candidate.sign:
        value = -value
    if candidate.vague == "+":
        return Measure(exact(value), exact(value), None, "more_than")
    if candidate.vague == "来":
        return Measure(exact(value), exact(value * (1 - _ABOUT)), exact(value * (1 + _ABOUT)), "about")
    if candidate.vague or candidate.half in ("多", "余", "个多"):
        step = last_step(candidate.number) * scale if candidate.vague else 1
        return Measure(exact(value), exact(value), exact(value + step), "more_than")
    value = exact(value)
    return Measure(value, value, value, "exact")


def _half(candidate: Candidate, value: float) -> float:
    if candidate.half in ("半", "个半"):
        return value + 0.5
    if candidate.half in ("多", "余", "个多", ""):
        return value
    # 一米七 and 一米七五
    return value + (parse_number(candidate.half) or 0) / 10.0 ** len(candidate.half)


def _range(candidate: Candidate, low: float) -> Measure | None:
    high = parse_number(candidate.second.lstrip("-"))
    if high is None:
        return None
    high = _half(candidate, high)
    if candidate.sign or candidate.second[0] == "-":
        ends = (-low if candidate.sign else low, -high if candidate.second[0] == "-" else high)
        return Measure(exact(sum(ends) / 2), min(ends), max(ends), "range")
    if (
        candidate.join == "、"
        and candidate.number.isdigit()
        and candidate.second.isdigit()
        and low < 10 <= high
    ):
        low *= 10 ** (len(candidate.second) - 1)  # 7、80袋 is seventy to eighty
    low = _shared(candidate, low, high)
    if high < low:
        return None
    high_bound = high + last_step(candidate.second) if candidate.second_vague else high
    return Measure(exact((low + high) / 2), exact(low), exact(high_bound), "range")


def _shared(candidate: Candidate, low: float, high: float) -> float:
    """Give the lower end with the multiplier that only the upper one writes: 12至15万元, 三到五千.

    It is all of the multiplier, or its last 万 or 亿 (一百二十到一百五十万).
    """
    if candidate.number[-1] in _SECTIONS or low >= high:
        return low
    tail = candidate.second.lstrip("0123456789.,一二三四五六七八九两")
    whole = tail if not tail.strip("十百千万亿兆拾佰仟") and candidate.number[-1] not in "十百千" else ""
    for shared in (whole, tail[-1:] if tail[-1:] in _SECTIONS else ""):
        scale = parse_number("一" + shared) if shared else None
        if scale and low * scale < high * 1.0000001:
            return low * scale
    return low


def _attached(candidate: Candidate, stated: Measure) -> Measure:
    value, low, high, approx = stated.value, stated.low, stated.high, stated.approx
    senses = approximators().sense
    sense = senses.get(candidate.before, "")
    if candidate.before == "上":
        return Measure(value, value, None, "more_than")
    if candidate.after:
        # 达到…以上 and 95%以上: the words behind decide over those before.
        sense = senses[candidate.after] if sense in ("", "more_than") else sense
    if not sense or value is None:
        return stated
    plain = approx == "exact"
    if sense == "a_little_more":
        return (
            Measure(value, value, exact(value + last_step(candidate.number)), "more_than")
            if plain
            else stated
        )
    if sense == "at_least":
        return Measure(value, low, None, sense)
    if sense == "at_most":
        return Measure(value, None, high, sense)
    if sense == "below":
        return Measure(value, None, high, "nearly")
    if sense == "nearly":
        return Measure(value, exact(value * _NEARLY), value if plain else high, sense)
    if sense == "about":
        return Measure(value, exact(value * (1 - _ABOUT)), exact(value * (1 + _ABOUT)), sense)
    # 超過130多個: the tighter of the two holds.
    return Measure(value, low, None if plain else high, "more_than")
