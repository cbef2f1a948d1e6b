"""The words of a claim, from `claim_words.toml`: what a change is against, and what cannot be checked."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Give every entry: its pattern (on folded text), examples and counter-examples."""
    text = files("analysis.comparison.checks").joinpath("claim_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(str(entries()[name]["pattern"]))


def has_words(name: str, text: str) -> bool:
    """Tell whether the words of an entry stand in a folded text.

    Examples
    --------
    >>> has_words("previous", "环比增长"), has_words("previous", "同比增长")
    (True, False)
    """
    return _pattern(name).search(text) is not None


def all_words(name: str, text: str) -> list[re.Match[str]]:
    """Find every place where the words of an entry stand in a folded text."""
    return list(_pattern(name).finditer(text))


def words(name: str, text: str) -> re.Match[str] | None:
    """Find the last place where the words of an entry stand in a folded text."""
    return next(reversed(all_words(name, text)), None)
