"""Which parts make a whole, and which do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from analysis.charts import composition
from analysis.charts.parts import REST, by_place, by_series
from analysis.errors import DataError

if TYPE_CHECKING:
    import pandas as pd
    from sample_tables import Sample

PERIOD = "2026-08"


def stating(sample: Sample, *numbers: tuple[str, str | None, float]) -> pd.DataFrame:
    """Give observations of rubbish in August: place, series and tonnes of each."""
    rows = sample.observations
    first = rows[(rows["indicator"] == "garbage_removed") & (rows["period"] == PERIOD)].iloc[[0]]
    parts = []
    for place, series, value in numbers:
        more: dict[str, Any] = {"place_id": place, "series": series}
        more |= dict.fromkeys(("value", "low", "high"), value)
        parts.append(first.assign(**more).astype(rows.dtypes.to_dict()))
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def test_place_above_the_others_is_the_whole(sample: Sample) -> None:
    """A subdistrict is never added to its communities: what it has beyond them is a part without a name."""
    parent = sample.places["place_id"].map({"青山社区": "街道", "东湖社区": "街道"}).astype("string")
    places = sample.places.assign(parent=parent)
    seen = stating(sample, ("街道", None, 50.0), ("青山社区", None, 30.0), ("东湖社区", None, 12.0))
    whole = by_place(seen, "garbage_removed", PERIOD, places=places)
    assert [(part.key, part.share) for part in whole.parts] == [
        ("青山社区", 60.0),
        ("东湖社区", 24.0),
        (REST, 16.0),
    ]
    over = stating(sample, ("街道", None, 40.0), ("青山社区", None, 30.0), ("东湖社区", None, 12.0))
    with pytest.raises(DataError, match="exceed the stated total"):
        by_place(over, "garbage_removed", PERIOD, places=places)


def test_series_are_parts_only_where_they_add_up(sample: Sample) -> None:
    """Kinds that give the stated total are its parts; those that do not are refused."""
    names = ("garbage_removed", PERIOD)
    good = stating(sample, ("青山社区", None, 20.0), ("青山社区", "生活", 14.0), ("青山社区", "建筑", 6.0))
    assert [part.key for part in by_series(good, *names, place_id="青山社区").parts] == ["生活", "建筑"]
    more: dict[str, Any] = {"by": "series", "place": "青山社區", "period": PERIOD}
    chart = composition(good, "garbage_removed", **more, **sample.names())
    assert chart.title == "8月清運垃圾20噸，生活最多，佔70.0%"
    assert chart.check() == []
    bad = stating(sample, ("青山社区", None, 25.0), ("青山社区", "生活", 14.0), ("青山社区", "建筑", 6.0))
    with pytest.raises(DataError, match="do not add to the stated total"):
        by_series(bad, *names, place_id="青山社区")


def test_rates_are_no_parts(sample: Sample) -> None:
    """Rates of places do not add up to anything."""
    with pytest.raises(DataError, match="add to a whole"):
        composition(sample.observations, "satisfaction_rate", **sample.names())
