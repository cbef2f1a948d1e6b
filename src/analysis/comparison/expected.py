"""Which reports are expected, and which of them came, came late or are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison.boundaries import lives
from analysis.comparison.selection import REGULAR
from analysis.language.periods import parse_period, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from analysis.comparison.boundaries import Life
    from analysis.language.periods import Period

_MOST = 5000


def expected_reports(
    reports: pd.DataFrame, places: pd.DataFrame, *, due_days: int | None = None
) -> pd.DataFrame:
    """Make the grid of expected reports: a place by a period, in the kind of period most reports have.

    Parameters
    ----------
    reports, places : tables of the project.
    due_days : days after a period's end within which its report is due; None calls no report late.

    Returns
    -------
    The table `expected`. A place of the register that reports at all is expected in every whole period in
    which it exists, from the first in which half of them report (a lone older report begins no duty for all)
    to the newest; a place that is not on the register, from then on between its own first and last report.
    """
    import pandas as pd

    from analysis.tables.schema import conform, empty

    dated = reports[reports["period"].notna() & reports["place_id"].notna()]
    dated = dated[(dated["reader"] != "entered").fillna(value=True)]
    regular = dated[dated["period_kind"].isin(REGULAR)]
    if regular.empty:
        return empty("expected")
    counts = regular["period_kind"].value_counts()
    kind = max(REGULAR, key=lambda name: int(counts.get(name, 0)))
    rows = regular[regular["period_kind"] == kind]
    spans = {label: parse_period(label) for label in rows["period"].unique()}
    known, listed = lives(places), set(places.loc[places["origin"] == "register", "place_id"])
    on_list = rows["place_id"].isin(listed)
    first, last = _begun(rows[on_list] if on_list.any() else rows, spans, known), max(spans.values())
    met = _received(rows)
    grid: list[dict[str, Any]] = []
    for place, labels in rows.groupby("place_id")["period"]:
        own = [spans[label] for label in labels]
        # A place nobody has listed may have begun or ended: only the holes between its reports are sure.
        begun = max(min(own), first, key=lambda period: period.start)
        ends = (first, last) if place in listed else (begun, max(own))
        there = set(labels)
        older = sorted(spans[label] for label in there if spans[label].start < ends[0].start)
        grid.extend(
            _cell(str(place), period, met.get((str(place), period.label)), due_days)
            for period in [*older, *_between(*ends)]
            if period.label in there or _throughout(known.get(str(place)), period)
        )
    names = places.set_index("place_id")["place"]
    made = pd.DataFrame(grid)
    return conform(made.assign(place=made["place_id"].map(names)), "expected")


def _begun(rows: pd.DataFrame, spans: dict[str, Period], known: dict[str, Life]) -> Period:
    """Give the first period in which half of the places that exist then report."""
    there: dict[str, set[str]] = {}
    for label, place in rows[["period", "place_id"]].itertuples(index=False):
        there.setdefault(label, set()).add(place)
    places = set(rows["place_id"])
    for label in sorted(there, key=lambda label: spans[label].start):
        existing = [place for place in places if _throughout(known.get(place), spans[label])]
        if 2 * len(there[label]) >= len(existing):
            return spans[label]
    return min(spans.values())


def _received(rows: pd.DataFrame) -> dict[tuple[str, str], tuple[str, Any]]:
    """Give the newest report of each place and period, and the day the first one came."""
    newest = rows.sort_values(["is_latest", "path"]).drop_duplicates(["place_id", "period"], keep="last")
    days = rows.groupby(["place_id", "period"])["received"].min()
    return {
        (place, period): (report, days.get((place, period)))
        for place, period, report in newest[["place_id", "period", "report_id"]].itertuples(index=False)
    }


def _cell(place: str, period: Period, met: tuple[str, Any] | None, due_days: int | None) -> dict[str, Any]:
    import pandas as pd

    row: dict[str, Any] = {"place_id": place, "period": period.label, "state": "missing"}
    if met is None:
        return row
    report_id, received = met
    row |= {"state": "received", "report_id": report_id}
    if received is not None and not pd.isna(received):
        days = (received - period.end).days
        late = due_days is not None and days > due_days
        row |= {"received": received, "days": days, "state": "late" if late else "received"}
    return row


def _throughout(life: Life | None, period: Period) -> bool:
    return life is None or (life.first <= period.start and life.last >= period.end)


def _between(first: Period, last: Period) -> Iterator[Period]:
    period = first
    for _ in range(_MOST):
        if period.start > last.start:
            return
        yield period
        period = period_of(type(period.end).fromordinal(period.end.toordinal() + 1), first.kind)
