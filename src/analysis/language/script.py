"""Script and width: the one normal form that all language rules are written in.

`fold` brings a text into Simplified characters and half-width signs without changing its length,
so that an offset into the folded text is an offset into the text itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Full-width ASCII has its half-width twin 0xFEE0 below; the rest are signs that Unicode
# compatibility forms know but which must stay one character long.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH |= {
    ord(a): ord(b)
    for a, b in {
        "﹪": "%",
        "　": " ",
        "\u00a0": " ",
        "﹒": ".",
        "∶": ":",
        "︰": ":",
        "〜": "~",
        "～": "~",
        "―": "—",
        "–": "—",
        "﹐": ",",
        "﹑": "、",
        "〇": "零",
        "○": "零",
        "㎡": "㎡",
    }.items()
}


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


def _convert(text: str, config: str) -> str:
    converter = _converter(config)
    converted = str(converter.convert(text))
    if len(converted) == len(text):
        return converted
    # A phrase or a lone surrogate changed the length: character by character is always safe.
    return "".join(
        c if len(c) == 1 else character
        for character, c in ((character, str(converter.convert(character))) for character in text)
    )


def fold(text: str) -> str:
    """Fold text into Simplified characters and half-width signs, keeping its length.

    Examples
    --------
    >>> fold("清運垃圾１８．５噸")
    '清运垃圾18.5吨'
    """
    return _convert(text.translate(_WIDTH), "t2s")


def detect_script(text: str) -> str:
    """Tell whether a text is in Traditional or Simplified characters.

    Returns
    -------
    "hant", "hans" or "mixed"; a text that reads the same in both is "hans".

    Examples
    --------
    >>> detect_script("清運垃圾"), detect_script("清运垃圾")
    ('hant', 'hans')
    """
    traditional = sum(a != b for a, b in zip(text, _convert(text, "t2s"), strict=True))
    simplified = sum(a != b for a, b in zip(text, _convert(text, "s2t"), strict=True))
    # Simplified forms such as 里 and 台 are everyday characters of Traditional texts too.
    if traditional > 4 * simplified:
        return "hant"
    if simplified > 4 * traditional or not traditional:
        return "hans"
    return "hant" if traditional >= simplified else "mixed"


def squeeze_width(text: str) -> str:
    """Give the compatibility form of a short text, without spaces (its length may change)."""
    return "".join(unicodedata.normalize("NFKC", text).split())
