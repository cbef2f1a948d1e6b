"""Words that make a number vague (catalogue/approximators.toml): 近, 约, 超过, 以上, 左右."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Approximators:
    """The table made ready for looking up.

    Attributes
    ----------
    sense : what each word means: at_least, at_most, below, nearly, about or more_than.
    before : finds the word at the end of what stands before a numeral, with `between` what divides them.
    endings : the characters that such a word, or what divides it from its numeral, may end with.
    after : the words that stand behind a unit, the longest first.
    """

    sense: Mapping[str, str]
    before: re.Pattern[str]
    endings: frozenset[str]
    after: tuple[str, ...]


@cache
def approximators() -> Approximators:
    """Load the table."""
    data = tomllib.loads(
        files("analysis.catalogue").joinpath("approximators.toml").read_text(encoding="utf-8")
    )
    sense = {w: e["sense"] for e in data["sense"] for w in [*e.get("before", ()), *e.get("after", ())]}
    before = sorted({w for e in data["sense"] for w in e.get("before", ())}, key=lambda w: (-len(w), w))
    between = data["between"]
    pattern = rf"(?P<word>{'|'.join(before)})(?P<between>(?:{'|'.join(between)}){{1,2}})?$"
    after = sorted({w for e in data["sense"] for w in e.get("after", ())}, key=lambda w: (-len(w), w))
    endings = frozenset(word[-1] for word in [*before, *between])
    return Approximators(sense, re.compile(pattern), endings, tuple(after))
