"""What is masked before it is published, and what is not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.briefing.redact import entries, redacted

KINDS: dict[str, Any] = entries()["kinds"]
EXAMPLES: list[tuple[str, list[str]]] = [
    (text, [masked] if isinstance(masked, str) else masked)
    for kind in KINDS.values()
    for text, masked in kind["examples"].items()
]
COUNTER_EXAMPLES: list[tuple[str, list[str]]] = [
    text for kind in KINDS.values() for text in kind["counter_examples"]
]


@pytest.mark.parametrize(("text", "masked"), EXAMPLES)
def test_what_leads_to_a_person_is_masked(text: str, masked: list[str]) -> None:
    """Every digit and letter of the number is masked, what stands around it is not."""
    wanted = text
    for number in masked:
        assert number in text
        wanted = wanted.replace(number, re.sub(r"\w", "*", number))
    assert redacted(text) == wanted


@pytest.mark.parametrize("text", COUNTER_EXAMPLES)
def test_figures_stay(text: str) -> None:
    """What only looks like such a number is left as it is."""
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "支出12345678元", "惠及1,234,567人次", "清運垃圾18.5噸，清理樓道260多棟", "府社字第1130012345號",
        "全市户籍人口12345678人", "2026-08-31", "2026年8月31日", "109年度預算1234567890元",
        "GDP达到1349083.5亿元", "編號20260831", "5899 公噸",
    ],
)  # fmt: skip
def test_figures_of_any_size_stay(text: str) -> None:
    """Figures, dates and numbers of documents are not masked."""
    assert redacted(text) == text


@given(st.text(st.sampled_from("0123456789０９-() +（）.,A人元電話帳號第、。"), max_size=60))
def test_length_and_all_but_letters_and_digits_stay(text: str) -> None:
    """Whatever the text, offsets into it hold, and only digits and letters become masks."""
    masked = redacted(text)
    assert len(masked) == len(text)
    assert all(
        new in (old, "*") and (new == old or old.isalnum()) for old, new in zip(text, masked, strict=True)
    )


@given(
    st.integers(10**6, 10**14),
    st.sampled_from(["元", "萬元", "公斤", "噸", "人次"]),
    st.sampled_from(["", "電話", "銀行"]),
)
def test_a_number_with_a_unit_is_a_figure(number: int, unit: str, before: str) -> None:
    """However long and wherever it stands, a sum of money or a measure is never masked."""
    text = f"{before}共{number}{unit}。"
    assert redacted(text) == text


def test_masking_twice_is_masking_once() -> None:
    """A masked text has nothing left to mask."""
    once = redacted("王先生 13912345678，A123456789，帳號0123456-7890123")
    assert not re.search(r"\d", once)
    assert redacted(once) == once
