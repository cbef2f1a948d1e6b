"""All nouns of the catalogue's rules, found in one pass over a sentence."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from analysis.catalogue import Rule
from analysis.language.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from analysis.catalogue import Catalogue

Named = tuple[Rule, ...]
SHARES = frozenset({"percent", "percentage points", "fraction", "times (倍)"})


class Hit(NamedTuple):
    """A noun of the catalogue at a place of the text, with the rules that it belongs to."""

    start: int
    end: int
    word: str
    rules: Named


# Makes a Hit of its four parts; by far the most objects of an extraction are hits, and this takes a third of the time.
_hit: Callable[[tuple[int, int, str, Named]], Hit] = partial(tuple.__new__, Hit)


class Fitting(dict[str, tuple[tuple[Rule, bool], ...]]):
    """The rules of each noun that fit one unit, and whether it is their own; filled as nouns are met.

    A share or a growth has the indicator of what is shared or grows, when that stands right before it. The
    rules without a noun stand under "".
    """

    def __init__(self, by_noun: Mapping[str, Named], unit: str, dimension: str) -> None:
        """Take the rules of all nouns, and a unit with its dimension."""
        super().__init__()
        self._by_noun = by_noun
        self._unit = unit
        self._dimension = dimension

    def __missing__(self, noun: str) -> tuple[tuple[Rule, bool], ...]:
        """Choose the rules of a noun that is met for the first time."""
        shared = self._dimension in SHARES and noun != ""
        self[noun] = tuple(
            (rule, takes)
            for rule in self._by_noun[noun]
            if (takes := takes_unit(rule, self._dimension, self._unit))
            or (shared and rule.indicator and rule.shares)
        )
        return self[noun]


def takes_unit(rule: Rule, dimension: str, unit: str) -> bool:
    """Tell whether a rule counts in a unit."""
    dimensions = rule.dimensions
    return (
        not dimensions
        or dimension in dimensions
        or f"={unit}" in dimensions
        or (dimension == "fraction" and "percent" in dimensions)
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A catalogue made ready for looking up.

    Attributes
    ----------
    catalogue : the indicators.
    nouns : for the two characters that nouns (`of` of rules) begin with, or the one that a noun is, and for what
        follows those, such nouns with their rules, the longest first.
    pairs : the first two characters of each noun that has as many, as one number each.
    alone : finds the nouns of one character.
    by_noun : the rules of every noun; under "" those without one.
    verbs : finds what any rule wants to have been done to what is counted.
    fitting : for a unit and its dimension, the rules of each noun that fit, filled as they are met.
    """

    catalogue: Catalogue
    nouns: dict[str, dict[str, tuple[tuple[str, Named], ...]]]
    pairs: frozenset[int]
    alone: re.Pattern[str]
    by_noun: Mapping[str, Named]
    verbs: re.Pattern[str]
    fitting: dict[tuple[str, str], Fitting] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Vocabulary:
        """Compile a catalogue."""
        rules = [rule for indicator in catalogue.indicators.values() for rule in indicator.rules]
        rules += catalogue.others
        found: dict[str, list[Rule]] = {"": [rule for rule in rules if not rule.of]}
        for rule in rules:
            for noun in rule.of:
                found.setdefault(noun, []).append(rule)
        by_noun = {noun: tuple(some) for noun, some in found.items()}
        return cls(
            catalogue,
            _by_beginning({noun: some for noun, some in by_noun.items() if noun}),
            frozenset(_pairs(noun)[0] for noun in by_noun if len(noun) > 1),
            re.compile(pattern_of(noun for noun in by_noun if len(noun) == 1)),
            by_noun,
            re.compile(pattern_of(frozenset().union(*(rule.done for rule in rules)))),
        )

    def fits(self, unit: str, dimension: str) -> Fitting:
        """Give the rules that fit a unit."""
        known = self.fitting.get((unit, dimension))
        if known is None:
            known = self.fitting[unit, dimension] = Fitting(self.by_noun, unit, dimension)
        return known


def _pairs(text: str) -> memoryview:
    """Give the characters of a text two by two as numbers, which are looked up faster than pieces of text are made."""
    codes = text.encode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass")
    return memoryview(codes)[: len(codes) // 8 * 8].cast("Q")


def _by_beginning(nouns: dict[str, Named]) -> dict[str, dict[str, tuple[tuple[str, Named], ...]]]:
    """Sort nouns by their first two characters, then by the third, the longest first.

    Under the third "" stand those of at most two characters; they end every other list, too.
    """
    longest_first = sorted(nouns, key=lambda noun: (-len(noun), noun))
    found: dict[str, dict[str, list[str]]] = {}
    for noun in longest_first:
        found.setdefault(noun[:2], {"": []}).setdefault(noun[2:3], []).append(noun)
    for beginning, thirds in found.items():
        if len(beginning) > 1 and beginning[0] in nouns:
            thirds[""].append(beginning[0])
    return {
        beginning: {
            third: tuple((noun, nouns[noun]) for noun in (*some, *(thirds[""] if third else ())))
            for third, some in thirds.items()
        }
        for beginning, thirds in found.items()
    }


class Terms:
    """The nouns of the catalogue in one clean text; each sentence is looked through once."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        """Take the words to look for and a clean text."""
        self.vocabulary = vocabulary
        self.text = text
        # For each sentence, up to where it was looked through, and its nouns.
        self._sentences: dict[int, tuple[int, list[Hit]]] = {}

    def hits(self, start: int, end: int, reach: int) -> list[Hit]:
        """Give the nouns of a sentence that begin before `reach`, the longest at each place and none inside another.

        What stands behind is looked through once a later figure needs it.
        """
        reached, hits = self._sentences.get(start) or (start, [])
        if reached < reach:
            hits += self._look(reached, min(reach, end), end, hits[-1].end if hits else start)
            self._sentences[start] = (reach, hits)
        return hits

    def _look(self, start: int, reach: int, end: int, free: int) -> list[Hit]:
        text, nouns = self.text, self.vocabulary.nouns
        found = [match.start() for match in self.vocabulary.alone.finditer(text, start, reach)]
        begins, part = self.vocabulary.pairs.__contains__, text[start : reach + 1]
        found += compress(range(start, reach, 2), map(begins, _pairs(part)))
        found += compress(range(start + 1, reach, 2), map(begins, _pairs(part[1:])))
        hits: list[Hit] = []
        for at in sorted(found):
            thirds = nouns.get(text[at : at + 2]) or nouns[text[at]]
            for noun, rules in thirds.get(text[at + 2 : at + 3]) or thirds[""]:
                stop = at + len(noun)
                if stop <= end and text.startswith(noun, at):
                    if stop > free:
                        free = stop
                        hits.append(_hit((at, stop, noun, rules)))
                    break
        return hits
