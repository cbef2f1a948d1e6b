"""What is printed on a page: lines with their boxes, and tables with theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from analysis.reading.document import Spot, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# It begins with the line break, so that nothing else is looked at.
_BETWEEN_LETTERS = re.compile(r"\n(?:(?<=[A-Za-z]\n)|(?<=[A-Za-z][,;:.)]\n))(?=[A-Za-z])")


class Lines(NamedTuple):
    """Printed lines, column by column of values: a document has thousands.

    Attributes
    ----------
    texts : their words; each has some, with no blanks around them.
    lefts, bottoms, rights, tops : of their boxes in points or pixels, with y growing upwards.
    spots : their places.
    """

    texts: Sequence[str] = ()
    lefts: Sequence[float] = ()
    bottoms: Sequence[float] = ()
    rights: Sequence[float] = ()
    tops: Sequence[float] = ()
    spots: Sequence[Spot] = ()

    def chosen(self, wanted: Sequence[int]) -> Lines:
        """Give some of the lines."""
        return Lines._make([column[at] for at in wanted] for column in self)


def together(several: Iterable[Lines]) -> Lines:
    """Put lines behind each other."""
    return Lines(*(list(chain.from_iterable(column)) for column in zip(*several, strict=True)))


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and its box on the page."""

    table: Table
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, lines: Lines) -> list[bool]:
        """Tell of each line whether it stands in the table."""
        _, lefts, bottoms, rights, tops, _ = lines
        return [
            self.left <= (left + right) / 2 <= self.right and self.bottom <= (bottom + top) / 2 <= self.top
            for left, bottom, right, top in zip(lefts, bottoms, rights, tops, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in the order of the file, and its tables."""

    number: int
    lines: Lines = field(default_factory=Lines)
    tables: tuple[PlacedTable, ...] = ()

    def holders(self) -> list[int]:
        """Give for each line the number of the table that holds it, -1 where none does."""
        holders = [-1] * len(self.lines.texts)
        for number, table in reversed(list(enumerate(self.tables))):
            holders = [
                number if held else before
                for held, before in zip(table.holds(self.lines), holders, strict=True)
            ]
        return holders


def joined(lines: Iterable[str]) -> str:
    """Join the lines of a sentence, with a blank between words of Latin letters and behind their commas.

    Parameters
    ----------
    lines : none of them empty, without blanks around them, and without line breaks.

    Examples
    --------
    >>> joined(["清運垃圾", "18.5噸"]), joined(["in May,", "by", "e-mail"])
    ('清運垃圾18.5噸', 'in May, by e-mail')
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
