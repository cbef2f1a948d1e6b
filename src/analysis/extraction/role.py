"""The role of a figure: reached, planned, a change, a rate or a share; and which way a change goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.extraction.find import Candidate
from analysis.language.units import load_units

_PLAN = re.compile(
    r"(?<!年)计划(?!生育|内|单列|[\"”」])|拟(?!定|合)|力争|预计|预定|预期|打算|目标(?!任务?完成)|确保(?!了)|争创|下一步|下步|下阶段|来年|明年|下月|下周|下季度|下半年(?:打算|计划|工作|将)|"
    r"将(?:继续|再|进一步|新建|新增|新设|新招|增|建|开|完成|举|推|实施|投|组织|改|达|在|把|筹|于|会|要|安排)|会增设|要(?=新|完成|达到|实现|建成|确保|再|力争)|应达到|不断争取|争取(?=\d|到\d|在|把|建|创|实现|达|完成|年|设|新)"
)
_PLANNED_SECTION = re.compile(
    r"下一?步|计划|打算|展望|安排|总体部署|总体要求|工作建议|工作的建议|重点任务|预期目标|目标|预定|明年|来年|下月|下周|下阶段"
)
_DONE = re.compile(r"已(?!定)|了|完成年初|完成全年|超额|实际")
_UP = "增长(?!率贡献)|增加(?!值)|上升|提高|提升|增幅|净增|新增|增设|再添|新添|升高|上涨|扩大|扩充|加快|增速|上扬|多收|回升"
_DOWN = "下降|减少|降低|下跌|回落|减幅|降幅|缩短|缩减|压减|下滑|退出|减量"
_CHANGE = re.compile(rf"(?P<up>{_UP})(?!到|至|为|了?[^,]{{0,2}}到)|(?P<down>{_DOWN})(?!到|至|为|到了)")
# Of a count, these say what was done to things, unless they stand right before the number.
_DEED = re.compile("提高|提升|扩大|扩充|降低|加快|缩短|退出")
_THAN = re.compile(
    r"[比较][^,。;]{1,16}?(?:(?P<up>[多高增升])|(?P<down>[少低减降]))(?:了|出|收|运|清|生|种)?$"
)
_PER = re.compile(
    r"人均|户均|日均|月均|年均|周均|场均|亩均|平均每?|每(?:(?:一)?(?:个)?(?:人|户|月|天|日|周|年|次|场|队|季度?|格|晚|亩|期|位|名|村|社区|平方公里|小时|车|组|两?个?月|星期|学期|千人|万人|班|株|套|件|平方米))|[日月]产生量|戶量|户量"
)
_SHARE_UNITS = {"%", "‰", "成", "折", "倍"}
RISE = re.compile(r"^(?:[提升降增减压调][^,。]{0,4})?[升降增减高低加少]?[了]?(?:到|至|为)$")
_TO = re.compile(r"(?:到|至|为|成|达)$")


@dataclass(frozen=True, slots=True)
class Role:
    """What a figure says: its role, the direction of a change, and what it is per, if anything."""

    name: str
    direction: str | None = None
    per: str | None = None


def find_role(
    candidate: Candidate,
    left: str,
    clause_left: str,
    sentence_left: str,
    heading: str,
    *,
    ratio: bool,
    before: Role | None = None,
) -> Role:
    """Decide a figure's role from the words before it.

    Parameters
    ----------
    candidate : the figure's pieces.
    left : the text from the figure before (or the clause's start) up to this one.
    clause_left, sentence_left : the text from the start of the clause, of the sentence.
    heading : the heading of the section, and of its lead-in.
    ratio : whether it is one part of a ratio such as 6:45:48.
    before : the role of the figure before it in the same clause, if any.
    """
    percent = (
        candidate.unit in _SHARE_UNITS or candidate.kind == "fraction" or ratio or "分点" in candidate.unit
    )
    change = _change(left, clause_left, percent=percent)
    if _planned(left, sentence_left, heading):
        return Role("target", change)
    if change:
        return Role("change", change)
    if before and (carried := _carried(before, left, percent=percent)):
        return carried
    per = _PER.search(left) or (_PER.search(clause_left) if not re.search(r"\d", clause_left) else None)
    if "分点" in candidate.unit:
        return Role("change")
    if ("/" in candidate.unit and candidate.unit not in load_units()) or (per and not percent):
        return Role("rate", None, per[0] if per else candidate.unit.rpartition("/")[2])
    return Role("share") if percent else Role("actual")


def _carried(before: Role, left: str, *, percent: bool) -> Role | None:
    """Carry a role over in a list (新增甲11家、乙8家) and to the upper end of 由X提高到Y."""
    if (
        left[:1] in tuple("、和及与")
        and before.name in ("change", "rate")
        and not (percent and before.name == "rate")
    ):
        return before
    if RISE.search(left) and before.name in ("rate", "share"):
        return before
    return None


def _change(left: str, clause_left: str, *, percent: bool) -> str | None:
    last = None
    for last in _CHANGE.finditer(left):  # noqa: B007 - the last one is what counts
        pass
    if last is None:
        last = _THAN.search(left)
    if last is None and not left.strip("、和及与,分别") and percent:
        # 分别增长4.1%、5.6%: the verb stands before the first of them.
        for last in _CHANGE.finditer(clause_left):  # noqa: B007 - the last one is what counts
            pass
    if last is None:
        return None
    between = left[last.end() :] if last.string is left else ""
    if not percent and _DEED.match(last[0]) and len(between) > 1:
        return None
    if _TO.search(left) and re.search(r"(?:到|至)$", left) and len(between) <= 4:
        return None
    if re.search(r"总量|达到|占|率", between) and len(between) > 2:
        return None
    return "up" if last["up"] else "down"


def _planned(left: str, sentence_left: str, heading: str) -> bool:
    if re.search(r"任务[(:为是]?$", left):
        return True
    if re.search(r"[由从](?:每[周月年日])?$", left):
        return False
    plan = None
    for plan in _PLAN.finditer(sentence_left):  # noqa: B007 - the last one is what counts
        pass
    if plan and not re.search(r"完成[^,。]{0,6}$", sentence_left[: plan.start()]):
        return not re.search(r"[。]", sentence_left[plan.end() :])
    return bool(_PLANNED_SECTION.search(heading)) and not _DONE.search(left)
