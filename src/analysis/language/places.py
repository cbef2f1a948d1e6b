"""Words that say where: names of communities, villages and higher places, and 我社区 for the report's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.language.knowledge import table
from analysis.language.terms import pattern_of

# A name is two to seven characters before its kind.
_SHORTEST_NAME, _LONGEST_NAME = 2, 7
_CHINESE = re.compile(r"[\u4e00-\u9fff]*$")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The table of words about places (catalogue/place_words.toml), compiled."""

    own: re.Pattern[str]
    kind: re.Pattern[str]
    not_in_name: re.Pattern[str]
    ends_no_name: frozenset[str]
    neighbourhood: re.Pattern[str]
    neighbours: re.Pattern[str]


@cache
def place_words() -> PlaceWords:
    """Load the table."""
    data = table("place_words.toml")
    own = data["own"]
    return PlaceWords(
        own=re.compile(pattern_of(own["before"]) + pattern_of(own["kinds"])),
        kind=re.compile(rf"{pattern_of(data['kinds'])}(?!{'|'.join(data['not_before']['patterns'])})"),
        not_in_name=re.compile(pattern_of(data["not_in_name"]["words"])),
        # A name that would end with one of these is cut to nothing; 农村 and 城镇 are passed over fast.
        ends_no_name=frozenset(word for word in data["not_in_name"]["words"] if len(word) == 1),
        neighbourhood=re.compile("|".join(data["neighbourhood"]["patterns"])),
        neighbours=re.compile(pattern_of(data["neighbourhood"]["only_with"])),
    )


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text; `own` for 我社区 and the like."""

    start: int
    end: int
    name: str
    own: bool


def find_places(folded: str) -> list[PlaceMention]:
    """Find the names of places in a folded text.

    Examples
    --------
    >>> [m.name for m in find_places("青山街道青山社区2026年3月份工作报告")]
    ['青山街道', '青山社区']
    """
    return sorted([*find_own(folded), *find_names(folded)], key=lambda m: m.start)


def find_own(folded: str) -> list[PlaceMention]:
    """Find 我社区 and the like in a folded text."""
    return [PlaceMention(m.start(), m.end(), m[0], own=True) for m in place_words().own.finditer(folded)]


def find_names(folded: str) -> list[PlaceMention]:
    """Find the names of places in a folded text, without 我社区 and the like."""
    words = place_words()
    named = []
    free = 0
    for kind in words.kind.finditer(folded):
        end = kind.start()
        if folded[end - 1 : end] in words.ends_no_name:
            free = kind.end()
            continue
        characters = _CHINESE.search(folded, max(free, end - _LONGEST_NAME), end)
        if characters is None or characters.start() == end:
            continue
        free = kind.end()
        start = max(
            (m.end() for m in words.not_in_name.finditer(folded, characters.start(), end)),
            default=characters.start(),
        )
        if end - start >= _SHORTEST_NAME:
            named.append(PlaceMention(start, free, folded[start:free], own=False))
    if words.neighbours.search(folded):
        named += [
            PlaceMention(m.start(), m.end(), m[0], own=False) for m in words.neighbourhood.finditer(folded)
        ]
    return sorted(named, key=lambda m: m.start)
