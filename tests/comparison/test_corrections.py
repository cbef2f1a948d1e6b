"""Words that say which of two numbers is right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from analysis.comparison.corrections import entries, marked

if TYPE_CHECKING:
    from tests.comparison.conftest import World


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["mark"])
def test_every_entry_holds_in_its_examples_only(entry: dict[str, list[str]]) -> None:
    """Each mark is found where the examples say, and not in the counter-examples."""
    assert entry["examples"]
    assert entry["counter_examples"]
    for text in entry["examples"]:
        assert marked(text.partition("【")[0]) == entry["mark"]
    for text in entry["counter_examples"]:
        assert marked(text.partition("【")[0]) != entry["mark"]


def test_the_correction_is_chosen_over_what_it_corrects(world: World) -> None:
    """A later report names the old number first; the new one counts, and the old one is its alternative."""
    world.figure(world.report("青山社区", "2026-02", received=date(2026, 3, 2)), "garbage_removed", 38)
    later = world.report("青山社区", "2026-03", received=date(2026, 4, 2))
    sentence = "2月清运垃圾原报38吨，更正为35吨"
    said = {"period": "2026-02", "sentence": sentence}
    old = world.figure(later, "garbage_removed", 38, text="38吨", **said)
    new = world.figure(later, "garbage_removed", 35, text="35吨", **said)
    rows = world.observations()
    row = rows[rows["is_latest"]].iloc[0]
    assert (row["value"], row["figure_ids"], row["alternative_ids"], row["chosen_by"]) == (
        35, new, old, "corrected"
    )  # fmt: skip
