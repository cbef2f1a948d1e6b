"""What sentences may say: only numbers that are in the tables, and no direction where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.briefing import headlines
from analysis.charts.naming import records
from analysis.comparison import compare_observations
from analysis.language.periods import parse_period
from analysis.tables.schema import conform

if TYPE_CHECKING:
    import pandas as pd
    from sample_tables import Sample

PLACES = ["青山社区", "东湖社区", "柳河社区", "南苑社区"]
DIRECTIONS = {
    "zh-Hant": ("增加", "減少", "上升", "下降", "多了", "少了"),
    "zh-Hans": ("增加", "减少", "上升", "下降", "多了", "少了"),
    "en": (" up ", " down ", " rose", " fell", " more", " less"),
}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(萬億|万亿|億|亿|萬|万| trillion| billion| million)?(%)?")
JUDGED = ("up", "down", "unchanged", "uncertain")
FACTORS = {
    "萬億": 1e12, "万亿": 1e12, "億": 1e8, "亿": 1e8, "萬": 1e4, "万": 1e4, " trillion": 1e12,
    " billion": 1e9, " million": 1e6,
}  # fmt: skip
COLUMNS = (
    "value", "low", "high", "baseline_value", "change_low", "change_high", "percent_low", "percent_high",
    "common_places",
)  # fmt: skip

# A stated number: exact, a range, or open on one side.
amounts = st.one_of(st.integers(0, 400), st.integers(1000, 90_000_000), st.decimals(0, 900, places=1)).map(
    float
)
stated = st.one_of(
    amounts.map(lambda value: (value, value, value)),
    st.tuples(amounts, st.integers(1, 60)).map(lambda pair: (pair[0], pair[0], pair[0] + pair[1])),
    amounts.map(lambda value: (value, value, None)),
    amounts.map(lambda value: (value, None, value)),
    st.none(),
)
reports = st.lists(st.tuples(stated, stated), min_size=1, max_size=len(PLACES))


def observed(
    numbers: list[tuple[Any, Any]], indicator: str, basis: str, dimension: str, unit: str
) -> pd.DataFrame:
    """Build the observations of two months from what each place states for them."""
    import pandas as pd

    rows = []
    for place, months in zip(PLACES, numbers, strict=False):
        for label, number in zip(("2026-07", "2026-08"), months, strict=True):
            if number is None:
                continue
            span = parse_period(label)
            rows.append(
                dict(zip(("value", "low", "high"), number, strict=True))
                | {"indicator": indicator, "place_id": place, "period": label, "basis": basis, "unit": unit}
                | {"period_start": span.start, "period_end": span.end, "period_kind": "month"}
                | {"dimension": dimension, "is_latest": True, "figure_ids": f"{place}{label}"}
                | {"report_id": f"{place}{label}", "approx": "exact", "vintage_number": 1}
            )
    return conform(pd.DataFrame(rows), "observations")


def numbers_in(sentence: str) -> Iterator[tuple[float, float]]:
    """Read the numbers of a sentence, with their 萬 or million, and how far their last digit allows."""
    for text, ending, percent in NUMBER.findall(sentence):
        factor = FACTORS.get(ending, 1.0)
        rounding = 0.0501 if percent else 0.0051 * factor
        yield float(text.replace(",", "")) * factor, rounding


def allowed(row: dict[str, Any]) -> list[float]:
    """List the numbers that a row lets a sentence say, whatever their sign, and the two months."""
    found = [abs(float(row[name])) for name in COLUMNS if row.get(name) is not None]
    found += [float(part) for part in str(row["coverage"]).split("/")]
    return [*found, 7.0, 8.0]


@pytest.mark.parametrize(
    ("indicator", "basis", "dimension", "unit"),
    [("garbage_removed", "flow", "mass", "吨"), ("population", "stock", "count of 人", "人")],
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=reports)
def test_sentences_say_what_the_tables_say(
    sample: Sample, numbers: list[tuple[Any, Any]], indicator: str, basis: str, dimension: str, unit: str
) -> None:
    """Each number of a sentence is in its row, and only a verdict of up or down has a word of direction."""
    if not any(now for _, now in numbers) or not any(then for then, _ in numbers):
        return
    compared = compare_observations(
        observed(numbers, indicator, basis, dimension, unit), period="2026-08", baseline="2026-07",
        places=sample.places, indicators=sample.indicators,
    )  # fmt: skip
    totals = records(compared[compared["row_kind"] == "total"])
    for locale, words in DIRECTIONS.items():
        said = headlines(compared, **sample.names(locale))
        assert len(said) == sum(row["verdict"] in JUDGED for row in totals)
        for sentence, verdict in zip(said["sentence"], said["verdict"], strict=True):
            known = allowed(next(row for row in totals if row["verdict"] == verdict))
            for number, rounding in numbers_in(sentence):
                assert any(abs(number - other) <= rounding for other in known), (sentence, known)
            assert any(word in sentence for word in words) == (verdict in {"up", "down"}), sentence
