"""Names of places in a text, and the words for the report's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.places import find_places
from analysis.language.script import fold


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("青山街道青山社區，東湖村", ["青山街道", "青山社区", "东湖村"]),
        ("我社区、各社区、新型社区", []),
        ("城乡环境、自然村、行政村、农村", []),
        ("社区干部走访社区居民", []),
        ("和順里辦公處通知,和順里里長到場", ["和顺里", "和顺里"]),
        ("走了二十里路,家里整洁", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    """Proper names come with their kind; words that only end like one do not."""
    assert [mention.name for mention in find_places(fold(text)) if not mention.own] == names


@pytest.mark.parametrize("word", ["我社区", "本街道", "全镇", "我市", "本里", "全村", "该社区"])
def test_own_place(word: str) -> None:
    """What stands for the report's own place is marked as such."""
    assert [(m.name, m.own) for m in find_places(f"今年,{word}清运垃圾18吨。")] == [(word, True)]


@given(st.text(alphabet="青山社区街道村镇里我本全各,。12", max_size=60))
def test_offsets_hold_the_name(text: str) -> None:
    """The offsets of a mention hold its name, and mentions come in order."""
    mentions = find_places(text)
    assert [text[m.start : m.end] for m in mentions] == [m.name for m in mentions]
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
