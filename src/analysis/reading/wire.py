"""A Document as bytes, to send it from one process to another.

It is JSON, and behind it the texts of all paragraphs as they are, which need not be searched for signs to
escape: whoever takes over the process that reads hostile files can send texts and numbers, but nothing
that runs, as a pickle would. A lone surrogate, which no table could hold, becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Spot, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def answer(value: dict[str, Any], texts: str = "") -> tuple[bytes, bytes, bytes]:
    """Give the pieces of an answer: how long its JSON is (eight bytes), the JSON, and texts."""
    head = packed(value)
    return len(head).to_bytes(8, "big"), head, _encoded(texts, _TEXTS)


def answered(message: bytes | memoryview) -> tuple[dict[str, Any], str]:
    """Give what was put into `answer`, of its pieces behind each other.

    Errors
    ------
    ValueError where nothing was.

    Examples
    --------
    >>> answered(b"".join(answer({"pages": 2}, "清運垃圾18.5噸")))
    ({'pages': 2}, '清運垃圾18.5噸')
    """
    view = memoryview(message)
    end = 8 + int.from_bytes(view[:8], "big")
    value: dict[str, Any] = json.loads(view[8:end].tobytes())
    return value, str(view[end:], _TEXTS)


def plain_of(document: Document) -> tuple[dict[str, Any], str]:
    """Give a document as lists, numbers and short texts, and the texts of its paragraphs as one.

    Paragraphs and spots, of which there are thousands, go column by column, one of equal values as the first
    alone; of a text goes its length. A table comes with the number of paragraphs before it.
    """
    spots: dict[Spot, int] = {}

    def spot(value: Spot) -> int:
        return spots.setdefault(value, len(spots))

    paragraphs: list[Paragraph] = []
    tables: list[tuple[Any, ...]] = []
    for part in document.parts:
        if isinstance(part, Paragraph):
            paragraphs.append(part)
        else:
            tables.append((len(paragraphs), part.cells, spot(part.spot), part.headers, part.breaks))
    texts, kinds, levels, places, cuts = zip(*paragraphs, strict=True) if paragraphs else ((),) * 5
    columns = [list(map(len, texts)), _short(kinds), _short(levels), list(map(spot, places))]
    turns = [(at, [(n, spot(value)) for n, value in own]) for at, own in enumerate(cuts) if own]
    plain = {
        "spots": list(map(_short, zip(*spots, strict=True))),
        "paragraphs": columns,
        "cuts": turns,
        "tables": tables,
        "properties": document.properties,
        "left_out": document.left_out,
        "pages": document.pages,
        "encoding": [document.encoding, document.encoding_confidence],
        "notes": document.notes,
    }
    return plain, "".join(texts)


def _short(column: Sequence[Any]) -> Sequence[Any]:
    return column[:1] if len(column) > 1 and column.count(column[0]) == len(column) else column


def _long(column: list[Any], length: int) -> list[Any]:
    return column * length if len(column) == 1 else column


def document_of(plain: dict[str, Any], texts: str) -> Document:
    """Make a document of what `plain_of` gave.

    Errors
    ------
    ValueError, TypeError, KeyError or IndexError where it was not made by `plain_of`.

    Examples
    --------
    >>> said = Document((Paragraph("清運垃圾18.5噸", spot=Spot(page=2)),), pages=3)
    >>> document_of(*plain_of(said)) == said
    True
    """
    count = max(map(len, plain["spots"]), default=0)
    spots = list(map(Spot._make, zip(*(_long(column, count) for column in plain["spots"]), strict=True)))
    paragraphs = list(_paragraphs(plain, texts, spots))
    parts: list[Paragraph | Table] = []
    given = 0
    for before, cells, spot, headers, breaks in plain["tables"]:
        if not given <= before <= len(paragraphs):
            raise ValueError(f"a table behind {before} of {len(paragraphs)} paragraphs")
        parts += paragraphs[given:before]
        turned = tuple((int(row), int(page)) for row, page in breaks)
        parts.append(Table(tuple(map(Cell._make, cells)), spots[spot], int(headers), turned))
        given = before
    parts += paragraphs[given:]
    left_out = {str(kind): int(n) for kind, n in plain["left_out"].items()}
    encoding, confidence = plain["encoding"]
    own, notes = Properties(*plain["properties"]), tuple(map(str, plain["notes"]))
    return Document(tuple(parts), own, left_out, plain["pages"], encoding, confidence, notes)


def _paragraphs(plain: dict[str, Any], texts: str, spots: list[Spot]) -> Iterator[Paragraph]:
    lengths, kinds, levels, places = plain["paragraphs"]
    ends = list(accumulate(lengths, initial=0))
    if ends[-1] != len(texts) or min(lengths, default=0) < 0:
        raise ValueError(f"{len(texts)} characters of text, but {ends[-1]} are told of")
    cuts: list[tuple[tuple[int, Spot], ...]] = [()] * len(lengths)
    for at, own in plain["cuts"]:
        cuts[at] = tuple((int(offset), spots[spot]) for offset, spot in own)
    cut = [texts[begin:end] for begin, end in pairwise(ends)]
    kinds, levels = _long(kinds, len(lengths)), _long(levels, len(lengths))
    rows = zip(cut, map(str, kinds), map(int, levels), map(spots.__getitem__, places), cuts, strict=True)
    return map(Paragraph._make, rows)
