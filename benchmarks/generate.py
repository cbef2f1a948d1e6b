"""Write report-like texts of any size in which no sentence occurs twice, to measure speed and memory on."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = ("全社区", "本月", "今年以来", "截至6月底", "上半年", "各网格", "全街道", "我社区")
_DEEDS = (
    "清运生活垃圾{}吨", "走访居民{}户", "清理楼道{}多个", "发放宣传资料{}余份", "调解矛盾纠纷{}起", "受理居民诉求{}件", "出动人员{}人次",
    "组织志愿服务活动{}场", "排查安全隐患{}处", "安装路灯{}盏", "投入资金{}万元", "慰问困难群众{}人", "硬化道路{}米", "拆除违建近{}平方米",
)  # fmt: skip
_WORDS = (
    "坚持以居民需求为导向", "着力完善基层治理机制", "积极整合各方资源", "充分发挥党员先锋模范作用", "不断提升服务水平", "认真落实各项要求",
    "健全长效管理制度", "营造和谐文明的氛围", "强化责任意识和担当精神", "推动各项工作有序开展", "广泛听取群众意见建议", "进一步夯实工作基础",
    "及时回应群众关切", "统筹推进重点任务", "持续改善人居环境", "深入开展宣传引导", "切实解决实际困难", "增强居民的归属感和幸福感",
)  # fmt: skip
# So many figures a sentence states at most, and so far apart are the numbers of two sentences.
_MOST = 3
_NUMERALS = "零一二三四五六七八九"


def sentences(seed: int = 1) -> Iterator[str]:
    """Give sentences without end; every number occurs once, so that no two sentences are equal.

    About one sentence in three states figures, as in government work reports.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    number = 100
    while True:
        number += _MOST
        words = "，".join(chance.sample(_WORDS, chance.randint(2, 4)))
        mark = "".join(_NUMERALS[int(digit)] for digit in str(number))
        if chance.random() < 1 / 3:
            deeds = chance.sample(_DEEDS, chance.randint(1, _MOST))
            stated = "，".join(deed.format(number + i) for i, deed in enumerate(deeds))
            yield f"{words}，{chance.choice(_PLACES)}{stated}。"
        else:
            yield f"{words}，形成经验材料编号{mark}。"


def text(characters: int, seed: int = 1) -> str:
    """Give a text of about so many characters, in paragraphs of ten sentences."""
    pieces: list[str] = []
    length = 0
    for i, sentence in enumerate(sentences(seed), 1):
        piece = sentence + ("\n" if i % 10 == 0 else "")
        pieces.append(piece)
        length += len(piece)
        if length >= characters:
            break
    return "".join(pieces)
