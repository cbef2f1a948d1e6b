"""What is printed on a page: lines with their boxes, and tables with theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Spot, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

# It begins with the line break, so that nothing else is looked at.
_BETWEEN_LETTERS = re.compile(r"\n(?<=[A-Za-z]\n)(?=[A-Za-z])")


class Line(NamedTuple):
    """A printed line: its words, its box in points or pixels with y growing upwards, and its place.

    The words are some, with no blanks around them.
    """

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


def joined(lines: Iterable[str]) -> str:
    """Join the lines of a sentence, with a blank between words of Latin letters.

    Parameters
    ----------
    lines : none of them empty, without blanks around them, and without line breaks.

    Examples
    --------
    >>> joined(["清運垃圾", "18.5噸"]), joined(["by", "e-mail"])
    ('清運垃圾18.5噸', 'by e-mail')
    """
    return _BETWEEN_LETTERS.sub(" ", "\n".join(lines)).replace("\n", "")


def joined_words(text: str) -> str:
    r"""Give the words of a cell whose lines were broken where it was full.

    Examples
    --------
    >>> joined_words("綠化面\n積(畝)")
    '綠化面積(畝)'
    """
    return joined(filter(None, map(str.strip, text.replace("\r", "\n").split("\n"))))
