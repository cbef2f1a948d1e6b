"""When a figure holds: the words that govern it, and the days they mean in this report."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from analysis.language.mentions import PeriodMention, each_period, may_begin
from analysis.language.periods import previous_period, range_period, same_period_last_year, year_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.extraction.context import Layout, Section
    from analysis.extraction.spot import Spot
    from analysis.language.periods import Period

_LEAD_IN = 60
_LONGEST_MENTION, _JUST_BEFORE = 40, 16
_AT_ONCE = 3
_OPENING_MENTION = 16
_CONGRESS = re.compile(
    r"政府工作报告|向大会(?:报告|作报告)|代表(?:国务院|省人民政府|市人民政府|自治区人民政府|县人民政府|区人民政府)"
)
_OPENING_LENGTH = 800
_NAMES_YEAR = re.compile(
    r"\d{4}年|(?<!\d)\d{2}年(?![来间])|[今本]年|[零一二三四五六七八九]{4}年|目前|现在|如今|当前"
)
_PAST_YEAR = "一年来"
_OF_THE_YEAR = {"全年", "年末", "年底", "当年", _PAST_YEAR, "年内"}
_NUMBER_AT_ONCE = re.compile(
    r"[的之]?[约近]?(?:\d[\d.,]*|[一二两三四五六七八九十百千万]+(?=[\u4e00-\u9fff]))"
)
_ITEM_MARK = re.compile(r"[;:。](?:\d{1,2}[.、)](?!\d)|[(]?[一二三四五六七八九十]{1,2}[)、是]|[①-⑳])")
_CLOSED = re.compile(r"[^,。;:\n]{0,6}:")
_DONE_AT, _UP_TO = re.compile(r"[,已并均都]于"), re.compile(r"[年月日号底末]前")
_FROM = re.compile(r"[由从]$")
# 完成2023年度村庄建设: the time is of what was done, not of what follows.
_DEED = re.compile(r"完成|推进|实施|启动|落实|下达|编制|修订")
# 夜巡30次,年底前实现9个村全覆盖: a deadline is of the figure behind it, if there is one.
_OF_ANOTHER = re.compile(r"[^,;。\n]*\d")
_TO = re.compile(r"[增提上下降减升][^,]{0,3}[到至为]$|达到?$")


class When(NamedTuple):
    """The period of a figure: the mention that says so (None when the report's own), and its source."""

    mention: PeriodMention | None
    period: Period | None
    source: str | None
    since: date | None


class Times:
    """The words of one clean text that say when; each sentence is looked at once, when it is asked for."""

    def __init__(self, layout: Layout, own: Period | None) -> None:
        """Take a text and the report's own period."""
        self.layout = layout
        self.own = own
        self.reviewed = year_reviewed(layout.text, own)
        self.given = day_given(layout.text, own) if self.reviewed and own else date.max
        # What a heading names by one of these years is still to come.
        later = () if own is None else (f"{own.end.year + (self.reviewed is None)}年",)
        self.coming: tuple[str, ...] = (*later, "今年") if self.reviewed else later
        # For each sentence, up to where it was looked through, and its mentions.
        self._sentences: dict[int, tuple[int, list[PeriodMention]]] = {}
        self._told: dict[int, tuple[PeriodMention | None, PeriodMention | None]] = {}
        self._above: dict[tuple[int, int], list[int]] = {}
        self._openings: dict[int, tuple[PeriodMention | None, int]] = {}

    def around(self, spots: Sequence[Spot]) -> list[list[PeriodMention]]:
        """Give for each figure the mentions of its sentence, which is looked through once, up to its last figure."""
        found: list[list[PeriodMention]] = []
        first = 0
        for i, spot in enumerate(spots, 1):
            sentence = spot.sentence
            if i < len(spots) and spots[i].sentence.start == sentence.start:
                continue
            # A time may stand in brackets right behind its figure.
            ends = [spot.end + 2 for spot in spots[first:i]]
            mentions = self.within(sentence.start, sentence.end, ends[-1], ends)
            found += [mentions] * (i - first)
            first = i
        return found

    def within(self, start: int, end: int, before: int, figures: Sequence[int] = ()) -> list[PeriodMention]:
        """Give the mentions of a sentence that begin before an offset; what stands behind waits for a later figure.

        Parameters
        ----------
        start, end, before : the sentence's span, and the offset.
        figures : where figures of the sentence end; no phrase goes beyond one.
        """
        # 下月计划】春节前: what a feast means may stand just before the sentence.
        reached, mentions = self._sentences.get(start) or (max(0, start - _JUST_BEFORE), [])
        if reached < before:
            last = mentions[-1] if mentions else None
            begin = max(reached, last.end) if last else reached
            mentions += each_period(
                self.layout.text, self.own, begin, end, before=before, last=last, figures=figures
            )
            self._sentences[start] = (before, mentions)
        return mentions

    def told_before(self, paragraph: int, sentence: int) -> tuple[PeriodMention | None, PeriodMention | None]:
        """Give the words that the last sentence of a paragraph before one begins with, of those that begin so.

        The second is a later one that names a day or an event: it says when only where nothing wider does.
        """
        passed: list[tuple[int, int]] = []
        told: tuple[PeriodMention | None, PeriodMention | None] = (None, None)
        while sentence > paragraph:
            if sentence in self._told:
                told = self._told[sentence]
                break
            before = max(paragraph, self.layout.span(sentence - 1)[0])
            passed.append((sentence, before))
            sentence = before
        for after, before in reversed(passed):
            first = self._first(before)
            if first:
                told = (told[0], first) if first.narrow else (first, None)
            self._told[after] = told
        return told

    def _first(self, sentence: int) -> PeriodMention | None:
        """Give the words of time that a sentence begins with."""
        text = self.layout.text
        end = min(sentence + _AT_ONCE + _OPENING_MENTION, len(text))
        if not may_begin(text, sentence, end, _AT_ONCE):
            return None
        begun = each_period(text, self.own, sentence, end, before=sentence + _AT_ONCE + 1)
        first = next(begun, None)
        begins = (
            first is not None
            and first.start - sentence <= _AT_ONCE
            and _DEED.match(text, sentence, first.start) is None
        )
        return first if begins and first and first.kind in ("during", "since", "future", "planned") else None

    def above(self, paragraph: int, section: Section | None) -> list[int]:
        """Give where what leads a paragraph begins: the lead of its list, the headings over it, and their leads."""
        key = paragraph, section.start if section else -1
        known = self._above.get(key)
        if known is None:
            chain = section.chain if section else ()
            known = self._above[key] = _leads(self.layout, paragraph) + [over.start for over in chain]
            # 三月里干了这么几件事: leads all headings of a row.
            known += [lead for over in chain for lead in _leads(self.layout, over.first)]
        return known

    def opening(self, at: int) -> tuple[PeriodMention | None, int]:
        """Give the first mention behind an offset, and up to where one governs what follows."""
        known = self._openings.get(at)
        if known is None:
            end = min(at + _LEAD_IN + _LONGEST_MENTION, len(self.layout.text))
            reach = max(self.layout.span(at)[1], at)
            found = each_period(self.layout.text, self.own, at, end, before=min(at + _LEAD_IN, reach))
            first = next((m for m in found if m.kind not in ("comparison", "rate")), None)
            near = (
                first is not None
                and first.start - at < _LEAD_IN
                and (first.start - at > _AT_ONCE or _DEED.match(self.layout.text, at, first.start) is None)
            )
            known = (first if near else None, reach)
            self._openings[at] = known
        return known


def year_reviewed(text: str, own: Period | None) -> Period | None:
    """Give the year whose results a report to a people's congress states, or None for any other report.

    Such a report is made early in its year: its results are the year before's, its plans the year's own.
    """
    congress = own is not None and own.kind == "year" and _CONGRESS.search(text, 0, _OPENING_LENGTH)
    return previous_period(own) if own is not None and congress else None


def day_given(text: str, own: Period) -> date:
    """Give the day on which a report to a people's congress was given, by its opening; the usual month without one."""
    opening = each_period(text, own, 0, min(_OPENING_LENGTH, len(text)))
    days = (m.period.start for m in opening if m.period and m.period.kind == "day")
    return next((day for day in days if day.year == own.end.year), date(own.end.year, 3, 31))


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
    own = times.reviewed if times.reviewed and role != "target" else times.own
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
    if times.reviewed and (own is times.reviewed or words == _PAST_YEAR):
        period = _reviewed(words, period, times)
    if period.kind == "range":
        period = _end_of_rise(text[spot.clause_start : spot.start], period)
    return When(chosen, period, source, period.start if chosen.kind == "since" else None)


def _reviewed(words: str, period: Period, times: Times) -> Period:
    """Give the period that words mean of what was done in the year reviewed, read against the year of the report."""
    assert times.reviewed is not None
    if words in _OF_THE_YEAR:
        return times.reviewed
    if period.end.year != times.reviewed.end.year + 1 or _NAMES_YEAR.search(words):
        return period
    if period.kind == "range" and period.start.year < period.end.year:
        return previous_years(period)
    # 四季度 of a report of March was last year's.
    over = period.kind == "year" or (period.end < times.given and words != "年初")
    return period if over else same_period_last_year(period)


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


def previous_years(period: Period) -> Period:
    """Move a span of years back by one: 五年来 in a report of early 2018 ends with 2017."""
    return range_period(date(period.start.year - 1, 1, 1), date(period.end.year - 1, 12, 31))


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
            if start - mention.end <= _AT_ONCE:
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
    near = 0 <= mention.start - spot.sentence.start <= _AT_ONCE
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
    number = _NUMBER_AT_ONCE.match(text, mention.end)
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


def _leads(layout: Layout, line: int) -> list[int]:
    """Give where the sentence that leads a list begins, for a line that is one of its items, and its line."""
    lead = layout.lead_in(line)
    return [lead, layout.line(lead)] if lead >= 0 else []


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
