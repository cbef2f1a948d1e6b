"""Folding and script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.language.places import find_places
from analysis.language.script import detect_script, fold


@given(st.text(max_size=80))
def test_folding_keeps_the_length(text: str) -> None:
    """Whatever the text, an offset into its folded form is an offset into the text."""
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="清運垃圾噸樓道０１２３％：社區", max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is its own folded form."""
    assert fold(fold(text)) == fold(text)


def test_scripts() -> None:
    """Traditional, Simplified and mixed texts are told apart."""
    assert detect_script("轄區面積2.6平方公里,清運垃圾") == "hant"
    assert detect_script("辖区面积2.6平方公里,清运垃圾") == "hans"


def test_places_are_names_not_phrases() -> None:
    """Names of places are found with their kind; 我社区 is the report's own; 各社区 is none."""
    assert [(m.name, m.own) for m in find_places("青山街道青山社区,我社区,各社区")] == [
        ("青山街道", False),
        ("青山社区", False),
        ("我社区", True),
    ]
