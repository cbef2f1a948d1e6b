"""Words that are no subject, and units that are ones only in some places: each entry's own examples."""

from __future__ import annotations

from typing import Any

import pytest

import analysis
from analysis.language.knowledge import table
from analysis.language.units import load_units

UNITS = table("units.toml")


@pytest.mark.parametrize("case", table("subject_words.toml")["case"], ids=lambda c: c["text"])
def test_a_subject_is_what_is_counted(case: dict[str, Any]) -> None:
    """The first figure of a case has its subject."""
    assert analysis.extract_text(case["text"])["subject"].iloc[0] == case["subject"]


@pytest.mark.parametrize("entry", UNITS["smaller"], ids=lambda e: e["behind"][0])
def test_a_smaller_unit_is_part_of_the_larger_one_before_it(entry: dict[str, Any]) -> None:
    """An example is one figure with a part of its larger unit; a counter-example has not the smaller unit."""
    for text in entry["examples"]:
        (row,) = analysis.extract_text(text).to_dict("records")
        assert row["unit"] in entry["behind"], text
        assert row["value"] != int(row["value"]), text
    for text in entry["counter_examples"]:
        assert not set(analysis.extract_text(text)["unit"].dropna()) & set(entry["units"]) - set(
            load_units()
        ), text


@pytest.mark.parametrize("entry", [*UNITS["longer_word"], *UNITS["before_noun"]], ids=lambda e: e["unit"])
def test_a_unit_that_begins_a_longer_word_is_none(entry: dict[str, Any]) -> None:
    """The unit is read in the examples, and never in the counter-examples."""
    for text in entry["examples"]:
        assert entry["unit"] in analysis.extract_text(text)["unit"].tolist(), text
    for text in entry["counter_examples"]:
        assert entry["unit"] not in analysis.extract_text(text)["unit"].tolist(), text


def test_people_may_stand_right_behind_a_number() -> None:
    """A number right before such a word is a figure; a word that is no number is none."""
    entry = table("people_words.toml")["people"]
    for text in entry["examples"]:
        assert len(analysis.extract_text(text)) == 1, text
    for text in entry["counter_examples"]:
        assert analysis.extract_text(text).empty, text
