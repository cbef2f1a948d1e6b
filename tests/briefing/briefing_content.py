"""A briefing's content from the made-up tables, with all that may stand in one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.briefing import Content
from analysis.tables import Tables
from analysis.tables.schema import conform, empty

if TYPE_CHECKING:
    from pathlib import Path

    from sample_tables import Sample

FORMULA = '=HYPERLINK("http://example.org")'
SCRIPT = "<script>alert(1)</script>"


def briefing_content(sample: Sample, charts: Path, *, locale: str = "zh-Hant", **more: Any) -> Content:
    """Give the content of August against July.

    Parameters
    ----------
    sample : the made-up tables.
    charts : folder of charts; it need not exist.
    locale : the language of the products.
    more : other fields of `Content`, which take the place of these.
    """
    fields: dict[str, Any] = {
        "name": "青山街道", "period": "2026-08", "baseline": "2026-07", "tables": tables_of(sample, locale),
        "charts": charts, "locale": locale, "left_out": (f"2026-08/壞.pdf: {SCRIPT}", FORMULA),
    }  # fmt: skip
    return Content(**(fields | more))


def tables_of(sample: Sample, locale: str = "zh-Hant") -> Tables:
    """Give the tables, with a finding, an expected report that is missing, and risky sentences."""
    figures = sample.figures.copy()
    first = figures.index[figures["period"] == "2026-08"][0]
    text = figures.loc[first, "text"]
    figures.loc[first, "sentence"] = f"{FORMULA}，聯絡電話13812345678，{SCRIPT}{text}。"
    row = {
        "finding_id": "ab", "kind": "outlier", "severity": "warning", "code": "outlier", "period": "2026-08",
        "place_id": "青山社区", "place": "青山社區", "indicator": figures.loc[first, "indicator"],
        "message": "=這個數太大", "remedy": "請核對", "figure_ids": figures.loc[first, "figure_id"],
    }  # fmt: skip
    expected = [
        {"place_id": place, "place": name, "period": period, "state": state, "received": day}
        for place, name, period, state, day in [
            ("青山社区", "青山社區", "2026-07", "received", date(2026, 8, 3)),
            ("青山社区", "青山社區", "2026-08", "received", date(2026, 9, 3)),
            ("东湖社区", "東湖社區", "2026-08", "missing", None),
        ]
    ]
    compared = sample.comparisons(locale=locale)
    # One of the main numbers is vague at every place: 多.
    vague = (compared["row_kind"] == "place") & (compared["indicator"] == "garbage_removed")
    compared.loc[vague, "high"] = compared["value"] + 2
    return Tables(
        sample.reports.assign(script="hant"), figures, sample.observations, compared,
        sample.indicators, sample.places, empty("unreadable"),
        findings=conform(pd.DataFrame([row]), "findings"),
        expected=conform(pd.DataFrame(expected), "expected"),
    )  # fmt: skip
