"""Numerals in every form are read for what they are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.numerals import last_step, parse_neighbours, parse_number

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write a number below a hundred million in Chinese numerals, as a careful writer would."""
    if number >= 10000:
        high, low = divmod(number, 10000)
        joint = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + (joint + chinese(low) if low else "")
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if pending and text else "") + DIGITS[digit] + name
            pending = False
        else:
            pending = bool(text)
    return text or "零"


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    """What is written in Chinese numerals is read as the same number."""
    assert parse_number(chinese(number)) == number


@given(st.integers(0, 10**15))
def test_thousands_commas_change_nothing(number: int) -> None:
    """1,234,567 and 1234567 are one number."""
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_mixed_forms_add_up(high: int, low: int) -> None:
    """12億156萬 is the sum of its parts."""
    assert parse_number(f"{high}亿{low}万") == high * 10**8 + low * 10**4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("六万万", 600_000_000), ("二十七亿四千万", 2_740_000_000), ("一百五十万零三百", 1_500_300), ("廿", 20), ("卅", 30), ("两千零五", 2005),
        ("三千二", 3200), ("两万三", 23000), ("一点五", 1.5), ("三十八点五", 38.5), ("十", 10), ("十二", 12), ("1.2万", 12000), ("5万3千", 53000),
        ("11万4,680", 114_680), ("一万亿", 10**12), ("二零二六", 2026), ("百", 100), ("一千零一十", 1010),
    ],
)  # fmt: skip
def test_forms_of_reports(text: str, value: float) -> None:
    """The forms that reports use are worth what a reader takes them for."""
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["个", "点", "一个", "abc", "1二", "二两" * 200, "9" * 5000])
def test_no_number(text: str) -> None:
    """What is no numeral has no value."""
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("二三十", (20, 30)),
        ("十七八", (17, 18)),
        ("七八十", (70, 80)),
        ("三四百", (300, 400)),
        ("二五", None),
        ("九十", None),
    ],
)
def test_neighbours(text: str, span: tuple[float, float] | None) -> None:
    """Neighbouring digits are a range; others are not."""
    assert parse_neighbours(text) == span


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("260", 10),
        ("8000", 1000),
        ("78", 1),
        ("1.2万", 1000),
        ("15.5万", 1000),
        ("284万", 10000),
        ("十", 10),
        ("五百", 100),
        ("二千三百", 100),
        ("八十一点九亿", 10_000_000),  # the product has a binary tail
    ],
)
def test_the_step_of_vagueness(text: str, step: float) -> None:
    """多 reaches one step of the last digit that is written."""
    assert last_step(text) == step
