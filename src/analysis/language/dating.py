"""What words of time mean: the days of 今年, 6月底, 前三季度 or 十四五期间 in a report of a given period.

Each function takes the match of one kind of words, found by `analysis.language.mentions`, and gives
the kind of mention and its period; None where the words alone do not tell the days.
"""

from __future__ import annotations

import re
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
    same_period_last_year,
    year_period,
)  # fmt: skip

_AS_OF = frozenset({
    "目前", "现在", "如今", "当前", "眼下", "现时", "现今", "当下", "现阶段", "至今", "迄今", "迄今为止", "年末", "年底", "月末", "月底", "季末", "年初", "期末", "报告期末",
})  # fmt: skip
_LAST_MONTH_END = frozenset({"上月底", "上月末", "上个月底", "上个月末"})
_QUARTER_END = re.compile(r"第?([一二三四1-4])季度[末底]")
_THIS_YEAR = re.compile(r"(?:全|本|今|当|这一?)年(?:度|内)?|年(?:度)?内")
_LAST_YEAR = re.compile(r"(?:去|上)(?:一)?年(?:度)?")
_THIS_PERIOD = re.compile(r"(?:本|当|报告|全)期内?|期内")


def read_year(words: str | None, reference: Period | None) -> int | None:
    """Give the year that words such as 2026年, 民国113年, 二零二六年 or 去年 name; None without one."""
    if not words:
        return reference.end.year if reference else None
    if words[0] in "12" and words[:4].isdecimal():
        return int(words[:4])
    if words.startswith(("今年", "本年")):
        return reference.end.year if reference else None
    if words.startswith(("去年", "上年")):
        return reference.end.year - 1 if reference else None
    if words.startswith(("明年", "来年")):
        return reference.end.year + 1 if reference else None
    digits = re.sub(r"[^\d零一二三四五六七八九十百*]", "", words)
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
    if "上月" in match[0] and reference:
        return "as_of", day_period(previous_period(period_of(reference.end, "month")).end)
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
    if start > reference.end and month and not match["sy"]:
        # 11月以来 in a January report began last year.
        start = start.replace(year=year - 1)
    return "since", range_period(start, reference.end) if start <= reference.end else None


def _days(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    first, last = _month(match["m1"]), _month(match["m2"] or match["m1"])
    year = read_year(match["dy"], reference) if match["dy"] else _year_for_month(last, reference)
    if not year:
        return "during", None
    start = _day(year - (first > last), first, match["d1"])
    end = _day(year, last, match["d2"])
    return "during", range_period(start, end) if start <= end else None


def _quarters(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    year = read_year(match["qy"], reference)
    if not year:
        return "during", None
    if match["qn"]:
        words = match["qn"].strip("前头首个季度")
        first, last = 1, _month(words.replace("两", "二")) if words else 1
    else:
        first, last = _month(match["q1"]), _month(match["q2"])
    return "during", range_period(date(year, 3 * first - 2, 1), last_day(year, 3 * last))


def _long(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    first, last = read_year(match["ly1"], reference), read_year(match["ly2"], reference)
    if not first or not last:
        return "during", None
    begin, end = _month(match["lm1"]), _month(match["lm2"])
    start = _day(first, begin, match["ld1"]) if match["ld1"] else date(first, begin, 1)
    stop = _day(last, end, match["ld2"]) if match["ld2"] else last_day(last, end)
    return "during", range_period(start, stop) if start <= stop else None


def _pair(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    """Resolve two months named together: 4、5月, 七八月."""
    if match["adjacent"]:
        first = _month(match["adjacent"])
        last = first + 1
    else:
        first, last = _month(match["a1"]), _month(match["a2"])
    year = read_year(match["ay1"], reference) if match["ay1"] else _year_for_month(last, reference)
    if not year or last != first + 1:
        return "during", None
    return "during", range_period(date(year, first, 1), last_day(year, last))


def _firsts(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    """Resolve the first months of a year: 前5个月, 头两个月."""
    year = read_year(match["ny"], reference)
    last = _month(match["nm"].replace("两", "二"))
    return "during", range_period(date(year, 1, 1), last_day(year, last)) if year else None


def _span(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    first, last = _month(match["p1"].replace("元", "1")), _month(match["p2"])
    year = read_year(match["py"], reference) if match["py"] else _year_for_month(last, reference)
    if not year:
        return "during", None
    return "during", range_period(date(year - (first > last), first, 1), last_day(year, last))


def _years(match: re.Match[str], _: Period | None) -> tuple[str, Period | None]:
    return "during", range_period(date(int(match["y1"]), 1, 1), date(int(match["y2"]), 12, 31))


def _lunar(_match: re.Match[str], _: Period | None) -> tuple[str, Period | None]:
    return "during", None


def _fiscal(_match: re.Match[str], _: Period | None) -> tuple[str, Period | None]:
    return "during", None


def _full(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    kind = "future" if match["fy"].startswith(("明年", "来年")) else "during"
    year = read_year(match["fy"], reference)
    if year is None:
        return kind, None
    if match[0].endswith("前"):
        kind = "future"
    if match["fm"]:
        month = _month(match["fm"])
        if match["fd"]:
            return kind, day_period(_day(year, month, match["fd"]))
        return (
            ("as_of", day_period(last_day(year, month)))
            if match["fend"] and kind != "future"
            else (kind, month_period(year, month))
        )
    if match["fh"]:
        return kind, half_year(year, 1 if match["fh"] == "上" else 2)
    if match["fq"]:
        return kind, quarter_year(year, _month(match["fq"]))
    if match["fe"] and kind != "future":
        return "as_of", day_period(date(year, 12, 31))
    if match["fb"]:
        return "as_of", day_period(date(year, 1, 1))
    return kind, year_period(year)


def _month_alone(match: re.Match[str], reference: Period | None) -> tuple[str, Period | None]:
    month = _month(match["mm"].replace("元", "1"))
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


def _five_years(number: int) -> Period:
    """Give the years of a five-year plan: the third began in 1966, the first two in 1953 and 1958."""
    first = 1966 + 5 * (number - 3) if number > 2 else 1948 + 5 * number
    return range_period(date(first, 1, 1), date(first + 4, 12, 31))


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
    if reference is None or word.startswith(("今后", "未来")):
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
    if match["plan"]:
        return "during", _five_years(int(parse_number(match["plan"]) or 0))
    if word in _AS_OF or word in _LAST_MONTH_END or _QUARTER_END.fullmatch(word):
        return "as_of", _as_of(word, reference) if reference else None
    if match["feast"] or reference is None:
        return "during", None
    # 近两年 is said of one thing; what goes on for more is 近两年来.
    kind = "lately" if word[0] == "近" and word[-1] == "年" else "during"
    return kind, _years_past(word, reference) or _within(word, reference)


def _as_of(word: str, reference: Period) -> Period:
    if word == "年初":
        return day_period(date(reference.end.year, 1, 1))
    if word in _LAST_MONTH_END:
        return day_period(previous_period(period_of(reference.end, "month")).end)
    if number := _QUARTER_END.fullmatch(word):
        return day_period(last_day(reference.end.year, 3 * _month(number[1])))
    return day_period(date(reference.end.year, 12, 31) if word in ("年末", "年底") else reference.end)


def _within(word: str, reference: Period) -> Period | None:
    """Give the days of 本月, 上半年, 三季度 and the like.

    本周 of a monthly report, or 当月 of a yearly one, may be any: None.
    """
    year = reference.end.year
    if word == "前年":
        return year_period(year - 2)
    if word.startswith("前") and word.endswith("季度"):
        return range_period(date(year, 1, 1), last_day(year, 3 * _month(word[1])))
    if number := re.fullmatch(r"第?([一二三四1-4])季度?", word):
        return quarter_year(year, _month(number[1]))
    if _THIS_PERIOD.fullmatch(word):
        return reference
    if re.search(r"\d|[来间前后近]|过去|第?[一二三四五六七八九十两几](?:年|个月)", word):
        return None
    if word in ("当日", "当天", "今天"):
        return reference if reference.kind == "day" else None
    if "周" in word:
        return _this_or_last("week", word, reference) if reference.kind in ("week", "day") else None
    if "月" in word:
        return _this_or_last("month", word, reference) if reference.kind in ("month", "week", "day") else None
    if "半年" in word:
        return half_year(year, 2 if word[0] in "下后" else 1) if word[0] in "上下头首前后" else None
    if "季" in word:
        return None if reference.kind in ("year", "half") else _this_or_last("quarter", word, reference)
    if _LAST_YEAR.fullmatch(word):
        return year_period(year - 1)
    return year_period(year) if _THIS_YEAR.fullmatch(word) else None


def _this_or_last(kind: str, word: str, reference: Period) -> Period:
    period = period_of(reference.end, kind)
    return previous_period(period) if "上" in word else period


def compared_period(words: str, named: Period | None, reference: Period | None) -> Period | None:
    """Give the period of a comparison's base: 去年同期 is the report's own, a year earlier."""
    if not re.search("同[期季月]", words) or reference is None:
        return named
    earlier = same_period_last_year(reference)
    year = read_year(words[:-2], reference) if words[0].isdigit() else earlier.end.year
    return earlier if year == earlier.end.year else None


RESOLVERS = {
    "asof": _asof, "since": _since, "days": _days, "long": _long, "pair": _pair, "firsts": _firsts, "lunar": _lunar, "quarters": _quarters, "span": _span, "years": _years, "fiscal": _fiscal, "full": _full,
    "month": _month_alone, "future": _future, "rel": _relative,
}  # fmt: skip
