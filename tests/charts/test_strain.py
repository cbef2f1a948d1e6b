"""Charts of tables that are unlike the sample: nothing is cut off, and what cannot be drawn says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from kinds import KINDS
from strained import STRAINS

from analysis.errors import DataError

if TYPE_CHECKING:
    from sample_tables import Sample

# What has nothing to show, and says so instead.
NOTHING = {("nothing left", "composition")}


@pytest.fixture(scope="module", name="strained")
def strained_fixture(sample: Sample) -> dict[str, Sample]:
    """Give the tables under each strain."""
    return {name: strain(sample) for name, strain in STRAINS.items()}


# Both scripts of Chinese are equally wide; English words are the longest, and break elsewhere.
CASES = [(strain, "en") for strain in STRAINS] + [("long names", "zh-Hant"), ("forty places", "zh-Hant")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("strain", "locale"), CASES)
def test_nothing_overlaps_or_is_cut_off(
    strained: dict[str, Sample], strain: str, kind: str, locale: str
) -> None:
    """Long names, forty places, one, huge and tiny numbers, only ranges, zeros: all words have their room."""
    tables = strained[strain]
    if (strain, kind) in NOTHING:
        with pytest.raises(DataError):
            KINDS[kind](tables, locale)
        return
    chart = KINDS[kind](tables, locale)
    assert chart.check() == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_data_is_an_error(sample: Sample, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a row there is an error that says so, never an empty chart."""
    none = {name: getattr(sample, name).iloc[:0] for name in ("observations", "reports", "figures")}
    empty, nothing = replace(sample, **none), sample.comparisons().iloc[:0]
    monkeypatch.setattr(type(sample), "comparisons", lambda *_, **__: nothing)
    with pytest.raises(DataError):
        KINDS[kind](empty, "zh-Hant")
