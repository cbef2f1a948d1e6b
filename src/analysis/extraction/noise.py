"""Noise: what a copied text holds that its author did not write.

A `Clean` text has no pinyin glosses, no `* * *` for deleted words, no spaces between the characters
of a word or number and no line break inside a number. It keeps where each of its characters stood,
so that a figure's offsets still point into the report's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from analysis.language.script import fold

_TONED = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹɡ"
# Each branch stands behind the one character that a hole begins with, so that all others are passed over fast.
_NOISE = re.compile(
    rf"[(* \n](?:(?<=[\u4e00-\u9fff]\()[{_TONED}]{{1,6}}\)"  # a pinyin gloss: 認(rèn)識
    r"|(?<=\*)(?<!\*\*)(?<!\* \*)(?: ?\*){2,}+(?=[^*]) ?"  # deleted words: * * *
    r"|(?<=[\u4e00-\u9fff%] )(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff] )(?=\d)|(?<=\d )(?=[\u4e00-\u9fff%‰])"
    r"|(?<=[\d多余十百千万亿] )(?=(?:[a-zA-Zμ]{1,3}[23²³]?|[㎎-㏄℃])(?![A-Za-z0-9]))"  # a unit in Latin letters
    # thousands set apart by spaces: 6 500
    r"|(?:(?<=[^\d ]\d )|(?<=[\u4e00-\u9fff] \d )|(?<=[\u4e00-\u9fff] \d\d )|(?<=[\u4e00-\u9fff] \d\d\d ))(?=\d{3}(?!\d))"
    r"|(?<=\d \d{3} )(?=\d{3}(?!\d))"  # and more of them: 1 234 567
    r"|(?<=[^\d ]\d\d )(?=\d{3}(?!\d))|(?<=[^\d ]\d\d\d )(?=\d{3}(?!\d))"
    r"|(?<=[^\n|\t]{15}\d\n)(?=[\u4e00-\u9fff]{1,3}[,、;。])"  # a line that was broken before the unit
    r"|(?<=[\u4e00-\u9fff]\d\n)(?=\d{1,3}[余多]?[\u4e00-\u9fff])(?!\d+[年月日、]))"
)
_SPACED_LINE = re.compile(
    r"^ {0,4}(?:(?:[^\n] ){6,}[^\n]?|(?:[^\n\r \d] ){3,5}[^\n\r \d](?=\r?$))", re.MULTILINE
)
# How every such line begins; a search that starts from a fixed sign is fast.
_BEGINS_SPACED, _NEXT_BEGINS_SPACED = re.compile(r" {0,4}[^\n] [^\n] "), re.compile(r"\n {0,4}[^\n] [^\n] ")
# A copied text has ? where its quotation marks were: ?全民大扫除?活动.
_LOST_QUOTES = re.compile(r"\?([\u4e00-\u9fff,、0-9]{1,14})\?(?=[\u4e00-\u9fff,。)\d ])")
# 19·5%, 3·2个百分点: a raised point between digits before a unit; 7·21特大暴雨 is a date.
_RAISED_POINT = re.compile(r"(?<=\d)·(?=\d+(?:[%‰万亿倍元吨亩户人米]|个?百分点|公[里顷斤]|平方))")
_FINANCIAL_ONE = re.compile(r"[统進进壹专第一唯]壹|壹[是个定致些切样直般步方系年次批起心律旦边面同]")


@dataclass(frozen=True, slots=True)
class Clean:
    """A text without noise and the places its pieces came from.

    Attributes
    ----------
    text : folded text without noise.
    starts : offsets in `text` at which a piece begins.
    shifts : for each piece, what to add to an offset in `text` to get one in the original.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the original offsets of the span `start` to `end` of the clean text."""
        starts, shifts = self.starts, self.shifts
        following = bisect_right(starts, start)
        shift = shifts[following - 1]
        if following == len(starts) or end <= starts[following]:
            return start + shift, end + shift
        return start + shift, end + shifts[bisect_right(starts, end - 1) - 1]


def clean(text: str, folded: str | None = None) -> Clean:
    """Fold a text and take the noise out of it.

    Parameters
    ----------
    text : as decoded.
    folded : the same in folded form, where it is known already.

    Examples
    --------
    >>> c = clean("清理* * *建築260多棟")
    >>> c.text, c.origin(4, 9)
    ('清理建筑260多栋', (9, 14))
    """
    folded = fold(text) if folded is None else folded
    if "\u3000\u3000" in text:
        # Two wide spaces inside a line are where a copy has lost its paragraph break.
        pieces = text.split("\u3000\u3000")
        ends = accumulate(len(piece) + 2 for piece in pieces)
        folded = "\n ".join(
            folded[end - 2 - len(piece) : end - 2] for piece, end in zip(pieces, ends, strict=True)
        )
    if "壹" in folded and _FINANCIAL_ONE.search(folded):
        # A converted text writes 壹 for every 一; in a text that does so it is never a sum of money.
        folded = folded.replace("壹", "一")
    if "·" in folded:
        folded = _RAISED_POINT.sub(".", folded)
    if "?" in folded:
        folded = _LOST_QUOTES.sub(r'"\1"', folded)
    kept: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    position = length = 0
    for start, end in _holes(folded):
        if start > position:
            kept.append(folded[position:start])
            starts.append(length)
            shifts.append(position - length)
            length += start - position
        position = end
    if position < len(folded) or not kept:
        kept.append(folded[position:])
        starts.append(length)
        shifts.append(position - length)
    return Clean("".join(kept), tuple(starts), tuple(shifts))


def _holes(folded: str) -> list[tuple[int, int]]:
    holes = [match.span() for match in _NOISE.finditer(folded)]
    spaced = _BEGINS_SPACED.match(folded) or _NEXT_BEGINS_SPACED.search(folded)
    for line in _SPACED_LINE.finditer(folded) if spaced else ():
        end = folded.find("\n", line.start())
        end = len(folded) if end < 0 else end
        if folded.count(" ", line.start(), end) * 5 < 2 * (end - line.start()):
            continue
        holes += [(i, i + 1) for i in range(line.start(), end) if folded[i] == " "]
    if len(holes) < 2:
        return holes
    merged = [(-1, -1)]
    for start, end in sorted(set(holes)):
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged[1:]
