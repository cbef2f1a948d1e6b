"""A Document as bytes, to send it from one process to another.

It is JSON: whoever takes over the process that reads hostile files can send texts and numbers, but nothing
that runs, as a pickle would. A lone surrogate, which no table could hold, becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
from typing import Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Spot, Table

_SURROGATES = re.compile("[\ud800-\udfff]")


def packed(value: Any) -> bytes:
    r"""Give plain values as JSON in UTF-8.

    Examples
    --------
    >>> packed(["吨\ud800"]).decode()
    '["吨�"]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode()


def plain_of(document: Document) -> list[Any]:
    """Give a document as lists, texts and numbers."""
    spots: dict[Spot, int] = {}

    def spot(value: Spot) -> int:
        return spots.setdefault(value, len(spots))

    parts: list[list[Any]] = []
    for part in document.parts:
        if isinstance(part, Paragraph):
            cuts = [[offset, spot(value)] for offset, value in part.cuts]
            parts.append([part.text, part.kind, part.level, spot(part.spot), cuts])
        else:
            parts.append([part.cells, spot(part.spot), part.headers, part.breaks])
    own = document.properties
    return [
        parts,
        [[s.page, s.sheet, s.cell, s.confidence] for s in spots],
        [own.title, own.author, own.subject, own.created, own.modified],
        document.left_out,
        document.pages,
        document.encoding,
        document.encoding_confidence,
        document.notes,
    ]


def document_of(plain: list[Any]) -> Document:
    """Make a document of what `plain_of` gave.

    Errors
    ------
    ValueError, TypeError or IndexError where it was not made by `plain_of`.

    Examples
    --------
    >>> said = Document((Paragraph("清運垃圾18.5噸", spot=Spot(page=2)),), pages=3)
    >>> document_of(plain_of(said)) == said
    True
    """
    parts, places, properties, left_out, pages, encoding, confidence, notes = plain
    spots = [Spot(*place) for place in places]
    made: list[Paragraph | Table] = []
    for part in parts:
        if isinstance(part[0], str):
            text, kind, level, spot, cuts = part
            cut = tuple((int(offset), spots[value]) for offset, value in cuts)
            made.append(Paragraph(text, str(kind), int(level), spots[spot], cut))
        else:
            cells, spot, headers, breaks = part
            turned = tuple((int(row), int(page)) for row, page in breaks)
            made.append(Table(tuple(map(Cell._make, cells)), spots[spot], int(headers), turned))
    counted = {str(kind): int(n) for kind, n in left_out.items()}
    noted = tuple(map(str, notes))
    return Document(tuple(made), Properties(*properties), counted, pages, encoding, confidence, noted)
