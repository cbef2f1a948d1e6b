"""Tables as text: commas, semicolons, tabs or bars between the cells."""

from __future__ import annotations

import csv
import io

from analysis.reading.document import Cell, Document
from analysis.reading.encoding import decode
from analysis.reading.formats.sheets import parts_of_sheet

_SAMPLE = 20
_LONGEST_CELL = 1 << 20


def read(data: bytes, name: str) -> Document:
    """Read a table of text.

    Parameters
    ----------
    data : the file, in any encoding that texts have.
    name : its name, for errors.

    Errors
    ------
    UnreadableError where it is no text in a known encoding.
    """
    text, encoding, confidence = decode(data, name)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        # A quotation mark that is never closed: then marks mean nothing in it.
        plain = csv.reader(text.splitlines(), delimiter=_delimiter(text), quoting=csv.QUOTE_NONE)
        rows = list(plain)
    finally:
        csv.field_size_limit(before)
    cells = (
        Cell(r, c, value.strip())
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if value.strip()
    )
    return Document(tuple(parts_of_sheet(cells, None)), encoding=encoding, encoding_confidence=confidence)


def _delimiter(text: str) -> str:
    """Give the sign that divides most lines into the same number of cells."""
    lines = [line for line in text.splitlines()[: 2 * _SAMPLE] if line.strip()][:_SAMPLE]

    def score(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if sign in line]
        common = max(set(counts), key=counts.count) if counts else 0
        return counts.count(common) if common else 0, common

    return max(",\t;|", key=score)
