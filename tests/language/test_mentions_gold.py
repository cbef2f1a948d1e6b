"""The words of time in real reports, where they are at hand; nothing of them is kept here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.extraction.noise import clean
from analysis.language.mentions import find_periods
from analysis.reading import read

SHARED = Path(__file__).parents[3] / "shared"
RECALL_ANY, RECALL_EXACT = 0.99, 0.94
pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "score.py").is_file(),
    reason="../shared is absent: the reports and their gold are not part of the project",
)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def test_words_of_the_gold_are_found() -> None:
    """Nearly all words that the gold names as saying when are found, most of them to the character."""
    total = some = exact = 0
    for gold in sorted((SHARED / "gold").glob("*.gold.jsonl")):
        name = gold.name.replace(".gold.jsonl", ".txt")
        file = next(f for f in (SHARED / "corpus" / name, SHARED / "corpus" / "dev" / name) if f.exists())
        report = read(file)
        text = clean(report.text).text
        found = [m for m in find_periods(text, report.period) if m.kind != "comparison"]
        spans = {(m.start, m.end) for m in found}
        for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
            if row.get("optional") or not row["period_text"]:
                continue
            wanted = list(_places(text, clean(row["period_text"]).text))
            total += 1
            exact += any(span in spans for span in wanted)
            some += any(start < last and first < end for start, end in wanted for first, last in spans)
    assert total > 500
    assert some >= RECALL_ANY * total, f"{some} of {total}"
    assert exact >= RECALL_EXACT * total, f"{exact} of {total}"
