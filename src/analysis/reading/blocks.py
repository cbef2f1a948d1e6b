"""The pieces of a text: title, headings, list items and paragraphs, as offsets."""

from __future__ import annotations

import re

from analysis.reading.report import Block

_LINE = re.compile(r"[^\r\n]+")
_MARKDOWN = re.compile(r"(#{1,6})\s+")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十壹貳參肆伍]{1,3}、|[㈠-㈩]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章节節部]|【[^】]+】)[^。;；!！?？]{0,30}$",
)
_ITEM = re.compile(r"(?:\d{1,2}[.、)）]|[①-⑳⑴-⒇]|[-*•]\s|[一二三四五六七八九十]是)")
_STOP = "。;；,，!！?？"
_TITLE_LENGTH = 60


def find_blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into blocks, one a line that is not empty."""
    blocks: list[Block] = []
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + match[0].index(line[0])
        blocks.append(_block(line, start, first=not blocks))
    return tuple(blocks)


def _block(line: str, start: int, *, first: bool) -> Block:
    end = start + len(line)
    mark = _MARKDOWN.match(line)
    if mark:
        level = len(mark[1])
        return Block(start + mark.end(), end, "title" if first and level == 1 else "heading", level)
    if first and len(line) <= _TITLE_LENGTH and line[-1] not in _STOP:
        return Block(start, end, "title", 0)
    if _HEADING.match(line):
        return Block(start, end, "heading", 1 if line[0] not in "(（㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩" else 2)
    return Block(start, end, "item" if _ITEM.match(line) else "paragraph", 0)


def find_title(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Give a report's title: its first block when that is short and no sentence."""
    if blocks and blocks[0].kind == "title":
        return text[blocks[0].start : blocks[0].end]
    return None
