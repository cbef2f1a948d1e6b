"""Find every number with what is attached to it: sign, approximators, range, unit.

What is found here are candidates. `exclude` says which of them are no figures, `measure` what the
others are worth.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.language.approximators import Approximators, approximators
from analysis.language.numerals import ARABIC, CHINESE, MIXED, parse_number
from analysis.language.units import load_units, smaller_factor, smaller_units, unit_pattern

_NUMERAL = re.compile(
    # 2/3 is a fraction where words say that it is a share.
    r"(?P<slash>(?:(?<=[占约近的达为足逾过超])|(?<=占全[国省市县区镇乡村球]))[1-9]/(?:[2-9]|[1-9]\d)(?![\d/年月日.]))"
    rf"|(?:(?P<mixed>{CHINESE}|\d+)又)?(?P<whole>{CHINESE}|\d+)分之(?P<part>{ARABIC}|{CHINESE})"
    r"|(?P<few>[几数][十百千万亿]+|[一二两三四五六七八九十百千万零]*[十百千万零]好?几[十百千万亿]*|[几数](?=[个次名家人户位起处件场趟车份]))"
    rf"|(?P<lone>半)(?=吨|天|日|小时|个小时|个钟头|公里|公斤|千克|英里|亩|公顷|车|斤|个月|个多月|里|米|升|公升|成|数|[,。;])"
    rf"|(?P<number>{MIXED}|{CHINESE})"
)
# 6.2:45.3:48.5 is a structure: three shares that make up a hundred.
_RATIO = re.compile(r"(?<![\d.:])\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){2,4}(?![\d:])")
# 2.50:1 states 2.50.
_TO_ONE = re.compile(r"(?<![\d.:])\d+\.\d+(?=:1(?![\d:.]))")
_COLON = re.compile(r":(?<=\d:)(?=\d)")
_LINK = re.compile("[零又]?")
_COMPOUND = frozenset({"money", "time", "mass", "length", "calendar time"})
_DIGITS = frozenset("一二三四五六七八九")
_LONGEST_NUMBER = 8
# A number of as many digits, beside another one with 万, is one of 万 too.
_SHORT = 3
# What is numbered rather than counted where two digits stand side by side, and what says that two numbers are listed.
_NUMBERED = frozenset(
    {"级", "期", "层", "单元", "组", "班", "路", "届", "队", "楼", "日", "月", "年", "点", "时"}
)
_LISTED = re.compile(r"第$|分别[为有是]?$|[\d、]$")
_HUNDRED, _SLACK = 100, 1.5
# Years, ordinals, durations that say when and plain articles (一个和平的环境): half of all numerals, passed over fast.
_NO_CANDIDATE = re.compile(
    r"(?:19|20)\d\d年(?!多|余|来)|一[九八][零一二三四五六七八九]{2}年"
    r"|(?<=第)[0-9一二三四五六七八九十百]+|(?<![了过持])[一二三四五六七八九十两]{1,3}年(?![多半有余来])"
    r"|(?<!余下)(?<!剩下)(?<!还有)(?<!另有)一[个批种项部次件条位名](?=[\u4e00-\u9fff])(?![半多余来以左上下和及分])"
)
_POINTS = frozenset({"个百分点", "个千分点", "个基点"})
_LIST = re.compile(r"[、和及与](?=-?\d?)")
_RISES_TO = re.compile("(?:[增减提下上降升涨扩压缩拓][\u4e00-\u9fff]{0,2})?[到至为]")
_CURRENCY = re.compile(r"(?:HK|US|NT|RMB|CN|JP|A|C|S)?[$¥]$|[€£₩₫₱₹₽฿₪]$")
# 欧元20万: the name of a currency may stand before its sum, too.
_CURRENCY_NAMES = re.compile(
    r"(?:人民币|新台币|台币|港币|港元|澳门币|美元|美金|欧元|英镑|日元|日币|韩元|泰铢|澳元|加元|新加坡元|瑞士法郎|卢布|RMB|USD|HKD|EUR|GBP|JPY|NTD|TWD)$"
)
_CURRENCY_NAME_ENDINGS = frozenset("币元金镑铢郎布BDRPY")
_CURRENCY_ENDINGS = frozenset("$¥€£₩₫₱₹₽฿₪")
_SIGN_ENDINGS = frozenset("-负下+")
_MARKED = _SIGN_ENDINGS | _CURRENCY_ENDINGS | _CURRENCY_NAME_ENDINGS
# 百分之二十到三十, 百分之二至百分之五: behind 从 they are two figures.
_PER_CENT_RANGE = re.compile(
    rf"(?P<join>到|至|-{{1,2}}|—{{1,2}}|~)(?:[百千]分之)?(?P<second>{ARABIC}|{CHINESE})(?!分之)"
)
# A dash before a number is a sign where no range, date or code can be meant.
_SIGN = re.compile(
    r"(?:(?<![\dA-Za-z%‰℃)\]\-])(?<!\d[\u4e00-\u9fff])(?<!\d[\u4e00-\u9fff]{2})-"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=[长为速率达是至到值幅了]))负|零下|(?:(?<=[比降幅速率])|(?<=[增成]长))\+)$"
)


class Candidate(NamedTuple):
    """A number as it stands in the clean text, in pieces.

    `start` to `end` spans all that is attached. `kind` is number, fraction, few or lone; `second` the
    upper end of a range, `vague` one of 多 余 来 +, `multiplier` what follows it (五百余万), `half` a 半 or
    digit behind the unit, `before` and `after` the attached approximators, `extra` what a smaller unit adds.
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
    extra: float = 0.0


@cache
def _tail(*, ranges: bool = True) -> re.Pattern[str]:
    """Give the pattern of all that may follow a numeral; without the upper end of a range if so wanted."""
    unit = unit_pattern()
    rate = rf"{unit}(?:/(?:{unit}|床位|人年)(?:[、·/](?:年|季|月|日|天|人|户|次|公里|平方米|亩))?)?"
    # 3至5, 1車-2車: the first unit is looked for only where a joiner is near.
    to = (
        rf"(?:(?=.{{0,3}}[-~—到至、])(?P<first>{unit})?(?P<join>-{{1,2}}|~|—{{1,2}}|到|至|、)(?P<second>-?(?:{MIXED}|{CHINESE}))"
        r"(?P<vague2>[多余])?(?P<mult2>(?<=[多余])[百千万亿]+)?)?"
    )
    return re.compile(
        # 5多 of 5多万; 来 only before a unit (十来个), or 三年来 would be one.
        rf"(?P<vague>[多余]|有余|\+(?={unit})|来(?=[十百千万亿]|{unit}))?"
        r"(?P<multiplier>(?<=[多余来])[十百千万亿]+|个亿(?!元(?:以上|级|产业|项目|县|村)))?"
        rf"{to if ranges else ''}"
        rf"(?P<odd>个[多半](?=小时|月|钟头|星期))?"
        # 三大车: what only tells the size may stand before a container.
        r"(?:[大小整满](?=[车袋箱桶包堆筐捆]))?"
        rf"(?P<unit>{rate})?"
        rf"(?P<half>半(?![数年天个])|(?<=[成倍])[多余]|[多余](?=[,。;、)\n左的来以]|$)|(?<=成)[一二三四五六七八九](?![一二三四五六七八九十百千万亿个名户人家口年月条])|(?<=[成米块尺丈元毛角斤里吨])(?:[一二三四五六七八九]|(?<=[米块])(?:[一二三四五六七八九]{{2}}|[1-9]))(?=[,。;、:!?()\s宽长高厚深的左以多]|$))?"
        rf"(?P<after>{'|'.join(map(re.escape, approximators().after))})?"
    )


@cache
def _runs() -> re.Pattern[str]:
    """Give the pattern of where a number may begin: a lone 一 counts only before what can follow a number."""
    follow = {name[0] for name in load_units()} | set(
        "分点多余来个半-~—到至、和及与以之左上下十百千万亿几有出大小整满或又"
    )
    digits = "零一二两三四五六七八九"
    every = f"0-9{digits}十百千万亿廿卅半几数壹贰叁参肆伍陆柒捌玖拾佰仟卌兆"
    inner = "".join(map(re.escape, sorted(follow)))
    return re.compile(rf"[{every}](?:[{every}]+|(?<=[^{digits}])|(?=[{inner}]))")


def find_candidates(text: str) -> list[Candidate]:
    """Find all candidates of a clean text, in order and without overlap."""
    tail, match_at, words = _tail(), _NUMERAL.match, approximators()
    found: list[Candidate] = []
    ratios = _ratios(text)
    position = 0
    for run in _runs().finditer(text):
        at, end = run.span()
        if at < position:
            at = position
        elif skip := _NO_CANDIDATE.match(text, at):
            position = skip.end()
            continue
        while at < end:
            match = match_at(text, at)
            if match is None:
                at += 1
                continue
            candidate = _complete(text, match, tail, words)
            if ratios and candidate.number_start in ratios:
                candidate = candidate._replace(
                    kind="ratio", end=candidate.number_end, unit="", after="", half=""
                )
            found.append(candidate)
            position = at = candidate.end
    return _share_units(_compounds(found, text), text)


def _ratios(text: str) -> set[int]:
    """Give where the numbers of all ratios begin."""
    found: set[int] = set()
    free = 0
    for colon in _COLON.finditer(text):
        # A ratio holds its first colon within the length of a number.
        start = max(free, colon.start() - _LONGEST_NUMBER)
        if match := _RATIO.search(text, start, colon.end() + 5 * _LONGEST_NUMBER):
            found.update(_parts(match))
            free = match.end()
        elif match := _TO_ONE.search(text, start, colon.end() + 2):
            found.add(match.start())
    return found


def _parts(match: re.Match[str]) -> list[int]:
    """Give where the parts of a ratio begin, when they make up a hundred."""
    values = match[0].split(":")
    if abs(sum(map(float, values)) - _HUNDRED) > _SLACK:
        return []
    offsets = [match.start()]
    for value in values[:-1]:
        offsets.append(offsets[-1] + len(value) + 1)
    return offsets


def _compounds(found: list[Candidate], text: str) -> list[Candidate]:
    """Join what one quantity says in two units: 三元五角, 2小时30分钟, 六斤八两."""
    if len(found) < 2:
        return found
    joined: list[Candidate] = []
    for candidate in found:
        before = joined[-1] if joined else None
        if (
            before
            and candidate.start - before.end <= 1
            and _LINK.fullmatch(text, before.end, candidate.start)
            and not (before.vague or before.half or before.second or before.after or candidate.before)
            and (smaller := _smaller(text, before, candidate))
            and (value := parse_number(candidate.number))
        ):
            end, factor, after = smaller
            tenth = (parse_number(candidate.half) or 0) / 10 if candidate.half in _DIGITS else 0
            joined[-1] = before._replace(end=end, extra=before.extra + (value + tenth) * factor, after=after)
            continue
        joined.append(candidate)
    return joined


def _smaller(text: str, before: Candidate, candidate: Candidate) -> tuple[int, float, str] | None:
    """Give what of a larger unit a smaller one behind it is: where it ends, its factor, and what is attached.

    二亩三分: some units are smaller ones only right behind their larger one.
    """
    units = load_units()
    larger, smaller = units.get(before.unit), units.get(candidate.unit)
    if known := smaller_units(before.unit).match(text, candidate.number_end):
        return max(known.end(), candidate.end if smaller else 0), smaller_factor(before.unit, known[0]), ""
    fits = (
        larger and smaller and larger.dimension == smaller.dimension and larger.factor > smaller.factor
        and (larger.dimension in _COMPOUND or larger.dimension.startswith("money in "))
    )  # fmt: skip
    return (
        (candidate.end, smaller.factor / larger.factor, candidate.after)
        if fits and larger and smaller
        else None
    )


def _share_units(found: list[Candidate], text: str) -> list[Candidate]:
    """Give each number of a list the unit that only its last one writes: 31、34个."""
    for i in range(len(found) - 2, -1, -1):
        candidate, following = found[i], found[i + 1]
        # 0.35个和0.41个百分点: 个 is the beginning of the unit that the last one writes out.
        open_ended = not candidate.unit or (candidate.unit == "个" and following.unit in _POINTS)
        bare = open_ended and candidate.kind == "number" and not candidate.after
        if bare and following.unit and _shares_unit(text, candidate, following):
            found[i] = candidate._replace(
                unit=following.unit,
                unit_start=following.unit_start,
                unit_end=following.unit_end,
                number=candidate.number + _shared_multiplier(candidate.number, following.number),
            )
    return found


def _shares_unit(text: str, candidate: Candidate, following: Candidate) -> bool:
    """Tell whether a number has the unit of the next one: in a list, or as the first end of a rise (从54增加到82个)."""
    if _LIST.fullmatch(text, candidate.end, following.start):
        return True
    return (
        text[candidate.start - 1 : candidate.start] in ("从", "由")
        and _RISES_TO.fullmatch(text, candidate.end, following.start) is not None
    )


def _shared_multiplier(number: str, following: str) -> str:
    """Give the 万 or 亿 that two numbers of a list share: 分别为21.5、6.8万平方米, but not 1200、1.3万."""
    like = "." in number or (len(number) <= _SHORT and "." not in following)
    return following[-1] if following[-1] in "万亿" and number[-1].isdigit() and like else ""


def _complete(text: str, match: re.Match[str], tail: re.Pattern[str], words: Approximators) -> Candidate:
    group = match.lastgroup or "number"
    number, end = match[group], match.end()
    whole, extra = "", 0.0
    per_cent = None
    kind = group
    if group in {"part", "slash"}:
        # The last group of a fraction is its part.
        kind = "fraction"
        if group == "slash":
            number, _, whole = number.partition("/")
        else:
            whole = match["whole"]
            extra = (parse_number(match["mixed"]) or 0.0) if match["mixed"] else 0.0
            if per_cent := _per_cent_range(text, match, end):
                end = per_cent.end()
    rest = tail.match(text, end)
    assert rest is not None
    vague, multiplier, first_unit, join, second, second_vague, _, odd, unit, half, after = rest.groups("")
    if second and not _is_range(text, rest, number, kind):
        rest = _tail(ranges=False).match(text, end) or rest
        said = rest.groupdict("")
        vague, multiplier, odd, unit, half, after = map(
            said.__getitem__, ("vague", "multiplier", "odd", "unit", "half", "after")
        )
        first_unit = join = second = second_vague = ""
    if per_cent:
        join, second = per_cent["join"], per_cent["second"]
    number_start = start = match.start()
    unit_start, unit_end = rest.span("unit") if unit else (0, 0)
    stop = rest.end()
    if odd and not unit and text.startswith("月", stop):
        unit, unit_start, unit_end = "个月", stop, stop + 1  # 三个半月
        stop += 1
    sign = word = ""
    if start and text[start - 1] in _MARKED:
        sign, start = _sign(text, start, unit)
        if money := _money(text, start, unit):
            start = money.start()
            if unit not in ("元", "美元", "港元"):
                unit, unit_start, unit_end = money[0], money.start(), money.end()
    before = text[start - 1] if start else ""
    if before in words.endings and (attached := words.before.search(text, max(0, start - 8), start)):
        # 约为1.2: what another word divides from the numeral counts, but stands outside the span.
        word, start = attached["word"], start if attached["between"] else attached.start()
    elif "\u4e00" <= before <= "\u9fff":
        if far := words.far.search(text, max(0, start - 8), start):
            word = far[1]
        elif before == "上" and kind == "number" and number[0] in "百千万亿十":
            word, start = "上", start - 1
    return Candidate(
        start, stop, kind, number, number_start, end, sign, whole, vague, multiplier, join, second, second_vague,
        unit_start, unit_end, unit, first_unit, half or odd, word, after, extra,
    )  # fmt: skip


def _per_cent_range(text: str, match: re.Match[str], end: int) -> re.Match[str] | None:
    if match["whole"] not in ("百", "千") or text[match.start() - 1 : match.start()] in ("从", "由", "自"):
        return None
    return _PER_CENT_RANGE.match(text, end)


def _sign(text: str, start: int, unit: str) -> tuple[str, int]:
    """Give the sign before a numeral, and where the number begins with it."""
    mark = _SIGN.search(text, max(0, start - 2), start) if text[start - 1] in _SIGN_ENDINGS else None
    if mark is None:
        return "", start
    cold = mark[0] != "零下" or "度" in unit or "℃" in unit
    return ("" if mark[0] == "+" or not cold else "-"), mark.start() if cold else start


def _money(text: str, start: int, unit: str) -> re.Match[str] | None:
    """Find the sign or name of a currency before a number; a name only where no unit stands behind."""
    last = text[start - 1 : start]
    if last in _CURRENCY_ENDINGS and (money := _CURRENCY.search(text, max(0, start - 4), start)):
        return money
    if not unit and last in _CURRENCY_NAME_ENDINGS:
        return _CURRENCY_NAMES.search(text, max(0, start - 5), start)
    return None


def _is_about(text: str, start: int, unit: str | None) -> bool:
    """Tell whether two digits that follow each other say about how many (5、6车), and number nothing (第5、6组)."""
    return bool(unit) and unit not in _NUMBERED and _LISTED.search(text, max(0, start - 8), start) is None


def _is_range(text: str, rest: re.Match[str], number: str, kind: str) -> bool:
    """Tell a range (3到5年, 7、80袋) from two numbers side by side (31、34个)."""
    second, join = rest["second"], rest["join"]
    if kind != "number" or (rest["vague"] and not rest["multiplier"] and join == "、"):
        return False
    if join == "、":
        if rest["first"]:
            return False
        if len(number) == 1 and number.isdigit() and re.fullmatch(r"\d0*", second):
            wide = len(second) > 1 or _is_about(text, rest.start() - 1, rest["unit"])
            return wide and int(second[0]) == int(number) + 1
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
