"""Arithmetic on what vague words allow: a value with a lowest and a highest bound, either of them open.

Everything works on whole columns (numpy arrays). Inside this module an open bound is infinite; in the
tables it is null. An interval result always holds every result that values inside the operands can give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# Numbers of reports have far fewer digits; the rest of a double is noise of the conversion to base units.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Intervals:
    """Columns of values (NaN where only an interval is known) with their lowest and highest bounds."""

    value: Numbers
    low: Numbers
    high: Numbers


def intervals(value: Any, low: Any, high: Any) -> Intervals:
    """Make intervals from table columns, where a null bound is open.

    Parameters
    ----------
    value, low, high : columns of numbers or nulls.
    """
    import numpy as np

    lows, highs = _numbers(low), _numbers(high)
    return Intervals(
        value=_numbers(value),
        low=np.where(np.isnan(lows), -np.inf, lows),
        high=np.where(np.isnan(highs), np.inf, highs),
    )


def _numbers(column: Any) -> Numbers:
    import numpy as np
    import pandas as pd

    return np.asarray(pd.array(column, dtype="Float64").to_numpy(dtype="float64", na_value=np.nan))


def nullable(numbers: Numbers) -> pd.api.extensions.ExtensionArray:
    """Give numbers as a nullable column: NaN and open bounds become null."""
    import numpy as np
    import pandas as pd

    return pd.array(np.where(np.isfinite(numbers), numbers, np.nan), dtype="Float64")


def round_digits(numbers: Numbers, like: Numbers | None = None) -> Numbers:
    """Round to twelve significant digits, or to the last digit that `like` has of its twelve.

    Examples
    --------
    >>> import numpy as np
    >>> round_digits(np.array([18.5 - 18.2]), like=np.array([18.5])).tolist()
    [0.3]
    """
    import numpy as np

    size = np.abs(numbers if like is None else like)
    usable = np.isfinite(size) & (size > 0)
    magnitude = np.floor(np.log10(np.where(usable, size, 1.0)))
    places = np.clip(DIGITS - 1 - magnitude, -300, 300)
    # Powers of ten are exact only with a positive exponent: divide instead of multiplying by 10**-n.
    up, down = 10.0 ** np.clip(places, 0, None), 10.0 ** np.clip(-places, 0, None)
    with np.errstate(invalid="ignore", over="ignore"):
        rounded = np.round(numbers * up / down) / up * down
    return np.where(np.isfinite(rounded) & usable, rounded, numbers)


def subtract(period: Intervals, baseline: Intervals) -> Intervals:
    """Give the change from a baseline to a period."""
    import numpy as np

    def difference(a: Numbers, b: Numbers) -> Numbers:
        return round_digits(a - b, like=np.fmax(_size(a), _size(b)))

    return Intervals(
        value=difference(period.value, baseline.value),
        low=difference(period.low, baseline.high),
        high=difference(period.high, baseline.low),
    )


def _size(numbers: Numbers) -> Numbers:
    import numpy as np

    return np.where(np.isfinite(numbers), np.abs(numbers), 0.0)


def percent(period: Intervals, baseline: Intervals) -> Intervals:
    """Give the change in percent of the baseline.

    Null (NaN) where the baseline is 0 or less; its bounds are open where the baseline may be so.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        value = np.where(baseline.value > 0, period.value / baseline.value, np.nan)
        low = np.where(period.low >= 0, period.low / baseline.high, period.low / baseline.low)
        high = np.where(period.high >= 0, period.high / baseline.low, period.high / baseline.high)
    sure = baseline.low > 0
    return Intervals(
        value=_percent(value),
        low=_percent(np.where(sure, low, -np.inf)),
        high=_percent(np.where(sure, high, np.inf)),
    )


def _percent(ratio: Numbers) -> Numbers:
    import numpy as np

    return round_digits((ratio - 1.0) * 100.0, like=np.fmax(_size(ratio) * 100.0, 100.0))


def total(parts: Intervals, groups: NDArray[np.int64], count: int) -> Intervals:
    """Add intervals within groups numbered 0 to count - 1; one part without a value leaves none."""
    import numpy as np

    def add(numbers: Numbers) -> Numbers:
        sums = np.bincount(groups, weights=numbers, minlength=count)
        return round_digits(np.asarray(sums, dtype="float64"))

    return Intervals(value=add(parts.value), low=add(parts.low), high=add(parts.high))


def verdicts(change: Intervals) -> NDArray[np.object_]:
    """Say what an interval of change allows to claim.

    Returns
    -------
    "up" where all of it is above 0, "down" where all is below, "unchanged" where both bounds are 0,
    else "uncertain".

    Examples
    --------
    >>> verdicts(intervals([5, 5, 0], [1, -2, 0], [None, 9, 0])).tolist()
    ['up', 'uncertain', 'unchanged']
    """
    import numpy as np

    cases = [change.low > 0, change.high < 0, (change.low == 0) & (change.high == 0)]
    return np.asarray(np.select(cases, ["up", "down", "unchanged"], default="uncertain"), dtype=object)
