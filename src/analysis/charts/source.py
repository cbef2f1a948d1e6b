"""The line that says where the numbers of a chart are from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts.periods import period_words, span_words
from analysis.charts.words import say
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.language.periods import Period


def source_line(rows: pd.DataFrame, slots: list[Period], locale: str) -> str:
    """Say from how many reports of which time the rows are, and when the last was received.

    Parameters
    ----------
    rows : observations; report_id and vintage are used where they are there.
    slots : the periods of the chart.
    locale : zh-Hant, zh-Hans or en.
    """
    if "report_id" not in rows or not slots:
        return say("charts.source_plain", locale)
    count = rows["report_id"].nunique()
    span = span_words(slots, locale)
    if count == 1:
        text = say("charts.source_one", locale, span=span)
    else:
        text = say("charts.source", locale, span=span, count=count)
    received = rows["vintage"].dropna()
    if len(received):
        text += say("charts.received", locale, day=max(received).isoformat())
    return text


def compared_source(row: Mapping[str, Any], locale: str) -> str:
    """Say that a comparison is made from the reports of its two periods.

    Parameters
    ----------
    row : a row of `comparisons`.
    locale : zh-Hant, zh-Hans or en.
    """
    when, baseline = (period_words(parse_period(row[key]), locale) for key in ("period", "baseline"))
    return say("charts.source_two", locale, when=when, baseline=baseline)
