"""Numbers that lead to a person are masked in what is published; figures stay as they are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "*"
# How far before a number a word such as 電話 may stand, and what leads from one number on to the next.
_NEAR = 16
_AND = re.compile(r"[ 、，,;/及和或與与]{0,3}")
# Half-width forms of what numbers are written with, one character for one.
_HALF = str.maketrans(
    "０１２３４５６７８９（）＋－—–‐‑−　\xa0；／ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
    "0123456789()+------  ;/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
_ENOUGH = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of number: its shape, words that must stand before it, units that make it a figure."""

    shape: re.Pattern[str]
    words: re.Pattern[str] | None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Find the numbers of this kind in a text in half width."""
        last = -1
        for found in self.shape.finditer(text):
            start, end = found.span()
            if self.words is not None:
                follows = last >= 0 and _AND.fullmatch(text, last, start)
                if not follows and not self._said(text, start):
                    continue
            last = end
            yield start, end

    def _said(self, text: str, start: int) -> bool:
        """Tell whether a word stands before a number, with no other long number and no stop between."""
        before = text[max(0, start - _NEAR) : start]
        before = re.split(r"[。！？\n]|\d{5,}", before)[-1]
        return self.words is not None and self.words.search(before) is not None


def entries() -> dict[str, Any]:
    """Give what `redact.toml` holds: units, and kinds with their examples."""
    return tomllib.loads(files("analysis.briefing").joinpath("redact.toml").read_text(encoding="utf-8"))


@cache
def _kinds() -> tuple[_Kind, ...]:
    known = entries()
    return tuple(
        _Kind(_bounded(kind["shape"], known["units"].get(kind.get("figure"))), _compiled(kind.get("words")))
        for kind in known["kinds"].values()
    )


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _bounded(shape: str, units: str | None) -> re.Pattern[str]:
    """Let a shape begin and end where a number does, and not be followed by a unit of figures."""
    figure = rf"(?! ?多?[余餘]?(?:{units}))" if units else ""
    return re.compile(rf"(?<![\d.第+])(?<!\d[-/])(?:{shape})(?![-/.]?\d)(?!,\d{{3}}(?!\d)){figure}")


def redacted(text: str) -> str:
    """Mask telephone, identity and account numbers of a text.

    Parameters
    ----------
    text : a sentence, or a whole report.

    Returns
    -------
    The text with each digit and letter of such a number as `*`, in the same length, so that offsets hold.

    Examples
    --------
    >>> redacted("聯絡電話2345-6789，支出12345678元")
    '聯絡電話****-****，支出12345678元'
    """
    plain = text.translate(_HALF)
    if not _ENOUGH.search(plain):
        return text
    marks = list(text)
    for kind in _kinds():
        for start, end in kind.spans(plain):
            marks[start:end] = [MASK if mark.isalnum() else mark for mark in marks[start:end]]
    return "".join(marks)
