"""The role of a figure: reached, planned, a change, a rate or a share; and which way a change goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.language.units import load_units

if TYPE_CHECKING:
    from analysis.extraction.context import Layout, Section
    from analysis.extraction.spot import Spot

_PLAN = re.compile(
    r"(?<!年)计划(?!生育|内|单列|[\"”」])|拟(?!定|合)|力争|预计|预定|预期|打算|目标(?!任务?完成)|确保(?!了)|争创|下一步|下步|下阶段|来年|明年|下月|下周|下季度|下半年(?:打算|计划|工作|将)|"
    r"期能|将(?:继续|赓续|再|进一步|新建|新增|新设|新招|增|建|开|完成|举|推|实施|投|组织|改|达|在|把|筹|于|会|要|安排)|会增设|要(?=新|完成|达到|实现|建成|确保|再|力争)|应达到|不断争取|争取(?=\d|到\d|在|把|建|创|实现|达|完成|年|设|新)"
)
_PLANNED_SECTION = re.compile(
    r"下一?步|计划|打算|展望|安排|总体部署|总体要求|工作建议|工作的建议|重点任务|预期目标|目标|预定|明年|来年|下月|下周|下阶段"
)
_LOOKS_BACK = re.compile(r"回顾|检讨|总结|完成情况|执行情况|实施情况|落实情况")
_DONE = re.compile(r"已(?!定)|了|完成年初|完成全年|超额|实际")
_UP = "成长|增产|多收|涨(?=了|幅)|增长(?!率贡献)|增加(?!值)|上升|提高|提升|增幅|净增|新增|增设|再添|新添|升高|上涨|扩大|扩充|加快|增速|上扬|多收|回升"
_DOWN = "减产|下降|减少|降低|下跌|回落|减幅|降幅|缩短|缩减|压减|下滑|退出|减量"
_CHANGE = re.compile(rf"(?P<up>{_UP})(?!到|至|为|了?[^,]{{0,2}}到)|(?P<down>{_DOWN})(?!到|至|为|到了)")
# Of a count, these say what was done to things, unless they stand right before the number.
_DEED = re.compile("提高|提升|扩大|扩充|降低|加快|缩短")
_THAN = re.compile(
    r"[比较][^,。;]{1,16}?(?:(?P<up>[多高增升])|(?P<down>[少低减降省]))(?:[了出收运清生种支用花交发拆建])?$"
)
# 环比增9.5%: right before a percentage one character says it.
_BY = re.compile(r"(?:(?P<up>[增升涨扩])|(?P<down>[减降跌缩]))了?$")
_PER = re.compile(
    r"人均|户均|亩产|单产|日均|月均|年均|周均|场均|亩均|平均每?|[日月]产生量|戶量|户量"
    r"|每(?:一)?(?:个)?(?:两?个?月|季度|星期|学期|学年|平方公里|平方米|小时|千人|万人|公里|公斤|人次|[人户月天日周年次场队季格晚亩期位名村社区车组顿餐只张本份例案间台条家栋楼桶吨斤班课节梯件套株站座所口头辆支里邻])"
)
_SHARE_UNITS = {"%", "‰", "成", "折", "倍"}
RISE = re.compile(r"^(?:[提升降增减压调涨缩扩][^,。]{0,4})?[升降增减高低加少涨]?[了]?(?:到|至|为)$")
_LEVEL = re.compile(r"总量|达到|占|率")
_TASK = re.compile(r"任务[(:为是]?$")
_OF_TASK = re.compile(r"的?(?:年度|全年|目标)?(?:任务|目标|计划数|指标任务)")
_ONE_END = re.compile(r"[由从](?:每[周月年日])?$")
_FULFILLED = re.compile(r"完成[^,。]{0,6}$")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Role:
    """What a figure says: its role, the direction of a change, and what it is per, if anything."""

    name: str
    direction: str | None = None
    per: str | None = None


class Roles:
    """The words of role in one clean text; each sentence is looked at once for whether it plans at all."""

    def __init__(self, layout: Layout) -> None:
        """Take the borders of a clean text."""
        self.layout = layout
        self.text = layout.text
        self._sentence = (-1, False)
        self._planned: dict[int, bool] = {}
        self._leads: dict[int, bool] = {}

    def plans(self, start: int, end: int) -> bool:
        """Tell whether a sentence holds any word of a plan."""
        if self._sentence[0] != start:
            self._sentence = (start, _PLAN.search(self.text, start, end) is not None)
        return self._sentence[1]

    def lead_plans(self, start: int) -> bool:
        """Tell whether the sentence that leads a figure's list is of plans: 明年将办好以下实事."""
        lead = self.layout.lead_in(self.layout.line(start))
        if lead < 0:
            return False
        known = self._leads.get(lead)
        if known is None:
            known = self._leads[lead] = _PLAN.search(self.text, *self.layout.span(lead)) is not None
        return known

    def section_plans(self, section: Section | None) -> bool:
        """Tell whether the headings over a figure are of plans."""
        if section is None:
            return False
        known = self._planned.get(section.start)
        if known is None:
            known = any(_plans(over.heading) for over in section.chain)
            self._planned[section.start] = known
        return known


def find_role(roles: Roles, spot: Spot, before: Role | None = None) -> Role:
    """Decide a figure's role from the words before it.

    Parameters
    ----------
    roles : of the text.
    spot : the figure's place in it.
    before : the role of the figure before it in the same clause, if any.
    """
    candidate = spot.candidate
    text, start = roles.text, spot.start
    left = text[spot.left_start : start]
    percent = (
        candidate.unit in _SHARE_UNITS or candidate.kind in ("fraction", "ratio") or "分点" in candidate.unit
    )
    change = _change(left, text, spot, percent=percent)
    if _planned(roles, left, spot):
        return Role("target", change)
    if change:
        return Role("change", change)
    if before and (carried := _carried(before, left, percent=percent)):
        return carried
    per = _PER.search(left) or _per_of_clause(text, spot)
    if "分点" in candidate.unit:
        return Role("change")
    if ("/" in candidate.unit and candidate.unit not in load_units()) or (per and not percent):
        return Role("rate", None, per[0] if per else candidate.unit.rpartition("/")[2])
    return Role("share") if percent else Role("actual")


def _per_of_clause(text: str, spot: Spot) -> re.Match[str] | None:
    """Find 每月 and the like before the words of the figure itself, where no other number stands between."""
    if spot.clause_start == spot.left_start or _DIGIT.search(text, spot.clause_start, spot.start):
        return None
    return _PER.search(text, spot.clause_start, spot.start)


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


def _plans(heading: str) -> bool:
    return _PLANNED_SECTION.search(heading) is not None and _LOOKS_BACK.search(heading) is None


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    last = None
    for last in pattern.finditer(text, start, end):  # noqa: B007 - the last one is what counts
        pass
    return last


def _change(left: str, text: str, spot: Spot, *, percent: bool) -> str | None:
    last = _last(_CHANGE, left, 0, len(left)) or _THAN.search(left) or (_BY.search(left) if percent else None)
    between = left[last.end() :] if last else ""
    if last is None and percent and not left.strip("、和及与,分别"):
        # 分别增长4.1%、5.6%: the verb stands before the first of them.
        last = _last(_CHANGE, text, spot.clause_start, spot.start)
    if last is None:
        return None
    if not percent and _DEED.match(last[0]) and len(between) > 1:
        return None
    if left.endswith(("到", "至")) and len(between) <= 4:
        return None
    if len(between) > 2 and _LEVEL.search(between):
        return None
    return "up" if last["up"] else "down"


def _planned(roles: Roles, left: str, spot: Spot) -> bool:
    if _TASK.search(left):
        return True
    if _ONE_END.search(left):
        return False
    if _OF_TASK.match(roles.text, spot.end):
        return True
    begin = spot.sentence.start
    plan = None
    if roles.plans(begin, spot.sentence.end):
        plan = _last(_PLAN, roles.text, begin, spot.start)
    if plan and not _FULFILLED.search(roles.text, begin, plan.start()):
        return True
    if roles.section_plans(spot.section) or roles.lead_plans(spot.start):
        return not _DONE.search(left)
    return False
