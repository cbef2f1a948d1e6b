"""Words that make a number vague (catalogue/approximators.toml): 近, 约, 超过, 以上, 左右."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analysis.language.knowledge import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Approximators:
    """The table made ready for looking up.

    Attributes
    ----------
    sense : what each word means: at_least, at_most, below, nearly, about, more_than or a_little_more.
    before : finds the word at the end of what stands before a numeral, with `between` what divides them.
    endings : the characters that such a word, or what divides it from its numeral, may end with.
    far : finds a word that up to four other characters divide from the numeral (至少开展1次).
    after : the words that stand behind a unit, the longest first.
    """

    sense: Mapping[str, str]
    before: re.Pattern[str]
    endings: frozenset[str]
    far: re.Pattern[str]
    after: tuple[str, ...]


@cache
def approximators() -> Approximators:
    """Load the table."""
    data = table("approximators.toml")
    entries, between = data["sense"], data["between"]
    before = _longest_first(w for e in entries for w in e.get("before", ()))
    far = _longest_first(w for e in entries if e.get("far") for w in e["before"])
    # 签约: behind some characters a word is part of another, or says something else.
    own = "".join(f"(?<![{''.join(chars)}]{word})" for word, chars in data["unless"].items())
    return Approximators(
        sense={w: e["sense"] for e in entries for w in [*e.get("before", ()), *e.get("after", ())]},
        before=re.compile(rf"(?P<word>{'|'.join(before)}){own}(?P<between>(?:{'|'.join(between)}){{1,2}})?$"),
        endings=frozenset(word[-1] for word in [*before, *between]),
        far=re.compile(rf"({'|'.join(far)}){own}[\u4e00-\u9fff]{{1,4}}$"),
        after=tuple(_longest_first(w for e in entries for w in e.get("after", ()))),
    )


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))
