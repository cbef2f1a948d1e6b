"""A small made-up project: five communities, eight months, a gap, vague numbers, a merger, a revision."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.catalogue import load_catalogue
from analysis.comparison import compare_observations
from analysis.language.periods import parse_period
from analysis.tables.schema import conform

if TYPE_CHECKING:
    import pandas as pd

MONTHS = [f"2026-{number:02d}" for number in range(1, 9)]
NAMES = ["青山社區", "東湖社區", "柳河社区", "南苑社區", "和平社區", "東街社區", "西街社區"]
IDS = ["青山社区", "东湖社区", "柳河社区", "南苑社区", "和平社区", "东街社区", "西街社区"]
SIZES = [1.0, 0.86, 0.71, 0.52, 0.95, 0.45, 0.5]
BASES: dict[str, tuple[str, str, str, float]] = {
    "population": ("stock", "count of 人", "人", 35000),
    "households": ("stock", "count of 户", "户", 11800),
    "volunteers": ("stock", "count of 人", "人", 326),
    "volunteer_participations": ("flow", "count of 人次", "人次", 320),
    "cleanup_events": ("flow", "count of 次", "次", 12),
    "garbage_removed": ("flow", "mass", "吨", 18.5),
    "dead_corners_cleared": ("flow", "count of 处", "处", 36),
    "buildings_cleaned": ("flow", "count of 栋", "栋", 64),
    "ads_removed": ("flow", "count of 张", "张", 1250),
    "materials_distributed": ("flow", "count of 份", "份", 2400),
    "events": ("flow", "count of 场", "场", 9),
    "event_attendees": ("flow", "count of 人次", "人次", 860),
    "money_invested": ("flow", "money", "元", 368000),
    "satisfaction_rate": ("share", "percent", "%", 95),
}
GAP = ("东湖社区", "2026-05")


_COMPARED: dict[tuple[int, str, str, str], tuple[Sample, pd.DataFrame]] = {}


@dataclass(frozen=True)
class Sample:
    """The tables of the made-up project."""

    indicators: pd.DataFrame
    places: pd.DataFrame
    reports: pd.DataFrame
    figures: pd.DataFrame
    observations: pd.DataFrame

    def comparisons(
        self, period: str = "2026-08", baseline: str = "2026-07", locale: str = "zh-Hant"
    ) -> pd.DataFrame:
        """Compare two months; the same two are compared only once."""
        key = (id(self), period, baseline, locale)
        if key not in _COMPARED:
            # The tables are kept with the result, so that no other ones ever get their id.
            compared = compare_observations(
                self.observations, period=period, baseline=baseline, places=self.places,
                indicators=self.indicators, locale=locale,
            )  # fmt: skip
            _COMPARED[key] = (self, compared)
        return _COMPARED[key][1]

    def names(self, locale: str = "zh-Hant") -> dict[str, Any]:
        """Give the keywords that every chart takes."""
        return {"indicators": self.indicators, "places": self.places, "locale": locale}


def _there(place: int, month: int) -> bool:
    if IDS[place] == "和平社区":
        return month >= 4
    if IDS[place] in {"东街社区", "西街社区"}:
        return month < 4
    return (IDS[place], MONTHS[month]) != GAP


def _value(indicator: str, place: int, month: int) -> float:
    _, _, unit, base = BASES[indicator]
    wave = 1 + 0.11 * math.sin(1.3 * month + 2.1 * place + len(indicator)) + 0.015 * month
    if unit == "%":
        return round(base - 4 * (1 - SIZES[place]) + 1.5 * math.sin(month + place), 1)
    if indicator in {"population", "households"}:
        wave = 1 + 0.002 * month
    value = base * SIZES[place] * wave
    return round(value, 1) if unit == "吨" else float(round(value, -2 if unit == "元" else 0))


def _words(indicator: str, place: int, month: int, value: float) -> dict[str, Any]:
    """Make some numbers vague, as offices write them."""
    if indicator == "buildings_cleaned" and place % 2 == 0:
        tens = float(value // 10 * 10)
        return {"value": tens, "low": tens, "high": tens + 9, "approx": "more_than"}
    if indicator == "ads_removed" and (place + month) % 4 == 0:
        return {"value": value, "low": value, "high": None, "approx": "at_least"}
    if indicator == "garbage_removed" and (place, month) == (2, 5):
        return {"value": 14.0, "low": 13.0, "high": 14.0, "approx": "nearly"}
    return {"value": value, "low": value, "high": value, "approx": "exact"}


def _rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    reports, figures, observations = [], [], []
    for month, label in enumerate(MONTHS):
        span = parse_period(label)
        dated = {"period": label, "period_start": span.start, "period_end": span.end, "period_kind": "month"}
        for place, place_id in enumerate(IDS):
            if not _there(place, month):
                continue
            again = (place_id, label) == ("青山社区", "2026-03")
            for version in range(2 if again else 1):
                report_id = f"r{month}{place}{version}"
                received = date(2026, month + 2, 3 + version * 9)
                about = dated | {"place_id": place_id, "report_id": report_id}
                reports.append(
                    about
                    | {
                        "path": f"{label}/{NAMES[place]}{'-更正' if version else ''}.txt",
                        "received": received,
                    }
                    | {"is_latest": version == int(again), "place": NAMES[place]}
                )
                for number, (indicator, (basis, dimension, unit, _)) in enumerate(BASES.items()):
                    words = _words(indicator, place, month, _value(indicator, place, month))
                    if again and version == 0 and indicator == "garbage_removed":
                        words |= dict.fromkeys(("value", "low", "high"), 24.1)
                    shared = about | {"indicator": indicator, "dimension": dimension, **words}
                    figure_id = f"f{month}{place}{version}{number:02d}"
                    text = f"{words['value']:g}{unit}"
                    sentence = f"本月{indicator}{text}。"
                    start = sentence.index(text)
                    figures.append(
                        {k: v for k, v in shared.items() if k != "period_kind"}
                        | {"figure_id": figure_id, "start": start, "end": start + len(text), "text": text}
                        | {"sentence": sentence, "unit": unit, "unit_base": unit, "role": "actual"}
                    )
                    latest = not again or version == 1
                    observations.append(
                        shared
                        | {"basis": basis, "unit": unit, "figure_ids": figure_id, "vintage": received}
                        | {"is_latest": latest}
                    )
    return reports, figures, observations


def sample() -> Sample:
    """Build the tables."""
    import pandas as pd

    catalogue = [
        {
            "id": name, "label_zh_hant": entry.labels["zh-Hant"],
            "label_zh_hans": entry.labels["zh-Hans"], "label_en": entry.labels["en"],
            "kind": entry.kind, "better": entry.better,
            "origin": "package", "definition": "…",
        }
        for name, entry in load_catalogue().indicators.items()
    ]  # fmt: skip
    places = [
        {
            "place_id": place_id,
            "place": name,
            "names": name,
            "kind": "社區",
            "origin": "register",
            "reports": 8,
        }
        for place_id, name in zip(IDS, NAMES, strict=True)
    ]
    places[4] |= {"valid_from": "2026-05", "predecessors": "东街社区;西街社区"}
    reports, figures, observations = _rows()
    return Sample(
        indicators=conform(pd.DataFrame(catalogue), "indicators"),
        places=conform(pd.DataFrame(places), "places"),
        reports=conform(pd.DataFrame(reports), "reports"),
        figures=conform(pd.DataFrame(figures), "figures"),
        observations=conform(pd.DataFrame(observations), "observations"),
    )
