"""How much of a text is damage: what a converter, a copy or a web page left in it."""

from __future__ import annotations

import re

# The first character of any damage, then what tells that it is one.
_DAMAGE = re.compile(
    r"[(（*xX×\ufffd\ue000-\uf8ff\u200b-\u200f\ufeff\x00-\x08\x0e-\x1f\x7f当當您](?:"
    # lost, private and invisible characters
    r"(?<=[\ufffd\ue000-\uf8ff\u200b-\u200f\ufeff])[\ufffd\ue000-\uf8ff\u200b-\u200f\ufeff]*"
    r"|(?<=[\u4e00-\u9fff][(（])[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹɡ]{1,6}[)）]"  # a pinyin gloss: 認(rèn)識
    r"|(?<=\*)(?: ?\*){2,}(?!\*)"  # deleted words: * * *
    r"|(?<=[xX×])(?<![xX×]{2})[xX×]++(?=[\u4e00-\u9fff])"  # a masked name: XX社區
    r"|(?<=[\x00-\x08\x0e-\x1f\x7f])"
    r"|(?:(?<=[当當])前位置|(?<=您)的位置)[:：][^\n]*)"
)


def count_damage(text: str) -> int:
    """Count the characters of a text that are damage.

    Examples
    --------
    >>> count_damage("清理* * *建築260多棟")
    5
    """
    return sum(map(len, _DAMAGE.findall(text)))
