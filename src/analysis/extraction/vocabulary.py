"""All words of the catalogue's rules, found in one pass over a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from analysis.catalogue import Rule
from analysis.language.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.catalogue import Catalogue


class Hit(NamedTuple):
    """A noun of the catalogue at a place of the text, with the rules that it belongs to."""

    start: int
    end: int
    word: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A catalogue made ready for looking up.

    Attributes
    ----------
    catalogue : the indicators.
    starts : finds the places where a word of any rule may begin.
    longest : for each first character, matches the longest word at such a place.
    begins : for each word, the words that it begins with, itself among them: all that stand at its place.
    nouns : for each word, the longest noun (`of` of a rule) that it begins with, and the rules of that noun.
    unnamed : the rules without a noun.
    verbs : all that rules want to have been done to what is counted.
    fitting : for a noun, a unit and its dimension, the rules that fit, filled as they are met.
    """

    catalogue: Catalogue
    starts: re.Pattern[str]
    longest: dict[str, Callable[..., re.Match[str] | None]]
    begins: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, tuple[Rule, ...]]]
    unnamed: tuple[Rule, ...]
    verbs: frozenset[str]
    fitting: dict[tuple[str, str, str], tuple[tuple[Rule, bool], ...]] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def of(cls, catalogue: Catalogue) -> Vocabulary:
        """Compile a catalogue."""
        rules = [rule for indicator in catalogue.indicators.values() for rule in indicator.rules]
        rules += catalogue.others
        by_noun: dict[str, list[Rule]] = {}
        for rule in rules:
            for noun in rule.of:
                by_noun.setdefault(noun, []).append(rule)
        words = set(by_noun).union(*(rule.done | rule.near | rule.without for rule in rules))
        begins = {w: tuple(w[:n] for n in range(1, len(w) + 1) if w[:n] in words) for w in words}
        nouns = {}
        for word, found in begins.items():
            longest = next((part for part in reversed(found) if part in by_noun), None)
            if longest:
                nouns[word] = (longest, tuple(by_noun[longest]))
        alone = "".join(sorted(re.escape(word) for word in words if len(word) == 1))
        first = "".join(sorted({re.escape(word[0]) for word in words}))
        second = "".join(sorted({re.escape(word[1]) for word in words if len(word) > 1}))
        by_first: dict[str, list[str]] = {}
        for word in words:
            by_first.setdefault(word[0], []).append(word)
        return cls(
            catalogue,
            re.compile(f"[{first}](?:(?=[{second}])|(?<=[{alone or first}]))"),
            {character: re.compile(pattern_of(some)).match for character, some in by_first.items()},
            begins,
            nouns,
            tuple(rule for rule in rules if not rule.of),
            frozenset().union(*(rule.done for rule in rules)),
        )


class Terms:
    """The words of the catalogue in one clean text; each sentence is looked through once."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        """Take the words to look for and a clean text."""
        self.vocabulary = vocabulary
        self.text = text
        self._start = -1
        self._found: list[tuple[int, str]] = []
        self._words: list[tuple[int, int, str]] = []
        self._hits: list[Hit] = []
        self._present: dict[tuple[int, int], frozenset[str]] = {}

    def hits(self, start: int, end: int) -> list[Hit]:
        """Give the nouns of a sentence, the longest at each place and none inside another."""
        if self._start != start:
            self._look(start, end)
        return self._hits

    def present(self, start: int, end: int) -> frozenset[str]:
        """Give all words that stand in a part of the sentence last looked at."""
        known = self._present.get((start, end))
        if known is None:
            known = self._present[start, end] = frozenset(
                [word for at, stop, word in self._words if at >= start and stop <= end]
            )
        return known

    def _look(self, start: int, end: int) -> None:
        vocabulary = self.vocabulary
        self._start = start
        text, longest = self.text, vocabulary.longest
        self._found = [
            (at, match[0])
            for begin in vocabulary.starts.finditer(text, start, end)
            if (match := longest[text[at := begin.start()]](text, at, end))
        ]
        begins = vocabulary.begins
        self._words = [(at, at + len(part), part) for at, word in self._found for part in begins[word]]
        self._present = {}
        self._hits = []
        free = start
        for at, word in self._found:
            noun = vocabulary.nouns.get(word)
            if noun and at + len(noun[0]) > free:
                free = at + len(noun[0])
                self._hits.append(Hit(at, free, noun[0], noun[1]))
