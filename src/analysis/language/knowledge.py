"""What the rules of the language know: the TOML tables of the catalogue."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """Read a table of the catalogue, such as units.toml.

    Examples
    --------
    >>> sorted(table("word_tails.toml"))
    ['always', 'chinese']
    """
    return tomllib.loads(files("analysis.catalogue").joinpath(name).read_text(encoding="utf-8"))
