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
    """From when to when a place exists, what it was made of and what it became."""

    place_id: str
    name: str
    valid_from: str | None = None
    valid_to: str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    merged_in: str | None = None

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
    successors: dict[str, list[str]] = {}
    merged_in: dict[str, str] = {}
    for row in rows:
        for former in _listed(row.get("predecessors")):
            if former != row["place_id"]:
                successors.setdefault(former, []).append(row["place_id"])
                if row.get("valid_from"):
                    merged_in[former] = row["valid_from"]
    return {
        row["place_id"]: Life(
            place_id=row["place_id"],
            name=row["place"],
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            predecessors=_listed(row.get("predecessors")),
            successors=tuple(successors.get(row["place_id"], ())),
            merged_in=merged_in.get(row["place_id"]),
        )
        for row in rows
    }


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
    A reason code (merged_from, not_yet, merged_into, no_longer), or None where it existed throughout.
    """
    earlier, later = sorted((baseline, period), key=lambda p: (p.start, p.end))
    if life.first > (earlier.end if level else earlier.start):
        return "merged_from" if life.predecessors else "not_yet"
    if life.last < (later.start if level else later.end):
        return "merged_into" if life.successors else "no_longer"
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
