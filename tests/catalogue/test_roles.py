"""Every entry of the table of roles proves itself by its own examples."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis.language.script import fold

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
_TEXT = files("analysis.catalogue").joinpath("roles.toml").read_text(encoding="utf-8")
ROLES = tomllib.loads(_TEXT)


@pytest.mark.parametrize("name", ROLES)
def test_words_of_role_give_their_role(name: str) -> None:
    """The first figure of an example has the entry's role and direction, that of a counter-example another."""
    entry: dict[str, Any] = ROLES[name]
    for text in entry["examples"]:
        first = analysis.extract_text(text).iloc[0]
        assert first["role"] == entry["role"], text
        if "direction" in entry:
            assert first["direction"] == entry["direction"], text
    for text in entry["counter_examples"]:
        assert analysis.extract_text(text)["role"].iloc[0] != entry["role"], text


def test_patterns_begin_as_told() -> None:
    """No pattern of an entry begins with another character than its `opens` and its words, in any text at hand."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.txt")))
    told = [entry for entry in ROLES.values() if "opens" in entry]
    assert told
    for entry in told:
        begins = {*entry["opens"], *(word[0] for word in entry.get("words", ()))}
        for pattern in entry.get("patterns", ()):
            found = {match[0][0] for match in re.finditer(pattern, fold(text))}
            assert found <= begins, pattern
