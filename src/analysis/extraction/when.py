"""When a figure holds: the words that govern it, and the days they mean in this report."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.language.mentions import PeriodMention, find_periods
from analysis.language.periods import previous_period, range_period, year_period

if TYPE_CHECKING:
    from analysis.extraction.context import Layout
    from analysis.language.periods import Period

_LEAD_IN = 60
_LIST_ITEM = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,2}[是、]|第[一二三四五六七八九十]|[(（]?\d{1,2}[.、)）]|[①-⑳⑴-⒇])"
)
_CONGRESS = re.compile(
    r"政府工作报告|向大会(?:报告|作报告)|代表(?:国务院|省人民政府|市人民政府|自治区人民政府|县人民政府|区人民政府)"
)
_OPENING_LENGTH = 800
_OF_THE_YEAR = {"全年", "年末", "年底", "当年", "一年来", "年内"}
_LEADS = re.compile(r"[:：]|如下|以下|主要|事。|工作。")


@dataclass(frozen=True, slots=True)
class When:
    """The period of a figure: the mention that says so (None when the report's own), and its source."""

    mention: PeriodMention | None
    period: Period | None
    source: str | None
    since: date | None


def mentions_of(text: str, reference: Period | None) -> list[PeriodMention]:
    """Find the words of a text that can govern a figure."""
    return [m for m in find_periods(text, reference) if m.kind != "comparison"]


def year_reviewed(text: str, own: Period | None) -> Period | None:
    """Give the year whose results a report to a people's congress states, or None for any other report.

    Such a report is made early in its year: its results are the year before's, its plans the year's own.
    """
    congress = own is not None and own.kind == "year" and _CONGRESS.search(text[:_OPENING_LENGTH])
    return previous_period(own) if own is not None and congress else None


def find_when(
    layout: Layout,
    mentions: list[PeriodMention],
    start: int,
    role: str,
    own: Period | None,
    reviewed: Period | None = None,
) -> When:
    """Choose the mention that governs the figure at `start`.

    The nearest in its own sentence before it, else the opening of its paragraph or section, else the
    report's own period; the `reviewed` year for what a report to a congress says was done. A word of
    rate (每月) governs only within its clause.
    """
    own = reviewed if reviewed and role != "target" else own
    sentence = layout.sentence(start)
    clause = layout.clause(start)
    chosen = _nearest(layout.text, mentions, sentence[0], start, clause[0], role)
    source = "sentence"
    if chosen is None:
        chosen = _led_in(layout, mentions, start, sentence[0], role)
        source = "section"
    if chosen is None:
        return When(None, own, "report" if own else None, None)
    period = chosen.period
    if chosen.kind == "rate" or period is None:
        return When(chosen, own, "report" if own else None, None)
    if own is not None and own is reviewed and layout.text[chosen.start : chosen.end] in _OF_THE_YEAR:
        period = own
    if own is not None and own is reviewed and period.kind == "range" and period.end.year == own.end.year + 1:
        period = previous_years(period)
    period = _end_of_rise(layout.text[clause[0] : start], period)
    return When(chosen, period, source, period.start if chosen.kind == "since" else None)


def previous_years(period: Period) -> Period:
    """Move a span of years back by one: 五年来 in a report of early 2018 ends with 2017."""
    return range_period(date(period.start.year - 1, 1, 1), date(period.end.year - 1, 12, 31))


def _end_of_rise(left: str, period: Period) -> Period:
    """Give the year of one end of a rise over years: 五年来由54增加到82 begins before them and ends with them."""
    if period.kind != "range" or period.end.year == period.start.year or "-" in period.label:
        return period
    if re.search(r"[由从]$", left):
        return year_period(period.start.year - 1)
    return (
        year_period(period.end.year)
        if re.search(r"[增提上下降减升][^,]{0,3}[到至为]$|达到?$", left)
        else period
    )


def _nearest(
    text: str, mentions: list[PeriodMention], begin: int, start: int, clause: int, role: str
) -> PeriodMention | None:
    index = bisect_left(mentions, start, key=lambda m: m.start) - 1
    fallback = None
    part = text.rfind(";", begin, start)
    while index >= 0 and mentions[index].start >= begin:
        mention = mentions[index]
        # 一季度累计入户834户; says nothing of what follows the semicolon.
        past = mention.start < part and text.startswith(("累计", "共"), mention.end)
        if mention.end <= start and not past:
            if mention.kind == "rate":
                if mention.start >= clause and role in ("rate", "target", "change"):
                    return mention
            elif mention.kind != "future" or role == "target":
                return mention
            else:
                fallback = fallback or mention
        index -= 1
    return fallback


def _led_in(
    layout: Layout, mentions: list[PeriodMention], start: int, sentence: int, role: str
) -> PeriodMention | None:
    """Look for the governing words in the opening of the paragraph, of the list, and of the section."""
    text = layout.text
    paragraph = text.rfind("\n", 0, start) + 1
    section = layout.section(start)[0]
    openings = [max(paragraph, section)] if paragraph < sentence else []
    if _LIST_ITEM.match(text, paragraph):
        lead = _lead_in(text, paragraph)
        openings += [lead] if lead >= 0 else []
    openings += [place for place, _ in layout.sections(start)]
    for opening in openings:
        if opening < sentence and (mention := _opening(layout, mentions, opening, start, role)):
            return mention
    return None


def _lead_in(text: str, paragraph: int) -> int:
    """Give the start of the sentence that leads a list: the last one before its first item; -1 without one."""
    position = paragraph
    while position > 0:
        previous = text.rfind("\n", 0, position - 1) + 1
        line = text[previous : position - 1]
        if line.strip() and not _LIST_ITEM.match(text, previous):
            return (
                max(previous, text.rfind("。", previous, position - 2) + 1)
                if len(line) > 8 and _LEADS.search(line[-20:])
                else -1
            )
        position = previous
    return -1


def _opening(
    layout: Layout, mentions: list[PeriodMention], opening: int, start: int, role: str
) -> PeriodMention | None:
    """Give the mention that opens a paragraph and governs what follows it."""
    index = bisect_left(mentions, opening, key=lambda m: m.start)
    if index == len(mentions):
        return None
    mention = mentions[index]
    first_end = layout.sentence(opening)[1]
    kinds = ("during", "since", "as_of", "future") if role == "target" else ("during", "since", "as_of")
    near = mention.start - opening < _LEAD_IN and mention.start < min(
        max(first_end, opening) + _LEAD_IN, start
    )
    return mention if near and mention.kind in kinds else None
