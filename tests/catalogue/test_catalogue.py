"""Every entry of the catalogue proves itself by its own examples."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis.catalogue import load_catalogue
from analysis.errors import CatalogueError
from analysis.extraction.exclude import refuse
from analysis.extraction.figures import kept_candidates
from analysis.extraction.find import find_candidates
from analysis.extraction.noise import clean
from analysis.language.units import load_units

CATALOGUE = load_catalogue()
EXAMPLES = [(i.id, text) for i in CATALOGUE.indicators.values() for text in i.examples]
COUNTER_EXAMPLES = [(i.id, text) for i in CATALOGUE.indicators.values() for text in i.counter_examples]
FIXED = tomllib.loads(files("analysis.catalogue").joinpath("fixed_words.toml").read_text(encoding="utf-8"))
REFUSALS = tomllib.loads(files("analysis.catalogue").joinpath("refusals.toml").read_text(encoding="utf-8"))[
    "refusal"
]
OTHERS = tomllib.loads(files("analysis.catalogue").joinpath("other_nouns.toml").read_text(encoding="utf-8"))[
    "other"
]
TAILS = tomllib.loads(files("analysis.catalogue").joinpath("word_tails.toml").read_text(encoding="utf-8"))
UNITS = tomllib.loads(files("analysis.catalogue").joinpath("units.toml").read_text(encoding="utf-8"))


def indicators_in(text: str) -> list[str | None]:
    """Give the indicator of each figure of a text."""
    found = analysis.extract_text(text)["indicator"]
    return [None if pd.isna(value) else str(value) for value in found]


@pytest.mark.parametrize(("indicator", "text"), EXAMPLES)
def test_an_example_has_its_indicator(indicator: str, text: str) -> None:
    """A figure of an example is of the entry that gives it."""
    assert indicator in indicators_in(text)


@pytest.mark.parametrize(("indicator", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_has_another(indicator: str, text: str) -> None:
    """No figure of a counter-example is of the entry that gives it."""
    assert indicator not in indicators_in(text)


@pytest.mark.parametrize("entry", [*FIXED["fixed"], *FIXED["pattern"]], ids=lambda e: e["kind"])
def test_fixed_words_hold_no_figure(entry: dict[str, list[str]]) -> None:
    """The numerals of fixed words are refused, and the counts beside them are kept."""
    for text in entry["examples"]:
        assert kept_candidates(clean(text).text) == [], text
    for text in entry["counter_examples"]:
        assert len(kept_candidates(clean(text).text)) == 1, text


@pytest.mark.parametrize(
    "entry", [*UNITS["measure"], *UNITS["classifier"]], ids=lambda e: e.get("dimension", e["examples"][0])
)
def test_units_are_read_where_they_are_units(entry: dict[str, list[str]]) -> None:
    """A unit's example is a figure with one of its units; its counter-example holds no such figure."""
    for text in entry["examples"]:
        found = kept_candidates(clean(text).text)
        assert found, text
        assert found[0].unit in entry["units"], text
    for text in entry["counter_examples"]:
        assert all(c.unit not in entry["units"] for c in kept_candidates(clean(text).text)), text


@pytest.mark.parametrize("entry", REFUSALS, ids=lambda e: f"{e['reason']}: {e['examples'][0]}")
def test_a_refusal_refuses_its_examples_only(entry: dict[str, Any]) -> None:
    """A number of an example is refused for the rule's reason, the first of a counter-example is kept.

    Years, ordinals and articles may be passed over before they are candidates.
    """
    for text in entry["examples"]:
        folded = clean(text).text
        reasons = [refuse(folded, candidate) for candidate in find_candidates(folded)]
        assert entry["reason"] in reasons or not reasons, text
    for text in entry["counter_examples"]:
        folded = clean(text).text
        assert refuse(folded, find_candidates(folded)[0]) is None, text


@pytest.mark.parametrize("kind", ["always", "chinese"])
def test_a_longer_word_is_no_unit(kind: str) -> None:
    """A unit that only begins a word is refused; before another word it is a unit."""
    for text in TAILS[kind]["examples"]:
        assert kept_candidates(clean(text).text) == [], text
    for text in TAILS[kind]["counter_examples"]:
        assert len(kept_candidates(clean(text).text)) == 1, text


@pytest.mark.parametrize("entry", OTHERS, ids=lambda e: str(e["of"][0]))
def test_other_nouns_have_no_indicator(entry: dict[str, list[str]]) -> None:
    """The first figure of an example has no indicator, that of a counter-example has one."""
    for text in entry["examples"]:
        assert indicators_in(text)[0] is None, text
    for text in entry["counter_examples"]:
        assert indicators_in(text)[0] is not None, text


def test_every_indicator_is_labelled_in_three_languages() -> None:
    """Labels exist for all locales and differ between indicators."""
    for locale in ("zh-Hant", "zh-Hans", "en"):
        labels = [i.labels[locale] for i in CATALOGUE.indicators.values()]
        assert len(set(labels)) == len(labels)


def test_all_units_have_a_dimension() -> None:
    """No unit is without a dimension and a base."""
    assert all(unit.dimension and unit.base and unit.factor > 0 for unit in load_units().values())


def test_an_office_adds_its_own_indicator() -> None:
    """An entry of analysis.toml names figures that the package's catalogue leaves without a name."""
    own = {
        "grain_output": {
            "labels": {"zh-Hant": "糧食產量", "zh-Hans": "粮食产量", "en": "Grain output"},
            "kind": "flow",
            "rules": [{"of": ["糧食產量", "糧食"], "units": ["mass"]}],
            "examples": ["糧食產量3600噸"],
            "counter_examples": ["清運垃圾18噸"],
        }
    }
    catalogue = load_catalogue(own)
    assert catalogue.indicators["grain_output"].origin == "project"
    assert len(catalogue.indicators) == len(CATALOGUE.indicators) + 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "count"}, "stock"),
        ({"rule": []}, "rules"),
        ({"labels": {"zh-Hant": "糧"}}, "zh-Hans"),
        ({"rules": [{"off": ["糧食"]}]}, "of"),
        ({"rules": [{"units": ["mass"]}]}, "near"),
        ({"examples": []}, "examples"),
    ],
)
def test_a_wrong_entry_is_named(change: dict[str, object], word: str) -> None:
    """The loader says which entry and key is wrong and what would be allowed."""
    entry: dict[str, object] = {
        "labels": {"zh-Hant": "糧食", "zh-Hans": "粮食", "en": "Grain"},
        "kind": "flow",
        "rules": [{"of": ["糧食"]}],
        "examples": ["糧食3噸"],
        "counter_examples": ["垃圾3噸"],
    }
    with pytest.raises(CatalogueError) as caught:
        load_catalogue({"grain": entry | change})
    assert "grain" in str(caught.value)
    assert word in str(caught.value)
