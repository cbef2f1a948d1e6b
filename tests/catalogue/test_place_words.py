"""Every entry of the table of words about places proves itself by its own examples."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from analysis.language.places import find_places

_TEXT = files("analysis.catalogue").joinpath("place_words.toml").read_text(encoding="utf-8")
TABLE = tomllib.loads(_TEXT)


@pytest.mark.parametrize("text", TABLE["own"]["examples"])
def test_own_place(text: str) -> None:
    """我社区 and the like are found as the report's own place."""
    assert [mention.own for mention in find_places(text)] == [True]


@pytest.mark.parametrize("entry", ["not_before", "not_in_name"])
def test_other_words_are_no_names(entry: str) -> None:
    """An example names no place, a counter-example one."""
    for text in TABLE[entry]["examples"]:
        assert find_places(text) == [], text
    for text in TABLE[entry]["counter_examples"]:
        assert [mention.name for mention in find_places(text)] == ["青山社区"], text


def test_neighbourhoods_of_taiwan() -> None:
    """A 里 is a place before 办公处 and 里长, and a word elsewhere."""
    entry = TABLE["neighbourhood"]
    assert [len(find_places(text)) for text in entry["examples"]] == [1]
    assert [len(find_places(text)) for text in entry["counter_examples"]] == [0]
