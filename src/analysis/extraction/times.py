"""The words of a text that say when: those of each sentence, and those that lead its paragraphs, lists and sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.extraction.congress import review_of
from analysis.language.mentions import PeriodMention, each_period, may_begin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.extraction.context import Layout, Section
    from analysis.extraction.spot import Spot
    from analysis.language.periods import Period

# What stands so few characters behind the beginning stands right there.
AT_ONCE = 3
_LEAD_IN = 60
_LONGEST_MENTION, _JUST_BEFORE = 40, 16
_OPENING_MENTION = 16
# 完成2023年度村庄建设: the time is of what was done, not of what follows.
_DEED = re.compile(r"完成|推进|实施|启动|落实|下达|编制|修订")


class Times:
    """The words of one clean text that say when; each sentence is looked at once, when it is asked for."""

    def __init__(self, layout: Layout, own: Period | None) -> None:
        """Take a text and the report's own period."""
        self.layout = layout
        self.own = own
        self.review = review_of(layout.text, own)
        # What a heading names by one of these years is still to come.
        later = () if own is None else (f"{own.end.year + (self.review is None)}年",)
        self.coming: tuple[str, ...] = (*later, "今年") if self.review else later
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
        end = min(sentence + AT_ONCE + _OPENING_MENTION, len(text))
        if not may_begin(text, sentence, end, AT_ONCE):
            return None
        begun = each_period(text, self.own, sentence, end, before=sentence + AT_ONCE + 1)
        first = next(begun, None)
        begins = (
            first is not None
            and first.start - sentence <= AT_ONCE
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
                and (first.start - at > AT_ONCE or _DEED.match(self.layout.text, at, first.start) is None)
            )
            known = (first if near else None, reach)
            self._openings[at] = known
        return known


def _leads(layout: Layout, line: int) -> list[int]:
    """Give where the sentence that leads a list begins, for a line that is one of its items, and its line."""
    lead = layout.lead_in(line)
    return [lead, layout.line(lead)] if lead >= 0 else []
