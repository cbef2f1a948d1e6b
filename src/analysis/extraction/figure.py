"""One figure with all that was found about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from analysis.extraction.measure import Measure
    from analysis.extraction.name import Name
    from analysis.extraction.role import Role
    from analysis.extraction.spot import Spot
    from analysis.extraction.when import When
    from analysis.extraction.where import Where


class Figure(NamedTuple):
    """A figure with all that was found about it, in offsets of the clean text.

    Of a figure in a table `cell` is the address, `row_header` and `column_header` are the words of its row
    and column, and `total` says whether these add up others.
    """

    spot: Spot
    measure: Measure
    role: Role
    name: Name
    when: When
    where: Where
    scope: str | None
    cell: str | None = None
    row_header: str | None = None
    column_header: str | None = None
    total: bool | None = None
