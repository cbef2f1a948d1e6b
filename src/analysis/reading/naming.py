"""The name of the place that a file name, a title or an opening sentence is about."""

from __future__ import annotations

import re
from collections import Counter

from analysis.language.places import find_places
from analysis.language.script import fold

# The lowest level comes first: of 青山街道青山社區 it is the community that reports.
_LEVELS = (("社区", "村", "里", "邨", "屯"), ("街道", "镇", "乡"), ("区", "县"), ("市",), ("省",))
_LEVEL_OF = {kind: level for level, kinds in enumerate(_LEVELS) for kind in kinds}
_KIND = "社区|街道|村|镇|乡|区|县|市|省|里|邨|屯"
_ENDING = re.compile(rf"[\u4e00-\u9fff]{{2,}}(?:{_KIND})")
_HIGHER = re.compile(rf"[\u4e00-\u9fff]{{2,6}}?(?:街道|镇|乡|县|市|省)(?=[\u4e00-\u9fff]{{2,}}(?:{_KIND})$)")
# What is added to a place's name in a file name: a correction, a copy, a version, a date, a number.
_WORDS_ADDED = "更正|订正|修订|修改|补报|重报|定稿|最终|终稿|副本|新|改|copy|final"
_ADDED = re.compile(
    rf"[-_ .(\[]*(?:{_WORDS_ADDED}|v\d+|第?[\d一二三四五六七八九十]+[版稿次]|\(\d+\))[版稿件]?\d*[)\]]*$",
    re.IGNORECASE,
)
_DATE = (
    r"(?:\d{4}年度?(?:\d{1,2}月份?(?:\d{1,2}[日号])?|[上下]半年|第?[一二三四1-4]季度|全年)?"
    r"|\d{4}[-_. ]?[HQW]\d{1,2}|\d{4}(?:[-_. ]?\d{2}){0,2}(?!\d)|\d{1,2}月份?|\d{1,3}(?=[-_. ]|$))"
)
_AROUND = re.compile(rf"^[-_. (]*{_DATE}[-_. )]*|[-_. (]*(?<!\d){_DATE}[-_. )]*$", re.IGNORECASE)
_LEAD = re.compile(
    r"^[\s#*【\[(<《\"]*(?:(?:关于|中共|转发|在)"
    # 2026年3月青山社区…, 2026年第5期 青山社区…
    r"|(?:\d{4}|民国\d{2,3}|[一二][零一二三四五六七八九]{3})年度?"
    r"(?:第\d{1,3}期|\d{1,2}月份?(?:\d{1,2}[日号])?|[一二三四五六七八九十]{1,2}月份?"
    r"|[上下]半年|第?[一二三四1-4]季度|全年)?[-_\s·]*)*"
)
# After the names of higher levels and of 里, which end everyday words too, a title goes on like this.
_GOES_ON = re.compile(
    r"\s*(?:$|\d|[零一二]{2}|民国|(?:人民)?政府|工作|办公|里务|屋邨|全[年市县区]|[上下]半年|第[一二三四]季|[-_·:(])"
)
_NOT_NAMES = re.compile(
    r"社区|街道|小区|居民|城乡|农村|乡村|全国|各[县区市乡镇村]|我[县区市]|新农|文明|和谐|示范|工作|总结|报告|情况|创建"
    r"|[与及的]|^[各我本全该]"
)
_JOINED = re.compile(r"\s*(?:以及|[、与及])\s*")
_TITLE_LENGTH = 120
_OFFICE = r"[ \u3000]*(?:中共)?([\u4e00-\u9fff]{2,20}?(?:社区|村|街道|镇|乡))"
_INTRODUCED = re.compile(
    rf"(?:^|[。\n\r]){_OFFICE}(?:位于|地处|坐落|座落|现有|辖区|总面积|成立于|东[临至接起邻])"
)
_SIGNED = re.compile(
    rf"(?:^|\n){_OFFICE}(?:[居村]民委员会|[居村]委会|办事处|党委|党总支|党支部|人民政府|综合服务中心)"
    r"[ \u3000\r]*(?=\n|$)"
)
_LI = re.compile(r"(?:^|[\s,。、;:由])([\u4e00-\u9fff]{2,3}里)(?=办公处)")
_NATION = re.compile(r"代表国务院[,，]?向大会|国务院总理")
_HEAD, _TAIL = 1500, 200
_OFTEN = 3


def nation_of_words(folded: str) -> str | None:
    """Give 全国 for a report (its folded text) of the State Council to the people's congress, else None.

    Examples
    --------
    >>> nation_of_words("各位代表:现在,我代表国务院,向大会报告政府工作")
    '全国'
    """
    return "全国" if _NATION.search(folded[:_HEAD]) else None


def named_place(name: str) -> str | None:
    """Give the place that a file or folder name tells.

    Examples
    --------
    >>> [named_place(n) for n in ("青山社區", "青山社區-更正", "2026年3月青山村(2)", "2026-03", "工作總結")]
    ['青山社區', '青山社區', '青山村', None, None]
    """
    folded, kept = fold(name), name
    # Folding keeps lengths, so that what is cut from one is cut from the other.
    for _ in range(4):
        match = _ADDED.search(folded) or _AROUND.search(folded)
        if match is None or match[0] == folded:
            break
        start, end = match.span()
        folded, kept = folded[:start] + folded[end:], kept[:start] + kept[end:]
    offset = len(folded) - len(folded.lstrip(" -_."))
    folded, kept = folded.strip(" -_."), kept[offset:].strip(" -_.")
    if _ENDING.fullmatch(folded):
        last = _last_link(folded)
        return kept[-len(last) :] if last else None
    return place_in_title(kept)


def _last_link(folded: str) -> str | None:
    """Give the last name of a chain such as 青山街道青山社区; None where it is no name."""
    start = 0
    for link in _HIGHER.finditer(folded):
        if link.start() == start and not _NOT_NAMES.search(link[0][:-2]):
            start = link.end()
    return None if _NOT_NAMES.search(_bare(folded[start:])) else folded[start:]


def _bare(name: str) -> str:
    return re.sub(rf"(?:{_KIND})$", "", name)


def place_in_title(title: str) -> str | None:
    """Give the place a title opens with, the most specific one; None where it names two of a level.

    Examples
    --------
    >>> place_in_title("青山街道青山社區2026年3月份工作報告")
    '青山社區'
    >>> place_in_title("關於鹿鳴社區、丹霞社區創建工作的匯報") is None
    True
    """
    folded = fold(title[:_TITLE_LENGTH])
    position = _end_of(_LEAD, folded, 0)
    names: list[tuple[int, int, int]] = []
    while (link := _next_link(folded, position)) is not None:
        names.append(link)
        position = link[1]
        if _next_link(folded, position) is None:
            position = _end_of(_JOINED, folded, position)
    if not names:
        names = _community_inside(folded)
    if not names:
        return None
    lowest = min(level for _, _, level in names)
    found = [(start, end) for start, end, level in names if level == lowest]
    if len({folded[start:end] for start, end in found}) > 1:
        return None
    return title[found[0][0] : found[0][1]]


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _next_link(folded: str, position: int) -> tuple[int, int, int] | None:
    """Give the name that stands at `position`, the shortest after which the title can go on."""
    for length in range(2, 7):
        for kind in _KIND.split("|"):
            end = position + length + len(kind)
            if not folded.startswith(kind, position + length) or not _ends_name(folded, end, kind):
                continue
            name = folded[position : position + length]
            if re.fullmatch(r"[\u4e00-\u9fff]+", name) and not _NOT_NAMES.search(name):
                return position, end, _LEVEL_OF[kind]
    return None


def _ends_name(folded: str, end: int, kind: str) -> bool:
    if folded.startswith(("社区", "街道"), end):
        # 清湖里社区 is one name; 清湖里 is not.
        return False
    if kind in {"社区", "街道", "村", "镇", "乡"}:
        return not re.compile(r"干部|工作者|居民(?!委员会)|道").match(folded, end)
    return bool(_GOES_ON.match(folded, end)) or _next_link(folded, end) is not None


def _community_inside(folded: str) -> list[tuple[int, int, int]]:
    """Give the communities that stand after the opening of a title, behind a dash or a blank."""
    found = []
    for match in re.finditer(r"(?:——|[-:】|>] ?| )", folded):
        link = _next_link(folded, match.end())
        if link is not None and link[2] == 0:
            found.append(link)
    return found


def place_of_words(text: str, folded: str) -> str | None:
    """Give the place whose office signs a text, that its opening introduces, or of which it speaks most.

    `folded` is the text in folded form. None where two places could be meant.
    """
    for pattern, start in ((_SIGNED, max(0, len(text) - _TAIL)), (_INTRODUCED, 0), (_LI, 0)):
        end = len(text) if pattern is _SIGNED else _HEAD
        found: dict[str, tuple[int, int]] = {}
        for match in pattern.finditer(folded[start:end]):
            if not _NOT_NAMES.search(_bare(match[1])):
                found.setdefault(match[1], match.span(1))
        if len(found) == 1:
            ((first, last),) = found.values()
            name = text[start + first : start + last]
            return place_in_title(name) or name
    return _most_named(text, folded)


def _most_named(text: str, folded: str) -> str | None:
    """Give the community a text names again and again beside 我社区, clearly more often than any other."""
    mentions = find_places(folded)
    own = {mention.name[1:] for mention in mentions if mention.own}
    names = Counter(m.name for m in mentions if not m.own and m.name.endswith(tuple(own)))
    first, second = (*names.most_common(2), ("", 0), ("", 0))[:2]
    if first[1] < _OFTEN or 2 * first[1] <= 3 * second[1] or _NOT_NAMES.search(_bare(first[0])):
        return None
    named = next(mention for mention in mentions if mention.name == first[0])
    return text[named.start : named.end]
