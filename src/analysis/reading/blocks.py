"""The pieces of a text: title, headings, list items and paragraphs, as offsets."""

from __future__ import annotations

import re

from analysis.reading.report import Block

_BREAK = re.compile(r"[\r\n]")
_MARKDOWN = re.compile(r"(#{1,6})[ \t]+")
_FIRST_LEVEL = re.compile(
    r"第[一二三四五六七八九十]+[章节節部][分]?|[一二三四五六七八九十壹貳參肆伍贰叁陆]{1,3}[、.．]|【[^】\n]{1,30}】"
)
_SECOND_LEVEL = re.compile(r"[㈠-㈩]|[(（][一二三四五六七八九十]{1,3}[)）]")
_ITEM = re.compile(
    r"(?:\d{1,2}[.、)）．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳⑴-⒇]|[-*+•●■◆·][ \t]|——|[一二三四五六七八九十]是)"
)
_STOP = "。;；,，!！?？:："
# What stands above a title without being one: a web page's path, page numbers, 附件2.
_CHROME = re.compile(
    r"(?:当前位置|當前位置|您的位置|现在的位置|首页|首頁)"
    r"|^\s*(?:第\s*\d+\s*[页頁].*|[附]件\s*\d*\s*[:：]?|\d+|[-—\s\d]+)$"
)
_TITLE_LENGTH, _HEADING_LENGTH = 60, 40
_LINES_ABOVE_TITLE = 4
_LONGEST_CHROME = 200


def find_blocks(text: str) -> tuple[Block, ...]:
    r"""Cut a text into blocks, one a line that is not empty.

    Offsets leave out the white space around a line, and the # marks of a Markdown heading. The title is
    among the first lines, short and no sentence; a text of one line has none.

    Examples
    --------
    >>> [(b.kind, b.level) for b in find_blocks("工作報告\n一、環境\n清運垃圾18.5噸。\n- 走訪3戶")]
    [('title', 0), ('heading', 1), ('paragraph', 0), ('item', 1)]
    """
    spans = _lines(text)
    titled = _title_line(text, spans)
    return tuple(_block(text, start, end, title=i == titled) for i, (start, end) in enumerate(spans))


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    begin = 0
    for whole in _BREAK.split(text) if "\r" in text else text.split("\n"):
        line = whole.strip()
        if line:
            start = begin + whole.index(line[0])
            spans.append((start, start + len(line)))
        begin += len(whole) + 1
    return spans


def _title_line(text: str, spans: list[tuple[int, int]]) -> int | None:
    for i, (start, end) in enumerate(spans[:_LINES_ABOVE_TITLE]):
        line = text[start:end]
        if _CHROME.search(line, 0, _LONGEST_CHROME):
            continue
        mark = _MARKDOWN.match(line)
        if mark:
            return i if len(mark[1]) == 1 else None
        if _FIRST_LEVEL.match(line) and not line.startswith("【"):
            return None
        short = len(line) <= _TITLE_LENGTH and line[-1] not in _STOP
        return i if short and len(spans) > 1 and not _ITEM.match(line) else None
    return None


def _block(text: str, start: int, end: int, *, title: bool) -> Block:
    line = text[start:end]
    mark = _MARKDOWN.match(line)
    if title:
        return Block(start + (mark.end() if mark else 0), end, "title", 0)
    if mark:
        return Block(start + mark.end(), end, "heading", len(mark[1]))
    level = 1 if _FIRST_LEVEL.match(line) else 2 if _SECOND_LEVEL.match(line) else 0
    if level:
        # 一、環境 is a heading; (一)環境。清運垃圾… is an item that begins with one.
        heading = len(line) <= _HEADING_LENGTH and not any(stop in line[:-1] for stop in "。；;！？!?")
        return Block(start, end, "heading" if heading and line[-1] not in "；;" else "item", level)
    return Block(start, end, "item" if _ITEM.match(line) else "paragraph", 1 if _ITEM.match(line) else 0)


def find_title(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Give a report's title as written; None without one."""
    return next((text[block.start : block.end] for block in blocks if block.kind == "title"), None)
