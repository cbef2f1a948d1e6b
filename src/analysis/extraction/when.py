"""When a figure holds: the words that govern it, and the days they mean in this report."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.language.mentions import PeriodMention, find_periods

if TYPE_CHECKING:
    from datetime import date

    from analysis.extraction.context import Layout
    from analysis.language.periods import Period

_LEAD_IN = 60


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


def find_when(layout: Layout, mentions: list[PeriodMention], start: int, role: str, own: Period | None) -> When:
    """Choose the mention that governs the figure at `start`.

    The nearest in its own sentence before it, else the opening of its paragraph or section, else the
    report's own period. A word of rate (每月) governs only within its clause.
    """
    sentence = layout.sentence(start)
    clause = layout.clause(start)
    chosen = _nearest(mentions, sentence[0], start, clause[0], role)
    source = "sentence"
    if chosen is None:
        section = layout.section(start)[0]
        paragraph = layout.text.rfind("\n", 0, start) + 1
        opening = max(section, paragraph)
        chosen = _opening(layout, mentions, opening, start) if opening < sentence[0] else None
        source = "section"
    if chosen is None:
        return When(None, own, "report" if own else None, None)
    period = chosen.period
    if chosen.kind == "rate" or period is None:
        return When(chosen, own, "report" if own else None, None)
    return When(chosen, period, source, period.start if chosen.kind == "since" else None)


def _nearest(mentions: list[PeriodMention], begin: int, start: int, clause: int, role: str) -> PeriodMention | None:
    index = bisect_left(mentions, start, key=lambda m: m.start) - 1
    fallback = None
    while index >= 0 and mentions[index].start >= begin:
        mention = mentions[index]
        if mention.end <= start:
            if mention.kind == "rate":
                if mention.start >= clause and role in ("rate", "target", "change"):
                    return mention
            elif mention.kind != "future" or role == "target":
                return mention
            else:
                fallback = fallback or mention
        index -= 1
    return fallback


def _opening(layout: Layout, mentions: list[PeriodMention], opening: int, start: int) -> PeriodMention | None:
    """Give the mention that opens a paragraph and governs what follows it."""
    index = bisect_left(mentions, opening, key=lambda m: m.start)
    if index < len(mentions):
        mention = mentions[index]
        first_end = layout.sentence(opening)[1]
        # The heading of a section ends with a stop of its own; what opens the text behind it counts too.
        limit = max(first_end, opening) + _LEAD_IN
        if mention.start < min(limit, start) and mention.kind in ("during", "since", "as_of") and mention.start - opening < _LEAD_IN:
            return mention
    return None
