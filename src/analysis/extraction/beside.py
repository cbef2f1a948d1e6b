"""Where the nouns of the catalogue stand around a figure: before it, behind its classifier, or with words between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.extraction.find import Candidate
    from analysis.extraction.spot import Spot
    from analysis.extraction.vocabulary import Hit

_RIGHT_STOP = re.compile(
    r"[,。;:、!?()（）\n]|清|扫|参加|参与|走上|开展|进行|组织|全部|签订|引入|实现|发放|用于|占|达|为|是|并|已|到|由|与|给|让|被|设置|设立|建立|开设|建成|新建|举办|因(?![素地病公灾故])|未(?!成年|来|婚|就业|脱贫)|尚|仍|在(?![职册校岗建])"
)
_VERB = re.compile(r"^(?:参加|参与|清|扫|走|开展|进行|在(?![职册校岗建])|对|深入|上门|协助|实现|接受|获|到)")
_LONGEST_PHRASE = 16
SHARE_UNITS = frozenset({"%", "‰", "成", "百分之"})
_PER = re.compile(r"每[十百千]?[百千万]$")
_BETWEEN = re.compile(
    r"同比|环比|[比较](?:上年|去年|上月|年初|[^,]{1,8}?)(?=[增下上减提降回净多少])|分别|年均|平均每年|平均|[增上提][长加升高幅涨]|净增|新增|[下减降回][降少低跌落幅缩]|到|至|达|为|了|占|的|率|比重|比例|总数|总额|总量|数量|数|量|额|值|由|从|约|近|,|超|[:(]|连续|其中|工作|总|中"
)
FILLER = re.compile(
    r"(?:共计|合计|累计|共有|现有|达到|总计|总数|数量?|共|达|为|计|有|约|了|(?<![理自])由|仅|[、,:和及与 ()])+$"
)


# What such filler may end with.
FILLER_ENDS = frozenset("计有到数量共达为约了由仅、,:和及与 ()")


def nouns_around(text: str, hits: list[Hit], spot: Spot) -> list[tuple[Hit, float]]:
    """Weigh the nouns around a figure by where they stand."""
    found: list[tuple[Hit, float]] = []
    limit = min(spot.next_start, spot.clause_end)
    right_end = _right_end(text, spot.candidate, limit) if hits else 0
    whole = text.rfind("占", spot.clause_start, spot.start) if spot.candidate.unit in SHARE_UNITS else -1
    for hit in hits:
        start, end = hit[0], hit[1]
        if start >= limit:
            break
        # 每千人口…, 占国内生产总值…: what a figure is per or a share of is not what it counts.
        if text[start - 1] in "百千万" and _PER.search(text, max(0, start - 3), start):
            continue
        if -1 < whole < start and end <= spot.start:
            continue
        if end <= spot.start:
            gap = spot.start - end
            if start >= spot.left_start:
                # Close by, every character between tells; further off, less.
                found.append((hit, 2.9 - min(0.08 * gap, 0.18 + 0.05 * gap, 1.58)))
            elif start >= spot.item_start:
                found.append((hit, 2.0 - 0.01 * min(gap, 40)))
            else:
                found.append((hit, 1.7 - 0.01 * min(gap, 70)))
        elif start >= spot.end:
            near = end <= right_end
            if not near and text.find("、", spot.end, start) >= 0:
                break  # a noun behind 、 belongs to what is counted next
            found.append((hit, 3.1 - 0.03 * (right_end - end) if near else 1.8 - 0.02 * (start - spot.end)))
    return found


def _right_end(text: str, candidate: Candidate, limit: int) -> int:
    """Give where the noun phrase behind a classifier ends (6个文明指数宣传栏); its start if there is none."""
    end = candidate.end
    if candidate.unit in ("", "%", "‰") and candidate.kind != "fraction":
        stop = end + 6 if not candidate.unit else end
    else:
        stop = end + 22
    window = text[end : min(stop, limit)]
    if not window or (not "\u4e00" <= window[0] <= "\u9fff" and window[0] not in '"“'):
        return end
    if _VERB.match(window):
        return end
    mark = _RIGHT_STOP.search(window, 1)
    return end + (mark.start() if mark else len(window))


def is_head(text: str, hit: Hit, candidate: Candidate) -> bool:
    """Tell whether a noun is what a share or growth is of: 居民 is not in 居民消费价格上涨2%."""
    if hit.start >= candidate.end:
        return True
    between = text[hit.end : candidate.start]
    # 志愿者占常住人口3%: a share is of what stands before 占.
    return len(_BETWEEN.sub("", between[: between.find("占")] if "占" in between else between)) <= 2


def is_close(text: str, hit: Hit, candidate: Candidate) -> bool:
    """Tell whether nothing but words that say nothing divides a noun from its number: not in 社区清洗果皮箱86个."""
    if hit.start >= candidate.end or hit.end == candidate.start:
        return True
    return FILLER.fullmatch(text, hit.end, candidate.start) is not None


def noun_behind(text: str, candidate: Candidate) -> int:
    """Give where the noun phrase right behind a number and its classifier ends; the number's end if there is none."""
    end = _right_end(text, candidate, min(candidate.end + _LONGEST_PHRASE, len(text)))
    return end if end - candidate.end < _LONGEST_PHRASE else candidate.end
