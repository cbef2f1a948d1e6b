"""What a later report changed: the vintages of one observation, each beside the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparison import intervals as iv
from analysis.comparison.choosing import SAME

if TYPE_CHECKING:
    import pandas as pd

_SIDE = ["value", "low", "high", "vintage", "report_id", "figure_ids"]


def find_revisions(observations: pd.DataFrame, reports: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """List every number that a later report gives otherwise.

    Parameters
    ----------
    observations, reports, places : tables of the project.

    Returns
    -------
    The table `revisions`, sorted as the observations are. A later report that repeats the same number is
    no revision; one whose vague words still allow it is listed with `certain` false.
    """
    import numpy as np

    from analysis.tables.schema import conform, empty

    several = observations.duplicated(SAME, keep=False)
    rows = observations[several].sort_values([*SAME, "vintage_number"], na_position="first", kind="stable")
    if rows.empty:
        return empty("revisions")
    rows = rows.reset_index(drop=True)
    before = rows.groupby(SAME, dropna=False, sort=False)[_SIDE].shift()
    rows = rows.join(before.add_prefix("previous_"))
    rows = rows[rows["previous_report_id"].notna()].reset_index(drop=True)
    now = iv.intervals(rows["value"], rows["low"], rows["high"])
    then = iv.intervals(rows["previous_value"], rows["previous_low"], rows["previous_high"])
    same = (now.low == then.low) & (now.high == then.high)
    same &= (now.value == then.value) | (np.isnan(now.value) & np.isnan(then.value))
    change, percent = iv.subtract(now, then), iv.percent(now, then)
    by_id = reports.drop_duplicates("report_id").set_index("report_id")
    period = rows["report_id"].map(by_id["period"])
    before_period = rows["previous_report_id"].map(by_id["period"])
    made = rows.assign(
        change=iv.nullable(change.value),
        change_low=iv.nullable(change.low),
        change_high=iv.nullable(change.high),
        percent=iv.nullable(percent.value),
        certain=(change.low > 0) | (change.high < 0),
        kind=np.where((period == before_period).fillna(value=False), "reissued", "restated"),
        path=rows["report_id"].map(by_id["path"]),
        previous_path=rows["previous_report_id"].map(by_id["path"]),
        place=rows["place_id"].map(places.set_index("place_id")["place"]),
    )
    return conform(made[~same], "revisions")
