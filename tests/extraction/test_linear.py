"""No text costs more than its length: four times the text takes about four times as long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from analysis.catalogue import load_catalogue
from analysis.extraction import extract_report
from analysis.reading import report_from_text

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = load_catalogue()
SIZE = 6_000
# Quadratic cost would be sixteen times for four times the text; the clock of a busy machine may be off by two.
FACTOR = 9
# Below this many seconds the larger text proves nothing.
TOO_SHORT = 0.02


def repeated(piece: str) -> Callable[[int], str]:
    """Give a function that repeats a piece up to a length."""
    return lambda size: piece * (size // len(piece))


def numbered(piece: str, before: str = "") -> Callable[[int], str]:
    """Give a function that repeats a piece up to a length, each time with another number in it."""
    return lambda size: before + "".join(piece.format(i, i + 3) for i in range(size // len(piece)))


TEXTS: dict[str, Callable[[int], str]] = {
    "digits": repeated("1"), "noughts": repeated("零"), "tens": repeated("十"), "list marks": repeated("、"),
    "brackets": repeated("("), "quotes": repeated('"'), "commas": repeated(","), "spaces": repeated(" "), "stops": repeated("。"),
    "thousands": repeated("1,"), "items of one character": repeated("一、"), "years": repeated("年"), "months": repeated("1月"),
    "more": repeated("多"), "each": repeated("每"), "kinds of place": repeated("社区"), "from one to": repeated("由1到"),
    "dashes": repeated("1-2-"), "pairs": repeated("7、8、9、"), "than": repeated("比"), "growth": repeated("比上年增长5%,"),
    "one line with clauses": numbered("清运垃圾{}吨,走访居民{}户,"), "one line without": numbered("清运垃圾{}吨走访居民{}户"),
    "items under one lead": numbered("1、清运垃圾{}吨。\n", "今年以来主要工作如下:\n"), "headings": numbered("一、工作情况\n清运垃圾{}吨\n"),
    "chapters": repeated("第一章"), "table": numbered("| 垃圾{} | {} |\n", "| 项目 | 数量(吨) |\n"),
    "flattened table": numbered("垃圾\n吨\n{}\n", "项目\n单位\n本月\n"), "glosses": repeated("认(rèn)识"), "stars": repeated("* "),
    "lost quotes": repeated("?中?"), "respectively": lambda size: "分别" + "3、" * (size // 2) + "5个", "ratios": repeated("1:2:"),
    "multipliers": repeated("1亿2万"), "financial": repeated("壹佰"), "few": repeated("几十"), "fractions": repeated("百分之"),
    "tabs": repeated("a\t"), "parts": repeated("其中"), "feasts": repeated("春节前"), "places": lambda size: "东湖社区、" * (size // 5) + "3户",
    "open quotes": repeated("“一"), "counts": repeated("1个"), "roads": repeated("3、4、省道"),
}  # fmt: skip


def seconds(text: str) -> float:
    """Give the time of one extraction."""
    begin = time.process_time()
    extract_report(report_from_text(text), CATALOGUE)
    return time.process_time() - begin


@pytest.mark.parametrize("name", TEXTS)
def test_cost_is_linear(name: str) -> None:
    """Four times the text takes no more than about four times as long, and raises nothing."""
    text = TEXTS[name]
    seconds(text(SIZE // 4))
    for _ in range(3):
        long = seconds(text(4 * SIZE))
        if long < TOO_SHORT or long <= FACTOR * min(seconds(text(SIZE)) for _ in range(3)):
            return
    pytest.fail(f"{name}: {long:.2f} s for four times the text")
