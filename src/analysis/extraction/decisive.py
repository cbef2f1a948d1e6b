"""The words that decide a figure's role: those without which `find_role` gives another answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.extraction.context import Layout
from analysis.extraction.role import Role, Roles, find_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.extraction.spot import Spot

_WORD = re.compile(r"\w")
_BLANK = "□"
# How far behind a figure words may still decide its role: 100%的年度任务.
_BEHIND = 12


def decisive(
    layout: Layout, spot: Spot, role: Role, before: Role | None
) -> tuple[str, tuple[int, int] | None]:
    """Give what decided a role: a source and, where it is words of the sentence, their span.

    Parameters
    ----------
    layout, spot : the borders of the clean text, and the figure's place in it.
    role : the figure's role.
    before : the role of the figure before it in its clause, if any.

    Returns
    -------
    words, figure before, heading, lead-in, unit, or nothing where the role is the usual one.
    """
    roles = Roles(layout)
    if before and find_role(roles, spot, None) != role:
        return "figure before", None
    bare = spot._replace(section=None)
    # Where a heading plans and the sentence does too, the sentence's own words say more.
    for place in dict.fromkeys((spot, bare)):

        def changes(start: int, end: int, place: Spot = place) -> bool:
            return find_role(_without(layout, start, end), place, before) != role

        behind = min(spot.sentence.end, spot.end + _BEHIND)
        words = _nearest_before(changes, spot.sentence.start, spot.start)
        words = words or _nearest_behind(changes, spot.end, behind)
        if words and (place is spot or find_role(roles, bare, before) == role):
            return "words", words
    if spot.section and find_role(roles, bare, before) != role:
        return "heading", None
    lead = layout.lead_in(layout.line(spot.start))
    if lead >= 0 and find_role(_without(layout, *layout.span(lead)), bare, before) != role:
        return "lead-in", None
    return usual(role), None


def usual(role: Role) -> str:
    """Give the source of a role that no words decided: the unit of a share, else nothing."""
    return "nothing" if role.name == "actual" else "unit"


def _without(layout: Layout, start: int, end: int) -> Roles:
    """Give the words of role of a text of which a part is blanked."""
    text = layout.text[:start] + _WORD.sub(_BLANK, layout.text[start:end]) + layout.text[end:]
    return Roles(Layout(text, layout.borders, layout.lines, layout.section_starts, layout.sections))


def _nearest_before(changes: Callable[[int, int], bool], start: int, end: int) -> tuple[int, int] | None:
    """Give the last words of a stretch without which the role is another one."""
    if start >= end or not changes(start, end):
        return None
    low, high = start, end - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if changes(middle, end) else (low, middle - 1)
    first, last = low, low + 1
    while last < end and not changes(first, last):
        last += 1
    return _widened(changes, first, last, start, end)


def _nearest_behind(changes: Callable[[int, int], bool], start: int, end: int) -> tuple[int, int] | None:
    """Give the first words of a stretch without which the role is another one."""
    if start >= end or not changes(start, end):
        return None
    last = next(at for at in range(start + 1, end + 1) if changes(start, at))
    first = last - 1
    while first > start and not changes(first, last):
        first -= 1
    return _widened(changes, first, last, start, end)


def _widened(
    changes: Callable[[int, int], bool], first: int, last: int, start: int, end: int
) -> tuple[int, int]:
    """Take in the characters beside that change the role alone: all of a word, not its last character."""
    while last < end and changes(last, last + 1):
        last += 1
    while first > start and changes(first - 1, first):
        first -= 1
    return first, last
