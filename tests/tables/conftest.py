"""A small project's tables, built from made-up figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.comparison import compare_observations, observe
from analysis.language.periods import parse_period
from analysis.tables import Tables
from analysis.tables.schema import conform, empty


@dataclass(frozen=True)
class Folder:
    """Stands for a project: its name, its locale and where its tables go."""

    processed: Path
    name: str = "示範"
    locale: str = "zh-Hant"


def _rows(period: str, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    span = parse_period(period)
    dated = {"period": period, "period_start": span.start, "period_end": span.end, "place_id": "青山社区"}
    report = {
        "report_id": f"{number:08x}",
        "path": f"{period}/青山社區.txt",
        "is_latest": True,
        "place": "青山社區",
    }
    report |= dated | {
        "period_kind": span.kind,
        "received": date(2026, 9, number),
        "encoding_confidence": 1.0,
    }
    shared = dated | {
        "report_id": report["report_id"],
        "approx": "exact",
        "role": "actual",
        "place_source": "report",
    }
    households = {
        "figure_id": f"a{number}",
        "start": 3,
        "end": 9,
        "text": "11800戶",
        "indicator": "households",
    }
    households |= {"value": 11800 + number, "low": 11800 + number, "high": 11800 + number, "unit": "戶"}
    households |= {"value_base": 11800 + number, "unit_base": "户", "dimension": "count of 户"}
    formula = {
        "figure_id": f"b{number}",
        "start": 20,
        "end": 26,
        "text": "-3.19‰",
        "sentence": '=1+1,\r\n"減"',
        "value": -3.19,
    }
    return report, [shared | households, shared | formula]


@pytest.fixture
def built() -> Tables:
    """Give the tables of one place and two months, with text that looks like formulas."""
    import pandas as pd

    parts = [_rows("2026-07", 1), _rows("2026-08", 2)]
    reports = conform(pd.DataFrame([report for report, _ in parts]), "reports")
    figures = conform(pd.DataFrame([row for _, rows in parts for row in rows]), "figures")
    place = {
        "place_id": "青山社区",
        "place": "青山社區",
        "names": "青山社區",
        "origin": "proposed",
        "reports": 2,
    }
    indicator = {
        "id": "households",
        "label_zh_hant": "戶數",
        "label_zh_hans": "户数",
        "label_en": "Households",
    }
    places = conform(pd.DataFrame([place]), "places")
    indicators = conform(pd.DataFrame([indicator | {"kind": "stock", "origin": "package"}]), "indicators")
    observations = observe(figures, reports, places, indicators=indicators)
    return Tables(
        reports=reports,
        figures=figures,
        observations=observations,
        comparisons=compare_observations(
            observations, period="2026-08", baseline="2026-07", places=places, indicators=indicators
        ),
        indicators=indicators,
        places=places,
        unreadable=empty("unreadable"),
        texts={"00000001": "有11801戶\r\n", "00000002": "有11802戶"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Give a project whose tables go to a temporary folder."""
    return Folder(tmp_path / "processed")
