"""The points that a chart of observations draws: chosen rows with their place on the axis of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.naming import records
from analysis.comparison.selection import in_periods
from analysis.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.language.periods import Period

_BASES = ("flow", "stock", "share", "rate", "cumulative")


@dataclass(frozen=True, slots=True)
class Point:
    """One observation on the axis of time.

    Attributes
    ----------
    slot : number of the period on the axis, from 0.
    value, low, high : in the unit of the chart; None is not stated, or open.
    """

    slot: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def height(self) -> float:
        """Where the point is drawn: its value, or the middle of its range."""
        if self.value is not None:
            return self.value
        known = [side for side in (self.low, self.high) if side is not None]
        return sum(known) / len(known)

    @property
    def span(self) -> tuple[float, float]:
        """From where to where its range is drawn; an open side ends at the point."""
        low = self.height if self.low is None else self.low
        return low, self.height if self.high is None else self.high

    @property
    def vague(self) -> bool:
        """Whether the words allow more than one value."""
        return self.low != self.high or self.low is None


def series_rows(
    observations: pd.DataFrame,
    indicator: str,
    *,
    series: str | None = None,
    dimension: str | None = None,
    place_id: str | None = None,
) -> pd.DataFrame:
    """Choose the observations of one series in one dimension and of one basis; targets never.

    Parameters
    ----------
    observations : the table `observations`.
    indicator : its id.
    series : member of the family; None is the plain one, or the commonest where there is no plain one.
    dimension : None is the commonest.
    place_id : only that place.

    Errors
    ------
    DataError where nothing is left.
    """
    rows = observations[(observations["indicator"] == indicator) & observations["basis"].isin(_BASES)]
    if "scope" in rows:
        rows = rows[rows["scope"].isna() | (rows["basis"] != "rate")]
    if place_id is not None:
        rows = rows[rows["place_id"] == place_id]
    plain = rows["series"].isna()
    if series is None and len(rows) and not plain.any():
        series = str(rows["series"].value_counts().sort_index().idxmax())
    rows = rows[plain] if series is None else rows[rows["series"] == series]
    rows = one_dimension(rows, dimension)
    if rows.empty:
        raise DataError(
            f"no observations of {indicator}", where=place_id or "observations",
            todo="choose an indicator, series and dimension that the table observations has",
        )  # fmt: skip
    return rows


def one_dimension(rows: pd.DataFrame, dimension: str | None = None) -> pd.DataFrame:
    """Keep the rows of one dimension and one basis: the commonest, where none is asked for."""
    for column, wanted in (("dimension", dimension), ("basis", None)):
        if len(rows):
            chosen = wanted or str(rows[column].value_counts().sort_index().idxmax())
            rows = rows[rows[column] == chosen]
    return rows


def series_rows_or_none(
    observations: pd.DataFrame, indicator: str, dimension: str | None = None
) -> pd.DataFrame | None:
    """Choose the plain series of an indicator as `series_rows` does, or None where there is none."""
    try:
        return series_rows(observations, indicator, dimension=dimension)
    except DataError:
        return None


def slotted(rows: pd.DataFrame, slots: list[Period]) -> pd.DataFrame:
    """Give the newest observation of each place in each period, with a column `slot`.

    Parameters
    ----------
    rows : observations of one series, dimension and basis.
    slots : the periods of the axis.
    """
    import pandas as pd

    parts = [part.assign(slot=number) for number, part in enumerate(in_periods(rows, slots))]
    return pd.concat(parts, ignore_index=True)


def revised(rows: pd.DataFrame, slots: list[Period], points: dict[str, list[Point]]) -> list[dict[str, Any]]:
    """Give the superseded observations that fall into the periods and say another number, with their slot."""
    drawn = {(place, p.slot, p.value) for place, of_place in points.items() for p in of_place}
    starts, ends = [slot.start for slot in slots], [slot.end for slot in slots]
    found = []
    for row in records(rows[~rows["is_latest"].astype(bool)]):
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            inside = start <= row["period_end"] <= end and row["period_start"] >= start
            if inside and (row["place_id"], number, row["value"]) not in drawn:
                found.append(row | {"slot": number})
    return found


def points_by_place(chosen: pd.DataFrame) -> dict[str, list[Point]]:
    """Group the rows of `slotted` into points in order of time, by place_id."""
    found: dict[str, list[Point]] = {}
    for row in records(
        chosen[["place_id", "slot", "value", "low", "high"]].sort_values(["place_id", "slot"])
    ):
        if any(row[side] is not None for side in ("value", "low", "high")):
            point = Point(row["slot"], row["value"], row["low"], row["high"])
            found.setdefault(row["place_id"], []).append(point)
    return found


def runs(points: list[Point]) -> list[list[Point]]:
    """Split points where a period has none: a line never crosses a gap.

    Examples
    --------
    >>> [[p.slot for p in run] for run in runs([Point(n, 1.0, 1.0, 1.0) for n in (0, 1, 3)])]
    [[0, 1], [3]]
    """
    found: list[list[Point]] = []
    for point in points:
        if found and found[-1][-1].slot + 1 == point.slot:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def gaps(points: list[Point], first: int, last: int) -> list[int]:
    """List the slots from first to last that have no point."""
    there = {point.slot for point in points}
    return [slot for slot in range(first, last + 1) if slot not in there]


def from_zero(row: Mapping[str, Any]) -> bool:
    """Tell whether an axis has to begin at 0: for what happened in a period it has, for a level not."""
    return row["basis"] in {"flow", "cumulative"}
