"""Words that say where: names of communities, villages and higher places, and 我社区 for the report's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIX = "社区|街道|行政村|村|镇|乡|居委会"
_OWN = re.compile(r"(?:我|本|该|全|我们)(?:社区|街道|村|镇|乡|区|县|市|省|里|邨|居)")
# A name is two to six characters before its kind; words that end like one are refused by their first characters.
_KIND = re.compile(
    rf"(?:{_SUFFIX})(?!干部|工作者|工作人员|居民|民(?![政生])|委|书记|志愿|党|两委|道|口|级|户|庄|容|情|貌|规|务|史|内|里|头|中(?!心)|卫生|建设|创建|文化|活动|服务|治理|环境|管理|组织|公民|资源|领导|发展|居家|矫正|医院|规)"
)
_SHORTEST_NAME, _LONGEST_NAME = 2, 7
_CHINESE = re.compile(r"[\u4e00-\u9fff]*$")
_NOT_NAME = re.compile(
    r"各|每|个|全|我|本|该|新型|和谐|文明|示范|试点|平安|智慧|进|入|到|在|向|为|对|由|把|将|与|和|及|的|是|了|共|有|各类|直管|下辖|辖|原|农|乡|城|驻|走|送|深|出|回|全国|其他|美丽|绿色|星级|先进|老旧|多|两|三|四|五|六|七|八|九|十|几|数|我们|整|成立|加强|做好|开展|对接|联合|相邻|周边|所在|行政|自然|中心|组织|发动|动员|深入|走访|服务|帮助|指导|推动|督促|按照|根据|通过|围绕|属|属于|作为|成为|建设|打造|创建|改造|关于|位于|隶属|其中"
)
# A 里 of Taiwan; elsewhere the character stands in everyday words.
_LI = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,3}里(?=办公处|里长|里民)")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text; `own` for 我社区 and the like."""

    start: int
    end: int
    name: str
    own: bool


def find_places(folded: str) -> list[PlaceMention]:
    """Find the names of places in a folded text.

    Examples
    --------
    >>> [m.name for m in find_places("青山街道青山社区2026年3月份工作报告")]
    ['青山街道', '青山社区']
    """
    own = [PlaceMention(m.start(), m.end(), m[0], own=True) for m in _OWN.finditer(folded)]
    return sorted([*own, *find_names(folded)], key=lambda m: m.start)


def find_names(folded: str) -> list[PlaceMention]:
    """Find the names of places in a folded text, without 我社区 and the like."""
    named = []
    free = 0
    for kind in _KIND.finditer(folded):
        end = kind.start()
        characters = _CHINESE.search(folded, max(free, end - _LONGEST_NAME), end)
        if characters is None or characters.start() == end:
            continue
        free = kind.end()
        start = max(
            (m.end() for m in _NOT_NAME.finditer(folded, characters.start(), end)), default=characters.start()
        )
        if end - start >= _SHORTEST_NAME:
            named.append(PlaceMention(start, free, folded[start:free], own=False))
    named += [PlaceMention(m.start(), m.end(), m[0], own=False) for m in _LI.finditer(folded)]
    return sorted(named, key=lambda m: m.start)
