"""Periods in words, and the row of periods that an axis of time shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts.words import month_word, say
from analysis.language.periods import Period, parse_period, period_of, previous_period

if TYPE_CHECKING:
    import pandas as pd

REGULAR = ("year", "half", "quarter", "month", "week")
_MOST_SLOTS = 36
_MONTHS_A_QUARTER = 3
_LAST_OF_FIRST_HALF = 6


def period_words(period: Period, locale: str, *, year: bool = True) -> str:
    """Say a period in words.

    Parameters
    ----------
    period : the period.
    locale : zh-Hant, zh-Hans or en.
    year : whether the year is said; a whole year is always named.

    Examples
    --------
    >>> (
    ...     period_words(parse_period("2026-08"), "zh-Hant"),
    ...     period_words(parse_period("2026-08"), "en", year=False),
    ... )
    ('2026年8月', 'August')
    """
    if period.kind == "range":
        parts = [parse_period(part) for part in period.label.split("..")]
        return _between(parts[0], parts[-1], locale)
    key = period.kind if year or period.kind == "year" else f"{period.kind}_alone"
    return say(f"periods.{key}", locale, **_parts(period, locale))


def _parts(period: Period, locale: str) -> dict[str, Any]:
    half = "first_half" if period.start.month <= _LAST_OF_FIRST_HALF else "second_half"
    week_year, week, _ = period.start.isocalendar()
    quarter = (period.start.month - 1) // _MONTHS_A_QUARTER + 1
    return {
        "year": week_year if period.kind == "week" else period.start.year,
        "half": say(f"periods.{half}", locale),
        "number": week if period.kind == "week" else quarter,
        "month": month_word(period.start.month, locale),
        "day": period.start.day,
    }


def _between(first: Period, last: Period, locale: str) -> str:
    # The year is said once: at the first in Chinese, at the last in English.
    again = first.start.year != last.start.year
    leading = locale != "en"
    return say(
        "to", locale, first=period_words(first, locale, year=again or leading),
        last=period_words(last, locale, year=again or not leading),
    )  # fmt: skip


def span_words(slots: list[Period], locale: str) -> str:
    """Say from when to when a row of periods goes.

    Examples
    --------
    >>> span_words([parse_period("2026-01"), parse_period("2026-08")], "zh-Hans")
    '2026年1月至8月'
    """
    if len(slots) == 1:
        return period_words(slots[0], locale)
    return _between(slots[0], slots[-1], locale)


def pair_words(period: Period, baseline: Period, locale: str) -> tuple[str, str]:
    """Say a period and its baseline, without the year where both are in one.

    Examples
    --------
    >>> pair_words(parse_period("2026-08"), parse_period("2026-07"), "zh-Hant")
    ('8月', '7月')
    """
    year = period.start.year != baseline.start.year or period.kind == "range" or baseline.kind == "range"
    return period_words(period, locale, year=year), period_words(baseline, locale, year=year)


def axis_words(slots: list[Period], locale: str) -> list[str]:
    """Label the periods on an axis: short, with the year below the first of each year."""
    labels, year = [], None
    for slot in slots:
        if slot.kind == "month":
            text = month_word(slot.start.month, locale, short=True)
        elif slot.kind == "year":
            text = str(slot.start.year)
        else:
            text = period_words(slot, locale, year=False)
        if slot.kind != "year" and slot.start.year != year:
            year = slot.start.year
            text += "\n" + say("periods.year", locale, year=year)
        labels.append(text)
    return labels


def timeline(table: pd.DataFrame, until: str | Period | None = None) -> list[Period]:
    """Give every period from the first to the last of a table, also those without data.

    Parameters
    ----------
    table : `observations` or `reports`: its columns period, period_kind and period_end are used.
    until : the last period; by default the newest of the commonest kind.

    Returns
    -------
    At most 36 periods of one kind, in order; none where the table has no date.
    """
    dated = table[table["period"].notna()]
    if "basis" in dated:
        dated = dated[dated["basis"] != "target"]
    if isinstance(until, str):
        until = parse_period(until)
    if until is None:
        until = _newest(dated)
    if until is None:
        return []
    if until.kind not in REGULAR:
        return [until]
    ends = dated.loc[dated["period_kind"] == until.kind, "period_end"]
    first = period_of(min([*ends, until.end]), until.kind)
    slots = [until]
    while slots[0].start > first.start and len(slots) < _MOST_SLOTS:
        slots.insert(0, previous_period(slots[0]))
    return slots


def _newest(dated: pd.DataFrame) -> Period | None:
    kinds = dated["period_kind"].value_counts()
    if kinds.empty:
        return None
    regular = kinds[kinds.index.isin(REGULAR)]
    counts = regular if len(regular) else kinds
    kind = str(counts.index[0])
    rows = dated[dated["period_kind"] == kind]
    return max(parse_period(label) for label in rows["period"].unique())
