"""One chart of each kind, drawn from the made-up project."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from analysis.charts import (
    Chart,
    change,
    cleanup,
    composition,
    coverage,
    key_figures,
    overview,
    slope,
    trend,
)

if TYPE_CHECKING:
    from sample_tables import Sample

LOCALES = ["zh-Hant", "zh-Hans", "en"]
KINDS: dict[str, Callable[[Sample, str], Chart]] = {
    "trend": lambda s, name: trend(
        s.observations, "garbage_removed", comparisons=s.comparisons(locale=name), **s.names(name)
    ),
    "change": lambda s, name: change(s.comparisons(locale=name), "buildings_cleaned", **s.names(name)),
    "slope": lambda s, name: slope(s.comparisons(locale=name), "garbage_removed", **s.names(name)),
    "composition": lambda s, name: composition(s.observations, "garbage_removed", **s.names(name)),
    "cleanup": lambda s, name: cleanup(s.comparisons(locale=name), **s.names(name)),
    "key figures": lambda s, name: key_figures(
        s.observations, s.places["place_id"].iloc[0], comparisons=s.comparisons(locale=name), **s.names(name)
    ),
    "coverage": lambda s, name: coverage(s.reports, s.figures, places=s.places, locale=name),
    "overview": lambda s, name: overview(s.comparisons(locale=name), **s.names(name)),
}
MORE: dict[str, Callable[[Sample, str], Chart]] = {
    "trend of vague numbers": lambda s, name: trend(
        s.observations, "buildings_cleaned", comparisons=s.comparisons(locale=name), **s.names(name)
    ),
    "trend of open ranges": lambda s, name: trend(s.observations, "ads_removed", **s.names(name)),
    "trend of rates": lambda s, name: trend(s.observations, "satisfaction_rate", **s.names(name)),
    "trend of one place": lambda s, name: trend(
        s.observations, "money_invested", place="青山社區", **s.names(name)
    ),
    "change over a merger": lambda s, name: change(
        s.comparisons("2026-05", "2026-04", name), "garbage_removed", **s.names(name)
    ),
    "slope over a merger": lambda s, name: slope(
        s.comparisons("2026-05", "2026-04", name), "garbage_removed", **s.names(name)
    ),
    "slope of vague numbers": lambda s, name: slope(
        s.comparisons(locale=name), "buildings_cleaned", **s.names(name)
    ),
    "slope of rates": lambda s, name: slope(s.comparisons(locale=name), "satisfaction_rate", **s.names(name)),
    "composition with gaps": lambda s, name: composition(
        s.observations, "ads_removed", period="2026-05", **s.names(name)
    ),
    "key figures of a merged place": lambda s, name: key_figures(
        s.observations, "和平社區", comparisons=s.comparisons(locale=name), **s.names(name)
    ),
}
