"""Fixed words, slogans and idioms, whose numerals count nothing (catalogue/fixed_words.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.language.knowledge import table
from analysis.language.terms import pattern_of

_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千万亿廿卅半几数")


@dataclass(frozen=True, slots=True)
class FixedWords:
    """The table made ready for looking up at one numeral.

    Attributes
    ----------
    arabic, chinese : match what begins with such a numeral.
    inside : for a numeral that stands inside a word, with the character before it: the words, and how far inside
        the numeral stands.
    around : for patterns that begin before the numeral: how far before, one of which characters stands
        there, and the pattern.
    opens, reach : finds any of those characters, and the longest way before a numeral.
    """

    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    inside: dict[str, tuple[tuple[int, str], ...]]
    around: tuple[tuple[int, frozenset[str], re.Pattern[str]], ...]
    opens: re.Pattern[str]
    reach: int

    def end(self, text: str, at: int) -> int:
        """Give where the fixed word ends that holds the numeral at an offset; `at` itself where none does."""
        numeral = text[at]
        match = (self.arabic if numeral <= "9" else self.chinese).match(text, at)
        if match:
            return match.end()
        for before, word in self.inside.get(text[at - 1 : at + 1], ()):
            if at >= before and text.startswith(word, at - before):
                return at - before + len(word)
        if self.opens.search(text, max(0, at - self.reach), at) is None:
            return at
        for before, opens, pattern in self.around:
            if opens.isdisjoint(text[max(0, at - before) : at]):
                continue
            for match in pattern.finditer(text, max(0, at - before), at + 1 + before):
                if match.start() <= at < match.end():
                    return match.end()
        return at


@cache
def fixed_words() -> FixedWords:
    """Load the table."""
    data = table("fixed_words.toml")
    words = sorted({w for entry in data["fixed"] for w in entry["words"]}, key=lambda w: (-len(w), w))
    patterns = [p for entry in data["pattern"] if "reach" not in entry for p in entry["patterns"]]
    arabic = [p for p in patterns if "\\d" in p or "0-9" in p] + [re.escape(w) for w in words if w[0] <= "9"]
    chinese = [p for p in patterns if not p.startswith("\\d")]
    chinese.append(pattern_of(w for w in words if w[0] in _NUMERALS and w[0] > "9"))
    inside: dict[str, list[tuple[int, str]]] = {}
    for word in words:
        for place, character in enumerate(word):
            if place and character in _NUMERALS:
                inside.setdefault(word[place - 1 : place + 1], []).append((place, word))
    around = [
        (int(entry["reach"]), frozenset(entry["opens"]), re.compile("|".join(entry["patterns"])))
        for entry in data["pattern"]
        if "reach" in entry
    ]
    return FixedWords(
        re.compile("|".join(arabic)),
        re.compile("|".join(chinese)),
        {c: tuple(found) for c, found in inside.items()},
        tuple(around),
        re.compile(
            f"[{''.join(map(re.escape, sorted(frozenset().union(*(opens for _, opens, _ in around)))))}]"
        ),
        max(reach for reach, _, _ in around),
    )
