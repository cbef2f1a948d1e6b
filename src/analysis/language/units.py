"""Units: what a unit or classifier measures, and how many base units it is.

The knowledge is in `catalogue/units.toml`; here it becomes a pattern and a look-up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.errors import CatalogueError
from analysis.language.knowledge import table
from analysis.language.script import fold, half_width
from analysis.language.terms import pattern_of, written_out


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a classifier.

    Attributes
    ----------
    name : as written, folded.
    dimension : what it measures; only figures of one dimension are ever compared.
    base : the unit that all figures of the dimension are brought to.
    factor : how many `base` one `name` is.
    """

    name: str
    dimension: str
    base: str
    factor: float


@cache
def load_units() -> dict[str, Unit]:
    """Read the table of units: folded name to `Unit`.

    Raises
    ------
    CatalogueError
        An entry has no example, or the same unit is given twice.
    """
    data = table("units.toml")
    units: dict[str, Unit] = {}
    for entry in data["measure"]:
        for name, factor in entry["units"].items():
            own = entry.get("separate", False)
            unit = Unit(
                name,
                f"{entry['dimension']} ({name})" if own else entry["dimension"],
                name if own else entry["base"],
                1.0 if own else float(factor),
            )
            _add(units, unit)
    for entry in data["classifier"]:
        for name in entry["units"]:
            base = entry.get("count_of", name)
            _add(units, Unit(name, f"count of {base}", base, 1.0))
    return units


@cache
def smaller_units(larger: str) -> re.Pattern[str]:
    """Give a pattern of the units that are smaller parts of one only where they stand right behind it."""
    words = [
        word
        for entry in table("units.toml")["smaller"]
        if larger in entry["behind"]
        for word in entry["units"]
    ]
    return re.compile(
        # 八毛七: a last digit is of the next unit down.
        pattern_of(words)
        + r"(?:(?=[一二三四五六七八九](?:分|(?![\u4e00-\u9fff])))|(?![\u4e00-\u9fff]?[之一二三四五六七八九十]))"
        if words
        else "(?!)"
    )


def smaller_factor(larger: str, word: str) -> float:
    """Give what part of a larger unit a smaller one behind it is: 0.1 for 两 behind 斤."""
    return next(
        float(e["units"][word])
        for e in table("units.toml")["smaller"]
        if larger in e["behind"] and word in e["units"]
    )


def _add(units: dict[str, Unit], unit: Unit) -> None:
    name = fold(unit.name)
    if name in units and units[name] != unit:
        raise CatalogueError(
            "a unit is given twice", where="catalogue/units.toml", seen=name, todo="keep one entry"
        )
    units[name] = unit


def unit_of(written: str | None) -> Unit | None:
    """Give the unit that a written form means, or None when there is none.

    A unit that the table does not know is a dimension of its own: nothing else is like it. Two units
    with a slash are a rate, again a dimension of its own.

    Examples
    --------
    >>> unit_of("公噸").base, unit_of("戶").dimension, unit_of("元/亩").dimension
    ('吨', 'count of 户', '元/亩')
    """
    if not written:
        return None
    units = load_units()
    # A full-width ％ needs no more than its half-width twin.
    known = units.get(written) or units.get(half_width(written))
    if known:
        return known
    name = "".join(fold(written).split())
    return units.get(name) or Unit(name, name if "/" in name else f"count of {name}", name, 1.0)


def factor_of(written: str | None) -> float:
    """Give how many base units one written unit is; 1 where no unit is written."""
    unit = unit_of(written)
    return unit.factor if unit else 1.0


@cache
def unit_pattern() -> str:
    """Give a pattern that matches the longest unit at a place."""
    latin = [name for name in load_units() if name[-1].isascii() and name[-1].isalpha()]
    # 四个工程 counts 个, not 个工.
    tails = table("units.toml")["longer_word"]
    guarded = "|".join(f"{entry['unit']}(?![{entry['goes_on']}])" for entry in tails)
    # 三十号人, but 3号楼.
    counts = table("units.toml")["before_noun"]
    guarded += "".join(f"|{entry['unit']}(?={written_out(entry['behind'])})" for entry in counts)
    apart = {entry["unit"] for entry in (*tails, *counts)}
    others = pattern_of(name for name in load_units() if name not in latin and name not in apart)
    # 35mg is no 35 m.
    return f"(?:{guarded}|{others}|{pattern_of(latin)}(?![A-Za-z]))"
