"""Every entry of the table of roles proves itself by its own examples."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

import analysis

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
