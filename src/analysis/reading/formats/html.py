"""Web pages: the report without what stands around it, with its tables whole.

The page is walked element by element, so that nothing of the report is lost. Where it holds navigation,
trafilatura tells where the report begins and ends; without an answer, the share of links does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Table
from analysis.reading.encoding import decode, decode_as
from analysis.reading.formats.refusal import damaged

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,30})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_NEVER = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "button",
        "textarea",
        "head",
        "title",
    ]
)
_CHROME_TAGS = frozenset({"nav", "footer", "aside", "menu", "form", "dialog"})
_CHROME_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|sidebar|side|breadcrumbs?|crumbs?|foot|footer|copyright|share|sharing"
    r"|toolbar|pager|pagination|related|recommend|comments?|banner|ads?|login|search|weizhi|dibu|daohang)(?:$|[-_ ])",
    re.IGNORECASE,
)
_CHROME_WORDS = re.compile(
    r"^(?:首页|首頁)$|(?:当前位置|當前位置|您(?:现在|現在)?的位置|(?:首页|首頁)\s*[>»›])|版权所有|版權所有|ICP备|ICP備|公网安备|公網安備|网站标识码"
    r"|^(?:上一[篇页条]|下一[篇頁页条]|[【\[]?(?:打印|关闭|關閉|收藏|分享|返回顶部|返回頂部|我要纠错|大\s*中\s*小)|分享到|扫一扫|掃一掃|相关(?:阅读|链接|新闻|文章)|相關(?:閱讀|連結|新聞))"
    r"|^(?:浏览|瀏覽|阅读|閱讀|点击|點擊)(?:次数|次數|量|数)?\s*[:：]?\s*\d*\s*次?$|^(?:字号|字號|字体|字體)\s*[:：]"
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "nav",
        "footer",
        "aside",
        "menu",
        "form",
        "dialog",
        "caption",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
# What stands behind </html>, such as a second page in the file, would become a tree that nobody walks through.
_ENDS = re.compile(r"^\s*<\?xml[^>]*\?>|</(?:html|body)\s*>", re.IGNORECASE)
_LINKS_MOSTLY = 0.5
_LONG_CELL = 200


def read(data: bytes, name: str, declared: str | None = None) -> Document:
    """Read a web page.

    Parameters
    ----------
    data : the file.
    name : its name, for errors.
    declared : its encoding, where something around the page tells it.

    Errors
    ------
    UnreadableError where it is no text in a known encoding.
    """
    from lxml import etree, html

    text, encoding, confidence = _decoded(data, name, declared)
    source = _ENDS.sub("", text.replace("\0", ""))
    try:
        # Without huge_tree all below the 256th level would be lost; this process has its limits anyway.
        parser = html.HTMLParser(no_network=True, huge_tree=True)
        tree = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, ValueError, AssertionError) as error:
        raise damaged(name, error) from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # What lies beyond the parser's limit would be lost in silence.
        raise damaged(name, RecursionError("elements within elements, more than 2,000 deep"))
    walk = _Walk()
    walk.element(tree, chrome=False)
    parts, dropped = _report_of(walk.found, source)
    left_out = Counter(walk.left_out)
    left_out["chrome"] += dropped
    return Document(
        tuple(parts), _properties(tree), {k: n for k, n in left_out.items() if n}, None, encoding, confidence
    )


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, str, float]:
    """Decode as the page declares, where every byte obeys that; else as any text."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
        label = declared or (found[1].decode("ascii") if found else None)
        decoded = decode_as(data, label) if label else None
        if decoded:
            return decoded
    return decode(data, name)


class _Found:
    """A part of the page: what it says, and what its surroundings say of it."""

    __slots__ = ("chrome", "holder", "links", "part", "size")

    def __init__(self, part: Paragraph | Table, holder: Any, links: int, *, chrome: bool) -> None:
        self.part, self.holder, self.links, self.chrome = part, holder, links, chrome
        text = part.text if isinstance(part, Paragraph) else "".join(cell.text for cell in part.cells)
        self.size = len(text)
        if isinstance(part, Paragraph):
            mostly_links = links > _LINKS_MOSTLY * max(1, len("".join(text.split())))
            self.chrome = chrome or mostly_links or _CHROME_WORDS.search(text) is not None


class _Walk:
    """The way through a page's elements; text between two block elements is a paragraph."""

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self.left_out: Counter[str] = Counter()
        self._pieces: list[str] = []
        self._links = 0
        self._state: tuple[str, int, Any, bool] = ("", 0, None, False)

    def element(self, element: Any, *, chrome: bool, kind: str = "", level: int = 0) -> None:
        """Walk through an element and all in it."""
        # An explicit stack: saved pages nest thousands deep.
        stack: list[tuple[Any, bool, str, int, bool]] = [(element, chrome, kind, level, False)]
        while stack:
            node, chrome, kind, level, done = stack.pop()
            tag = node.tag
            if done:
                if tag in _BLOCKS:
                    self._close()
                self._text(node.tail)
                continue
            if not isinstance(tag, str) or tag in _NEVER:
                self._text(node.tail)
                continue
            if _hidden(node):
                self.left_out["hidden"] += len("".join(node.itertext()).strip())
                self._text(node.tail)
                continue
            if tag == "br":
                self._close()
                self._text(node.tail)
                continue
            if tag == "table" and _is_data(node):
                self._close()
                self._table(node, chrome)
                self._text(node.tail)
                continue
            if tag in _BLOCKS:
                self._close()
                chrome = chrome or tag in _CHROME_TAGS or _named_chrome(node)
                if tag[0] == "h" and tag[1:].isdigit():
                    kind, level = "heading", int(tag[1:])
                elif tag == "li":
                    kind, level = "item", 1
                elif tag in {"td", "th", "div", "section"}:
                    kind, level = "", 0
                self._state = (kind, level, node.getparent(), chrome)
            if tag == "a":
                self._links += len("".join("".join(node.itertext()).split()))
            self._text(node.text)
            stack.append((node, chrome, kind, level, True))
            stack.extend((child, chrome, kind, level, False) for child in reversed(node))
        self._close()

    def _text(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)

    def _close(self) -> None:
        text = _SPACE.sub(" ", "".join(self._pieces)).replace("\xa0", " ").strip()
        if text:
            kind, level, holder, chrome = self._state
            self.found.append(_Found(Paragraph(text, kind, level), holder, self._links, chrome=chrome))
        self._pieces.clear()
        self._links = 0

    def _table(self, element: Any, chrome: bool) -> None:  # noqa: FBT001 - the walk's own state
        caption = element.find("caption")
        if caption is not None and (words := _words(caption)):
            self.found.append(_Found(Paragraph(words), element.getparent(), 0, chrome=chrome))
        table = table_of(element)
        if table.cells:
            self.found.append(_Found(table, element.getparent(), 0, chrome=chrome))


def _hidden(node: Any) -> bool:
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and re.search(r"display\s*:\s*none", style))


def _named_chrome(node: Any) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if node.get("title") in {"header", "footer"}:
        # So LibreOffice and Word save the header and footer of a page.
        return True
    return names != " " and node.tag != "body" and _CHROME_NAMES.search(names) is not None


def _is_data(table: Any) -> bool:
    """Tell a table of data from one that only places things on the page."""
    rows = list(table.iter("tr"))
    if table.find(".//table") is not None or not any(
        len(row.findall("td") + row.findall("th")) > 1 for row in rows
    ):
        return False
    cells = [cell for row in rows for cell in row if cell.tag in {"td", "th"}]
    return len(rows) > 1 and all(len("".join(cell.itertext()).strip()) <= _LONG_CELL for cell in cells)


def table_of(element: Any) -> Table:
    """Give a table element's cells with their rows and columns."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    headers = 0
    rows = list(element.iter("tr"))
    for r, row in enumerate(rows):
        c = 0
        found = [cell for cell in row if cell.tag in {"td", "th"}]
        if (
            r == headers
            and found
            and (row.getparent().tag == "thead" or all(cell.tag == "th" for cell in found))
        ):
            headers += 1
        for cell in found:
            while (r, c) in taken:
                c += 1
            height = min(_number(cell.get("rowspan")) or len(rows) - r, len(rows) - r)
            width = _number(cell.get("colspan"))
            taken.update((r + i, c + j) for i in range(height) for j in range(width or 1))
            if words := _words(cell):
                cells.append(Cell(r, c, words, height, width or 1))
            c += width or 1
    return Table(tuple(cells), headers=headers)


def _number(value: str | None) -> int:
    """Read a span: 1 where nothing is said, 0 means to the end, at most what browsers allow."""
    return min(int(value), 1000) if value and value.strip().isdigit() else 1


def _words(element: Any) -> str:
    pieces: list[str] = []
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in _NEVER:
            pieces.append(node.tail or "" if node is not element else "")
            continue
        if node.tag == "br" or (node.tag in _BLOCKS and node is not element):
            pieces.append("\n")
        pieces.append(node.text or "")
        # The tail of a node comes after its children, which iter() gives first: leaves are all that matters.
    text = (
        "".join(pieces)
        if not any((n.tail or "").strip() for n in element.iterdescendants())
        else _ordered(element)
    )
    lines = (_SPACE.sub(" ", line).replace("\xa0", " ").strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _ordered(element: Any) -> str:
    return _SPACE.sub(" ", "".join(element.itertext()))


def _report_of(found: list[_Found], source: str) -> tuple[list[Paragraph | Table], int]:
    """Leave out what is no part of the report, and count its characters."""
    if not any(item.chrome for item in found):
        return [item.part for item in found], 0
    said = _main_text(source)
    inside = [i for i, item in enumerate(found) if not item.chrome and _says(said, item)]
    if not inside:
        kept = [item for item in found if not item.chrome]
    else:
        first, last = inside[0], inside[-1]
        holders = {id(found[i].holder) for i in inside if found[i].holder is not None}
        above = {id(found[i].holder.getparent()) for i in inside if found[i].holder is not None}
        kept = [
            item
            for i, item in enumerate(found)
            if not item.chrome
            and (
                first <= i <= last
                or id(item.holder) in holders | above
                or item.part == found[first].part
                or (isinstance(item.part, Paragraph) and item.part.kind == "heading" and item.part.level <= 2)
                or isinstance(item.part, Table)
            )
        ]
    if not kept:
        # A page of nothing but links is still what was sent.
        kept = found
    return [item.part for item in kept], sum(item.size for item in found) - sum(item.size for item in kept)


def _main_text(source: str) -> str:
    """Give what trafilatura takes for the main text, without its white space."""
    import logging

    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    main = extract(source, include_tables=True, include_comments=False, favor_recall=True, deduplicate=False)
    return "".join((main or "").split())


def _says(main: str, item: _Found) -> bool:
    if isinstance(item.part, Table):
        return all("".join(cell.text.split()) in main for cell in item.part.cells[:4])
    return "".join(item.part.text.split()) in main


def _properties(tree: Any) -> Properties:
    known: dict[str, str] = {}
    for meta in tree.iter("meta"):
        label = (meta.get("name") or meta.get("property") or "").lower()
        if label and (content := (meta.get("content") or "").strip()):
            known.setdefault(label, content)
    title = tree.find(".//title")
    return Properties(
        known.get("articletitle") or (_SPACE.sub(" ", title.text_content()).strip() or None if title is not None else None),
        known.get("author") or known.get("contentsource"),
        known.get("description"),
        known.get("pubdate") or known.get("article:published_time"),
        None,
    )  # fmt: skip
