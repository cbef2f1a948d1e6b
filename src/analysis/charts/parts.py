"""The parts of a whole: only where they add to a total that is stated or can be computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.charts import marks
from analysis.charts.naming import records
from analysis.comparison.selection import in_period
from analysis.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

_ADDABLE = ("flow", "stock", "cumulative")
_ROUNDING = 1e-9
# The key of what a stated total has beyond its parts.
REST = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part, with the range of its number and of its share.

    Attributes
    ----------
    key : place_id, or the name of the series.
    point : its number; slot is not used.
    row : the observation.
    share : where it is drawn, in percent of the whole.
    share_low, share_high : the range of its share; None is open.
    """

    key: str
    point: marks.Point
    row: Mapping[str, Any]
    share: float
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All parts, the largest first, with their sum and, where there is one, the total as stated.

    Attributes
    ----------
    parts : the parts.
    low, high : range of the sum; None is open.
    stated : the observation that states the total, if one does.
    """

    parts: tuple[Part, ...]
    low: float | None
    high: float | None
    stated: Mapping[str, Any] | None

    @property
    def value(self) -> float | None:
        """The sum where it is exact."""
        return self.low if self.low == self.high else None

    @property
    def largest(self) -> Part | None:
        """The part that is larger than every other, whatever the vague ones are; None where none is."""
        first, *others = (part for part in self.parts if part.key != REST)
        highs = [part.point.high for part in others]
        low = first.point.low
        if low is None or any(high is None or high >= low for high in highs):
            return None
        return first


def by_place(
    observations: pd.DataFrame,
    indicator: str,
    period: str,
    *,
    places: pd.DataFrame,
    series: str | None = None,
    dimension: str | None = None,
) -> Whole:
    """Take the places as parts: those that state the indicator for the period, whose numbers add up.

    A place that others belong to (a subdistrict beside its communities) is the whole, never a part.

    Parameters
    ----------
    observations, places : the tables of these names.
    indicator, series, dimension : as for `series_rows`.
    period : label of the period.

    Errors
    ------
    DataError where nothing is stated, for rates and shares, and where the parts exceed the stated whole.
    """
    rows = marks.series_rows(observations, indicator, series=series, dimension=dimension)
    found = _addable(in_period(rows, period), indicator, period)
    parents = dict(zip(places["place_id"], places["parent"], strict=True)) if "parent" in places else {}
    above = {parents.get(row["place_id"]) for row in found}
    wholes = [row for row in found if row["place_id"] in above]
    parts = [row for row in found if row["place_id"] not in above]
    only = wholes[0] if len(wholes) == 1 else None
    inside = only and all(parents.get(row["place_id"]) == only["place_id"] for row in parts)
    return _whole(parts, only if inside else None, key="place_id", indicator=indicator)


def by_series(
    observations: pd.DataFrame,
    indicator: str,
    period: str,
    *,
    place_id: str,
    dimension: str | None = None,
) -> Whole:
    """Take the series of one place as parts of its plain number, where they add to it.

    Parameters
    ----------
    observations : the table of this name.
    indicator, dimension : as for `series_rows`.
    period : label of the period.
    place_id : the place.

    Errors
    ------
    DataError where there are fewer than two series, no plain number, or where they do not add up.
    """
    rows = observations[(observations["indicator"] == indicator) & (observations["place_id"] == place_id)]
    chosen = marks.one_dimension(rows[rows["basis"].isin(_ADDABLE)], dimension)
    found = _addable(in_period(chosen, period), indicator, period)
    parts = [row for row in found if row["series"] is not None]
    plain = [row for row in found if row["series"] is None]
    if len(parts) < 2 or len(plain) != 1:
        raise DataError(
            f"the series of {indicator} are no parts of a stated total", where=f"{place_id} {period}",
            seen=f"{len(parts)} series, {len(plain)} totals", todo='draw it with by="place"',
        )  # fmt: skip
    whole = _whole(parts, None, key="series", indicator=indicator)
    if not _meets(whole.low, whole.high, plain[0]):
        raise DataError(
            f"the series of {indicator} do not add to the stated total", where=f"{place_id} {period}",
            seen=f"{whole.low:g} and {plain[0]['value']}", todo='draw it with by="place"',
        )  # fmt: skip
    return replace(whole, stated=plain[0])


def _addable(rows: pd.DataFrame, indicator: str, period: str) -> list[dict[str, Any]]:
    found = [
        row
        for row in records(rows)
        if any(row[side] is not None for side in ("value", "low", "high")) and row["unit"] != "%"
    ]
    kept = [row for row in found if row["basis"] in _ADDABLE]
    if not kept or not any(_height(row) for row in kept):
        raise DataError(
            f"{indicator} has no numbers that add to a whole", where=str(period),
            todo="choose a count, a measure or money that is stated for this period, no rate or share",
        )  # fmt: skip
    return kept


def _height(row: Mapping[str, Any]) -> float:
    return _point(row).height


def _point(row: Mapping[str, Any]) -> marks.Point:
    return marks.Point(0, row["value"], row["low"], row["high"])


def _whole(
    rows: Sequence[dict[str, Any]], stated: dict[str, Any] | None, *, key: str, indicator: str
) -> Whole:
    points = [_point(row) for row in rows]
    low, high = (_sum([getattr(point, side) for point in points]) for side in ("low", "high"))
    if any(point.height < 0 for point in points):
        raise DataError(
            f"a part of {indicator} is below 0", where=str(rows[0]["period"]), todo="draw a trend"
        )
    if stated is not None and low is not None and stated["high"] is not None and low > stated["high"]:
        raise DataError(
            f"the parts of {indicator} exceed the stated total", where=str(stated["place_id"]),
            seen=f"{low:g} and {stated['high']:g}", todo="see the finding claim_total of `analysis check`",
        )  # fmt: skip
    if rest := _rest(low, high, stated):
        rows, points = [*rows, dict(rows[0]) | {key: REST}], [*points, rest]
        low, high = stated["low"], stated["high"]  # type: ignore[index]  # only what is stated leaves a rest
    total = sum(point.height for point in points)
    parts = []
    for number, (row, point) in enumerate(zip(rows, points, strict=True)):
        others = points[:number] + points[number + 1 :]
        share_low = _share(point.low, _sum([other.high for other in others]))
        share_high = _share(point.high, _sum([other.low for other in others]))
        parts.append(Part(str(row[key]), point, row, 100 * point.height / total, share_low, share_high))
    parts.sort(key=lambda part: (part.key == REST, -part.point.height, part.key))
    return Whole(tuple(parts), low, high, stated)


def _rest(low: float | None, high: float | None, stated: Mapping[str, Any] | None) -> marks.Point | None:
    """Give what the stated total has beyond its parts, where it surely has more."""
    if stated is None or low is None or high is None or stated["low"] is None or stated["high"] is None:
        return None
    least, most = round(stated["low"] - high, 6), round(stated["high"] - low, 6)
    if least <= _ROUNDING * stated["low"]:
        return None
    return marks.Point(0, least if least == most else None, least, most)


def _sum(sides: Sequence[float | None]) -> float | None:
    """Add the sides of some ranges, or None where one is open."""
    known = [side for side in sides if side is not None]
    return round(sum(known), 6) if len(known) == len(sides) else None


def _share(part: float | None, rest: float | None) -> float | None:
    if part is None or rest is None:
        return None
    return 100 * part / (part + rest) if part + rest else 0.0


def _meets(low: float | None, high: float | None, stated: Mapping[str, Any]) -> bool:
    """Tell whether two ranges have a number in common."""
    below = high is not None and stated["low"] is not None and high < stated["low"] * (1 - _ROUNDING)
    above = low is not None and stated["high"] is not None and low > stated["high"] * (1 + _ROUNDING)
    return not below and not above
