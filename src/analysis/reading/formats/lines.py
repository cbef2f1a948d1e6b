"""What is printed on a page: lines with their boxes, and tables with theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from analysis.reading.document import Spot, Table


class Line(NamedTuple):
    """A printed line: its words, its box in points or pixels with y growing upwards, and its place."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    spot: Spot

    @property
    def height(self) -> float:
        """Give the height of the box."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and its box on the page."""

    table: Table
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, line: Line) -> bool:
        """Tell whether a line stands in the table."""
        x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in the order of the file, and its tables."""

    number: int
    lines: tuple[Line, ...]
    tables: tuple[PlacedTable, ...] = ()


def blank_between(before: str, after: str) -> str:
    """Give what stands between two lines of a sentence: a blank between words of Latin letters.

    Examples
    --------
    >>> blank_between("清運垃圾", "18.5噸"), blank_between("by", "e-mail")
    ('', ' ')
    """
    last, first = before[-1:], after[:1]
    latin = last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
    return " " if latin else ""


def joined_words(text: str) -> str:
    r"""Give the words of a cell whose lines were broken where it was full.

    Examples
    --------
    >>> joined_words("綠化面\n積(畝)")
    '綠化面積(畝)'
    """
    words = ""
    for line in text.replace("\r", "\n").split("\n"):
        if stripped := line.strip():
            words += blank_between(words, stripped) + stripped
    return words
