"""What a text means does not depend on its script, its width, its spaces, or on sentences that say nothing."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from analysis.catalogue import load_catalogue
from analysis.extraction import extract_report
from analysis.language.script import fold
from analysis.reading import iter_reports, report_from_text

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = load_catalogue()
# These quote the text or count its characters.
QUOTING = {
    "figure_id", "report_id", "start", "end", "text", "sentence", "heading", "subject", "unit", "period_text", "block", "duplicate_of",
}  # fmt: skip
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789%(),:;?!"}
NEUTRAL = ("各位代表请审议。", "大家认真负责，得到了居民的好评。", "感谢上级的关心和支持！")


@cache
def sample() -> dict[str, str]:
    """Give the texts of the sample reports by path."""
    raw = Path(__file__).parents[2] / "data" / "raw"
    found = {}
    for report in iter_reports([raw]):
        text = getattr(report, "text", None)
        if text:
            found[report.path] = text
    return found


def table(text: str) -> dict[str, list[Any]]:
    """Extract a text and give the columns that do not quote it."""
    columns = extract_report(report_from_text(text), CATALOGUE)
    meant = {name: column for name, column in columns.items() if name not in QUOTING}
    # A series may be named by the noun as written; what the noun is does not depend on the script.
    return meant | {"series": [None if s is None else fold(s) for s in meant["series"]]}


def traditional(text: str) -> str:
    """Write a text in Traditional characters."""
    return str(OpenCC("s2t").convert(text))


def wide(text: str) -> str:
    """Write digits and signs in full width."""
    return text.translate(WIDE)


def spaced(text: str) -> str:
    """Put a space around each number, as converters do."""
    return "".join(
        f" {c}" if c.isdigit() and i and "\u4e00" <= text[i - 1] <= "\u9fff" else c
        for i, c in enumerate(text)
    )


@pytest.mark.parametrize("path", sorted(sample()))
@pytest.mark.parametrize("change", [fold, wide, spaced], ids=["simplified", "full width", "spaced"])
def test_writing_changes_no_figure(path: str, change: Callable[[str], str]) -> None:
    """A report in other characters, in full width or with spaces gives the same table."""
    text = sample()[path]
    assert table(change(text)) == table(text)


@pytest.mark.parametrize("path", sorted(sample()))
def test_traditional_and_simplified_are_one(path: str) -> None:
    """A Simplified report in Traditional characters gives the same table."""
    text = fold(sample()[path])
    assert table(traditional(text)) == table(text)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(sample())), st.sampled_from(NEUTRAL), st.data())
def test_a_sentence_that_says_nothing_changes_nothing(path: str, neutral: str, data: st.DataObject) -> None:
    """A sentence without figures, periods or places, put behind another one, changes only offsets."""
    text = sample()[path]
    ends = [i + 1 for i, c in enumerate(text) if c == "。"]
    at = data.draw(st.sampled_from(ends)) if ends else len(text)
    assert table(text[:at] + neutral + text[at:]) == table(text)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(sample())))
def test_offsets_point_into_the_text(path: str) -> None:
    """Each figure's span holds its text, and the figures do not overlap."""
    text = sample()[path]
    columns = extract_report(report_from_text(text), CATALOGUE)
    spans = list(zip(columns["start"], columns["end"], columns["text"], strict=True))
    assert all(text[start:end] == quoted for start, end, quoted in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
