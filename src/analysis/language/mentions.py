"""Words that say when: 今年以来, 截至6月底, 1-5月, 民国113年, 目前; found in one pass and resolved.

Years of the Republic of China are read where 民国 says so, or where the number can be no other year
(113年 in a text of Taiwan); what a word means depends on the report's own period.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.language.dating import RESOLVERS, compared_period
from analysis.language.knowledge import table
from analysis.language.periods import Period, range_period, year_period
from analysis.language.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_N = r"[零一二三四五六七八九十]"
_ROC = (
    r"民国 ?(?:\d{1,3}|[一二三四五六七八九十百零]{1,6})年度?"
    # 113年 where a clause begins is a year, not how long something lasted.
    r"|(?:(?:(?<![^\s,。;:、(于在较比至到自从])|(?<=其中|展望|回顾|迎接|迈入|进入|步入))1[01]\d年度?(?![来间以之多余前后]|的?历史))"
)
_Y = rf"(?:{_ROC}|(?:(?:民国|公元) ?)?(?:(?:19|20)\d\d|20[1-9]\*|1[01]\d(?=年(?:\d{{1,2}}月|[度底末初前]|全(?!国|省|市|区|县|镇|村)|[上下]半|[一二三四第]))|(?<![续第\d近约达满超])\d{{2}}(?=年(?:\d{{1,2}}月|[度底末]|全年|[上下]半年|第))|[零一二]{_N}{{3}})年度?)"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_D = rf"(?:[12]\d|3[01]|0?[1-9]|[二三]?十{_N}?|{_N})"
# Days of the old calendar: 正月十五, 二月廿九, 腊月二十三.
_LUNAR = rf"(?:(?:农历|旧历|阴历)(?:{_M}|正|冬|腊)月(?:初{_N}|十{_N}?|[二三]十{_N}?|廿{_N}?)?|{_M}月(?:初{_N}|廿{_N}?)|[正腊]月(?:初{_N}|十{_N}?|[二三]十{_N}?|廿{_N}?|里)?)"
_CLOCK = (
    r"(?:(?:清晨|早上|凌晨|上午|下午|中午|晚上|晚)\s?\d{0,2}(?:[:时点]\d{0,2}分?半?)?|\d{1,2}[:时]\d{0,2}分?)"
)

# What a mention may begin with: a character, and what follows it. Nearly all of a text is passed over by these
# alone; the words of the table add their own.
_NUMERALS, _BEFORE_BASE = "零一二三四五六七八九十两几半", "比较与和同跟相"
_BEGINNINGS = (
    ("0-9", r"\d{0,3}(?:[年月*/至到以\-—–~]|个月|日[夜凌上下晚清傍中至到~—\-]|[、和及与]\d{1,2}月)"),
    (_NUMERALS, rf"[{_NUMERALS}]{{0,3}}(?:[年月周至到季/\-—~时期”\"]|个(?:多?月|季度|星期)|[、和及与][{_NUMERALS}]{{1,2}}[月季])"),
    (_BEFORE_BASE, r"[上去同年前\d零一二三四五六七八九十民公月比较]"),
    ("至到", r"(?:[\s年目上今本去月季民公]|\d{1,4}[年月*]|[零一二三四五六七八九十]{1,4}[年月])"),
    ("自从", r"[从\d零一二三四五六七八九十今去本年建改入民公]"),
    ("今去上明本", "[年个月周季期学半]"),
    ("元正腊", "月"), ("农旧阴", "历"), ("头首", r"[\d一二三四五六七八九十两半季]"), ("期", "[间内里末]"), ("以", "来"), ("今本", r"\(\d"),
    ("截", "[至止]"), ("第", "[一二三四1-4]"), ("下", "[月半]"), ("民建", "国"), ("公", "元"), ("入", "[春夏秋冬]"), ("改", "革开放"),
    ("年", "[初均内来底]"), ("最", "近"), ("过", "去"), ("合", "并"), ("平", "均"), ("现", "在"),
    ('近每日月周前节"“', ""),
)  # fmt: skip
_BASE = (
    rf"(?:上年末|上年底|上年|去年同期|[去上]年同[季月]|去年底|去年末|去年{_M}月(?:份|底)?|上年度|去年(?!{_M}月)|上月末|上月|上周|上星期|上个星期|上季度?|上个季度|上半年|前半年|上期|前期|上年同期"
    rf"|同期|年初|{_Y}(?:底|末|同期|{_M}月(?:份|底)?)?|{_M}月(?:份|底)?(?!以)|上个月|前一?[年月周]|前[一二三]季度|[一二三四]季度)"
)
# A base that a number follows at once (较去年底之408位) is the time of that number.
_OF_NUMBER = r"(?=[的之为是共(]{0,2}(?:约|近)?\d)"
# What a year, a month or a day may begin with, and a base beside them.
_DATE_STARTS, _BASE_STARTS = "0-9零一二三四五六七八九十民公", "上去同年前"
# A year with nothing behind it that may go on with it: of all dates only the last but one is left.
_YEAR_ALONE = (
    rf"(?:(?:19|20)\d\d|[零一二]{_N}{{3}})年度?(?![\d零一二三四五六七八九十以来起至到\-—–~第前头首的元])"
)
# A Chinese number that no date goes on with.
_NO_DATE = r"[零一二三四五六七八九十]++(?![年月季份至到\-—–~、和及与/])"
# The kinds of dates in the order of trying, each with what it may begin with beside a year, a month or a day: a look at
# one character is cheaper than a pattern that fails. `_LONGER` are those that are more than a year.
_AS_OF = (
    "截至到",
    rf"(?P<asof>(?:截[至止]到?|至|到)\s?(?P<ay>{_Y}|今年(?={_M}月)|去年(?={_M}月))?(?:(?P<am>{_M})月份?(?:(?P<ad>{_D})[日号]|底|末)?|(?:(?<=年)底|年底|年末|(?:上|今|本|去)年(?:年)?(?:底|末)|目前|(?:本|上)月底|月底|季末|(?:报告|本)?期末))(?:为?止)?)",
)
_LONGER = (
    (
        "自从今本去年建改入",
        rf"(?P<since>(?:自从?|从)?(?:(?P<sy>{_Y}|(?:19|20)\d\d(?=以来))(?:(?P<sm>{_M})月份?(?:(?P<sd>{_D})[日号])?)?|[今去]年(?P<tm>{_M})月份?|(?P<um>{_M})月份?(?:(?P<ud>{_D})[日号])?|今年|本年|年初|去年|建国|改革开放|本月|入[春夏秋冬])(?:以来|来(?=[,，、]|$)|起|至今|到(?:现在|目前)))",
    ),
    (
        "今去",
        rf"(?P<days>(?P<dy>{_Y}|今年|去年)?(?P<m1>{_M})月(?P<d1>{_D})[日号]?(?:-|—{{1,2}}|~|至|到)(?:(?P<m2>{_M})月)?(?P<d2>{_D})[日号])",
    ),
    (
        "今去第123前头首",
        rf"(?P<quarters>(?P<qy>{_Y}|今年|去年)?(?:第?(?P<q1>[一二三1-3])(?:-|—{{1,2}}|~|至|到|[、和及])第?(?P<q2>[二三四2-4])(?:季度|季(?!节))|(?P<qn>[前头首][二两三一]?个?季度?)))",
    ),
    (
        "",
        rf"(?P<long>(?P<ly1>{_Y})(?P<lm1>{_M})月(?:份|(?P<ld1>{_D})[日号])?(?:-|—{{1,2}}|–|~|至|到)(?P<ly2>{_Y})(?P<lm2>{_M})月(?:份|底|末|(?P<ld2>{_D})[日号])?)",
    ),
    (
        "今本",
        rf"(?P<pair>(?:(?P<ay1>{_Y}|今年|本年)的?|(?<=[,在于]))(?P<a1>{_M})(?:月份?)?[、和及与](?P<a2>{_M})月份?|(?P<adjacent>[一二三四五六七八九](?=[二三四五六七八九十]月)){_N}月(?:份|间)?)",
    ),
    (
        "今本前头首",
        rf"(?P<firsts>(?:(?P<ny>{_Y}|今年|本年)的?)?[前头首](?P<nm>1[01]|[1-9]|十一|[二三四五六七八九两十])个?月)",
    ),
    (
        "今本元",
        rf"(?P<span>(?:(?P<py>{_Y}|今年|本年)的?)?(?P<p1>{_M}|元(?=月))月?(?:份)?(?:-|—{{1,2}}|–|~|至|到)(?P<p2>{_M})月(?:份|底)?)",
    ),
    ("", r"(?P<years>(?P<y1>(?:19|20)\d\d)年?(?:-|—{1,2}|–|~|至|到)(?P<y2>(?:19|20)\d\d)年)"),
    (
        "二",
        rf"(?P<fiscal>(?:(?:19|20)\d\d|二[零一二]{_N}{{2}})(?:/|至)(?:\d\d|二[一二三四五六七八九]|{_N}{{2}})(?:年度)?)",
    ),
)
_PLAIN = (
    ("农旧阴正腊", rf"(?P<lunar>{_LUNAR}(?P<lclock>{_CLOCK})?)"),
    (
        "今本去上明",
        rf"(?P<full>(?P<fy>{_Y}|[本今]\(\d{{2,4}}\)年度?|今年度?|本年度?|去年度?|上年度?|明年度?)(?:的)?(?:(?P<fm>{_M})月(?:份)?(?:(?P<fd>{_D})[日号](?P<fclock>{_CLOCK})?|(?P<fend>底|末)(?:前|止)?|[上中下]旬|[里内间])?|(?P<fh>[上下])半年度?|(?:第|(?=.季度))(?P<fq>[一二三四1-4])季度?|(?P<fe>底|末)(?:前)?|(?P<fb>初)|全年|冬季|春季|夏季|秋季)?(?P<fdur>期间)?)",
    ),
    (
        "元",
        rf"(?P<month>(?:(?<![\d.个第])|(?<=\d)(?=[一二三四五六七八九十]))(?P<mm>{_M}|元(?=月))月(?:份)?(?:(?P<md>{_D})[日号](?P<mclock>{_CLOCK})?(?:前)?|(?P<me>底|末)(?:前|止)?|[上中下]旬|[间里内]|中(?![旬标选奖考断央])|前(?![后期]))?(?!末考|饼))",
    ),
)
# What may stand second in one of them.
_SECONDS = r"\s\d日零一二三四五六七八九十两几半年月周至到季/*\-—–~时期”\"个、和及与以上去同前民公比较目今本从建改入学间内里末来(止国元春夏秋冬革初底近并均在历"
# So many characters a beginning takes with what must follow it, at most.
_LONGEST_BEGINNING = 12
# The tables of time_words.toml, each with the kind of mention that it is of.
_KINDS = ("during", "as_of", "future", "planned", "rate")


@cache
def _mention() -> re.Pattern[str]:
    """Compile the pattern of all mentions from the dates above and the table of words."""
    data = table("time_words.toml")
    (compare,), (occasion,) = data["compare"], data["occasion"]
    before, alone = "|".join(compare["before"]), "|".join(compare["alone"])
    kinds = {name: _alternatives(data[name]) for name in _KINDS}
    noun = pattern_of(occasion["nouns"])
    nouns = f"(?:{noun}[、和]?)?{noun}{pattern_of(occasion['suffixes'])}"
    feasts = "|".join([nouns, *occasion["patterns"]])
    starts = "".join(sorted({word[0] for word in (*compare["before"], *compare["alone"])}))
    ends = _ends(compare["before"])
    return re.compile(
        rf"(?:(?<=[在{ends}])(?=[{_DATE_STARTS}{_BASE_STARTS}])|(?=[{starts}去上]))"
        rf"(?:(?P<compared>(?:{before})?(?P<when>(?<=[{ends}]){_BASE}|(?:去年|上年)同[期季月]){_OF_NUMBER})"
        rf"|(?P<base>(?:{before}){_BASE}|(?<=在){_BASE}(?=[^,。;\d一二三四五六七八九十百千万]{{0,14}}基础上)|{alone}|(?:去年|上年)同[期季月]))|{_dates()}"
        rf"|(?P<rate>{kinds['rate']})|(?P<future>{kinds['future']})|(?P<planned>{kinds['planned']})"
        rf"|(?P<rel>{kinds['as_of']}|{kinds['during']}|(?P<feast>{feasts})"
        rf"|[“\"]?(?P<plan>十[一二三四五]?|[一二三四五六七八九])五[”\"]?(?:时期|期间|以来))"
        rf"|(?P<tail>期间|期[内里]|以来(?!的))"
    )


@cache
def _beginning() -> re.Pattern[str]:
    """Compile the pattern of the characters that a mention may begin with."""
    data = table("time_words.toml")
    listed = [w for name in _KINDS for e in data[name] for w in e["words"]]
    begins = [b for name in _KINDS for e in data[name] for b in e.get("starts", ())]
    words = [*data["compare"][0]["alone"], *data["occasion"][0]["nouns"], *listed, *begins]
    starts = "".join(first for first, _ in _BEGINNINGS) + "".join(sorted({word[0] for word in words}))
    alone = "".join(first for first, rest in _BEGINNINGS if not rest)
    alone += "".join(sorted(word for word in words if len(word) == 1))
    seconds = _SECONDS + "".join(sorted({word[1] for word in words if len(word) > 1}))
    # No mention begins inside a number.
    follows = "|".join(
        rf"{'(?<![0-9])' if first == '0-9' else ''}[{first}]{rest}" for first, rest in _BEGINNINGS
    )
    # Two characters that no beginning has pass fast; only then a look back at the first of them goes through all of them.
    return re.compile(
        f"[{starts}](?:(?=[{seconds}])|(?<=[{alone}]))(?<=(?={follows}|{pattern_of(word[:3] for word in words)}).)"
    )


def _dates() -> str:
    """Give the pattern of all dates."""
    longer = "|".join(rf"(?=[{starts}{_DATE_STARTS}]){pattern}" for starts, pattern in _LONGER)
    plain = (rf"(?=[{starts}{_DATE_STARTS}]){pattern}" for starts, pattern in _PLAIN)
    dates = rf"(?!{_YEAR_ALONE})(?:{longer})|{'|'.join(plain)}"
    return rf"(?=[{_AS_OF[0]}]){_AS_OF[1]}|(?!{_NO_DATE})(?:{dates})"


def _ends(words: list[str]) -> str:
    return "".join(sorted({word[-1] for word in words}))


def _alternatives(entries: list[dict[str, list[str]]]) -> str:
    patterns = [p for entry in entries for p in entry.get("patterns", ())]
    return "|".join([pattern_of(w for entry in entries for w in entry["words"]), *patterns])


_NEAR = 12
_A_FEW_DAYS = 10
# What 期间 and 以来 may close: the words behind the last mark, which quotation marks may hold.
_LONGEST_PHRASE, _SHORTEST_PHRASE = 16, 2
_PHRASE = re.compile(r"(?<![\u4e00-\u9fff\"“”])[\u4e00-\u9fff\"“”]{2,}$")
_POINT = re.compile(r"(?:(?<![a-z\d个])月[中初]|旬|[今昨前次翌当]日|[今昨]天|当天|[今当]晚)$")
_NOW = frozenset({"目前", "现在", "如今", "当前", "眼下", "现时", "现今", "当下", "现阶段", "至今", "迄今"})
_NO_TIME = re.compile(r"[比较与]|.*[了着过]")
_SAME_TIME = re.compile(r"(?:[在于从自]?[此这该其同](?:一|段|个|一段)?(?:时)?|时)+")


class PeriodMention(NamedTuple):
    """Words of a text that say when.

    `kind` is during, lately (said of its own sentence alone), as_of, since, rate, future, planned (the year of a
    plan), comparison (the base of one, never a figure's own period) or compared (the base that its own number
    follows at once: the period of that number alone); `period` is None where the words alone do not tell the
    days. `narrow` tells that they name one day or event, which is the time of its own sentence and of none that
    follows.
    """

    start: int
    end: int
    kind: str
    period: Period | None
    narrow: bool = False


def find_periods(
    folded: str, reference: Period | None = None, start: int = 0, end: int | None = None
) -> list[PeriodMention]:
    """Find all words that say when, and resolve them.

    Parameters
    ----------
    folded : a text in folded form (see `analysis.language.script`).
    reference : the report's own period, against which 今年, 本月 and 5月 are read.
    start, end : the part of the text to look at; all of it when left out.

    Examples
    --------
    >>> from analysis.language.periods import parse_period
    >>> [
    ...     (m.kind, str(m.period))
    ...     for m in find_periods("截至6月底有党员32名,1-5月发展2名", parse_period("2026-H1"))
    ... ]
    [('as_of', '2026-06-30'), ('during', '2026-01..2026-05')]
    """
    return list(each_period(folded, reference, start, len(folded) if end is None else end))


def each_period(
    folded: str,
    reference: Period | None,
    start: int,
    end: int,
    *,
    before: int | None = None,
    last: PeriodMention | None = None,
    figures: Sequence[int] = (),
) -> Iterator[PeriodMention]:
    """Find words that say when, one after the other.

    Parameters
    ----------
    folded, reference, start, end : as for `find_periods`.
    before : no words are looked for that begin here or later.
    last : the words of time before `start`, if any.
    figures : offsets that no phrase (专项行动期间) goes across, in their order.
    """
    match_at = _mention().match
    free = start
    reach = end if before is None else min(end, before + _LONGEST_BEGINNING)
    for beginning in _beginning().finditer(folded, start, reach):
        at = beginning.start()
        if at < free:
            continue
        if before is not None and at >= before:
            return
        match = match_at(folded, at, end)
        if match is None:
            continue
        free = match.end()
        kind, period = _resolve(match, reference)
        if match["tail"]:
            earlier = bisect_right(figures, at)
            least = figures[earlier - 1] if earlier else start
            at = _phrase_start(folded, at, max(start, least, last.end if last else 0))
            if at < 0:
                continue
        if kind == "compared":
            at = match.start("when")
            period = compared_period(match["when"], period_named(match["when"], reference), reference)
        elif match["feast"] and last and _is_planned(folded, last, at):
            kind, period = "future", last.period
        narrow = _is_narrow(match, kind, period)
        if kind in ("during", "as_of") and not match["tail"] and folded.startswith("以来", free):
            # 二季度以来: from then until the report's end
            kind, free, period, narrow = "since", free + 2, _until_now(period, reference), False
        last = PeriodMention(at, free, kind, period, narrow)
        yield last


def may_begin(folded: str, start: int, end: int, within: int) -> bool:
    """Tell whether words of time may begin at an offset or up to so many characters behind it."""
    return _beginning_within(within).match(folded, start, end) is not None


@cache
def _beginning_within(characters: int) -> re.Pattern[str]:
    return re.compile(rf"(?s:.{{0,{characters}}}?){_beginning().pattern}")


def _until_now(period: Period | None, reference: Period | None) -> Period | None:
    if period is None or reference is None or period.start > reference.end:
        return None
    return range_period(period.start, reference.end)


def _is_narrow(match: re.Match[str], kind: str, period: Period | None) -> bool:
    name = match.lastgroup
    if kind == "as_of":
        return match[0] in _NOW
    return kind == "during" and bool(
        match["tail"] not in (None, "以来") or _POINT.search(match[0]) or (name == "full" and match["fd"]) or (name == "month" and match["md"])
        or (name == "lunar" and not match[0].endswith(("月", "里")))
        or (name == "days" and period is not None and (period.end - period.start).days < _A_FEW_DAYS)
    )  # fmt: skip


def _phrase_start(folded: str, tail: int, least: int) -> int:
    """Give where the words begin that 期间, 期内 or 以来 closes (专项行动开展以来); -1 where there are none.

    在此期间 says no time of its own, and 比第五个五年计划期间 is the base of a comparison.
    """
    phrase = _PHRASE.search(folded, max(least, tail - _LONGEST_PHRASE), tail)
    if phrase is None or _NO_TIME.match(phrase[0]):
        return -1
    start = max(phrase.start(), *(folded.rfind(mark, phrase.start(), tail) + 1 for mark in "在于"))
    return -1 if tail - start < _SHORTEST_PHRASE or _SAME_TIME.fullmatch(folded, start, tail) else start


def period_named(words: str, reference: Period | None) -> Period | None:
    """Give the period that words alone name; None where they are no mention or do not tell the days."""
    match = _mention().fullmatch(words)
    return _resolve(match, reference)[1] if match else None


def _is_planned(folded: str, before: PeriodMention, start: int) -> bool:
    """Tell whether a feast is within the time of a plan: 下月计划:春节前…."""
    near = before.kind == "future" and start - before.end <= _NEAR
    return near and not re.search(r"[。;\n]", folded[before.end : start])


def _resolve(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    # The outermost group is closed last.
    name = str(match.lastgroup)
    if name == "base":
        return "comparison", None
    if name == "compared":
        return "compared", None
    if name == "rate":
        return "rate", None
    if name == "planned":
        return "planned", year_period(reference.end.year) if reference else None
    if name == "tail":
        return "during", None
    try:
        return RESOLVERS[name](match, reference)
    except (ValueError, TypeError):
        # 2月30日 and the like: the words stay, the days are not known.
        return "during", None
