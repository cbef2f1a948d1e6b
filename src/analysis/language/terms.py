"""Many words at once: a pattern that finds all words of a table in one pass over a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.language.knowledge import table

if TYPE_CHECKING:
    from collections.abc import Iterable

_END = ""


def pattern_of(words: Iterable[str]) -> str:
    """Give a pattern that matches the longest of many words at a place, as a tree of their characters.

    At each character the engine tries only the words that go on with it, so thousands of words cost
    hardly more than ten.

    Examples
    --------
    >>> pattern_of(["垃圾", "垃圾桶", "老人"])
    '(?:垃圾(?:桶)?|老人)'
    >>> re.match(pattern_of(["垃圾", "垃圾桶"]), "垃圾桶")[0]
    '垃圾桶'
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    return _written(tree) if tree else "(?!)"


def _written(tree: dict[str, Any]) -> str:
    branches = []
    for character, below in sorted(tree.items()):
        if character == _END:
            continue
        path, rest = re.escape(character), below
        while len(rest) == 1 and _END not in rest:
            ((only, rest),) = rest.items()
            path += re.escape(only)
        branches.append(path + (_written(rest) if set(rest) - {_END} else ""))
    pattern = f"(?:{'|'.join(branches)})"
    return pattern + "?" if _END in tree else pattern


@cache
def _people() -> str:
    return pattern_of(table("people_words.toml")["people"]["words"])


def written_out(pattern: str) -> str:
    """Write out the words that a pattern of the catalogue names: {people} for those who stand right behind a number.

    Examples
    --------
    >>> import re
    >>> bool(re.match(written_out("{people}"), "群众")), written_out("[,。]")
    (True, '[,。]')
    """
    return pattern.replace("{people}", _people()) if "{people}" in pattern else pattern
