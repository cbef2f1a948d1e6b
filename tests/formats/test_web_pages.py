"""Web pages: declared encodings, several pages in one file, what is shown and what is not."""

from __future__ import annotations

import pytest

from analysis.errors import UnreadableError
from analysis.reading import read_bytes
from tests.formats.conftest import PARAGRAPHS, to_html

PAGE = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    ("label", "codec", "name", "words"),
    [
        ("gb2312", "gbk", "gb18030", "清运垃圾18.5吨，镕"),
        ("GBK", "gbk", "gb18030", "清运垃圾18.5吨"),
        ("gb18030", "gb18030", "gb18030", "清运垃圾18.5吨，㐀"),
        ("big5", "cp950", "big5", "清運垃圾18.5噸"),
        ("big5", "big5hkscs", "big5-hkscs", "深水埗清運垃圾18.5噸，邨"),
        ("Big5-HKSCS", "big5hkscs", "big5-hkscs", "深水埗清運垃圾18.5噸"),
        ("hz-gb-2312", "hz", "hz", "清运垃圾18.5吨"),
        ("utf-8", "utf-8", "utf-8", "清運垃圾18.5噸"),
        # What is declared is not obeyed by the bytes: the bytes are right.
        ("gb2312", "utf-8", "utf-8", "清運垃圾18.5噸，走訪居民174戶"),
        ("utf-8", "cp950", "big5", "清運垃圾18.5噸，走訪居民174戶"),
    ],
)
def test_declared_encodings(label: str, codec: str, name: str, words: str) -> None:
    """A page is decoded as it declares where its bytes obey that, else as its bytes say."""
    report = read_bytes(PAGE.format(label, words).encode(codec), "a.html")
    assert (report.text, report.encoding) == (f"{words}\n", name)
    assert report.encoding_confidence is not None
    assert report.encoding_confidence >= 0.5


def test_what_stands_behind_the_end() -> None:
    """A second page in the file, or a paragraph behind the end of the first, is read as well."""
    first, second = (f"<html><body><p>{line}</p></body></html>" for line in ("清運垃圾18.5噸", "走訪174戶"))
    assert read_bytes((first + second).encode(), "a.html").text == "清運垃圾18.5噸\n走訪174戶\n"
    assert read_bytes(f"{first}<p>走訪174戶</p>".encode(), "a.html").text == "清運垃圾18.5噸\n走訪174戶\n"


def test_chrome_is_counted() -> None:
    """Menus, footers and hidden parts are no text; how long they were is told."""
    page = to_html().replace(b"</h1>", '</h1><p style="display: none">秘密999戶</p>'.encode())
    report = read_bytes(page, "a.html")
    assert PARAGRAPHS[1] in report.text
    assert not any(words in report.text for words in ("首頁", "8888", "999", "12345"))
    assert report.left_out["chrome"] > 20
    assert report.left_out["hidden"] == len("秘密999戶")


def test_page_of_nothing_but_links() -> None:
    """A page of links is still what was sent; one without words is refused."""
    links = "<html><body><div class='nav'><a href='/1'>清運垃圾18.5噸</a></div></body></html>"
    assert "18.5" in read_bytes(links.encode(), "a.html").text
    with pytest.raises(UnreadableError, match="no text in this web page"):
        read_bytes(b"<html><body><script>1</script></body></html>", "a.html")
