"""The page of reports with every number marked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from click.testing import CliRunner

from analysis.briefing import marked_page
from analysis.catalogue import load_catalogue
from analysis.charts.words import entries
from analysis.cli import main
from analysis.extraction.trace import trace_report
from analysis.reading import report_from_text

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = load_catalogue()
TEXT = "東湖社區2026年8月工作匯報\n第3次大掃除清運垃圾18.5噸，<b>購置</b>無人機2架 & 其他。\n"


class _Marks(HTMLParser):
    """Collects the text of the report without tips, and each mark with its class and its tip."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tips, self.kinds = "", {}, {}
        self.where: list[str] = []
        self.ids: set[str] = set()
        self.described: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("class") or ""
        if tag == "meta":
            return
        self.where.append("tip" if name == "tip" else name if tag in {"mark", "div"} else tag)
        if name == "tip":
            self.ids.add(found["id"] or "")
        if tag == "mark" and "tabindex" in found:
            self.described.append(found["aria-describedby"] or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.where.pop()

    def handle_data(self, data: str) -> None:
        if "report" not in self.where:
            return
        if "tip" in self.where:
            self.tips[self.mark] = self.tips.get(self.mark, "") + data
            return
        self.text += data
        if self.where[-1] != "report":
            self.mark = data
            self.kinds[data] = self.where[-1]


def marks(text: str = TEXT, locale: str = "zh-Hant") -> _Marks:
    """Read the page of one text."""
    return _Marks(marked_page([report_from_text(text)], CATALOGUE, locale=locale).text)


def test_the_text_is_whole() -> None:
    """What is not in a tip is the report, character by character, also where it looks like markup."""
    assert marks().text == TEXT


def test_figures_are_coloured_and_others_grey() -> None:
    """A named figure has a colour, one without indicator a frame; what is no figure is grey and says why."""
    found = marks()
    assert re.fullmatch(r"c\d+", found.kinds["18.5噸"])
    assert found.kinds["2架"] == "none"
    assert found.kinds["3次"] == "refused"
    assert "序數" in found.tips["3次"]
    assert "清運垃圾" in found.tips["18.5噸"]
    assert "2026-08" in found.tips["18.5噸"]


def test_every_mark_is_reached_by_key_and_described() -> None:
    """Each number takes the focus and names its own tip."""
    found = marks()
    assert len(found.described) == len(set(found.described)) >= len(found.tips)
    assert set(found.described) == found.ids


def test_every_reason_has_words() -> None:
    """Each reason of a refusal is said in all three languages."""
    said = entries("analysis.briefing")["refused"]
    reasons = {
        number.reason
        for path_text in (TEXT, "共9頁。一、電話2345678；上午9時30分，25歲以上居民12人；***萬元")
        for number in trace_report(report_from_text(path_text), CATALOGUE).numbers
        if number.reason
    }
    assert len(reasons) > 3
    assert reasons <= set(said)


def test_the_page_asks_nothing_of_any_other() -> None:
    """No script, no address: the page is one file."""
    page = marked_page([report_from_text(TEXT)], CATALOGUE).text
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=", page)
    assert "default-src &#39;none&#39;" in page


def test_command_line(tmp_path: Path) -> None:
    """The command writes the page, one section a report, and names a report without figures."""
    (tmp_path / "a.txt").write_text("清運垃圾18.5噸。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("天氣晴朗。", encoding="utf-8")
    output = tmp_path / "out" / "marked.html"
    result = CliRunner().invoke(main, ["extract", str(tmp_path), "--format", "html", "--output", str(output)])
    page = output.read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert page.count("<section>") == 2
    assert "b.txt: no figures in this file" in result.stderr
    assert "a.txt" not in result.stderr
