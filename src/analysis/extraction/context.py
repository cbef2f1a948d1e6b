"""Where a figure stands: its clause, its sentence, and the headings over it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLAUSE = re.compile(r"[,;:。!?\n，；：！？】—]")
_SENTENCE = re.compile(r"[。!?\n！？】]")
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}\s*.+|(?:第[一二三四五六七八九十]+[章节部分]|[一二三四五六七八九十壹贰叁参肆伍陆柒捌玖拾]{1,3}、|[㈠-㈩]|[(（][一二三四五六七八九十]{1,3}[)）])[^\n。,;]{0,30}?(?=[。\n:：]|$)|(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])[^\n。;:：\d]{4,40}$|\d{1,2}[.、][^\n。,;\d]{2,14}$|【[^\n】]{2,20}】|[^\n。,;:]{0,12}(?:计划|打算|安排|展望)[:：。]"
    # A line of a diary: 4月1日 晴.
    r"|\d{1,2}月\d{1,2}日[^\n。,;:\d]{0,8}$"
    # A bare line that divides a report: 2025年工作安排.
    r"|(?P<part>(?:名词|词语)?(?:解释|注释)$|(?:[一二零]{2}[一二三四五六七八九零]{2}|\d{4}|1[01]\d|今|明)年度?[^\n。,;:\d]{0,16}(?:安排|要点|计划|任务|工作|目标|重点|举措|思路|打算|建议|实事|回顾|总结|情况|展望)$)"
    r"|(?P<title>[^\n。,;:]{4,40}(?:报告|总结|汇报|简报|小结)$))",
    re.MULTILINE,
)
# From the highest heading to the lowest: # and 【】, 一、, (一), 1.
_RANKS = tuple(
    re.compile(p)
    for p in (
        r"#(?!#)|【|第.{1,3}[章节部]|[壹贰叁参肆伍陆柒捌玖拾]{1,2}、",
        r"##|[一二三四五六七八九十]{1,3}、",
        r"###|[(（㈠-㈩]",
        r"\d",
    )
)
_TITLE = -1
_LIST_ITEM = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,2}[是、]|第[一二三四五六七八九十]|[(（]?\d{1,2}[.、)）]|[(（][一二三四五六七八九十]{1,3}[)）]|[①-⑳⑴-⒇])"
)
_LEADS = re.compile(r"[:：]|如下|以下|下列|主要|事。|工作。|实事")
_PLAIN_LEAD = re.compile(r"如下|以下|下列")
# A short line without a number may stand between a list and the line that leads it.
_BETWEEN = re.compile(r"[^\n\d一二三四五六七八九十百千万年月日]{2,40}\n")
_LONGEST_LEAD = 200
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
# A text without full stops is read in pieces, or every figure in it would cost the length of it all.
_LONGEST = 1000


class Sentence(NamedTuple):
    """A sentence, or a piece of a very long one: its span and where its clauses begin."""

    start: int
    end: int
    clauses: tuple[int, ...]

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the clause around an offset of the sentence, without the mark that ends it."""
        index = bisect_right(self.clauses, offset)
        end = self.clauses[index] - 1 if index < len(self.clauses) else self.end
        return self.clauses[index - 1], end


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its place, and the headings over it from the innermost outwards.

    `first` is where the first heading of its row begins: 一、 for 三、.
    """

    start: int
    heading: str
    over: tuple[Section, ...]
    first: int = 0

    @property
    def chain(self) -> tuple[Section, ...]:
        """Give this heading and those over it."""
        return (self, *self.over)


@dataclass(slots=True)
class Layout:
    """The borders of a clean text's sentences and sections; a sentence's clauses are found when it is asked for."""

    text: str
    borders: list[int]
    lines: list[int]
    section_starts: list[int]
    sections: list[Section]
    _leads: dict[int, int] = field(default_factory=dict, repr=False)
    _last: Sentence = field(default=Sentence(0, 0, (0,)), repr=False)

    def sentence(self, offset: int) -> Sentence:
        """Give the sentence around an offset."""
        last = self._last
        if last.start <= offset < last.end:
            return last
        start, end = self.span(offset)
        if start == last.start and end == last.end:
            return last
        self._last = Sentence(start, end, self._clauses(start, end))
        return self._last

    def span(self, offset: int) -> tuple[int, int]:
        """Give where the sentence around an offset begins and ends, without the mark that ends it."""
        borders = self.borders
        index = bisect_right(borders, offset)
        return (
            borders[index - 1] if index else 0,
            borders[index] - 1 if index < len(borders) else len(self.text),
        )

    def line(self, offset: int) -> int:
        """Give where the line around an offset begins."""
        return self.lines[bisect_right(self.lines, offset) - 1]

    def lead_in(self, paragraph: int) -> int:
        """Give the start of the sentence that leads the list that a line is an item of; -1 without one.

        It is the last sentence before the list's first item.
        """
        if not _LIST_ITEM.match(self.text, paragraph):
            return -1
        passed = []
        found: int | None = None
        while found is None:
            passed.append(paragraph)
            found = self._leads.get(paragraph)
            if found is None:
                paragraph, found = self._line_before(paragraph)
        self._leads.update(dict.fromkeys(passed, found))
        return found

    def _line_before(self, paragraph: int) -> tuple[int, int | None]:
        if paragraph <= 0:
            return 0, -1
        text = self.text
        previous = self.line(paragraph - 1)
        if _LIST_ITEM.match(text, previous) or not text[previous : paragraph - 1].strip():
            return previous, None
        if paragraph - previous <= 9:
            return previous, -1
        leads = _LEADS.search(text, max(previous, paragraph - 21), paragraph - 1) or (
            paragraph - previous <= _LONGEST_LEAD and _PLAIN_LEAD.search(text, previous, paragraph - 1)
        )
        if leads:
            return previous, max(previous, self.span(paragraph - 3)[0])
        return previous, None if _BETWEEN.fullmatch(text, previous, paragraph) else -1

    def section(self, offset: int) -> Section | None:
        """Give the section around an offset; None before the first heading."""
        index = bisect_right(self.section_starts, offset) - 1
        return self.sections[index] if index >= 0 else None

    def _clauses(self, start: int, end: int) -> tuple[int, ...]:
        text = self.text
        return (
            start,
            *(m.end() for m in _CLAUSE.finditer(text, start, end) if _divides(text, m.start(), m[0])),
        )


def lay_out(text: str) -> Layout:
    """Find the borders of a clean text."""
    borders = [m.end() for m in _SENTENCE.finditer(text)]
    lines = [0, *(border for border in borders if text[border - 1] == "\n")]
    sections = _sections(text, lines)
    return Layout(text, _shortened(text, borders), lines, [s.start for s in sections], sections)


def _shortened(text: str, borders: list[int]) -> list[int]:
    """Cut what is longer than any sentence, at a mark where there is one."""
    if max(map(sub, [*borders, len(text)], [0, *borders])) <= _LONGEST:
        return borders
    cut: list[int] = []
    start = 0
    for border in [*borders, len(text)]:
        while border - start > _LONGEST:
            mark = max(text.rfind(c, start + _LONGEST // 2, start + _LONGEST) for c in ";,、 ")
            start = mark + 1 if mark >= 0 else start + _LONGEST
            cut.append(start)
        start = border
        cut.append(border)
    return cut[:-1] if not borders or borders[-1] != len(text) else cut


def _headings(text: str, lines: list[int]) -> Iterator[re.Match[str]]:
    """Find the headings of a text, whose lines begin at the offsets given."""
    free = 0
    for line in lines:
        if line >= free and (match := _HEADING.match(text, line)):
            free = match.end()
            yield match


def _sections(text: str, lines: list[int]) -> list[Section]:
    found: list[Section] = []
    open_ones: list[tuple[int, Section]] = []
    for match in _headings(text, lines):
        heading = match[0].strip()
        rank = next((i for i, pattern in enumerate(_RANKS) if pattern.match(heading)), len(_RANKS))
        if match["part"]:
            rank = 0
        elif match["title"]:
            # The first title is the report's own; a later one begins another report in the same text.
            if not found:
                continue
            rank = _TITLE
        first = match.start()
        while open_ones and open_ones[-1][0] >= rank:
            level, before = open_ones.pop()
            if level == rank:
                first = before.first
        over = open_ones[-1][1].chain if open_ones else ()
        found.append(Section(match.start(), heading, over, first))
        open_ones.append((rank, found[-1]))
    return found


def _divides(text: str, at: int, mark: str) -> bool:
    """Tell whether a mark ends a clause; not the comma inside a number, the colon inside a ratio, a single dash."""
    if mark == "—":
        return text[at - 1 : at] == "—"
    if mark not in ",:" or not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()):
        return True
    return mark == "," and _THOUSANDS.match(text, at + 1) is None
