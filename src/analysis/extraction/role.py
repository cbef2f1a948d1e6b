"""The role of a figure: reached, planned, a change, a rate or a share; and which way a change goes."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.language.knowledge import table
from analysis.language.terms import pattern_of
from analysis.language.units import load_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.extraction.context import Layout, Section
    from analysis.extraction.find import Candidate
    from analysis.extraction.spot import Spot

_THAN = re.compile(
    r"(?:比(?![例重赛如])|较(?![多少高低大]))[^,。;]{0,16}?(?:(?P<up>[多高增升])|(?P<down>[少低减降省]))[\u4e00-\u9fff]{0,2}$"
)
# 环比增9.5%: right before a percentage one character says it.
_BY = re.compile(r"(?:(?P<up>[增升涨扩])|(?P<down>[减降跌缩]))了?$")
# 同比+5.2%, 环比-3%: the sign says it.
_SIGNED = re.compile(r"[同环]比$")
# 是去年的两倍: how many times the level before it.
_TIMES = re.compile(r"(?P<up>(?:[上去]年|上月|同期)的)$")
_SHARE_UNITS = {"%", "‰", "成", "折", "倍"}
RISE = re.compile(
    r"^(?:[上下回]?[提升降增减压调涨缩扩延落][^,。]{0,4})?[升降增减高低加少涨]?了?(?:到|至|为)了?"
    # 提高到今年6月的92%: the time of the other end.
    r"(?:(?:[今去]年(?:\d{1,2}月)?|目前|现在|如今|\d{1,2}月)底?的?)?$"
)
_LEVEL = re.compile(r"总量|达到|占|率")
_LEVEL_OF_ALL = re.compile(r"连续|占|达到?|总数|总量|总里程|总规模|累计|共|至|为")
# 净增98万户、突破1900万户; 增长40%、达357万辆: right behind a mark, the level that the same thing has reached.
_AND_REACHES = re.compile(r"、(?:达到?|突破|超过?)$")
_TASK = re.compile(r"(?:任务数?|目标值?)[(:为是]?$|预算[(为]$|原[订定]$")
_OVER = re.compile(r"超[过出]?[^,。;、]{0,8}$")
_OF_TASK = re.compile(r"[的之]?(?:年度|全年|目标)?(?:任务|目标|计划数|指标任务)")
_ONE_END = re.compile(
    r"[由从](?:(?:每[人户])?(?:每[周月年日])?|(?:现在|目前|现有|原来|原先|最初|当初|今年|去年|上年)的?)?$"
)
_FULFILLED = re.compile(r"完成[^,。;、:]{0,14}$|(?:实现|超过?|按照|根据|[比较按])[^,。]{0,6}$")
_SHARE_OF_IT = re.compile(r"\)?[的之]")
_REACHED = re.compile(
    r"[,;](?:现在?|目前|眼下|如今|至今|截至目前|当前)?(?:已(?!定)|实际|累计)|完成了|超额|均已|已经"
    r"|[,;](?:目前|现在|至今),[^,;]{1,8}已(?!定)|实际完成"
    # 目标任务为71人,截至6月底共有63人: what there was by a day behind it is no plan.
    r"|[,;(]截[至止](?:目前|现在|今|发稿|到?(?:今年|本|上)?[\d一二三四五六七八九十]{1,4}[年月日]|[上本]月)"
)
# A list behind a colon goes on: 预计将达到:电力108亿度;原煤8199万吨.
_ENDED = re.compile(r"[^:;]*;|[^,:]*\d[^:]*,[^\d,:]{6,},")
_AT_ONCE = re.compile(r"(?:可?达到?|可?为|超过?|突破)+[近约]?\d")
_GROWTH = re.compile(
    r"分别|[比较]?(?:上年|去年)|[同环]比|增[长加速幅]|提高|下降|减少|年均|约|达到?|为|了|超过?|左右|以上|个?百分点|[,、和及\d.%‰万亿千百元吨 ]"
)
_FORESEEN = ("预计", "预期", "预估将")
_DIGIT = re.compile(r"\d")
# 今年发展的主要预期目标是: where a report to a congress says so, the rest of the chapter is plans.
_GOALS = re.compile(r"今年[^。\n]{0,16}预期目标[是为:]")


@dataclass(frozen=True, slots=True)
class Words:
    """The table of words of role (catalogue/roles.toml), compiled."""

    plan: re.Pattern[str]
    planned_heading: re.Pattern[str]
    looks_back: re.Pattern[str]
    done: re.Pattern[str]
    change: re.Pattern[str]
    deed: re.Pattern[str]
    per: re.Pattern[str]


@cache
def words() -> Words:
    """Load the table."""
    data = table("roles.toml")
    heading, per = data["planned_heading"], data["per"]
    return Words(
        plan=re.compile(_any(data["plan"])),
        planned_heading=re.compile(_any(heading)),
        looks_back=re.compile("|".join(heading["unless"])),
        done=re.compile("|".join(heading["done"])),
        # 增加到 and 降为 lead to a level, and are no change.
        change=re.compile(
            rf"(?P<up>{_any(data['up'])})(?!到|至|为|了?[^,]{{0,2}}到)|(?P<down>{_any(data['down'])})(?!到|至|为|到了)"
        ),
        deed=re.compile(_any(data["deed"])),
        per=re.compile(rf"{_any(per)}|每一?[百千万]?个?{pattern_of(per['each'])}"),
    )


def _any(entry: dict[str, Any]) -> str:
    """Give a pattern of the words and patterns of an entry, tried only where one of them can begin."""
    words = entry.get("words", ())
    said = "|".join([*([pattern_of(words)] if words else []), *entry.get("patterns", ())])
    if "opens" not in entry:
        return said
    opens = "".join(sorted({*entry["opens"], *(word[0] for word in words)}))
    return f"(?=[{opens}])(?:{said})"


class Role(NamedTuple):
    """What a figure says: its role, the direction of a change, and what it is per, if anything."""

    name: str
    direction: str | None = None
    per: str | None = None


class Roles:
    """The words of role in one clean text; each sentence is looked at once for whether it plans at all."""

    def __init__(self, layout: Layout, coming: tuple[str, ...] = ()) -> None:
        """Take the borders of a clean text, and the words for the years that its report only plans for."""
        self.layout = layout
        self.coming = coming
        self.text = layout.text
        self._sentence = (-1, False)
        self._planned: dict[int, bool] = {}
        self._leads: dict[int, bool] = {}
        # Where a report to a congress, which plans for 今年, has said what the year's goals are.
        self.goals = [match.end() for match in _GOALS.finditer(self.text)] if "今年" in coming else []

    def plans(self, start: int, end: int) -> bool:
        """Tell whether a sentence holds any word of a plan."""
        if self._sentence[0] != start:
            self._sentence = (start, words().plan.search(self.text, start, end) is not None)
        return self._sentence[1]

    def lead_plans(self, start: int) -> bool:
        """Tell whether the sentence that leads a figure's list is of plans: 明年将办好以下实事."""
        lead = self.layout.lead_in(self.layout.line(start))
        if lead < 0:
            return False
        known = self._leads.get(lead)
        if known is None:
            known = self._leads[lead] = words().plan.search(self.text, *self.layout.span(lead)) is not None
        return known

    def section_plans(self, section: Section | None) -> bool:
        """Tell whether the headings over a figure are of plans."""
        if section is None:
            return False
        known = self._planned.get(section.start)
        if known is None:
            known = any(_plans(over.heading, self.coming) for over in section.chain)
            self._planned[section.start] = known
        return known

    def behind_goals(self, section: Section | None, start: int) -> bool:
        """Tell whether a report to a congress has said in the chapter of a figure, before it, what the year's goals are."""
        if section is None:
            return False
        first = bisect_left(self.goals, section.chain[-1].start)
        return first < len(self.goals) and self.goals[first] <= start


def find_role(roles: Roles, spot: Spot, before: Role | None = None) -> Role:
    """Decide a figure's role from the words before it.

    Parameters
    ----------
    roles : of the text.
    spot : the figure's place in it.
    before : the role of the figure before it in the same clause, if any.
    """
    left, percent = roles.text[spot.left_start : spot.start], _is_share(spot.candidate)
    change = _change(left, roles.text, spot, percent=percent)
    planned = _planned(roles, left, spot, percent=percent)
    return _decided(roles.text, spot, left, change, before, planned=planned, percent=percent)


def find_roles(roles: Roles, spots: Sequence[Spot]) -> list[Role]:
    """Decide the roles of all figures of a text, in their order; see `find_role`."""
    text = roles.text
    lefts = [text[spot.left_start : spot.start] for spot in spots]
    shares = [_is_share(spot.candidate) for spot in spots]
    told = list(zip(lefts, spots, shares, strict=True))
    changes = [_change(left, text, spot, percent=share) for left, spot, share in told]
    planned = [_planned(roles, left, spot, percent=share) for left, spot, share in told]
    found: list[Role] = []
    before, begin = None, -1
    for (left, spot, share), change, plan in zip(told, changes, planned, strict=True):
        carried = before if begin >= spot.clause_start else None
        before = _decided(text, spot, left, change, carried, planned=plan, percent=share)
        begin = spot.start
        found.append(before)
    return found


def _is_share(candidate: Candidate) -> bool:
    return (
        candidate.unit in _SHARE_UNITS or candidate.kind in ("fraction", "ratio") or "分点" in candidate.unit
    )


def _decided(
    text: str, spot: Spot, left: str, change: str | None, before: Role | None, *, planned: bool, percent: bool
) -> Role:
    """Give a figure's role by the words to its left, the change they tell, and the role before it."""
    candidate = spot.candidate
    number = candidate.number_start
    if not percent and _AND_REACHES.search(text, max(0, number - 3), number):
        change = before = None
    if planned:
        return Role("target", change)
    if change:
        return Role("change", change)
    if before and (carried := _carried(before, left, percent=percent)):
        return carried
    if before and not left and before.name == "change" and text[spot.start - 1] == "户":
        return before  # 新增低保5户9人: households and their people
    per = words().per.search(left) or _per_of_clause(text, spot)
    if "分点" in candidate.unit:
        return Role("change")
    if ("/" in candidate.unit and candidate.unit not in load_units()) or (per and not percent):
        return Role("rate", None, per[0] if per else candidate.unit.rpartition("/")[2])
    return Role("share") if percent else Role("actual")


def _per_of_clause(text: str, spot: Spot) -> re.Match[str] | None:
    """Find 每月 and the like before the words of the figure itself, where no other number stands between."""
    if spot.clause_start == spot.left_start or _DIGIT.search(text, spot.clause_start, spot.start):
        return None
    return words().per.search(text, spot.clause_start, spot.start)


def _carried(before: Role, left: str, *, percent: bool) -> Role | None:
    """Carry a role over in a list (新增甲11家、乙8家) and to the upper end of 由X提高到Y."""
    if (
        left[:1] in tuple("、和及与")
        and not _LEVEL_OF_ALL.search(left)
        and before.name in ("change", "rate")
        and not (percent and before.name == "rate")
    ):
        return before
    if RISE.search(left) and before.name in ("rate", "share"):
        return before
    return None


def _plans(heading: str, years: tuple[str, ...]) -> bool:
    if words().looks_back.search(heading):
        return False
    return words().planned_heading.search(heading) is not None or any(year in heading for year in years)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    last = None
    for last in pattern.finditer(text, start, end):  # noqa: B007 - the last one is what counts
        pass
    return last


def _change(left: str, text: str, spot: Spot, *, percent: bool) -> str | None:
    if percent and text[spot.start] in "+-" and _SIGNED.search(left):
        return "up" if text[spot.start] == "+" else "down"
    last = (
        _last(words().change, left, 0, len(left))
        or _THAN.search(left)
        or (_BY.search(left) if percent else None)
        or (_TIMES.search(left) if spot.candidate.unit == "倍" else None)
    )
    between = left[last.end() :] if last else ""
    if last is None and percent and not left.strip("、和及与,分别"):
        # 分别增长4.1%、5.6%: the verb stands before the first of them.
        last = _last(words().change, text, spot.clause_start, spot.start)
    if last is None:
        return None
    if not percent and words().deed.match(last[0]) and len(between) > 1:
        return None
    if left.endswith(("到", "至")) and len(between) <= 4:
        return None
    if len(between) > 2 and _LEVEL.search(between):
        return None
    return "up" if last["up"] else "down"


def _is_fulfilled(text: str, left: str, end: int) -> bool:
    """Tell whether what was to be done was done: 完成营造林任务910万亩, but not 完成任务5000人的62.5%."""
    return "完成" in left and _SHARE_OF_IT.match(text, end) is None


def _ends(text: str, start: int, end: int) -> bool:
    """Tell whether what is foreseen ends before a figure: with its part of the sentence, or where a clause names another.

    预计全年实现23亿元;1-11月完成投资4亿元; 总收入预计达3亿元,投资2亿元.
    """
    if _ENDED.match(text, start, end):
        return True
    mark = text.find(",", start, end)
    return mark >= 0 and _AT_ONCE.match(text, start) is not None and len(_GROWTH.sub("", text[mark:end])) > 1


def _planned(roles: Roles, left: str, spot: Spot, *, percent: bool) -> bool:
    if _TASK.search(left) and not _OVER.search(left) and not _is_fulfilled(roles.text, left, spot.end):
        return "分点" not in spot.candidate.unit
    if percent and left in ("的", "之"):
        return False  # 完成全年任务5000人的62.5%
    if _ONE_END.search(left):
        return False
    if _OF_TASK.match(roles.text, spot.end):
        return True
    begin = spot.sentence.start
    plan = None
    if roles.plans(begin, spot.sentence.end):
        plan = _last(words().plan, roles.text, begin, spot.start)
    if plan and plan[0] in _FORESEEN and _ends(roles.text, plan.end(), spot.start):
        plan = None
    if plan and not _FULFILLED.search(roles.text, begin, plan.start()):
        # 按照年初计划,已入户1200户: what was done since is no plan.
        return _REACHED.search(roles.text, plan.end(), spot.start) is None
    if (
        roles.section_plans(spot.section)
        or roles.lead_plans(spot.start)
        or (roles.goals and roles.behind_goals(spot.section, spot.start))
    ):
        return not words().done.search(left)
    return False
