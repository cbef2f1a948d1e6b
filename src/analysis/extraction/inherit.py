"""What a figure takes over from those before it in its sentence: a list, an end of a rise, a part, a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.extraction.beside import SHARE_UNITS, noun_behind
from analysis.extraction.name import Name
from analysis.extraction.role import RISE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.extraction.find import Candidate
    from analysis.extraction.spot import Spot

_JOINED = re.compile(r"[、和及与,以]{0,2}(?:以及|分别为?)?")
# 贷款29笔、132万元: two figures of one thing.
_PAIR = re.compile(r"[、,和及与]?(?:合计|共计?|计)?")
_SHARE_OF = re.compile(
    r"[,、) ]*(?:[前后上以述这此两三四五六七八九]{1,3}[类项者][^,。]{0,6})?(?:合计|合共|总计|共)?(?:约|分别|仅|只|就|已)?占|[,、 ]*(?:完成[^,。]{0,8}(?:任务|计划|预算|目标)数?的?)"
)
_ONLY_CHANGE = re.compile(
    r"(?:[,、]|\((?=[比较同环])|同比|环比|[比较](?:上年|去年|上月|年初|同期|上年同期|去年同期|上周|上季度?|前年|[^,]{1,8}?)|分别|均|再|又|净|约|近"
    r"|增长|增加|增[幅速]|[降跌涨]幅|[多少][出了]|高出|上升|提高|提升|上涨|下降|减少|降低|下滑|回落|下跌|缩减|[增减升降涨跌]|了|达|为|的?[多少]了?)+"
)
_SEPARATE = re.compile(r"[;。]")
# 比去年的18吨: what a figure is compared with.
_BASE = re.compile(r"[,、]?(?:[比较]|相比)[^,;]{0,12}(?:[年月周期往来]|季度?)(?:同期|[底末初])?[的之]")
# 312名党员中,领岗位的超过八成: what a part is of.
_AMONG = re.compile(r"[^,;:()]{0,8}[中里],")
# 投诉最集中的是噪声(53件)、停车难(41件): parts of one whole, each named before its brackets.
_IN_BRACKETS = re.compile(r"\)[、,和及与以]{1,2}[^、,;()]{1,12}\(")
# Units that say nothing of what they count; a noun right behind one does.
_NOUN_FOLLOWS = frozenset({"", "个", "名", "位"})
_CASES = frozenset({"件", "宗", "起", "单", "案", "例"})
_MEASURE_OF = re.compile(r"[,、]?(?:全长|总长|长度?|总?面积|合计|共计?|合|计)(?:约|达|为)?")
_PART = re.compile(r"其中|当中|含")
_OF_IT = re.compile(r"[,、(]*(?:其中|当中)")
# Words of a clause that say nothing of what is counted.
_SAYS_NOTHING = re.compile(
    r"户均|人均|每[户人名]|最[多高少低]的?|[一各]户|一人|拿了?|领[到取了]*|分到|其中|当中|包括|累计|合计|共计|总[数量计额]|数量|共有|现有|达到?|分别|全年|本月|当月|全月|日均|月均|人均|平均|比上?[年月]|增[加长至]|减少|下降|新进|新纳入|净?新增|净增|退出|剩余|余下|[还尚]?[剩余]|[还尚]有|本季度?|这个?|本期|已|共|为|约|有|计|至|到|了|[、,:()0-9年月份上下半季度底末今去 -]"
)
# A rate is named where it stands: 能耗降低5% behind another rate is not that rate.
_RATES = ("coverage_rate", "satisfaction_rate")
# What is counted and measured: the length or area that follows is of the same thing.
_MEASURED = ("roads_built", "ditches_cleaned", "illegal_structures_removed", "greening")
# Words of a change that say nothing of what changed.
_OF_CHANGE = re.compile(
    r"[比较与][^,;]{0,20}?(?:相比)?(?=[增提上下降减升回高低多少跌涨净])|[高低快慢]于[^,;]{0,3}(?:[国省市区县州镇]|平均)(?:平均)?(?:水平)?|占全[国省市区县]"
    r"|按[^,]{0,8}(?:价格?计算|[月季年])|实际|名义|平均|每年|递[增减]|净?[增提上下降减升回跌涨扩压缩][长速幅加高升降减少低涨落缩跌]了?|增速|相差|同比|环比|分别|的基础上|都是|批次|人次"
    r"|[一二][零一二三四五六七八九]{3}年|“?[一二三四五六七八九]五”?时期|[,;、()\s]"
)
_SHORT, _FEW = 20, 2
# Who came to what was held: 宣导68场次、2840人次.
_ATTENDED = {
    "events": "event_attendees", "cleanup_events": "cleanup_participations",
    "volunteer_events": "volunteer_participations",
}  # fmt: skip
_SPENT, _GOT = re.compile("支出|开支|出账"), re.compile("收入|进账|收益")
_WHOLE_PLACE = ("population", "households")
# Households and people alike are counted as these.
_BOTH = ("low_income_households", "people_served", "households_visited", "floating_population")
# What the place has: a figure of something unknown is not one more of them.
_STOCKS = (
    *_WHOLE_PLACE, "floating_population", "low_income_households", "buildings", "compounds", "grids", "member_units", "party_members",
    "party_branches", "staff", "volunteers", "volunteer_teams", "teams", "books",
)  # fmt: skip


def inherited(
    text: str, spot: Spot, earlier: Sequence[tuple[Candidate, Name]], role: str, name: Name
) -> Name:
    """Give the name of a figure after all that its sentence lets it take over.

    Parameters
    ----------
    text : the clean text.
    spot : the figure.
    earlier : the figures before it in its sentence, with their names.
    role, name : its role, and the name that its own words give.
    """
    if not earlier:
        return name
    before, before_name = earlier[-1]
    gap = text[before.end : spot.start]
    own = text[max(spot.clause_start, before.end) : spot.start]
    if name.rule and name.indicator is None and (name.own or _PAIR.fullmatch(gap)) and not RISE.search(gap):
        return name  # what it counts is known, and no indicator's
    return (
        _of_pair(spot, before, before_name, gap, own, name)
        or _of_whole(spot.candidate, before, before_name, gap, own, role, name)
        or _of_change(spot.candidate, earlier, gap, own, role, name)
        or _of_earlier(text, spot, earlier, own, role, name)
    )


def _of_pair(spot: Spot, before: Candidate, before_name: Name, gap: str, own: str, name: Name) -> Name | None:
    """Give the name of the second of a pair: X户Y人, a list, the other end of a rise, who came to what was held."""
    candidate, counted = spot.candidate, before_name.indicator
    if counted is None:
        # A part of what is known, and no indicator's.
        part = before_name.rule and name.indicator is None and candidate.unit == before.unit
        return before_name if part and _OF_IT.match(own) else None
    if (
        len(gap) <= 3
        and before.unit == "户"
        and candidate.unit in ("人", "口人", "口", "名")
        and not gap.strip("、,共 ")
    ):
        return _people(before_name)
    if candidate.unit in ("人次", "人") and name.indicator is None and _PAIR.fullmatch(gap):
        came = _ATTENDED.get(counted)
        if came:
            return Name(came, None, before_name.subject, 0.8, "attendances of events")
    if name.indicator == "event_attendees" and spot.clause_start - before.end <= 1:
        # 清洁行动38场,参加居民1.6万人次: who came to what stands right before.
        came = _ATTENDED.get(counted)
        if came and came != name.indicator:
            return name._replace(indicator=came)
    joined = bool(gap) and gap != "," and _JOINED.fullmatch(gap) is not None
    like = joined and (before.unit == candidate.unit or not before.unit)
    return before_name if like or RISE.search(gap) else None


def _of_whole(
    candidate: Candidate, before: Candidate, before_name: Name, gap: str, own: str, role: str, name: Name
) -> Name | None:
    """Give the name of what a figure measures, is a share or a case of, or is compared with."""
    unit = candidate.unit
    if before_name.indicator in _MEASURED and _MEASURE_OF.fullmatch(own):
        return before_name  # 刨铺14条,长7.86公里、面积6.3万平方米
    percent = unit in SHARE_UNITS
    share = percent or candidate.kind == "fraction"
    if share and role in ("share", "target") and _SHARE_OF.match(own):
        return before_name
    # 完成全年任务4200人的50.9%
    if percent and (gap in ("的", "之") or (not name.own and _AMONG.match(gap))):
        return before_name
    if unit in _CASES and unit == before.unit and _IN_BRACKETS.fullmatch(gap):
        return before_name
    return before_name if name.indicator is None and _BASE.fullmatch(own) else None


def _of_change(
    candidate: Candidate,
    earlier: Sequence[tuple[Candidate, Name]],
    gap: str,
    own: str,
    role: str,
    name: Name,
) -> Name | None:
    """Give the name of what changed, known or not, to a change that names nothing: 7.35亿元,同比下滑3.8%."""
    if role not in ("change", "target") or name.own or len(own) > _SHORT or not _ONLY_CHANGE.fullmatch(own):
        return None
    plain = candidate.unit not in ("%", "‰", "") and "分点" not in candidate.unit
    if plain and (like := _like(earlier, candidate)):
        return like
    return earlier[-1][1] if _SEPARATE.search(gap) is None else None


def _of_earlier(
    text: str, spot: Spot, earlier: Sequence[tuple[Candidate, Name]], own: str, role: str, name: Name
) -> Name:
    """Give a figure its own name, where it may have it, or that of an earlier figure like it."""
    candidate = spot.candidate
    if name.indicator in _RATES and not name.own:
        return Name(None, None, name.subject, 0.0, None)
    unknown = len(_SAYS_NOTHING.sub("", own)) > 1
    if name.indicator in _WHOLE_PLACE and (
        role == "share" or (not name.own and unknown and role != "change")
    ):
        # 其中男性28511人 is a part of the population, and no population.
        return Name(None, None, name.subject, 0.0, None)
    of_which = text.rfind("其中", spot.sentence.start, spot.start)
    inside = _PART.search(own) is not None or (of_which >= 0 and text.find(";", of_which, spot.start) < 0)
    if inside and unknown and not name.own and earlier[-1][0].start > of_which >= 0:
        name = Name(None, None, name.subject, 0.0, None)  # the noun of the part before it is not its own
    like = _of_like(earlier, candidate, role, name, own, unknown=unknown, inside=inside, part=of_which)
    if (
        like is not name
        and candidate.unit in _NOUN_FOLLOWS
        and noun_behind(text, candidate) - candidate.end > 1
    ):
        return name  # 新建菜市场9个,建成20个一刻钟生活圈: what it counts stands behind it
    return like


def _is_of_its_own(own: str) -> bool:
    """Tell whether the words before a change name what changed: 快递业务量增长26%, but not 高于全国0.7个百分点."""
    return len(_SAYS_NOTHING.sub("", _OF_CHANGE.sub("", own))) > _FEW


def pair_behind(text: str, spot: Spot, name: Name, following: Spot, behind: Name) -> Name:
    """Give households the name of the people right behind them where only these have one: 2357户3702人享受低保."""
    households, people = spot.candidate, following.candidate
    if (
        behind.indicator in _BOTH
        and people.unit == "人"
        and not text[households.end : people.start].strip("、,")
    ):
        return behind
    return name


def of_section(name: Name, spot: Spot) -> Name:
    """Give a sum of money that names nothing what the heading over it says: under 支出 it was spent."""
    heading = spot.section.heading if spot.section else ""
    spent, got = _SPENT.search(heading) is not None, _GOT.search(heading) is not None
    if spent == got:
        return name
    return name._replace(indicator="money_invested" if spent else "income", confidence=0.6, rule="heading")


def _like(earlier: Sequence[tuple[Candidate, Name]], candidate: Candidate) -> Name | None:
    return next((name for before, name in reversed(earlier) if before.unit == candidate.unit), None)


def _people(households: Name) -> Name:
    """Of 14035户25559人 the people are those of the households."""
    indicator = "population" if households.indicator == "households" else households.indicator
    return Name(indicator, households.series, households.subject, 0.8, "people of households")


def _of_like(
    earlier: Sequence[tuple[Candidate, Name]],
    candidate: Candidate,
    role: str,
    name: Name,
    own: str,
    *,
    unknown: bool,
    inside: bool,
    part: int,
) -> Name:
    """Let a figure without a noun of its own take the name of the nearest one with its unit.

    `own` are the words between the two; `inside` tells that it is a part of what stands before it, `part` where the 其中 that says so begins.
    """
    before, before_name = earlier[-1]
    percent = candidate.unit in ("%", "‰", "") or "分点" in candidate.unit
    other_share = unknown and not inside and candidate.unit in SHARE_UNITS and role != "target"
    other = percent and unknown and _is_of_its_own(own)
    if role == "change" and candidate.unit and not (name.own or other):
        # 新增低保5户9人,退出3户4人: the last figure of its unit may have one of a pair behind it.
        pair = earlier[-1:] if percent else earlier[-2:]
        same = next((n for c, n in reversed(pair) if c.unit == candidate.unit and n.indicator), None)
        if same:
            return same
    if name.indicator is not None:
        return name
    fits = not other if percent else candidate.unit == before.unit
    if role == "change" and before_name.indicator is not None and fits:
        return before_name
    if not candidate.unit or (unknown and not inside and ("元" in candidate.unit or candidate.unit == "$")):
        return name
    like = next((n for c, n in reversed(earlier) if c.unit == candidate.unit and n.indicator), name)
    if unknown and part >= 0:
        # 受理陈情101件,其中违停38件、噪音21件: an unknown part is of the whole, not of the part before it.
        like = next(
            (n for c, n in reversed(earlier) if c.end <= part and c.unit == candidate.unit and n.indicator),
            like,
        )
    if unknown and like.indicator in (_WHOLE_PLACE if inside else _STOCKS):
        return name
    if other_share and like.indicator in _RATES:
        return name  # 集体经济强村增至12.3% is no rate that stands before it
    return like
