"""When a place exists: merged, split, founded and closed places, as the list of places tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.language.periods import parse_period

if TYPE_CHECKING:
    import pandas as pd

    from analysis.language.periods import Period


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when a place exists, what it was made of and what it became.

    Parameters
    ----------
    merged_in : first period of what it became, where the list tells no last one of its own.
    siblings : whether what it was made of became other places, too.
    """

    place_id: str
    name: str
    valid_from: str | None = None
    valid_to: str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    merged_in: str | None = None
    siblings: bool = False

    @property
    def first(self) -> date:
        """First day on which the place exists."""
        return parse_period(self.valid_from).start if self.valid_from else date.min

    @property
    def last(self) -> date:
        """Last day on which the place exists."""
        if self.valid_to:
            return parse_period(self.valid_to).end
        if self.merged_in:
            return date.fromordinal(parse_period(self.merged_in).start.toordinal() - 1)
        return date.max

    def exists_in(self, period: Period) -> bool:
        """Tell whether the place exists at some time of a period."""
        return self.first <= period.end and self.last >= period.start


def lives(places: pd.DataFrame) -> dict[str, Life]:
    """Give the life of every place of the table `places`, by place_id."""
    rows = places.astype(object).where(places.notna(), None).to_dict("records")
    successors: dict[str, dict[str, None]] = {}
    predecessors: dict[str, dict[str, None]] = {}
    begins: dict[str, str] = {}
    formers: list[tuple[str, str]] = []
    laters: list[tuple[str, str]] = []
    for row in rows:
        place = row["place_id"]
        if row.get("valid_from"):
            begins[place] = row["valid_from"]
        formers += [(former, place) for former in _listed(row.get("predecessors"))]
        laters += [(place, later) for later in _listed(row.get("successors"))]
    # Each side in the order in which the list of places names it, whichever side tells.
    for former, later in [*formers, *laters]:
        if former != later:
            predecessors.setdefault(later, {})[former] = None
    for former, later in [*laters, *formers]:
        if former != later:
            successors.setdefault(former, {})[later] = None
    return {
        row["place_id"]: Life(
            place_id=row["place_id"],
            name=row["place"],
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            predecessors=tuple(predecessors.get(row["place_id"], ())),
            successors=tuple(successors.get(row["place_id"], ())),
            merged_in=next(
                (begins[later] for later in successors.get(row["place_id"], ()) if later in begins), None
            ),
            siblings=any(len(successors[former]) > 1 for former in predecessors.get(row["place_id"], ())),
        )
        for row in rows
    }


def change_of(life: Life, *, begins: bool) -> str:
    """Say how a place began or ended: the end of its reason code and of its finding's.

    Parameters
    ----------
    life : the life of the place.
    begins : its beginning, else its end.

    Examples
    --------
    >>> change_of(Life("合", "合", predecessors=("甲", "乙")), begins=True)
    'merged'
    >>> change_of(Life("甲", "甲", successors=("甲东", "甲西")), begins=False)
    'split'
    """
    if begins:
        if life.siblings:
            return "split"
        return "merged" if len(life.predecessors) > 1 else "renamed"
    if len(life.successors) > 1:
        return "split"
    return "merged"


def _listed(cell: object) -> tuple[str, ...]:
    return tuple(cell.split(";")) if isinstance(cell, str) and cell else ()


def broken_by(life: Life, period: Period, baseline: Period, *, level: bool = False) -> str | None:
    """Say why a place cannot be compared between two periods, if its boundary or existence changed.

    Parameters
    ----------
    life : the life of the place.
    period, baseline : the two periods, in either order.
    level : a stock needs the place at some time of each period, a flow needs it all the time.

    Returns
    -------
    A reason code, or None where it existed throughout: merged_from, split_from, renamed_from or not_yet where
    it began in between; merged_into, split_into or no_longer where it ended.
    """
    earlier, later = sorted((baseline, period), key=lambda p: (p.start, p.end))
    if life.first > (earlier.end if level else earlier.start):
        return change_of(life, begins=True) + "_from" if life.predecessors else "not_yet"
    if life.last < (later.start if level else later.end):
        return change_of(life, begins=False) + "_into" if life.successors else "no_longer"
    return None


def ancestors(places: pd.DataFrame) -> list[tuple[str, str]]:
    """List every pair of a place and a place that it is a part of, near or far."""
    known = places[["place_id", "parent"]].dropna()
    parent: dict[str, str] = dict(zip(known["place_id"], known["parent"], strict=True))
    pairs = []
    for place in parent:
        above, seen = parent.get(place), {place}
        while above is not None and above not in seen:
            pairs.append((place, above))
            seen.add(above)
            above = parent.get(above)
    return pairs
