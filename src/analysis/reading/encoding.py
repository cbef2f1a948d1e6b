"""From bytes to text: a strict ladder over the whole file, and a clear refusal of what is no text.

A byte order mark decides; then UTF-8, if every byte obeys it. What is left is read as GB18030, Big5
and UTF-16, and the reading with the most everyday characters wins. Nothing is ever replaced by �.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from functools import cache

from analysis.errors import UnreadableError

_SAVE_UTF8 = "open it in the program it was written with and save it as text in UTF-8"
_SAVE_TEXT = "save its text as .txt (UTF-8) or .md and put that file in its place"
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)
# HZ writes GB2312 in pairs of ASCII letters between these marks.
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
# The codec and its name in tables. cp950 is Big5 as Windows writes it; HKSCS adds Hong Kong's characters.
_LEGACY = (("gb18030", "gb18030"), ("cp950", "big5"), ("big5hkscs", "big5-hkscs"))
_WIDE = (("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"))
_FREQUENT = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過"
    "子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里如水化高自二理起小物现現实實加量都两兩体體制"
    "机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社区區村户戶次处處清运運吨噸月道街居委环環境卫"
    "衛理垃圾共全元万萬服务務志愿願活组組织織员員积積极極建设設管安宣传傳报報告总總结結情况況、，。：；“”（）０１２３４５６７８９％"
)
_COMMON_SHARE = 0.7
# Below this a reading is doubtful, and a second opinion decides between those that are nearly as good.
_DOUBTFUL, _NEAR = 0.55, 0.9
_CONTROL_SHARE = 0.02


def decode(data: bytes, where: str = "") -> tuple[str, str, float]:
    """Decode a file's bytes.

    Parameters
    ----------
    data : the whole file.
    where : the file's name, for errors.

    Returns
    -------
    The text, the encoding's name, and how surely it was recognised (0 to 1).

    Errors
    ------
    UnreadableError for an empty or binary file and for text in no known encoding.

    Examples
    --------
    >>> decode("清運垃圾18.5噸".encode("cp950"))[:2]
    ('清運垃圾18.5噸', 'big5')
    """
    _refuse_binary(data, where)
    text, encoding, confidence = _read(data, where)
    _refuse_unwritten(text, where)
    return text, encoding, confidence


# What a declared name means in practice: browsers read GB2312 as the larger GBK, and Big5 with Hong Kong's characters.
_DECLARED = {
    "gb2312": ("gb18030",), "gbk": ("gb18030",), "gb18030": ("gb18030",), "gb_2312-80": ("gb18030",),
    "x-gbk": ("gb18030",), "big5": ("cp950", "big5hkscs"), "big5-hkscs": ("big5hkscs",), "cp950": ("cp950",),
    "x-x-big5": ("cp950", "big5hkscs"), "hz-gb-2312": ("hz",), "utf-8": ("utf-8",), "utf8": ("utf-8",),
    "utf-16": ("utf-16",), "utf-16le": ("utf-16-le",), "utf-16be": ("utf-16-be",), "windows-936": ("gb18030",),
}  # fmt: skip
_NAMES = {"cp950": "big5", "big5hkscs": "big5-hkscs"}
_SURE = 0.98


def decode_as(data: bytes, label: str) -> tuple[str, str, float] | None:
    """Decode bytes as a page declares; None where they do not obey it or the name is not known.

    Parameters
    ----------
    data : the whole page.
    label : the declared name.

    Returns
    -------
    As `decode` gives it.

    Examples
    --------
    >>> decode_as("清運垃圾".encode("big5"), "Big5")
    ('清運垃圾', 'big5', 0.98)
    """
    for codec in _DECLARED.get(label.strip().lower(), ()):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # A page that declares one encoding and is written in another is told by its characters.
        if codec.startswith("utf") or _everyday(text)[1] >= _COMMON_SHARE or text.isascii():
            return text, _NAMES.get(codec, codec), 1.0 if codec.startswith("utf") else _SURE
    return None


def _refuse_binary(data: bytes, where: str) -> None:
    if not data:
        raise UnreadableError("the file is empty", where=where, todo="ask for it again, or delete it")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError("not a text file", where=where, seen=kind, todo=_SAVE_TEXT)


def _refuse_unwritten(text: str, where: str) -> None:
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise UnreadableError(
            "nothing but white space in the file", where=where, todo="ask for it again, or delete it"
        )
    control = sum(n for c, n in Counter(text).items() if _is_control(c))
    if "\0" in text or control > _CONTROL_SHARE * len(text):
        first = next(i for i, c in enumerate(text) if _is_control(c))
        seen = f"control characters, the first at character {first}"
        raise UnreadableError("not a text file", where=where, seen=seen, todo=_SAVE_TEXT)


def _is_control(character: str) -> bool:
    return character not in "\t\n\r\f\v\x1a\x85" and unicodedata.category(character) == "Cc"


def _read(data: bytes, where: str) -> tuple[str, str, float]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec), name, 1.0
            except UnicodeDecodeError as error:
                seen = f"byte {error.start} does not obey it"
                raise UnreadableError(
                    f"marked as {name.upper()} but is not", where=where, seen=seen, todo=_SAVE_UTF8
                ) from None
    broken = 0
    if b"\0" not in data:
        try:
            return _hz(data) or (data.decode("utf-8"), "utf-8", 1.0)
        except UnicodeDecodeError as error:
            broken = error.start
    return _likeliest(data, broken, where)


def _hz(data: bytes) -> tuple[str, str, float] | None:
    """Read HZ, which is ASCII to the byte; None where it makes no everyday text."""
    if b"~{" not in data or not data.isascii() or not _HZ.search(data):
        return None
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    return (text, "hz", _SURE) if _everyday(text)[1] >= _COMMON_SHARE else None


def _likeliest(data: bytes, broken: int, where: str) -> tuple[str, str, float]:
    readings = []
    for rank, (codec, name) in enumerate((*(() if b"\0" in data else _LEGACY), *_WIDE)):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score, share = _everyday(text)
        if share >= _COMMON_SHARE:
            # Of equal readings the first of the list is the most widespread.
            readings.append((-score, rank, text, name))
    if not readings:
        if b"\0" in data:
            raise UnreadableError("not a text file", where=where, seen="NUL bytes", todo=_SAVE_TEXT)
        seen = f"byte {broken} is not UTF-8, and the whole reads as neither GB18030, Big5 nor UTF-16"
        raise UnreadableError("text in no known encoding", where=where, seen=seen, todo=_SAVE_UTF8)
    readings.sort()
    best, _, text, name = readings[0]
    # A second reading that gives the same text says nothing against the first.
    other = next((score for score, _, second, _ in readings[1:] if second != text), 0.0)
    confidence = best / (best + other)
    if confidence < _DOUBTFUL:
        seconded = next((r for r in readings if r[3] == _second_opinion(data)), None)
        if seconded is not None and seconded[0] <= _NEAR * best:
            text, name = seconded[2], seconded[3]
            confidence = max(confidence, _DOUBTFUL)
    return text, name, round(min(0.99, max(0.5, confidence)), 2)


def _second_opinion(data: bytes) -> str:
    """Give what chardet takes the bytes for, in the names of this module; "" where it has no view."""
    import chardet

    label = (chardet.detect(data)["encoding"] or "").lower()
    codec = next(iter(_DECLARED.get(label, ())), "")
    return _NAMES.get(codec, codec)


def _everyday(text: str) -> tuple[float, float]:
    """Score a reading by its characters beyond ASCII: frequent ones count thrice, strange ones against it.

    Gives the score, and the share of common characters; both count a character as often as it stands.
    """
    counts = Counter(text)
    total = common = frequent = strange = 0
    for character, n in counts.items():
        if character < "\x7f":
            strange += n * _is_control(character)
            continue
        total += n
        common += n * (character in _common())
        frequent += n * (character in _FREQUENT)
        strange += n * (unicodedata.category(character) in {"Cc", "Co", "Cn", "Cs"})
    if not total:
        # UTF-16 without any Chinese: digits and Latin letters only.
        return (0.0, 0.0) if strange else (1.0, 1.0)
    share = max(0.0, (common - 5 * strange) / total)
    return share + 2 * frequent / total, share


@cache
def _common() -> frozenset[str]:
    """Give the characters of first rank of both national standards, and the signs of Chinese print."""
    simplified = (bytes((a, b)) for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in trails)
    signs = "　、。·…—“”‘’《》〈〉【】「」『』￥℃㎡×°〇①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤●■◆★→\ufeff\xa0"
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    known = b"".join(simplified).decode("gb2312", "ignore") + b"".join(traditional).decode("cp950", "ignore")
    return frozenset(known + signs + wide)
