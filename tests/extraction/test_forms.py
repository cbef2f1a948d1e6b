"""Numbers in every form that reports write them in are read back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis

DIGITS, TRADITIONAL = "零一二三四五六七八九", {"万": "萬", "亿": "億", "两": "兩"}
UNITS = ("户", "人", "吨", "处", "份", "棟", "輛", "平方米", "人次", "個")
SENTENCES = ("共有{}。", "截至6月底,全社区有{},", "(其中{})", "本月清理{}；", "達到{}。", "分别为{}")


def chinese(number: int) -> str:
    """Write a whole number below a thousand million in Chinese numerals."""
    if number >= 10**8:
        rest = number % 10**8
        return (
            chinese(number // 10**8)
            + "亿"
            + (("" if rest >= 10**7 else "零") + chinese(rest) if rest else "")
        )
    if number >= 10**4:
        rest = number % 10**4
        return (
            chinese(number // 10**4)
            + "万"
            + (("" if rest >= 10**3 else "零") + chinese(rest) if rest else "")
        )
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return written[1:] if written.startswith("一十") else written


def only(text: str) -> dict[str, Any]:
    """Give the one figure of a text."""
    frame = analysis.extract_text(text)
    assert len(frame) == 1, (text, frame["text"].tolist())
    row = frame.iloc[0]
    assert text[row["start"] : row["end"]] == row["text"]
    return {key: None if pd.isna(value) else value for key, value in row.items()}


def interval(text: str) -> tuple[Any, Any, Any, Any]:
    """Give value, bounds and sense of the one figure of a text."""
    row = only(text)
    return row["value"], row["low"], row["high"], row["approx"]


sentences, units = st.sampled_from(SENTENCES), st.sampled_from(UNITS)
numbers = st.integers(3, 999_999_999)


@settings(max_examples=60, deadline=None)
@given(numbers, sentences, units)
def test_arabic_numbers(number: int, sentence: str, unit: str) -> None:
    """A number in digits, with or without thousands marks, in half or full width, has its value and unit."""
    for written in (
        str(number),
        f"{number:,}",
        str(number).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    ):
        row = only(sentence.format(written + unit))
        assert (row["value"], row["low"], row["high"], row["unit"]) == (number, number, number, unit)


@settings(max_examples=80, deadline=None)
@given(st.integers(11, 999_999_999), sentences, units)
def test_chinese_numbers(number: int, sentence: str, unit: str) -> None:
    """A number in Chinese numerals, Simplified or Traditional, has its value."""
    simplified = chinese(number)
    for written in (simplified, "".join(TRADITIONAL.get(c, c) for c in simplified)):
        row = only(sentence.format(written + unit))
        assert (row["value"], row["unit"]) == (number, unit)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 99999), st.integers(0, 99), st.sampled_from(["", "万", "亿"]), units)
def test_decimals_with_multipliers(whole: int, cents: int, multiplier: str, unit: str) -> None:
    """A decimal number is multiplied by the 万 or 亿 behind it."""
    written = f"{whole}.{cents:02d}"
    value = only(f"共有{written}{multiplier}{unit}。")["value"]
    assert value == pytest.approx(float(written) * {"": 1, "万": 10**4, "亿": 10**8}[multiplier], rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99), st.integers(1, 9999), st.integers(1, 9999))
def test_mixed_form_of_taiwan(hundred_millions: int, ten_thousands: int, rest: int) -> None:
    """12億156萬3,000元 is one number."""
    written = f"{hundred_millions}億{ten_thousands}萬{rest:,}元"
    # A single digit behind 萬 would be the spoken short form.
    if rest >= 10:
        assert only(f"經費{written}。")["value"] == hundred_millions * 10**8 + ten_thousands * 10**4 + rest


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["-", "~", "～", "—", "至", "到"]), units)
def test_ranges(low: int, more: int, join: str, unit: str) -> None:
    """A range has its ends, whatever joins them."""
    assert interval(f"每月安排{low}{join}{low + more}{unit}。") == (low + more / 2, low, low + more, "range")


@pytest.mark.parametrize(("low", "high"), [(n, n + 1) for n in range(1, 9)])
@pytest.mark.parametrize(("multiplier", "factor"), [("十", 10), ("百", 100), ("千", 1000), ("万", 10000)])
def test_neighbouring_digits(low: int, high: int, multiplier: str, factor: int) -> None:
    """二三十 is from twenty to thirty."""
    if (low, multiplier) == (1, "十"):
        return
    ends = low * factor, high * factor
    assert interval(f"出动{DIGITS[low]}{DIGITS[high]}{multiplier}人打扫。") == (sum(ends) / 2, *ends, "range")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(0, 5), st.sampled_from(["多", "余", "餘"]), units)
def test_more_than(digit: int, noughts: int, word: str, unit: str) -> None:
    """多 reaches one step of the last digit written that is not nought."""
    value = digit * 10**noughts * 10
    assert interval(f"清理{value}{word}{unit}。") == (value, value, value + 10 ** (noughts + 1), "more_than")


@settings(max_examples=60, deadline=None)
@given(st.integers(20, 99999), units)
def test_approximators(value: int, unit: str) -> None:
    """近, 约, 左右, 以上, 以下, 超过 and 不足 give the intervals of the annotation guide."""
    near = pytest.approx
    assert interval(f"清理近{value}{unit}。") == (value, near(0.9 * value), value, "nearly")
    assert interval(f"清理約{value}{unit}。") == (value, near(0.9 * value), near(1.1 * value), "about")
    assert interval(f"清理{value}{unit}左右。") == (value, near(0.9 * value), near(1.1 * value), "about")
    assert interval(f"清理{value}{unit}以上。") == (value, value, None, "at_least")
    assert interval(f"清理{value}{unit}以下。") == (value, None, value, "at_most")
    assert interval(f"清理超過{value}{unit}。") == (value, value, None, "more_than")
    assert interval(f"清理不足{value}{unit}。") == (value, None, value, "nearly")


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99))
def test_percentages(percent: int) -> None:
    """A percentage is the same in figures and in words; so is one in a thousand."""
    for written, unit in (
        (f"{percent}%", "%"), (f"{percent}％", "%"), (f"百分之{chinese(percent)}", "%"), (f"千分之{percent}", "‰"), (f"{percent}‰", "‰"),
    ):  # fmt: skip
        row = only(f"比例为{written}。")
        assert (row["value"], "%" if row["unit"] == "％" else row["unit"]) == (percent, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("六万万人民", 600_000_000, "人"), ("产值二十七亿四千万元", 2_740_000_000, "元"), ("共一百五十万零三百人", 1_500_300, "人"),
        ("清扫廿多人", 20, "人"), ("共卅户", 30, "户"), ("共两千零五户", 2005, "户"), ("投入三千二百元", 3200, "元"), ("投入三千二元", 3200, "元"),
        ("增长一点五倍", 1.5, "倍"), ("装走一吨半", 1.5, "吨"), ("用了2個半小時", 2.5, "小時"), ("共計壹萬貳仟元", 12000, "元"),
        ("占三分之二", 0.6667, None), ("占七成", 7, "成"), ("打八五折", 8.5, "折"), ("自然增长率-3.19‰", -3.19, "‰"),
        ("投入5万到30万元之间", 175_000, "元"), ("新增12.74万人", 127_400, "人"), ("清运5 899 公 噸", 5899, "公噸"), ("路宽三米五。", 3.5, "米"),
        ("收取三元五角", 3.5, "元"), ("工期2小时30分钟", 2.5, "小时"), ("投资一点五亿元", 150_000_000, "元"), ("装机5万千瓦", 50_000, "千瓦"),
        ("投入1.2万-1.5万元", 13_500, "元"), ("清运三大车垃圾", 3, "车"), ("户数:1,235", 1235, None), ("党员(23人)", 23, "人"),
        ("增长百分之二十到三十。", 25, "%"), ("下降百分之二至百分之五。", 3.5, "%"), ("气温降至零下5摄氏度", -5, "摄氏度"), ("收费￥50。", 50, "￥"), ("捐款歐元20萬。", 200_000, "歐元"),
        ("水深一米七五,", 1.75, "米"), ("分得2斤3两", 2.3, "斤"), ("租种二亩三分地", 2.3, "亩"), ("合计壹佰贰拾叁元伍角陆分", 123.56, "元"), ("每份三块五毛", 3.5, "块"),
        ("长三又二分之一公里", 3.5, "公里"), ("七成三受訪者滿意", 7.3, "成"), ("减少一成至一成半", 1.25, "成"), ("要花十二三万元", 125_000, "元"), ("户均1300元出头", 1300, "元"),
        ("余下一项仍在施工", 1, "项"), ("合计七块二毛五,", 7.25, "块"), ("余三块八毛二分,", 3.82, "块"), ("承包款一万八,", 18_000, None), ("清出泥沙三四十拖拉机", 35, None),
        ("投入人力238工,", 238, "工"), ("約有劏房三百四十伙,", 340, "伙"), ("本鄉計轄9村、", 9, "村"), ("平均满意度88.64分,", 88.64, "分"), ("每戶扣7分。", 7, "分"),
        ("目測有5、6車之多", 5.5, "車"), ("修人行道板兩百來平方。", 200, "平方"), ("维修路灯9833盏次,", 9833, "盏次"), ("共二十三個工作天。", 23, "個工作天"),
        ("採茶三十兩,", 30, "兩"), ("采茶三千两百两。", 3200, "两"), ("购毛巾五十打,", 50, "打"), ("图书拾六万零五百册", 160_500, "册"),
        ("每份两美元又三美分。", 2.03, "美元"), ("补助两到三仟澳元", 2500, "澳元"), ("一两百人到场", 150, "人"), ("一百好几十号人上街", 100, "号"),
    ],
)  # fmt: skip
def test_forms_of_the_language(text: str, value: float, unit: str | None) -> None:
    """Each form has the value and the unit that a careful reader gives it."""
    row = only(text)
    assert (row["value"], row["unit"]) == (pytest.approx(value), unit)


def test_the_first_end_of_a_rise_has_the_unit_of_the_last() -> None:
    """Of 从54增加到82个 both numbers count 个; a number that no rise leads on from has none of its own."""
    rows = analysis.extract_text("摄像头从54增加到82个。")
    assert list(zip(rows["value"], rows["unit"], strict=True)) == [(54, "个"), (82, "个")]
    assert list(analysis.extract_text("代码由1024改写,新增82个。")["value"]) == [82]
