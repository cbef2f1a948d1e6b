"""A Document as bytes, to send it from one process to another.

It is JSON, and behind it the texts of all paragraphs as they are, which need not be searched for signs to
escape: whoever takes over the process that reads hostile files can send texts and numbers, but nothing
that runs, as a pickle would. A lone surrogate, which no table could hold, becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
from typing import Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Spot, Table

# Python holds Chinese in two bytes a character: so it is copied, and not written anew.
_TEXTS = "utf-16-le"
_SURROGATES = re.compile("[\ud800-\udfff]")


def packed(value: Any) -> bytes:
    r"""Give plain values as JSON in UTF-8.

    Examples
    --------
    >>> packed(["吨\ud800"]).decode()
    '["吨�"]'
    """
    return _encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _encoded(text: str, codec: str) -> bytes:
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode(codec)


def answer(value: dict[str, Any], texts: str = "") -> bytes:
    """Give an answer as bytes: how long its JSON is (eight bytes), the JSON, and texts."""
    head = packed(value)
    return b"".join((len(head).to_bytes(8, "big"), head, _encoded(texts, _TEXTS)))


def answered(message: bytes | memoryview) -> tuple[dict[str, Any], str]:
    """Give what was put into `answer`.

    Errors
    ------
    ValueError where nothing was.

    Examples
    --------
    >>> answered(answer({"pages": 2}, "清運垃圾18.5噸"))
    ({'pages': 2}, '清運垃圾18.5噸')
    """
    view = memoryview(message)
    end = 8 + int.from_bytes(view[:8], "big")
    value: dict[str, Any] = json.loads(view[8:end].tobytes())
    return value, str(view[end:], _TEXTS)


def plain_of(document: Document) -> tuple[list[Any], str]:
    """Give a document as lists, numbers and short texts, and the texts of its paragraphs as one.

    In the lists stands how long the text of a paragraph is.
    """
    spots: dict[Spot, int] = {}
    texts: list[str] = []

    def spot(value: Spot) -> int:
        return spots.setdefault(value, len(spots))

    parts: list[list[Any]] = []
    for part in document.parts:
        if isinstance(part, Paragraph):
            cuts = [[offset, spot(value)] for offset, value in part.cuts]
            texts.append(part.text)
            parts.append([len(part.text), part.kind, part.level, spot(part.spot), cuts])
        else:
            parts.append([part.cells, spot(part.spot), part.headers, part.breaks])
    own = document.properties
    plain = [
        parts,
        [[s.page, s.sheet, s.cell, s.confidence] for s in spots],
        [own.title, own.author, own.subject, own.created, own.modified],
        document.left_out,
        document.pages,
        document.encoding,
        document.encoding_confidence,
        document.notes,
    ]
    return plain, "".join(texts)


def document_of(plain: list[Any], texts: str) -> Document:
    """Make a document of what `plain_of` gave.

    Errors
    ------
    ValueError, TypeError or IndexError where it was not made by `plain_of`.

    Examples
    --------
    >>> said = Document((Paragraph("清運垃圾18.5噸", spot=Spot(page=2)),), pages=3)
    >>> document_of(*plain_of(said)) == said
    True
    """
    parts, places, properties, left_out, pages, encoding, confidence, notes = plain
    spots = [Spot(*place) for place in places]
    made: list[Paragraph | Table] = []
    begin = 0
    for part in parts:
        if isinstance(part[0], int):
            length, kind, level, spot, cuts = part
            cut = tuple((int(offset), spots[value]) for offset, value in cuts)
            made.append(Paragraph(texts[begin : begin + length], str(kind), int(level), spots[spot], cut))
            begin += length
        else:
            cells, spot, headers, breaks = part
            turned = tuple((int(row), int(page)) for row, page in breaks)
            made.append(Table(tuple(map(Cell._make, cells)), spots[spot], int(headers), turned))
    if begin != len(texts):
        raise ValueError(f"{len(texts)} characters of text, but {begin} are told of")
    counted = {str(kind): int(n) for kind, n in left_out.items()}
    noted = tuple(map(str, notes))
    return Document(tuple(made), Properties(*properties), counted, pages, encoding, confidence, noted)
