"""Hostile texts: none raises, and none costs more than its length."""

from __future__ import annotations

import gc
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.catalogue import load_catalogue
from analysis.extraction import extract_report
from analysis.reading import report_from_text

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = load_catalogue()
# Quadratic cost would be sixteen times for four times the text.
FACTOR = 8
# The smaller text is as long as it takes to fill so many seconds, the clock's grain and other programs aside,
ENOUGH = 0.06
# but no longer than so many characters.
SHORTEST, LONGEST = 2_000, 128_000
TRIES = 12


def repeated(piece: str, before: str = "", behind: str = "") -> Callable[[int], str]:
    """Give a function that repeats a piece up to a length."""
    return lambda size: before + (piece * (size // len(piece) + 1))[:size] + behind


def numbered(piece: str, before: str = "") -> Callable[[int], str]:
    """Give a function that repeats a piece up to a length, each time with the next number in it."""
    return lambda size: (
        before + "".join(piece.format(i, i + 3, i + 5) for i in range(1, size // (len(piece) + 2) + 2))
    )


PIECES: dict[str, Callable[[int], str]] = {
    # One sign, over and over.
    **{
        f"sign {sign!r}": repeated(sign)
        for sign in "1零十百万半两几数廿第每多余近约超由自至到比从、,，。;；:：.()（）[]【】《》“”\"'?？*#|-~—_/%‰$+年月日号时\t\n\r\u3000"
    },
    # One word.
    **{
        f"word {word}": repeated(word)
        for word in (
            "社区", "街道", "我社区", "1月", "2026年", "今年", "上半年", "本月", "去年同期", "截至", "累计", "其中", "分别", "分别为", "合计", "增长", "下降",
            "计划", "以上", "以下", "左右", "不少于", "不超过", "百分之", "分之", "以来", "如下:", "比上年", "每月", "人均", "清运垃圾", "居民", "志愿者",
            "第一章", "(一)", "一、", "1.", "1、", "1,", "1 ", "1\n", "* ", "- ", "(rèn)", "认(rèn)", "?中?", "__", "xx", "〔2026〕", "共", "的", "了", "含",
        )
    },
    # Numbers in runs.
    "from one to": repeated("由1到"), "ones and twos": repeated("1-2-"), "ascending dashes": numbered("{}-"), "ascending marks": numbered("{}、"),
    "ascending tildes": numbered("{}~"), "ascending commas": numbered("{},"), "ascending points": numbered("{}."), "ascending colons": numbered("{}:"),
    "ascending slashes": numbered("{}/"), "ascending to": numbered("{}至"), "ascending words": numbered("由{}到"), "ascending spaces": numbered("{} "),
    "thousands": repeated(",000", "1"), "spaced thousands": repeated(" 000", "1"), "a long decimal": repeated("5", "0."), "points and digits": repeated("1.2"),
    "a list with one unit": numbered("{}、", "分别为"), "a list closed by a unit": lambda size: numbered("{}1、", "分别为")(size) + "5人",
    "multipliers": repeated("1亿2万3千"), "a tower of multipliers": repeated("万", "一"), "neighbours": repeated("二三十"), "mixed neighbours": repeated("7、80、"),
    "fractions": repeated("三分之"), "fractions of fractions": repeated("分之三"), "per cents": repeated("5%"), "per cents in words": repeated("百分之三"),
    "ratios": repeated("1:2:3:"), "currencies": repeated("$1"), "units with a slash": repeated("元/亩/"), "halves": repeated("半个半"), "few": repeated("几十"),
    "approximators": repeated("约近超"), "approximators behind": repeated("以上左右"), "and more": repeated("1多"), "each": repeated("每1户"),
    "respectively": lambda size: "分别" + "3、" * (size // 2) + "5个", "financial": repeated("壹佰"), "counts": repeated("1个"), "pairs": repeated("7、8、9、"),
    "roads": repeated("3、4、省道"),
    # Marks that open and never close, or close and never opened.
    "open brackets with numbers": repeated("(1户"), "open quotes with numbers": repeated("“1户"), "open quotes with numerals": repeated("“一"), "open books": repeated("《三"), "closing brackets": repeated("1户)"),
    "stars and digits": repeated("*1"), "lost quotes": repeated("?三?"), "masks": repeated("**1"), "links": repeated("http://1."), "telephones": repeated("0570-12"),
    # Words of time and place in runs.
    "months": numbered("{}月"), "years": repeated("2026年1月"), "periods and figures": numbered("1月{}户,"), "since": repeated("2011年以来"),
    "until": repeated("截至6月底"), "month ranges": repeated("1-5月"), "places": numbered("东湖{}社区、"), "places in one name": repeated("东湖社区街道"),
    "villages": repeated("村"), "feasts": repeated("春节前后"), "which": repeated("其中1户"), "bracketed which": repeated("(其中1户"), "than last year": repeated("比上年增长5%,"),
    # Nouns without numbers, numbers without nouns.
    "prose": repeated("各位代表请审议"), "nouns and figures": numbered("清运垃圾{}吨走访居民{}户"), "figures alone": numbered("{}户"), "spaced text": repeated("清 运 垃 圾 5 吨 "),
    "spaced numbers": repeated("1 2 3 "), "wide digits": repeated("１２３"), "wide indents": repeated("\u3000\u3000一"), "quoted nouns": repeated("“垃圾”1吨"),
    # Lines.
    "empty lines": repeated("\r\n"), "lines of one digit": numbered("{}\n"), "lines of one word": repeated("垃圾\n"), "a flattened table": numbered("垃圾\n吨\n{}\n", "项目\n单位\n本月\n"),
    "tabs": repeated("垃圾\t1\t"), "pipes": repeated("|1"), "rules of a table": repeated("|---"), "one row": numbered("| {} ", "| 项目 | 吨 |\n"),
    "items within items": numbered("{}、"), "items without end": numbered("({})清运垃圾1吨"), "leads": repeated("主要工作如下:\n"), "leads and items": repeated("主要工作如下:\n1、走访1户\n"),
    "headings in one line": repeated("一、环境二、安全"), "dashes of lines": repeated("---\n"), "wide spaces": repeated(" \u3000"),
    "the same figure": repeated("走访居民30户。"), "the same long sentence": repeated("本月社区组织志愿者走访居民30户。"), "the same line": repeated("清运垃圾18.5吨\n"),
}  # fmt: skip

LARGE: dict[str, tuple[Callable[[int], str], int]] = {
    "a line of figures and nouns without a stop": (numbered("清运垃圾{}吨走访居民{}户志愿者{}人次"), 25_000),
    "a line of clauses without a stop": (numbered("清运垃圾{}吨,走访居民{}户、"), 25_000),
    "a line of prose without a figure": (lambda n: ("大家认真负责得到好评、" * n)[:n], 25_000),
    "a line of brackets and quotations": (numbered("(“三无”人员{}户)"), 25_000),
    "items under one lead": (lambda n: "今年以来主要工作如下:\n" + "".join(f"{i}、清运垃圾{i}吨。\n" for i in range(n)), 2_500),
    "items in one line": (lambda n: "主要工作如下:" + "".join(f"{i}、清运垃圾{i}吨;" for i in range(n)), 2_500),
    "headings": (lambda n: "".join(f"一、工作{i}\n" for i in range(n)), 2_500),
    "headings with a figure each": (lambda n: "".join(f"(一)2026年{i % 12 + 1}月工作\n清运垃圾{i}吨。\n" for i in range(n)), 2_500),
    "Markdown headings": (lambda n: "".join(f"{'#' * (i % 6 + 1)} 工作{i}\n走访{i}户。\n" for i in range(n)), 2_500),
    "chapters": (lambda n: "第一章" * n, 2_500),
    "chapters on lines": (lambda n: "第一章\n" * n, 2_500),
    "rows of a table": (lambda n: "| 项目 | 数量(吨) |\n|---|---|\n" + "".join(f"| 清运垃圾 | {i} |\n" for i in range(n)), 2_500),
    "rows of a table with tabs": (lambda n: "项目\t单位\t本月\n" + "".join(f"清运垃圾\t吨\t{i}\n" for i in range(n)), 2_500),
    "columns of a table": (lambda n: "|".join(f"{i}月" for i in range(n)) + "\n" + "|".join(map(str, range(n))) + "\n", 2_500),
    "tables": (lambda n: "".join(f"| 项目 | 吨 |\n|---|---|\n| 垃圾 | {i} |\n\n" for i in range(n)), 1_250),
    "glosses": (lambda n: "认(rèn)识(shí)" * n, 2_500),
    "deleted words": (lambda n: "* " * n, 10_000),
    "lost quotations": (lambda n: "?中?" * n, 5_000),
    "reports": (lambda n: "".join(f"青山社区2026年{i % 12 + 1}月工作报告\n本月清运垃圾{i}吨。下月计划走访{i}户。\n\n" for i in range(n)), 625),
    "places": (lambda n: "".join(f"东{'一二三四五六七八九十'[i % 10]}湖社区走访{i}户。" for i in range(n)), 2_500),
    "repetitions": (lambda n: "本月社区组织志愿者走访居民30户,清运垃圾18.5吨。" * n, 1_250),
    "numerals that end as units": (lambda n: "共" + "二两" * n + "个", 10_000),
    "thousands": (lambda n: "1,111" * n, 5_000),
    "points": (lambda n: "二点" * n, 5_000),
    "one unit for all": (lambda n: "分别为" + "、".join(map(str, range(100, n + 100))) + "人", 2_500),
}  # fmt: skip


def seconds(text: str) -> float:
    """Give the time of one extraction, without that of the collector, which looks at all that tests have left."""
    gc.disable()
    begin = time.process_time()
    extract_report(report_from_text(text), CATALOGUE)
    taken = time.process_time() - begin
    gc.enable()
    return taken


def grown(text: Callable[[int], str], size: int, *, longest: int) -> int:
    """Give a size whose text takes long enough to be measured."""
    while size < longest and seconds(text(size)) < ENOUGH:
        size *= 2
    return size


def assert_linear(text: Callable[[int], str], size: int) -> None:
    """Compare the best times of a text and of one four times as long."""
    short, long = text(size), text(4 * size)
    best_short = best_long = float("inf")
    for _ in range(TRIES):
        best_long = min(best_long, seconds(long))
        best_short = min(best_short, seconds(short))
        if best_long <= FACTOR * max(best_short, ENOUGH / 4):
            return
    pytest.fail(f"{size} characters or lines: {best_short:.3f} s, four times as many: {best_long:.3f} s")


@pytest.mark.slow
@pytest.mark.parametrize("name", PIECES)
def test_cost_grows_with_the_length(name: str) -> None:
    """Four times the same signs take about four times as long."""
    text = PIECES[name]
    assert_linear(text, grown(text, SHORTEST, longest=LONGEST))


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_large_texts_cost_what_they_are_long(name: str) -> None:
    """A line of 100,000 characters, 10,000 items, headings or rows take about four times a quarter of them."""
    text, size = LARGE[name]
    assert_linear(text, grown(text, size, longest=8 * size))


@pytest.mark.parametrize("name", PIECES)
def test_a_hostile_text_is_read(name: str) -> None:
    """A short hostile text raises nothing; its figures stand in their order and quote the text."""
    text = PIECES[name](600)
    columns = extract_report(report_from_text(text), CATALOGUE)
    assert [text[a:b] for a, b in zip(columns["start"], columns["end"], strict=True)] == columns["text"]
    assert all(a <= b for a, b in pairwise(columns["start"]))


TOKENS = sorted({name.split(" ", 1)[1] for name in PIECES if name.startswith("word ")}) + list(
    "0123456789１２零一二三十百千万亿两半几多余近约超每第由到至、,，。;；:：()（）“”?*#|-~—/%‰$.\n\t \u3000\r年月日人户次个吨元岁㎡²①Ⅱ\x00\ufeff"
)


@pytest.mark.parametrize(
    "sign",
    ["\ud800", "\x00", "\ufeff", "\u200b", "\u2028", "\x85", "\U00020000", "é", "①", "½", "²"],
)
@pytest.mark.parametrize(
    "text", ["{}", "清运{}垃圾18.5吨。", "清运垃圾1{}8吨。", "{}\n走访3户{}", "2026{}年工作\n走访3户"]
)
def test_any_sign_is_read(text: str, sign: str) -> None:
    """A sign that no report should hold, also half of one, raises nothing; each figure has its slice."""
    said = text.replace("{}", sign)
    columns = extract_report(report_from_text(said), CATALOGUE)
    assert [said[a:b] for a, b in zip(columns["start"], columns["end"], strict=True)] == columns["text"]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)),
    st.integers(1, 3),
)
def test_any_text_is_read(piece: str, times: int) -> None:
    """Whatever the text, nothing is raised, and each figure has its slice, ordered bounds and a unit or none."""
    text = piece * times
    columns = extract_report(report_from_text(text), CATALOGUE)
    assert len({len(column) for column in columns.values()}) <= 1
    assert [text[a:b] for a, b in zip(columns["start"], columns["end"], strict=True)] == columns["text"]
    assert len(set(columns["figure_id"])) == len(columns["figure_id"])
    for value, low, high in zip(columns["value"], columns["low"], columns["high"], strict=True):
        assert value is not None or (low is not None and high is not None)
        assert low is None or high is None or low <= high
        assert value is None or ((low is None or low <= value) and (high is None or value <= high))
    assert all(unit is None or unit.strip() for unit in columns["unit"])
