"""Words that say when: 今年以来, 截至6月底, 1-5月, 民国113年, 目前; found in one pass and resolved.

Years of the Republic of China are read where 民国 says so, or where the number can be no other year
(113年 in a text of Taiwan); what a word means depends on the report's own period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.language.numerals import parse_number
from analysis.language.periods import (
    Period,
    day_period,
    half_year,
    last_day,
    month_period,
    period_of,
    previous_period,
    quarter_year,
    range_period,
    year_period,
)  # fmt: skip

_N = r"[零一二三四五六七八九十]"
_Y = rf"(?:(?:(?:民国|公元) ?)?(?:(?:19|20)\d\d|20[1-9]\*|\d{{2,3}}(?=年(?:\d{{1,2}}月|度|底|末|初|全|[上下]半|前|[一二三四第]|(?=[度底末初全前上下])))|[零一二]{_N}{{3}})年度?)"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_D = rf"(?:[12]\d|3[01]|0?[1-9]|[二三]?十{_N}?|{_N})"
_CLOCK = (
    r"(?:(?:清晨|早上|凌晨|上午|下午|中午|晚上|晚)\s?\d{0,2}(?:[:时点]\d{0,2}分?半?)?|\d{1,2}[:时]\d{0,2}分?)"
)

_MENTION = re.compile(
    rf"(?P<base>(?:比|较|与|和|同|跟|相较)(?:上年末|上年底|上年|去年同期|去年底|去年末|去年|上月末|上月|上周|上季度|上期|前期|上年同期|同期|年初|{_Y}(?:底|末|同期|{_M}月(?:份|底)?)?|{_M}月(?:份|底)?(?!以)|上个月|前一?[年月周]|前[一二三]季度|[一二三四]季度)|同比|环比|(?:去年|上年)同期)"
    rf"|(?P<asof>(?:截[至止]到?|至|到)\s?(?P<ay>{_Y})?(?:(?P<am>{_M})月份?(?:(?P<ad>{_D})[日号]|底|末)?|(?:(?<=年)底|年底|年末|(?:上|今|本|去)年(?:年)?(?:底|末)|目前|(?:本|上)月底|月底|季末))(?:止)?)"
    rf"|(?P<since>(?:自从?|从)?(?:(?P<sy>{_Y}|(?:19|20)\d\d(?=以来))(?:(?P<sm>{_M})月(?:(?P<sd>{_D})[日号])?)?|今年(?P<tm>{_M})月|(?P<um>{_M})月(?:(?P<ud>{_D})[日号])?|今年|本年|年初|去年|建国|改革开放|本月|入[春夏秋冬])(?:以来|来(?=[,，、]|$)|起))"
    rf"|(?P<span>(?P<py>{_Y}|今年|本年)?(?:的)?(?P<p1>{_M})月?(?:份)?(?:-|—{{1,2}}|–|~|至|到)(?P<p2>{_M})月(?:份|底)?)"
    rf"|(?P<years>(?P<y1>(?:19|20)\d\d)年?(?:-|—{{1,2}}|–|~|至|到)(?P<y2>(?:19|20)\d\d)年)"
    rf"|(?P<fiscal>(?:(?:19|20)\d\d|二[零一二]{_N}{{2}})(?:/|至)(?:\d\d|二[一二三四五六七八九]|{_N}{{2}})(?:年度)?)"
    rf"|(?P<full>(?P<fy>{_Y}|今年|本年度?|去年|上年|明年)(?:的)?(?:(?P<fm>{_M})月(?:份)?(?:(?P<fd>{_D})[日号](?P<fclock>{_CLOCK})?|(?P<fend>底|末)(?:前|止)?|[上中下]旬)?|(?P<fh>[上下])半年|第?(?P<fq>[一二三四1-4])季度|(?P<fe>底|末)(?:前)?|(?P<fb>初)|全年|冬季|春季|夏季|秋季)?(?P<fdur>期间)?)"
    rf"|(?P<month>(?<![\d.个第])(?P<mm>{_M})月(?:份)?(?:(?P<md>{_D})[日号](?P<mclock>{_CLOCK})?(?:前)?|(?P<me>底|末)(?:前|止)?|[上中下]旬|间)?(?!末考|饼))"
    rf"|(?P<rate>(?:平均)?每(?:人|户|位)?每?(?:个)?(?:月|天|日|周|年|晚|季度|学期|星期)|日均|月均|年均|周均|[日月]产生量|每人每[日月年]|每年|月人均|人均月|(?<=[,。人户])月(?=人均|工资|均)|两个月(?=清))"
    rf"|(?P<future>下(?:个)?月|下周|下(?:个)?季度|明年|来年|下(?:一)?年度?|下半年(?=[,:]?(?:打算|计划|将|拟|,))|年底前|年内前|下阶段)"
    rf"|(?P<rel>全年|本年度|本年|今年|当年|年内|全月|当月|本月份?|上个?月|本周|上周|本季度?|当季|上半年|下半年|第?[一二三四]季度|第[一二三四]季|(?<=[。;\n])[三四五]年(?=[全建完累共])|(?<![\d一二三四五六七八九十两近前])前[一二三三]季度|去年(?!同期)|上年(?!同期)|前年|年末|年底|年初|月末|月底|季末|目前|现在(?!,?我代表|,?请|将|向大会)|如今|当前|眼下|当日|当天|今天|合并[前后](?!的)|春节期间|国庆期间|节日期间|[十一]+五(?:时期|期间)|(?:过去的?|近|最近)?(?:半|[一二三四五六七八九十两几]{{1,2}}|\d{{1,2}})(?:年|个月)(?:来|以来|间)|(?:近|过去的?)(?:半|[一二三四五六七八九十两几]{{1,2}}|\d{{1,2}})年|这一年|一年来|年来|(?:国家)?清洁周期间|\"五一\"前|第一年)"
)


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """Words of a text that say when.

    `kind` is during, as_of, since, rate, future or comparison (the base of one, never a figure's own
    period); `period` is None where the words alone do not tell the days.
    """

    start: int
    end: int
    kind: str
    period: Period | None


def find_periods(folded: str, reference: Period | None = None) -> list[PeriodMention]:
    """Find all words that say when, and resolve them.

    Parameters
    ----------
    folded : a text in folded form (see `analysis.language.script`).
    reference : the report's own period, against which 今年, 本月 and 5月 are read.

    Examples
    --------
    >>> from analysis.language.periods import parse_period
    >>> [
    ...     (m.kind, str(m.period))
    ...     for m in find_periods("截至6月底有党员32名,1-5月发展2名", parse_period("2026-H1"))
    ... ]
    [('as_of', '2026-06-30'), ('during', '2026-01..2026-05')]
    """
    mentions = []
    for match in _MENTION.finditer(folded):
        kind, period = _resolve(match, reference)
        mentions.append(PeriodMention(match.start(), match.end(), kind, period))
    return mentions


def _resolve(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    name = next(
        n
        for n in (
            "base",
            "asof",
            "since",
            "span",
            "years",
            "fiscal",
            "full",
            "month",
            "rate",
            "future",
            "rel",
        )
        if match[n]
    )
    if name == "base":
        return "comparison", None
    if name == "rate":
        return "rate", None
    try:
        return _RESOLVERS[name](match, reference)
    except (ValueError, TypeError):
        # 2月30日 and the like: the words stay, the days are not known.
        return "during", None


def read_year(words: str | None, reference: Period | None) -> int | None:
    """Give the year that words such as 2026年, 民国113年, 二零二六年 or 去年 name; None without one."""
    if not words:
        return reference.end.year if reference else None
    if words.startswith(("今年", "本年")):
        return reference.end.year if reference else None
    if words.startswith(("去年", "上年")):
        return reference.end.year - 1 if reference else None
    if words.startswith(("明年", "来年")):
        return reference.end.year + 1 if reference else None
    digits = re.sub(r"[^\d零一二三四五六七八九*]", "", words)
    if "*" in digits:
        return None
    value = int(digits) if digits.isdigit() and digits[0] in "0123456789" else parse_number(digits)
    if value is None:
        return None
    year = int(value)
    return year + 1911 if year < 200 else year


def _month(words: str) -> int:
    return int(words) if words.isdigit() else int(parse_number(words) or 0)


def _day(year: int, month: int, words: str) -> date:
    return date(year, month, _month(words))


def _year_for_month(month: int, reference: Period | None) -> int | None:
    if reference is None:
        return None
    # A December named in a January report is last year's.
    return (
        reference.end.year - 1
        if month > reference.end.month + 6 and reference.kind in ("month", "week")
        else reference.end.year
    )


def _asof(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    year = read_year(match["ay"], reference)
    if match["am"] and year:
        month = _month(match["am"])
        return "as_of", day_period(_day(year, month, match["ad"]) if match["ad"] else last_day(year, month))
    if "去年" in match[0] or "上年" in match[0]:
        return "as_of", day_period(date(year - 1, 12, 31)) if year else None
    if "年" in match[0] and year and (match["ay"] or reference is None or reference.kind == "year"):
        return "as_of", day_period(date(year, 12, 31))
    return "as_of", day_period(reference.end) if reference else None


def _since(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    year = read_year(match["sy"], reference)
    month = match["sm"] or match["tm"] or match["um"]
    if "去年" in match[0] and year:
        year -= 1
    if (
        year is None
        or reference is None
        or "本月" in match[0]
        or "入" in match[0]
        or "国" in match[0].replace("民国", "")
        or "开放" in match[0]
    ):
        return "since", None
    start = date(
        year,
        _month(month) if month else 1,
        _month(match["sd"] or match["ud"]) if match["sd"] or match["ud"] else 1,
    )
    return "since", range_period(start, reference.end) if start <= reference.end else None


def _span(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    first, last = _month(match["p1"]), _month(match["p2"])
    year = read_year(match["py"], reference) if match["py"] else _year_for_month(last, reference)
    if not year:
        return "during", None
    return "during", range_period(date(year - (first > last), first, 1), last_day(year, last))


def _years(match: re.Match[str], _: Period | None) -> tuple[str, Period | None]:
    return "during", range_period(date(int(match["y1"]), 1, 1), date(int(match["y2"]), 12, 31))


def _fiscal(_match: re.Match[str], _: Period | None) -> tuple[str, Period | None]:
    return "during", None


def _full(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    kind = "future" if match["fy"].startswith(("明年", "来年")) else "during"
    year = read_year(match["fy"], reference)
    if year is None:
        return kind, None
    if match["fm"]:
        month = _month(match["fm"])
        if match["fd"]:
            return kind, day_period(_day(year, month, match["fd"]))
        return (
            ("as_of", day_period(last_day(year, month)))
            if match["fend"]
            else (kind, month_period(year, month))
        )
    if match["fh"]:
        return kind, half_year(year, 1 if match["fh"] == "上" else 2)
    if match["fq"]:
        return kind, quarter_year(year, _month(match["fq"]))
    if match["fe"]:
        return "as_of", day_period(date(year, 12, 31))
    if match["fb"]:
        return "as_of", day_period(date(year, 1, 1))
    return kind, year_period(year)


def _month_alone(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    month = _month(match["mm"])
    year = _year_for_month(month, reference)
    kind = "future" if match[0].endswith("前") else "during"
    if not year:
        return kind, None
    if match["md"]:
        return kind, day_period(_day(year, month, match["md"]))
    return (
        ("as_of", day_period(last_day(year, month)))
        if match["me"] and kind == "during"
        else (kind, month_period(year, month))
    )


def _years_past(word: str, reference: Period) -> Period | None:
    """Resolve 过去五年, 近三年 and 两年来; 过去 ends with the year before the report's."""
    match = re.fullmatch(
        r"(?P<before>过去的?|近|最近)?(?P<number>[一二三四五六七八九十两]{1,2}|\d{1,2})年(?:来|以来|间)?",
        word,
    )
    number = parse_number(match["number"]) if match else None
    if not match or not number or reference.kind != "year":
        return None
    end = reference.end.year - (1 if (match["before"] or "").startswith("过去") else 0)
    return range_period(date(end - int(number) + 1, 1, 1), date(end, 12, 31))


def _future(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    word = match[0]
    if reference is None:
        return "future", None
    if "年底" in word:
        return "future", year_period(reference.end.year)
    if "半年" in word:
        return "future", half_year(reference.end.year, 2)
    if "年" in word:
        return "future", year_period(reference.end.year + 1)
    kind = "week" if "周" in word else "quarter" if "季" in word else "month" if "月" in word else ""
    return "future", period_of(reference.end + timedelta(1), kind) if kind else None


def _relative(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    word = match[0]
    if word in ("目前", "现在", "如今", "当前", "眼下", "年末", "年底", "月末", "月底", "季末", "年初"):
        if reference is None:
            return "as_of", None
        if word == "年初":
            return "as_of", day_period(date(reference.end.year, 1, 1))
        if word in ("年末", "年底"):
            return "as_of", day_period(date(reference.end.year, 12, 31))
        return "as_of", day_period(reference.end)
    if reference is not None and (years := _years_past(word, reference)):
        return "during", years
    if reference is None or re.search(r"\d|[来间前后近]|过去|五|这一年|第一年", word):
        return "during", None
    year = reference.end.year
    if word in ("当日", "当天", "今天"):
        return "during", day_period(reference.end) if reference.kind == "day" else None
    if "周" in word:
        week = period_of(reference.end, "week")
        return "during", previous_period(week) if "上" in word else week
    if "月" in word:
        month = period_of(reference.end, "month")
        return "during", previous_period(month) if "上" in word else month
    if "半年" in word:
        return "during", half_year(year, 1 if "上" in word else 2)
    if word.startswith("前"):
        return "during", range_period(date(year, 1, 1), last_day(year, 9))
    if "季" in word:
        quarter = re.search(r"[一二三四]", word)
        return "during", quarter_year(year, _month(quarter[0])) if quarter else period_of(
            reference.end, "quarter"
        )
    if word in ("去年", "上年"):
        return "during", year_period(year - 1)
    return "during", year_period(year - 2) if word == "前年" else year_period(year)


_RESOLVERS = {
    "asof": _asof, "since": _since, "span": _span, "years": _years, "fiscal": _fiscal, "full": _full,
    "month": _month_alone, "future": _future, "rel": _relative,
}  # fmt: skip
