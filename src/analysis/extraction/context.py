"""Where a figure stands: its clause, its sentence, its section, and the figures beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_CLAUSE = re.compile(r"[,;:。!?\n，；：！？】]|——")
_SENTENCE = re.compile(r"[。!?\n！？】]")
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}\s*.+|(?:第[一二三四五六七八九十]+[章节部分]|[一二三四五六七八九十]{1,3}、|[㈠-㈩]|[(（][一二三四五六七八九十]{1,3}[)）])[^\n。,;]{0,30}?(?=[。\n:：]|$)|\d{1,2}[.、][^\n。,;\d]{2,14}$|【[^\n】]{2,20}】|[^\n。,;:]{0,12}(?:计划|打算|安排|展望)[:：。])",
    re.MULTILINE,
)
# From the highest heading to the lowest: # and 【】, 一、, (一), 1.
_RANKS = tuple(
    re.compile(p)
    for p in (r"#(?!#)|【|第.{1,3}[章节部]", r"##|[一二三四五六七八九十]{1,3}、", r"###|[(（㈠-㈩]", r"\d")
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The borders of a clean text's clauses, sentences and sections, as sorted offsets."""

    text: str
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    heading_starts: tuple[int, ...]
    headings: tuple[str, ...]

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the clause around an offset."""
        return _around(self.clauses, offset, len(self.text))

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset."""
        return _around(self.sentences, offset, len(self.text))

    def sections(self, offset: int) -> list[tuple[int, str]]:
        """Give the headings over an offset with their places, from the innermost outwards."""
        index = bisect_right(self.heading_starts, offset) - 1
        found: list[tuple[int, str]] = []
        rank = len(_RANKS) + 1
        while index >= 0 and rank > 0:
            heading = self.headings[index]
            own = next((i for i, pattern in enumerate(_RANKS) if pattern.match(heading)), len(_RANKS))
            if own < rank:
                found.append((self.heading_starts[index], heading))
                rank = own
            index -= 1
        return found

    def section(self, offset: int) -> tuple[int, str]:
        """Give where the section around an offset begins, and its heading ("" before the first)."""
        index = bisect_right(self.heading_starts, offset) - 1
        return (self.heading_starts[index], self.headings[index]) if index >= 0 else (0, "")


def _around(borders: tuple[int, ...], offset: int, length: int) -> tuple[int, int]:
    index = bisect_right(borders, offset)
    return (borders[index - 1] if index else 0), (borders[index] - 1 if index < len(borders) else length)


def lay_out(text: str) -> Layout:
    """Find the borders of a clean text.

    A comma inside a number is no border, and neither is a colon inside a ratio or time.
    """
    clauses = tuple(m.end() for m in _CLAUSE.finditer(text) if not _inside_number(text, m))
    headings = list(_HEADING.finditer(text))
    return Layout(
        text, clauses, tuple(m.end() for m in _SENTENCE.finditer(text)),
        tuple(m.start() for m in headings), tuple(m[0].strip() for m in headings),
    )  # fmt: skip


def _inside_number(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if match[0] not in ",:" or not (text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()):
        return False
    return match[0] == ":" or bool(re.match(r"\d{3}(?!\d)", text[end : end + 4]))
