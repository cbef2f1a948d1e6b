"""Script and width: the one normal form that all language rules are written in.

`fold` brings a text into Simplified characters and half-width signs without changing its length,
so that an offset into the folded text is an offset into the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from operator import ne
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Full-width ASCII has its half-width twin 0xFEE0 below; the rest are signs that Unicode
# compatibility forms know but which must stay one character long.
_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "﹪": "%", "\u3000": " ", "\u00a0": " ", "﹒": ".", "∶": ":", "︰": ":", "〜": "~", "～": "~", "―": "—", "–": "—",
    "−": "-", "‐": "-", "‑": "-", "﹣": "-", "﹐": ",", "﹑": "、", "〇": "零", "○": "零", "￥": "¥", "￡": "£",
    **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "),
}  # fmt: skip
# Forms of Hong Kong that the conversion to Simplified characters leaves as they are.
_HONG_KONG = {"衞": "卫", "枱": "台", "敍": "叙", "粧": "妆", "糭": "粽", "衹": "只"}

# A few Traditional characters (乾 in a name) do not make a text Traditional: fewer than one in so many.
_RARE = 500
_NARROW = {ord(wide): narrow for wide, narrow in _WIDTH.items()}
_SHORT = 60
# Wide signs of nearly every text; the others are looked for only where one of them stands.
_USUAL = "，：；（）％！？．\u3000\u00a0－０１２３４５６７８９"
_RARE_WIDE = re.compile(f"[{''.join(map(re.escape, sorted(set(_WIDTH) - set(_USUAL))))}]")
_HALF = re.compile("[\ud800-\udfff]")
# Pieces from all over a long text stand for it.
_PIECE, _PIECES = 128, 8


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


def _convert(text: str, config: str) -> str:
    converter = _converter(config)
    try:
        converted = str(converter.convert(text))
    except UnicodeEncodeError:
        # Half a character, as a broken file may hold, stands for nothing.
        text = _HALF.sub("\ufffd", text)
        converted = str(converter.convert(text))
    if len(converted) == len(text):
        return converted
    # A phrase or a lone surrogate changed the length: character by character is always safe.
    return "".join(
        c if len(c) == 1 else character
        for character, c in ((character, str(converter.convert(character))) for character in text)
    )


def half_width(text: str) -> str:
    """Bring a text to half-width signs; in a long one a search and a replacement a sign are faster than a translation."""
    if len(text) < _SHORT:
        return text.translate(_NARROW)
    for wide in _USUAL:
        text = text.replace(wide, _WIDTH[wide])
    for wide in set(_RARE_WIDE.findall(text)):
        text = text.replace(wide, _WIDTH[wide])
    return text


def simplified(text: str) -> str:
    """Bring a text to Simplified characters, keeping its length."""
    for form, other in _HONG_KONG.items():
        if form in text:
            text = text.replace(form, other)
    return _convert(text, "t2s")


def fold(text: str) -> str:
    """Fold text into Simplified characters and half-width signs, keeping its length.

    Examples
    --------
    >>> fold("清運垃圾１８．５噸")
    '清运垃圾18.5吨'
    """
    return simplified(half_width(text))


def detect_script(text: str, folded: str | None = None) -> str:
    """Tell whether a text is in Traditional or Simplified characters.

    Parameters
    ----------
    text : any text.
    folded : the same in Simplified characters, where it is known already.

    Returns
    -------
    "hant", "hans" or "mixed"; a text that reads the same in both is "hans".

    Examples
    --------
    >>> detect_script("清運垃圾"), detect_script("清运垃圾")
    ('hant', 'hans')
    """
    step = _PIECE * max(1, len(text) // (_PIECE * _PIECES))
    sample = "".join(text[i : i + _PIECE] for i in range(0, len(text), step))
    if folded is None:
        folded = simplified(text)
    traditional = _differing(sample, "".join(folded[i : i + _PIECE] for i in range(0, len(text), step)))
    if traditional * _RARE <= len(sample):
        return "hans"
    only_simplified = _differing(sample, _convert(sample, "s2t"))
    # Simplified forms such as 里 and 台 are everyday characters of Traditional texts too.
    if traditional > 4 * only_simplified:
        return "hant"
    if only_simplified > 4 * traditional:
        return "hans"
    return "hant" if traditional >= only_simplified else "mixed"


def _differing(text: str, converted: str) -> int:
    return 0 if text == converted else sum(map(ne, text, converted))


def squeeze_width(text: str) -> str:
    """Give the compatibility form of a short text, without spaces (its length may change)."""
    return "".join(unicodedata.normalize("NFKC", text).split())
