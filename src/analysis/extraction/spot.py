"""The spot of one figure in its text: what the rules of name, role, period and place look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.extraction.context import Layout, Section, Sentence
    from analysis.extraction.find import Candidate


# An item of a list that says itself what it counts, beyond 共, 约 and 其中.
_JOINERS = "、和及与"
_INCLUDING = re.compile(r"(?<!\()(?:包括|包含)(?![^,;(]*(?:在内|\)))")
_ITEM = re.compile(r"[、和及与](?:共计?|约|分别|其中|计|达|近|逾)*[\u4e00-\u9fff]{2}")


class Spot(NamedTuple):
    """Where a figure stands.

    Attributes
    ----------
    candidate : the figure's pieces; `start` and `end` are its span in the clean text.
    sentence : the sentence around it.
    clause_start, clause_end : its clause.
    item_start : where its item of a list begins (志愿者120人、楼长45人); the clause's start where it is in none.
    left_start : where its own words begin: at the clause's start, or behind the figure before it.
    next_start : where the next figure begins.
    section : the innermost heading over it; None before the first.
    """

    candidate: Candidate
    start: int
    end: int
    sentence: Sentence
    clause_start: int
    clause_end: int
    item_start: int
    left_start: int
    next_start: int
    section: Section | None


def spot_of(layout: Layout, candidate: Candidate, previous_end: int, next_start: int) -> Spot:
    """Find the spot of a candidate between the end of the figure before it and the start of the next."""
    start = candidate.start
    sentence = layout.sentence(start)
    clause_start, clause_end = sentence.clause(start)
    left_start = previous_end if clause_start < previous_end <= start else clause_start
    item = layout.text[left_start] in _JOINERS and _ITEM.match(layout.text, left_start, start) is not None
    if layout.text.find("包", left_start, start) >= 0 and (
        including := _INCLUDING.search(layout.text, left_start, start - 1)
    ):
        # 完成项目包括凉亭两个: what is counted stands behind 包括.
        item, left_start = True, including.end()
    return Spot(
        candidate, start, candidate.end, sentence, clause_start, clause_end, left_start if item else clause_start,
        left_start, next_start, layout.section(start),
    )  # fmt: skip


def spots_of(layout: Layout, candidates: Sequence[Candidate]) -> list[Spot]:
    """Find the spots of all candidates of a text, which are in order."""
    ends = [0, *(candidate.end for candidate in candidates)]
    starts = [*(candidate.start for candidate in candidates[1:]), len(layout.text)]
    return [spot_of(layout, *told) for told in zip(candidates, ends, starts, strict=False)]
