"""Find every number with what is attached to it: sign, approximators, range, unit.

What is found here are candidates. `exclude` says which of them are no figures, `measure` what the
others are worth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from analysis.language.numerals import ARABIC, CHINESE, MIXED
from analysis.language.units import unit_pattern

# What may stand attached before a numeral, and the sense that it gives.
BEFORE = {
    "不少于": "at_least", "不低于": "at_least", "至少": "at_least", "最少": "at_least",
    "不超过": "at_most", "不高于": "at_most", "不多于": "at_most", "低于": "at_most", "少于": "at_most",
    "至多": "at_most", "最多": "at_most", "最高": "at_most",
    "不足": "below", "不到": "below", "不及": "below",
    "将近": "nearly", "接近": "nearly", "近": "nearly",
    "大约": "about", "约": "about", "大概": "about",
    "超过": "more_than", "超出": "more_than", "超": "more_than", "逾": "more_than", "突破": "more_than",
    "多达": "more_than", "跨越": "more_than", "高于": "more_than",
}  # fmt: skip
AFTER = {
    "以上": "at_least",
    "以下": "at_most",
    "以内": "at_most",
    "之内": "at_most",
    "左右": "about",
    "上下": "about",
}

_NUMERAL = re.compile(
    rf"(?P<whole>{CHINESE}|\d+)分之(?P<part>{ARABIC}|{CHINESE})"
    r"|(?P<few>[几数][十百千万亿]+|[二三四五六七八九]?十几|[几数](?=[个次名家人户位起处件场趟车份]))"
    rf"|(?P<lone>半)(?=吨|天|小时|公里|亩|车|斤|个月|里|数|[,。;])"
    rf"|(?P<number>{MIXED}|{CHINESE})"
)
# 6.2:45.3:48.5 is a structure: three shares that make up a hundred.
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){2,4}(?![\d:])")
_HUNDRED, _SLACK = 100, 1.5
_BEFORE = re.compile("(?:" + "|".join(sorted(BEFORE, key=len, reverse=True)) + ")$")
_LIST = re.compile(r"[、和及与](?=-?\d?)")
_CURRENCY = re.compile(r"(?:HK|US|NT)?[$¥]$")
_SIGN = re.compile(r"(?<![\d\w%‰)-])-$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number as it stands in the clean text, in pieces.

    `start` to `end` spans all that is attached. `kind` is number, fraction, few or lone; `second` the
    upper end of a range, `vague` one of 多 余 来, `multiplier` what follows it (五百余万), `half` a 半 or
    digit behind the unit, `before` and `after` the attached approximators.
    """

    start: int
    end: int
    kind: str
    number: str
    number_start: int
    number_end: int
    sign: str = ""
    whole: str = ""
    vague: str = ""
    multiplier: str = ""
    join: str = ""
    second: str = ""
    second_vague: str = ""
    unit_start: int = 0
    unit_end: int = 0
    unit: str = ""
    first_unit: str = ""
    half: str = ""
    before: str = ""
    after: str = ""


@cache
def _tail() -> re.Pattern[str]:
    unit = unit_pattern()
    rate = rf"{unit}(?:/(?:{unit}|床位|人年)(?:[、·](?:{unit}))?)?"
    return re.compile(
        # 5多 of 5多万; 来 only before a unit, or 半年来 would be one.
        r"(?P<vague>[多余]|来(?=[个名次家人户位起处件场趟车条张份亩米栋万千百平公杯头只棵]))?"
        r"(?P<multiplier>(?<=[多余来])[十百千万亿]+)?"
        rf"(?:(?P<first>[%‰个次人名户元吨米亩件条处张家辆]|公里|公斤)?(?P<join>-|~|—{{1,2}}|到|至|、)(?P<second>{MIXED}|{CHINESE})(?P<vague2>[多余])?(?P<mult2>(?<=[多余])[百千万亿]+)?)?"
        rf"(?P<odd>个[多半](?=小时|月|钟头|星期))?"
        rf"(?P<unit>{rate})?"
        r"(?P<half>半(?![数年天个])|[多余](?=[,。;、)\n左的来以]|$)|(?<=成)[一二三四五六七八九])?"
        r"(?P<after>以上|以下|以内|之内|左右|上下)?"
    )


def find_candidates(text: str) -> list[Candidate]:
    """Find all candidates of a clean text, in order and without overlap."""
    tail = _tail()
    found: list[Candidate] = []
    ratios = {offset for m in _RATIO.finditer(text) for offset in _parts(m)}
    position = 0
    scan = _NUMERAL.search
    while match := scan(text, position):
        candidate = _complete(text, match, tail)
        if candidate.number_start in ratios:
            candidate = replace(candidate, kind="ratio", end=candidate.number_end, unit="", after="", half="")
        found.append(candidate)
        position = max(candidate.end, match.end())
    return _share_units(found, text)


def _parts(match: re.Match[str]) -> list[int]:
    """Give where the parts of a ratio begin, when they make up a hundred."""
    values = match[0].split(":")
    if abs(sum(map(float, values)) - _HUNDRED) > _SLACK:
        return []
    offsets = [match.start()]
    for value in values[:-1]:
        offsets.append(offsets[-1] + len(value) + 1)
    return offsets


def _share_units(found: list[Candidate], text: str) -> list[Candidate]:
    """Give each number of a list the unit that only its last one writes: 31、34个."""
    for i in range(len(found) - 2, -1, -1):
        candidate, following = found[i], found[i + 1]
        bare = not candidate.unit and candidate.kind == "number" and not candidate.after
        if bare and following.unit and _LIST.fullmatch(text, candidate.end, following.start):
            shared = replace(
                candidate, unit=following.unit, unit_start=following.unit_start, unit_end=following.unit_end
            )
            found[i] = shared
    return found


def _complete(text: str, match: re.Match[str], tail: re.Pattern[str]) -> Candidate:
    kind = match.lastgroup or "number"
    kind = "fraction" if kind == "part" else kind  # the last group of a fraction is its part
    number, end = match[match.lastgroup or 0], match.end()
    rest = tail.match(text, end)
    assert rest is not None
    join, second, first_unit = rest["join"] or "", rest["second"] or "", rest["first"] or ""
    if second and not _is_range(text, rest, number, kind):
        rest = re.compile(_without_range()).match(text, end) or rest
        join = second = first_unit = ""
    groups = rest.groupdict()
    unit = groups["unit"] or ""
    start = match.start()
    sign = ""
    if number[0].isdigit() and (mark := _SIGN.search(text, max(0, start - 2), start)):
        sign, start = "-", mark.start()
    unit_start, unit_end = (rest.start("unit"), rest.end("unit")) if unit else (0, 0)
    if money := _CURRENCY.search(text, max(0, start - 3), start):
        start = money.start()
        if not unit or unit not in ("元", "美元", "港元"):
            unit, unit_start, unit_end = money[0], money.start(), money.end()
    before = _BEFORE.search(text, max(0, start - 4), start)
    word = before[0] if before else ""
    if before:
        start = before.start()
    if (
        kind == "number"
        and not number[0].isdigit()
        and number[0] in "百千万亿十"
        and text[start - 1 : start] == "上"
        and not word
    ):
        word, start = "上", start - 1
    half = groups["half"] or groups["odd"] or ""
    return Candidate(
        start=start, end=rest.end(), kind=kind, number=number, number_start=match.start(), number_end=end, sign=sign,
        whole=match["whole"] or "", vague=groups["vague"] or "", multiplier=groups["multiplier"] or "", join=join, second=second,
        second_vague=groups.get("vague2") or "", unit_start=unit_start, unit_end=unit_end, unit=unit, first_unit=first_unit,
        half=half, before=word, after=groups["after"] or "",
    )  # fmt: skip


@cache
def _without_range() -> str:
    pattern = _tail().pattern
    begin = pattern.index("(?:(?P<first>")
    return pattern[:begin] + pattern[pattern.index("(?P<odd>") :]


def _is_range(text: str, rest: re.Match[str], number: str, kind: str) -> bool:
    """Tell a range (3到5年, 7、80袋) from two numbers side by side (31、34个)."""
    second, join = rest["second"], rest["join"]
    if kind != "number" or (rest["vague"] and not rest["multiplier"] and join == "、"):
        return False
    if join == "、":
        if rest["first"]:
            return False
        if len(number) == 1 and number.isdigit() and re.fullmatch(r"\d0+", second):
            return int(second[0]) == int(number) + 1
        ladder = "一二三四五六七八九十"
        short = number.replace("两", "二"), second[0].replace("两", "二")
        return (
            len(number) == 1
            and short[0] in ladder
            and short[1] in ladder
            and ladder.index(short[1]) == ladder.index(short[0]) + 1
        )
    if join in "到至":
        # 从5%到8%, 由3个到5个 are two figures, and so is anything with different units.
        before = text[max(0, rest.start() - len(number) - 3) : rest.start() - len(number)]
        if before[-1:] in "从由自" and before:
            return False
    unit = rest["unit"] or ""
    return not rest["first"] or not unit or unit.startswith(rest["first"]) or unit.endswith(rest["first"])
