"""What charts say in each locale, from `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES_SHOWN = 4


@cache
def entries(package: str = "analysis.charts") -> dict[str, Any]:
    """Give the words of a package: sections of keys, each with its text by locale."""
    return tomllib.loads(files(package).joinpath("words.toml").read_text(encoding="utf-8"))


def say(key: str, locale: str, *, package: str = "analysis.charts", **fields: object) -> str:
    """Say a phrase in a locale.

    Parameters
    ----------
    key : section and key of `words.toml`, with a dot between; without one the section is phrases.
    locale : zh-Hant, zh-Hans or en.
    package : the package whose `words.toml` is meant.
    fields : what the phrase needs.

    Examples
    --------
    >>> say("charts.unit", "zh-Hant", unit="噸")
    '單位：噸'
    """
    section, _, name = key.rpartition(".")
    return str(entries(package)[section or "phrases"][name][locale]).format(**fields)


def listed(names: Sequence[str], locale: str, *, shown: int = _NAMES_SHOWN) -> str:
    """Join names; of a long list the first few, and how many there are.

    Examples
    --------
    >>> listed(["甲村", "乙村"], "zh-Hans")
    '甲村、乙村'
    """
    text = say("list", locale).join(names[:shown])
    if len(names) > shown:
        text = say("and_more", locale, names=text, count=len(names))
    return text


def bracketed(text: str, locale: str) -> str:
    """Put a text in the brackets of a locale, or give "" for none."""
    return say("bracket", locale, text=text) if text else ""


@cache
def unit_word(unit: str | None, locale: str, *, one: bool = False) -> str:
    """Write a base unit (Simplified, as in the tables) in a locale; `one` where there is one of it.

    Examples
    --------
    >>> unit_word("吨", "en"), unit_word("吨", "zh-Hant"), unit_word(None, "en")
    ('t', '噸', '')
    >>> unit_word("份", "en"), unit_word("份", "en", one=True)
    ('copies', 'copy')
    """
    from analysis.comparison.words import in_script

    if not unit:
        return ""
    if locale == "en":
        units = entries()["units"]
        return str((one and units["en_one"].get(unit)) or units["en"].get(unit, unit))
    return in_script(unit, locale)


def unit_name(unit: str | None, locale: str) -> str:
    """Name a unit where it stands alone, as in a column: that of mere numbers has a name too.

    Examples
    --------
    >>> unit_name("吨", "en"), unit_name("个", "en"), unit_name("个", "zh-Hant"), unit_name(None, "en")
    ('t', 'count', '個', '')
    """
    return unit_word(unit, locale) or (say("count", locale) if unit else "")


def told_unit(unit: str | None, locale: str) -> str | None:
    """Give the unit that is said of a number whose label is said: in English none that the label tells.

    Examples
    --------
    >>> told_unit("人次", "en"), told_unit("人次", "zh-Hant"), told_unit("吨", "en")
    (None, '人次', '吨')
    """
    return None if locale == "en" and unit in entries()["understood"] else unit


@cache
def series_word(series: str, locale: str) -> str:
    """Name the member of an indicator's family; in English one that has no word stays as it was written.

    Examples
    --------
    >>> series_word("办结", "en"), series_word("办结", "zh-Hant"), series_word("农机站", "en")
    ('resolved', '辦結', '农机站')
    """
    from analysis.comparison.words import in_script

    return str(entries()["series"]["en"].get(series, series)) if locale == "en" else in_script(series, locale)


@cache
def month_word(number: int, locale: str, *, short: bool = False) -> str:
    """Name a month: 8月, August, or Aug.

    Examples
    --------
    >>> month_word(8, "zh-Hant"), month_word(8, "en", short=True)
    ('8月', 'Aug')
    """
    name = str(entries()["months"][locale][number - 1])
    return name[:3] if short and locale == "en" else name
