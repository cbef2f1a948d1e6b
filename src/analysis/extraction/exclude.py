"""Which candidates are no figures: dates, ordinals, list marks, addresses, fixed words, masks.

Each rule gives a word for its reason, so that a refused number can be explained.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from analysis.extraction.find import Candidate

_ORDINAL = re.compile(
    r"(?:第|之|[〔\[(（【]|No\.?|NO\.?|编号|总第|邮编|电话|热线|传真|手机|QQ|微信|专线|账号)[:：]?\s?$"
)
_LABEL_BEFORE = re.compile(r"[A-Za-z_#@&+/*×xX]$|[A-Za-z]-$|\d[.,:]$|\*\.$")
_MASK_BEFORE = re.compile(r"(?:[*×_○Xx]|\*\*|\.\*+)$")
_PAGE = re.compile(r"第\s?\d+\s?页|共\s?$|[来源日期].{0,14}共")
_ADDRESS_AFTER = re.compile(
    r"号|室|路|院(?!落)|巷|弄|街(?!道办)|楼(?!栋|道|房|宇|院)|线|国道|省道|层楼|栋\d|幢\d|单元\d|中学|小学|中(?=[,、;。])|医院|大道|工单|热线|平台|专线"
)
_LIST_AFTER = re.compile(r"(?:、|\.(?!\d)|[)）]|是(?![\d一二三四五六七八九十]+个))")
_LINE_OR_STOP = re.compile(r"(?:^|[\n。;:：!?;,,)）]|\s)\s*[(（]?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_CLAUSE_END = re.compile(r"\s*(?:[,。;、:!?)）】\]\n|,]|$|的|以)")


@cache
def _fixed() -> tuple[re.Pattern[str], dict[str, str]]:
    data = tomllib.loads(files("analysis.catalogue").joinpath("fixed_words.toml").read_text(encoding="utf-8"))
    words = [w for entry in data["fixed"] for w in entry["words"]]
    patterns = [p for entry in data.get("pattern", []) for p in entry["patterns"]]
    alternatives = sorted(words, key=lambda w: (-len(w), w))
    return re.compile("|".join([*patterns, *map(re.escape, alternatives)])), {}


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Give the spans of fixed words, slogans and idioms whose numerals count nothing."""
    return [match.span() for match in _fixed()[0].finditer(text)]


def refuse(text: str, candidate: Candidate) -> str | None:
    """Give the reason why a candidate is no figure, or None when it may be one."""
    start, end = candidate.start, candidate.end
    if candidate.kind == "ratio":
        return None
    before = text[max(0, start - 6) : start]
    if candidate.unit == "页" and _PAGE.search(text[text.rfind("\n", 0, start) + 1 : start]):
        return "page furniture"
    if _ORDINAL.search(before):
        return "ordinal or number of something"
    if _LABEL_BEFORE.search(before) and not candidate.sign and "$" not in candidate.unit:
        return "part of a name or code"
    if _MASK_BEFORE.search(before):
        return "masked number"
    rule = _chinese if not candidate.number[0].isdigit() else _arabic
    return rule(text, candidate, before, text[end : end + 6]) or _list_mark(text, candidate)


def _list_mark(text: str, candidate: Candidate) -> str | None:
    if candidate.unit or candidate.vague or candidate.before or "," in candidate.number:
        return None
    after = text[candidate.number_end : candidate.number_end + 4]
    before = text[max(0, candidate.number_start - 3) : candidate.number_start]
    if candidate.kind == "number" and _LIST_AFTER.match(after) and _LINE_OR_STOP.search(before):
        return "list mark"
    return None


def _unit_is_word(text: str, candidate: Candidate) -> bool:
    """Tell whether the unit is only the start of a longer word (次干道, 处理, 家庭)."""
    unit, end = candidate.unit, candidate.unit_end
    if not unit or candidate.after or candidate.half:
        return False
    tails = _word_tails().get(unit[-1])
    return bool(tails and text.startswith(tails, end) and len(unit) <= 2)


@cache
def _word_tails() -> dict[str, tuple[str, ...]]:
    text = files("analysis.catalogue").joinpath("word_tails.toml").read_text(encoding="utf-8")
    return {unit: tuple(tails) for unit, tails in tomllib.loads(text)["tails"].items()}


def _arabic(text: str, candidate: Candidate, before: str, after: str) -> str | None:
    number, unit = candidate.number, candidate.unit
    tail = text[candidate.number_end : candidate.number_end + 6]
    if unit == "年" and (_YEAR.match(number) or _date_like_year(candidate, before, after)):
        return "date"
    if (
        re.match(r"年(?:度|级|代|以来|末|底|初|[0-9一二三四五六七八九十]{1,3}月)", tail)
        and not candidate.vague
        and len(number) > 1
    ):
        return "date"
    if re.match(r"月(?!均)|月份", tail):
        return "date"
    if unit == "日" and (
        before.endswith(("月", "年", "/", "-", "至", "—", "、"))
        or re.match(r"日(?:上午|下午|晚|前|至|起|,|、|\(|在|召|举|开|当)", tail)
    ):
        return "date"
    if re.match(r"[号日](?![常均产])(?:[,、前起至到晚上下]|$)", tail) and before.endswith("月"):
        return "date"
    if re.match(
        r"(?::\d\d|时(?!间)|点(?:\d|钟|半|整|至|到|左右|多|,)|分(?=[,。、,钟]).{0})", tail
    ) and unit in ("", "点"):
        return "clock time"
    if re.match(r"[年/\-.]\d{1,2}[月/\-.]", tail) or re.match(r"-\d{3,}|/\d", tail):
        return "date or code"
    if not unit or unit in ("里", "段", "单元", "路", "班", "组", "方"):
        if _ADDRESS_AFTER.match(tail):
            return "address or name"
        if re.match(r"[A-Za-z_]", tail) and not unit:
            return "part of a name or code"
    if unit in ("栋", "幢", "单元", "层", "段", "路", "村", "级", "班", "区", "楼") and re.match(
        r"\d|[号楼室单]", text[candidate.unit_end : candidate.unit_end + 1]
    ):
        return "address or name"
    if (
        not unit
        and len(number) >= 7
        and "," not in number
        and "." not in number
        and candidate.number.isdigit()
    ):
        return "telephone or document number"
    if not unit and _YEAR.match(number) and not candidate.vague:
        return "year"
    if _unit_is_word(text, candidate):
        return "the unit is part of a word"
    if not unit and candidate.kind == "number" and not candidate.multiplier:
        return _bare(text, candidate, before)
    return None


def _bare(text: str, candidate: Candidate, before: str) -> str | None:
    """Refuse a number without unit, unless it closes a clause behind what it counts."""
    rest = text[candidate.end : candidate.end + 3]
    if not _CLAUSE_END.match(rest) or rest.startswith("的"):
        return "no unit"
    if candidate.vague or candidate.number[-1] in "万亿" or candidate.after or candidate.before:
        return None
    if not re.search(r"[\u4e00-\u9fff)]$|[分为是达共计升降][别到至为]?$", before) or re.search(
        r"[年月日第号]$", before
    ):
        if re.search(r"[\d.%人个户元]、$", before) or _next_shares_unit(text, candidate):
            return None
        return "no unit"
    if re.search(r"(?:汇报|工作|报告|总结|附件|表|图|范文|篇|方案|部分|问题|例|注|题)$", before):
        return "number of something"
    return None


def _next_shares_unit(text: str, candidate: Candidate) -> bool:
    return bool(
        re.match(
            r"(?:[、,]|和|及|与)-?\d[\d.,]*(?:个|人|户|元|%|件|名|次|[万亿])",
            text[candidate.end : candidate.end + 12],
        )
    )


def _date_like_year(candidate: Candidate, before: str, after: str) -> bool:
    value = candidate.number
    if not value.isdigit():
        return False
    if before.endswith(("民国", "公元")) or re.match(
        r"\d{1,2}月|度|底|末|初|[上下]半年|春|夏|秋|冬|来", after
    ):
        return True
    return int(value) >= 60 and len(value) <= 3 and not candidate.vague


_CHINESE_UNITLESS = re.compile(r"[百千万亿]$")
_ARTICLE_AFTER = re.compile(r"[个种批项系位名支场次条座家份件片道面张套本部台层级段处块步股]")


def _chinese(text: str, candidate: Candidate, before: str, after: str) -> str | None:
    number, unit = candidate.number, candidate.unit
    if candidate.kind == "fraction":
        return None
    if candidate.kind == "few":
        return None if unit else "few of something"
    if candidate.kind == "lone":
        return None if unit and not re.match(r"来", after) else "half of something"
    if (
        not candidate.second
        and number in ("千", "百", "万", "亿", "十", "千万", "百万", "万万", "百千")
        and not (candidate.vague or candidate.before)
    ):
        return "fixed word"
    if unit == "":
        if candidate.vague or candidate.before or candidate.after:
            return (
                None
                if parse_ok(number)
                and (_CHINESE_UNITLESS.search(number) or candidate.after)
                and _CLAUSE_END.match(text[candidate.end : candidate.end + 2])
                else "no unit"
            )
        if (
            len(number) >= 2
            and _CHINESE_UNITLESS.search(number)
            and _CLAUSE_END.match(text[candidate.end : candidate.end + 2])
        ):
            return "no unit"
        return "no unit"
    if re.match(r"[年月日号时点]", text[candidate.number_end : candidate.number_end + 1]) and unit in (
        "年",
        "日",
        "时",
        "点",
        "",
    ):
        return "date or duration"
    if unit in ("年", "周", "个月", "个星期", "载"):
        return "duration that says when"
    if _unit_is_word(text, candidate):
        return "the unit is part of a word"
    if (
        number == "一"
        and not candidate.half
        and not candidate.second
        and not candidate.vague
        and not candidate.after
    ):
        return _one(text, candidate, before)
    if (
        unit in ("大", "种", "类", "方", "级", "路", "道", "层", "里", "段", "单元", "口", "节", "面", "门")
        and len(number) == 1
    ):
        return "abstract count"
    if (
        candidate.unit == "个"
        and re.match(
            r"[\u4e00-\u9fff]{0,4}?(?:方面|体系|机制|制度|意识|环节|层次|阶段|原则|确保|坚持|问题|重点|关键|特点|代表|文明|自信|维护|基本|目标|转变|突出|层面|结合|转|一批|关系|角度|优势|意见)",
            text[candidate.unit_end : candidate.unit_end + 10],
        )
        and len(number) == 1
    ):
        return "abstract count"
    if (
        candidate.unit in ("项", "件", "件事", "条", "点", "步")
        and len(number) == 1
        and re.match(
            r"(?:工作|事|措施|任务|制度|机制|原则|重点|要求|实事|经验|体会|主线|底线|举措)",
            text[candidate.unit_end : candidate.unit_end + 4],
        )
    ):
        return "abstract count"
    return None


def parse_ok(number: str) -> bool:
    """Tell whether a Chinese numeral holds a place value (a lone 一 does not)."""
    return len(number) > 1 or number in "百千万亿十"


_MEASURE_UNITS = (
    "吨",
    "公斤",
    "米",
    "公里",
    "平方米",
    "亩",
    "成",
    "斤",
    "里",
    "千米",
    "公顷",
    "立方米",
    "车",
    "次",
    "台",
    "辆",
    "座",
    "家",
    "所",
    "支",
    "名",
    "只",
    "部",
    "处",
    "间",
    "场",
    "套",
    "期",
    "栋",
    "幢",
    "人次",
)


def _one(text: str, candidate: Candidate, before: str) -> str | None:
    """一 with a classifier is an article (开展一次活动), unless it closes the clause behind its noun (打印机一台)."""
    rest = text[candidate.end : candidate.end + 2]
    if candidate.unit in ("天", "日", "时", "点", "小时"):
        return "duration"
    closes = not rest or rest[0] in ",。;、:)\n和及"
    if (
        closes
        and candidate.unit in _MEASURE_UNITS
        and re.search(r"[\u4e00-\u9fff]$", before)
        and not re.search(r"(?:每|第|这|那|某|任|哪|同|统|另|有|是|为|了|到|再|上|下|唯|逐)$", before)
    ):
        return None
    return "article"
