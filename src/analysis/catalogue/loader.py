"""Load the indicator catalogue and an office's own indicators, and check every entry."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from analysis.errors import CatalogueError
from analysis.language.knowledge import table
from analysis.language.script import fold
from analysis.language.units import load_units

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("stock", "flow", "rate", "share", "money")
LOCALES = ("zh-Hant", "zh-Hans", "en")
_ENTRY_KEYS = {
    "labels",
    "definition",
    "kind",
    "better",
    "rules",
    "series",
    "series_by",
    "examples",
    "counter_examples",
}
_RULE_KEYS = {"of", "done", "near", "without", "units", "weight", "close", "shares"}
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "people": ("count of 人",), "attendances": ("count of 人次",), "households": ("count of 户", "count of 户次"),
    "times": tuple(f"count of {u}" for u in ["次", "场", "回", "轮", "遍", "期", "届", "班", "堂", "节", "讲", "课", "场次", "期次", "节次", "团"]),
    "papers": tuple(f"count of {u}" for u in ["份", "张", "册", "本", "封", "篇", "幅", "面", "枚", "封信", "版"]),
    "loads": tuple(f"count of {u}" for u in ["车", "袋", "桶", "筐", "箱", "包", "船", "担", "板车", "卡车", "车斗"]),
    "mass": ("mass",), "area": ("area",), "length": ("length",), "volume": ("volume",), "time": ("time",),
    "money": ("money", "money in HKD", "money in USD"), "share": ("percent", "percentage points", "fraction"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise an indicator; see catalogue/indicators/README.md for its parts."""

    id: str
    indicator: str
    of: tuple[str, ...]
    done: frozenset[str]
    near: frozenset[str]
    without: frozenset[str]
    dimensions: frozenset[str]
    weight: float
    close: bool = False
    shares: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """What figures count: its id, labels by locale, definition, kind, and how to recognise it.

    `series` maps a member's name to the words that tell it; with `series_by` "noun" each noun is one.
    """

    id: str
    labels: Mapping[str, str]
    definition: str
    kind: str
    better: str | None
    units: Mapping[str, str]
    origin: str
    rules: tuple[Rule, ...]
    series: Mapping[str, tuple[str, ...]]
    series_by: str | None
    examples: tuple[str, ...] = field(default=())
    counter_examples: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators by id, the package's and the project's own, and the nouns that none of them names.

    `others` are rules without an indicator (""): what they match is counted, but by no indicator.
    """

    indicators: Mapping[str, Indicator]
    others: tuple[Rule, ...] = ()


def load_catalogue(own: Mapping[str, Any] | None = None) -> Catalogue:
    """Load the package's catalogue, with an office's own indicators added to it.

    Parameters
    ----------
    own : the `indicators` table of analysis.toml: id to entry, in the form of catalogue/indicators/README.md.

    Raises
    ------
    CatalogueError
        An entry is wrong; the message names the file, the entry, the key and what would be allowed.

    Examples
    --------
    >>> load_catalogue().indicators["households"].labels["zh-Hant"]
    '戶數'
    """
    package = _package()
    if not own:
        return package
    extra = {key: _indicator(key, entry, "analysis.toml", "project") for key, entry in own.items()}
    return Catalogue(MappingProxyType({**package.indicators, **extra}), package.others)


@cache
def _package() -> Catalogue:
    found: dict[str, Indicator] = {}
    for file in sorted(files("analysis.catalogue").joinpath("indicators").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            where = f"catalogue/indicators/{file.name}"
            entries = tomllib.loads(file.read_text(encoding="utf-8"))
            found |= {key: _indicator(key, entry, where, "package") for key, entry in entries.items()}
    return Catalogue(MappingProxyType(found), _others())


def _others() -> tuple[Rule, ...]:
    entries = table("other_nouns.toml")["other"]
    kept = [{key: value for key, value in entry.items() if key in _RULE_KEYS} for entry in entries]
    return tuple(
        replace(_rule("other", i, rule, "catalogue/other_nouns.toml"), indicator="")
        for i, rule in enumerate(kept, 1)
    )


def _indicator(key: str, entry: Mapping[str, Any], file: str, origin: str) -> Indicator:
    where = f"{file} [{key}]"
    _check_keys(entry, _ENTRY_KEYS, where)
    for needed in ("labels", "kind", "rules", "examples", "counter_examples"):
        if not entry.get(needed):
            raise CatalogueError(
                f"{needed} is missing", where=where, todo=f"add {needed}; see catalogue/indicators/README.md"
            )
    if entry["kind"] not in KINDS:
        raise CatalogueError(
            "kind is not known", where=where, seen=str(entry["kind"]), todo=f"use one of {', '.join(KINDS)}"
        )
    missing = [name for name in LOCALES if name not in entry["labels"]]
    if missing:
        raise CatalogueError(
            "a label is missing",
            where=where,
            seen=", ".join(missing),
            todo="give a label for zh-Hant, zh-Hans and en",
        )
    rules = tuple(_rule(key, i, rule, where) for i, rule in enumerate(entry["rules"], 1))
    return Indicator(
        id=key, labels=MappingProxyType(dict(entry["labels"])), definition=entry.get("definition", ""), kind=entry["kind"], better=entry.get("better"),
        units=MappingProxyType(_base_units(rules)), origin=origin, rules=rules,
        series=MappingProxyType({name: tuple(map(fold, words)) for name, words in entry.get("series", {}).items()}), series_by=entry.get("series_by"),
        examples=tuple(entry["examples"]), counter_examples=tuple(entry["counter_examples"]),
    )  # fmt: skip


def _rule(key: str, number: int, rule: Mapping[str, Any], where: str) -> Rule:
    place = f"{where} rule {number}"
    _check_keys(rule, _RULE_KEYS, place)
    if not rule.get("of") and not rule.get("near"):
        raise CatalogueError(
            "a rule needs what is counted", where=place, todo="give `of`, or `near` with units of its own"
        )
    dimensions: set[str] = set()
    for name in rule.get("units", ()):
        dimensions.update(_dimensions(name))
    words = {name: frozenset(map(fold, rule.get(name, ()))) for name in ("done", "near", "without")}
    return Rule(
        id=f"{key}.{number}",
        indicator=key,
        dimensions=frozenset(dimensions),
        weight=float(rule.get("weight", 1)),
        of=tuple(map(fold, rule.get("of", ()))),
        close=bool(rule.get("close", False)),
        shares=bool(rule.get("shares", True)),
        **words,
    )


def _dimensions(name: str) -> tuple[str, ...]:
    if name == "none":
        return ("none",)
    if name in GROUPS:
        return GROUPS[name]
    if name == "cases":
        return tuple(f"count of {u}" for u in ["处", "起", "宗", "件", "例", "条", "项"])
    unit = load_units().get(fold(name))
    if unit:
        # A unit named for itself allows only itself; a measure stands for all of its dimension.
        return (f"={unit.name}",) if not unit.dimension.startswith("count of ") else (unit.dimension,)
    # 元/人/月: a rate that no table lists is a dimension of its own.
    return (fold(name) if "/" in name else f"count of {fold(name)}",)


def _base_units(rules: tuple[Rule, ...]) -> dict[str, str]:
    bases = {unit.dimension: unit.base for unit in load_units().values()}
    names = {
        load_units()[d[1:]].dimension if d.startswith("=") else d for rule in rules for d in rule.dimensions
    }
    return {d: bases.get(d, d.removeprefix("count of ")) for d in sorted(names - {"none", "fraction"})}


def _check_keys(entry: Mapping[str, Any], allowed: set[str], where: str) -> None:
    for key in entry:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, 1)
            hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(sorted(allowed))}"
            raise CatalogueError("a key is not known", where=where, seen=key, todo=hint)
