"""Reports to a people's congress: given early in a year, they state the results of the year before and plan their own."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from analysis.language.mentions import each_period
from analysis.language.periods import previous_period, range_period, same_period_last_year

if TYPE_CHECKING:
    from analysis.language.periods import Period

PAST_YEAR = "一年来"
_CONGRESS = re.compile(
    r"政府工作报告|向大会(?:报告|作报告)|代表(?:国务院|省人民政府|市人民政府|自治区人民政府|县人民政府|区人民政府)"
)
_OPENING_LENGTH = 800
_OF_THE_YEAR = {"全年", "年末", "年底", "当年", PAST_YEAR, "年内"}
_NAMES_YEAR = re.compile(
    r"\d{4}年|(?<!\d)\d{2}年(?![来间])|[今本]年|[零一二三四五六七八九]{4}年|目前|现在|如今|当前"
)


class Review(NamedTuple):
    """What a report to a people's congress looks back on: the year, and the day on which the report was given."""

    year: Period
    given: date

    def meant(self, words: str, period: Period) -> Period:
        """Give the period that words mean of what was done, from that which they have in the year of the report.

        Examples
        --------
        >>> from analysis.language.periods import parse_period
        >>> review = Review(parse_period("2024"), date(2025, 1, 15))
        >>> (
        ...     str(review.meant("四季度", parse_period("2025-Q4"))),
        ...     str(review.meant("2025年", parse_period("2025"))),
        ... )
        ('2024-Q4', '2025')
        """
        if words in _OF_THE_YEAR:
            return self.year
        if period.end.year != self.year.end.year + 1 or _NAMES_YEAR.search(words):
            return period
        if period.kind == "range" and period.start.year < period.end.year:
            # 五年来 in a report of early 2018 ends with 2017.
            return range_period(date(period.start.year - 1, 1, 1), date(period.end.year - 1, 12, 31))
        over = period.kind == "year" or (period.end < self.given and words != "年初")
        return period if over else same_period_last_year(period)


def review_of(text: str, own: Period | None) -> Review | None:
    """Give what a report to a people's congress reviews; None for any other report.

    Parameters
    ----------
    text : the clean text.
    own : the report's own period.
    """
    if own is None or own.kind != "year" or not _CONGRESS.search(text, 0, _OPENING_LENGTH):
        return None
    opening = each_period(text, own, 0, min(_OPENING_LENGTH, len(text)))
    days = (mention.period.start for mention in opening if mention.period and mention.period.kind == "day")
    # Without a day in its opening it was given in the usual months.
    given = next((day for day in days if day.year == own.end.year), date(own.end.year, 3, 31))
    return Review(previous_period(own), given)
