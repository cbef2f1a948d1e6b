"""Bytes to text: every encoding that offices use, and a refusal of what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UnreadableError
from analysis.reading.encoding import decode

HANT = "青山社區本月清運垃圾18.5噸，出動人員260餘人次；走訪居民174戶，受理訴求23件。\r\n"
HANS = "松林社区本月清运垃圾18.5吨，出动人员260余人次；走访居民174户，受理诉求23件。\r\n"
WORDS_HANT = st.lists(
    st.sampled_from("清運垃圾戶人次社區環境衛生志願者活動宣傳0123456789，。\n"), max_size=60
)
WORDS_HANS = st.lists(
    st.sampled_from("清运垃圾户人次社区环境卫生志愿者活动宣传0123456789，。\n"), max_size=60
)
CASES = [
    *((HANT, codec, "utf-8") for codec in ("utf-8", "utf-8-sig")),
    (HANT, "utf-16", "utf-16-le"),
    (HANT, "utf-16-le", "utf-16-le"),
    (HANT, "utf-16-be", "utf-16-be"),
    (HANT, "utf-32", "utf-32-le"),
    (HANT, "gb18030", "gb18030"),
    (HANT, "cp950", "big5"),
    (HANS, "gb18030", "gb18030"),
    (HANS, "gbk", "gb18030"),
    (HANS, "gb2312", "gb18030"),
    (HANS, "utf-16-le", "utf-16-le"),
    (HANS, "utf-16-be", "utf-16-be"),
]


@pytest.mark.parametrize(("text", "codec", "name"), CASES)
def test_reads_each_encoding(text: str, codec: str, name: str) -> None:
    """A report in any known encoding comes out as written, with CRLF kept and no byte order mark."""
    got, encoding, confidence = decode(text.encode(codec))
    assert (got, encoding) == (text, name)
    assert 0.5 < confidence <= 1.0


@settings(max_examples=60, deadline=None)
@given(
    words=WORDS_HANT, codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp950", "utf-16-be"])
)
def test_traditional_round_trip(words: list[str], codec: str) -> None:
    """Whatever a Traditional report goes on to say, it is read back unchanged."""
    text = HANT + "".join(words)
    assert decode(text.encode(codec))[0] == text


@settings(max_examples=60, deadline=None)
@given(words=WORDS_HANS, codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-le"]))
def test_simplified_round_trip(words: list[str], codec: str) -> None:
    """Whatever a Simplified report goes on to say, it is read back unchanged."""
    text = HANS + "".join(words)
    assert decode(text.encode(codec))[0] == text


def test_reads_hong_kong_characters() -> None:
    """A character that only Big5 of Hong Kong knows does not make a report unreadable."""
    text = HANT * 3 + "深水埗邨，清理垃圾。"
    assert decode(text.encode("big5hkscs"))[:2] == (text, "big5-hkscs")


def test_confidence_is_lower_where_guessed() -> None:
    """Only a mark or strict UTF-8 is certain."""
    assert decode(HANS.encode())[2] == 1.0
    assert decode(HANS.encode("gb18030"))[2] < 1.0


def test_keeps_ascii() -> None:
    """A text of digits and Latin letters is UTF-8."""
    assert decode(b"2026 18.5") == ("2026 18.5", "utf-8", 1.0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "white space"),
        ("\ufeff　\n".encode(), "white space"),
        (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
        (b"PK\x03\x04" + b"\0" * 40, "Word, Excel or zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "old Word or Excel"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "JPEG"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (bytes(range(256)) * 4, "NUL"),
        (HANS.encode() + b"\0" + HANS.encode(), "NUL"),
        (b"\x01\x02\x03\x04 text \x05\x06", "control"),
        (b"\xff\xfe\x41", "UTF-16"),
        (HANS.encode()[:-6] + b"\xff\xff" + HANS.encode(), "no known encoding"),
        ("Ärger über Öl und Füße in größter Nähe".encode("latin-1"), "no known encoding"),
    ],
)
def test_refuses_what_is_no_text(data: bytes, words: str) -> None:
    """A file without text is refused in one line that names it, what it looks like and what to do."""
    with pytest.raises(UnreadableError) as caught:
        decode(data, "2026-03/青山社區.txt")
    line = str(caught.value)
    assert line.startswith("2026-03/青山社區.txt: ")
    assert words in line
    assert caught.value.todo


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes whatever raise anything but UnreadableError, and nothing is replaced."""
    try:
        text, _, confidence = decode(data)
    except UnreadableError:
        return
    assert 0 < confidence <= 1
    assert "\0" not in text
