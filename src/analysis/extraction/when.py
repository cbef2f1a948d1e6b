"""When a figure holds: the words that govern it, and the days they mean in this report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from analysis.extraction.congress import PAST_YEAR
from analysis.extraction.times import AT_ONCE
from analysis.language.mentions import PeriodMention
from analysis.language.periods import year_period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from analysis.extraction.spot import Spot
    from analysis.extraction.times import Times
    from analysis.language.periods import Period

_NUMBERAT_ONCE = re.compile(r"[的之]?[约近]?(?:\d[\d.,]*|[一二两三四五六七八九十百千万]+(?=[\u4e00-\u9fff]))")
_ITEM_MARK = re.compile(r"[;:。](?:\d{1,2}[.、)](?!\d)|[(]?[一二三四五六七八九十]{1,2}[)、是]|[①-⑳])")
_CLOSED = re.compile(r"[^,。;:\n]{0,6}:")
_DONE_AT, _UP_TO = re.compile(r"[,已并均都]于"), re.compile(r"[年月日号底末]前")
_FROM = re.compile(r"[由从]$")
# 夜巡30次,年底前实现9个村全覆盖: a deadline is of the figure behind it, if there is one.
_OF_ANOTHER = re.compile(r"[^,;。\n]*\d")
_TO = re.compile(r"[增提上下降减升][^,]{0,3}[到至为]$|达到?$")


class When(NamedTuple):
    """The period of a figure: the mention that says so (None when the report's own), and its source."""

    mention: PeriodMention | None
    period: Period | None
    source: str | None
    since: date | None


def find_whens(times: Times, spots: Sequence[Spot], roles: Sequence[str]) -> list[When]:
    """Choose the mention that governs each figure.

    The nearest in its own sentence before it, else the opening of its paragraph or section, else the
    report's own period; the year reviewed for what a report to a congress says was done. A word of
    rate (每月) governs only within its clause.
    """
    text = times.layout.text
    told = times.around(spots)
    nearest = [
        _nearest(text, mentions, spot, role) or _behind(times, spot, role)
        for mentions, spot, role in zip(told, spots, roles, strict=True)
    ]
    chosen = [
        near or _led_in(times, spot, role) for near, spot, role in zip(nearest, spots, roles, strict=True)
    ]
    return [
        _when(times, spot, role, mention, "sentence" if near else "section")
        for spot, role, mention, near in zip(spots, roles, chosen, nearest, strict=True)
    ]


def _when(times: Times, spot: Spot, role: str, chosen: PeriodMention | None, source: str) -> When:
    """Give the period that a figure has by the mention that governs it."""
    review, planned = times.review, role == "target"
    own = review.year if review and not planned else times.own
    if chosen is None:
        return When(None, own, "report" if own else None, None)
    period = chosen.period
    if chosen.kind == "compared":
        return When(chosen, period, "sentence", None)
    said = chosen
    if period is None and chosen.kind != "rate" and (wider := _wider(times, spot, role, chosen)):
        # 下月打算:除夕前后大扫除6次: words without days of their own have those of what stands over them.
        said, period, source = wider, wider.period, "section"
    if chosen.kind == "rate" or period is None:
        return When(chosen, own, "report" if own else None, None)
    text = times.layout.text
    words = text[said.start : said.end]
    if review and (not planned or words == PAST_YEAR):
        period = review.meant(words, period)
    if period.kind == "range":
        period = _end_of_rise(text[spot.clause_start : spot.start], period)
    return When(chosen, period, source, period.start if chosen.kind == "since" else None)


def _wider(times: Times, spot: Spot, role: str, chosen: PeriodMention) -> PeriodMention | None:
    """Give the mention with days that words without any stand under: an earlier one of the sentence, or its lead."""
    mentions = times.within(spot.sentence.start, spot.sentence.end, spot.start)
    earlier = (
        m
        for m in reversed(mentions)
        if spot.sentence.start <= m.start and m.end <= chosen.start and m.kind in _kinds(role)
    )
    wider = next(earlier, None) or _led_in(times, spot, role)
    return wider if wider and wider.period and wider.kind != "as_of" else None


def _end_of_rise(left: str, period: Period) -> Period:
    """Give the year of one end of a rise over years: 五年来由54增加到82 begins before them and ends with them."""
    if period.end.year == period.start.year or "-" in period.label:
        return period
    if _FROM.search(left):
        return year_period(period.start.year - 1)
    return year_period(period.end.year) if _TO.search(left) else period


def _nearest(text: str, mentions: list[PeriodMention], spot: Spot, role: str) -> PeriodMention | None:
    if not mentions:
        return None
    fallback = None
    start = spot.start
    topic = next((m for m in mentions if m.end < start and _is_topic(text, m, spot)), None)
    if text.startswith("(", spot.end) and (
        behind := next((m for m in mentions if _is_behind(text, m, spot)), None)
    ):
        return behind
    part = text.rfind(";", spot.sentence.start, start)
    for mention in reversed(mentions):
        if mention.end > start or mention.kind == "comparison" or mention.start < spot.sentence.start:
            continue
        # 一季度累计入户834户; says nothing of what follows the semicolon.
        # 9月15日前清洗水箱;举办晚会一场: nor does a deadline.
        if mention.start < part and (
            _is_deadline(text, mention) or text.startswith(("累计", "共"), mention.end)
        ):
            continue
        if (
            _is_first_end(text, mention, start)
            or _is_aside(text, mention, start)
            or _is_of_item(text, mention, spot.sentence.start, start)
            or (topic and mention.start > topic.end and _is_of_clause(text, mention, spot))
        ):
            continue
        if mention.kind == "compared":
            if start - mention.end <= AT_ONCE:
                return mention
        elif mention.kind == "rate":
            if mention.start >= spot.clause_start and role in ("rate", "target", "change"):
                return mention
        elif mention.kind not in ("future", "planned") or role == "target":
            return mention
        elif mention.kind == "future":
            fallback = fallback or mention
    return fallback


def _behind(times: Times, spot: Spot, role: str) -> PeriodMention | None:
    """Give the time that its own part of the sentence says behind a figure.

    再投60万元清淤,11月底前完工; 更换栏杆1400米,已于6月竣工.
    """
    text, end = times.layout.text, spot.sentence.end
    part = text.find(";", spot.end, end)
    end = end if part < 0 else part
    planned = role == "target"
    if (_UP_TO if planned else _DONE_AT).search(text, spot.end, end) is None:
        return None
    for mention in times.within(spot.sentence.start, spot.sentence.end, end):
        if mention.start < spot.end:
            continue
        if mention.start < end and (
            _is_deadline(text, mention) and not _OF_ANOTHER.match(text, mention.end)
            if planned
            else _DONE_AT.match(text, mention.start - 2, mention.start)
        ):
            return mention
    return None


def _is_deadline(text: str, mention: PeriodMention) -> bool:
    return mention.kind == "future" and text[mention.end - 1] == "前"


def _is_topic(text: str, mention: PeriodMention, spot: Spot) -> bool:
    """Tell whether a sentence is led by words that a colon closes: 四月打算:…."""
    near = 0 <= mention.start - spot.sentence.start <= AT_ONCE
    return near and _CLOSED.match(text, mention.end) is not None


def _is_of_clause(text: str, mention: PeriodMention, spot: Spot) -> bool:
    """Tell whether words are of an earlier clause alone: under 四月打算:, 谷雨前育秧180亩 says nothing of 改厕20户."""
    return mention.end < spot.clause_start and text[mention.end] not in ",:" and mention.kind != "as_of"


def _is_behind(text: str, mention: PeriodMention, spot: Spot) -> bool:
    """Tell whether words follow a figure in brackets of their own: 党员32名(截至6月底)."""
    return (
        mention.kind in ("as_of", "during")
        and text.startswith("(", spot.end)
        and mention.start == spot.end + 1
        and text.startswith(")", mention.end)
    )


def _is_first_end(text: str, mention: PeriodMention, start: int) -> bool:
    """Tell whether words are of the first end of a rise alone: 由去年的58.6%提升至61.2%."""
    if text[mention.start - 1 : mention.start] not in ("由", "从", "较", "比"):
        return False
    number = _NUMBERAT_ONCE.match(text, mention.end)
    return number is not None and number.end() < start


def _is_aside(text: str, mention: PeriodMention, start: int) -> bool:
    """Tell whether words stand in brackets that close before the figure: (112年同期为658.9公吨),减少46.5公吨."""
    close = text.find(")", mention.end, start)
    # Brackets around nothing but the time say when all that follows was: 我社区(2026年1-6月)清运….
    return close > mention.end and text.find("(", mention.end, close) < 0


def _is_of_item(text: str, mention: PeriodMention, begin: int, start: int) -> bool:
    """Tell whether words belong to an earlier item of the same line: 1.国庆期间检查80家;2.拆除2处."""
    marks = [m.end() for m in _ITEM_MARK.finditer(text, begin, start)]
    return bool(marks) and marks[0] <= mention.start and marks[-1] > mention.end


def _led_in(times: Times, spot: Spot, role: str) -> PeriodMention | None:
    """Look for the governing words in the opening of the paragraph, of the list, and of the section."""
    layout, sentence = times.layout, spot.sentence.start
    paragraph = layout.line(spot.start)
    told, event = times.told_before(paragraph, sentence)
    if told and told.kind in _kinds(role):
        return told
    section = spot.section
    if paragraph < sentence:
        opening = max(paragraph, section.start if section else 0)
        if opening < sentence and (mention := _opening(times, opening, spot.start, role)):
            if not mention.narrow:
                return mention
            event = event or mention
    for opening in times.above(paragraph, section):
        if opening >= sentence or not (mention := _opening(times, opening, spot.start, role)):
            continue
        if not mention.narrow:
            return mention
        # The days and events of other lines are theirs alone, but under 4月1日 晴 all is of that day.
        if section and opening == section.start == mention.start:
            event = event or mention
    return event


def _opening(times: Times, opening: int, start: int, role: str) -> PeriodMention | None:
    """Give the mention that opens a paragraph and governs what follows it."""
    mention, reach = times.opening(opening)
    if mention is None or mention.start >= min(reach, start):
        return None
    return mention if mention.kind in _kinds(role) else None


def _kinds(role: str) -> tuple[str, ...]:
    return (
        ("during", "since", "as_of", "future", "planned")
        if role == "target"
        else ("during", "since", "as_of")
    )
