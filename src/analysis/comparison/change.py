"""Change, percent and verdict of two sides, as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison import intervals as iv

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


def with_change(rows: pd.DataFrame, where: NDArray[np.bool_]) -> pd.DataFrame:
    """Add change, percent and verdict where two sides may be compared, and nulls elsewhere."""
    import numpy as np

    side = iv.intervals(rows["value"], rows["low"], rows["high"])
    base = iv.intervals(rows["value_b"], rows["low_b"], rows["high_b"])
    change, percent = iv.subtract(side, base), iv.percent(side, base)
    columns: dict[str, Any] = {}
    for name, found in (("change", change), ("percent", percent)):
        for ending, numbers in (("", found.value), ("_low", found.low), ("_high", found.high)):
            columns[name + ending] = iv.nullable(np.where(where, numbers, np.nan))
    return rows.assign(**columns, verdict=iv.verdicts(change))
