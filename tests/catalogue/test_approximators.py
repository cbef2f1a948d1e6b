"""Every entry of the table of approximators proves itself by its own examples."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

import analysis

_TEXT = files("analysis.catalogue").joinpath("approximators.toml").read_text(encoding="utf-8")
SENSES = tomllib.loads(_TEXT)["sense"]
# 不足 and 不到 are near misses in the table of figures.
_WRITTEN_AS = {"below": "nearly", "a_little_more": "more_than"}


@pytest.mark.parametrize("entry", SENSES, ids=lambda e: e["sense"])
def test_an_approximator_gives_its_sense(entry: dict[str, Any]) -> None:
    """The figure of an example has the entry's sense, that of a counter-example is exact."""
    for text in entry["examples"]:
        wanted = _WRITTEN_AS.get(entry["sense"], entry["sense"])
        assert analysis.extract_text(text)["approx"].tolist() == [wanted], text
    for text in entry["counter_examples"]:
        assert analysis.extract_text(text)["approx"].tolist() == ["exact"], text
