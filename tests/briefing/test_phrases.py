"""What a run or a notebook has said in one language is said in the reader's."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import analysis
from analysis.briefing.left_out import left_out_in
from analysis.briefing.phrases import said_in
from analysis.starting import notebook_sources

READING = Path(analysis.__file__).parent / "reading"
# What nobody finds in a list of files: it ends the run, or its words come from elsewhere.
ELSEWHERE = {"<what>"}


def _told(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "12" for part in node.values)
    return "<what>"


def _reasons() -> list[str]:
    """Give what the readers say of a file that cannot be read, from their source."""
    found = set()
    for path in READING.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UnreadableError":
                found.add(_told(node.args[0]))
                found |= {_told(word.value) for word in node.keywords if word.arg == "todo"}
    return sorted(found - ELSEWHERE)


def _words() -> list[str]:
    """Give the cells of words of the notebooks that a run executes."""
    found = []
    for path in notebook_sources():
        if not path.name.startswith("00-"):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            found += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return found


@pytest.mark.parametrize("locale", ["zh-Hant", "zh-Hans"])
def test_every_reason_of_the_readers_is_told_in_chinese(locale: str) -> None:
    """A Chinese briefing says in Chinese why a file is not read."""
    assert len(_reasons()) > 30
    for reason in _reasons():
        told = left_out_in(f"a.txt: {reason}; {reason}", locale)
        assert len(re.findall("[一-鿿]", told)) > 3, reason


def test_what_was_seen_in_a_file_stays() -> None:
    """Numbers and words that only the run knows are taken over; an unknown reason stays as it is."""
    line = "a.zip: unpacks to more than 2,000 MB (found: 3 files); ask for it again, or delete it"
    assert left_out_in(line, "zh-Hans") == "a.zip：解压后超过 2,000 MB（3 files）；请重新索取，或删去"
    assert left_out_in(line, "en") == line
    assert left_out_in("a.txt: something new", "zh-Hant") == "a.txt：something new"


@pytest.mark.parametrize("text", _words(), ids=lambda text: text.splitlines()[0])
def test_every_word_of_a_notebook_is_told_in_all_languages(text: str) -> None:
    """Readers of Simplified Chinese and of English have the notebooks in their own."""
    simplified, english = (
        said_in(text, locale, book="notebooks.toml", spoken="zh-Hant") for locale in ("zh-Hans", "en")
    )
    assert simplified
    assert english
    assert english.startswith("#")
    assert simplified.startswith("#")
    assert not re.search("[一-鿿]", english.replace("(多, 餘, 近)", ""))


def test_words_of_an_analyst_stay() -> None:
    """A cell that somebody has changed is not taken for one of the package."""
    assert said_in("# 一、我的清點", "en", book="notebooks.toml", spoken="zh-Hant") is None
