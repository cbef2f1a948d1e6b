"""Rows of the tables in words, as workbook, document and slides show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.findings import change_words, percent_words
from analysis.charts.numbers import stated_of
from analysis.charts.periods import pair_words, period_words
from analysis.charts.words import entries, say
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.briefing.content import Content
    from analysis.charts.naming import Naming

_PACKAGE = "analysis.briefing.office"


def office(key: str, locale: str, **fields: object) -> str:
    """Say a phrase of `words.toml` beside this module.

    Examples
    --------
    >>> office("at_page", "zh-Hant", at=3)
    '第3頁'
    """
    return say(key if "." in key else f"office.{key}", locale, package=_PACKAGE, **fields)


def office_words(section: str, locale: str) -> dict[str, str]:
    """Give all phrases of a section of `words.toml` in a locale."""
    return {key: str(said[locale]) for key, said in entries(_PACKAGE)[section].items()}


@dataclass(frozen=True, slots=True)
class Told:
    """A row of `comparisons` in words; "–" stands for what is missing."""

    label: str
    now: str
    then: str
    change: str
    percent: str
    verdict: str
    coverage: str
    reason: str


def told(row: Mapping[str, Any], names: Naming) -> Told:
    """Say a row of `comparisons` cell by cell.

    Parameters
    ----------
    row : the row.
    names : names and locale.
    """
    locale = names.locale
    return Told(
        label=names.indicator(row),
        now=stated_of(row, locale),
        then=stated_of(row, locale, "baseline_"),
        change=change_words(row, locale) or "–",
        percent=percent_words(row, locale) or "–",
        verdict=say(f"verdicts.{row['verdict']}", locale),
        coverage=row["coverage"] or "",
        reason=row["reason"] or "",
    )


def pair(content: Content) -> tuple[str, str]:
    """Name the two periods of a briefing, shortly where both are in one year."""
    return pair_words(parse_period(content.period), parse_period(content.baseline), content.locale)


def subtitle(content: Content) -> str:
    """Say which periods a briefing compares."""
    when, baseline = (
        period_words(parse_period(label), content.locale) for label in (content.period, content.baseline)
    )
    return office("subtitle", content.locale, when=when, baseline=baseline)


def overall(content: Content, names: Naming) -> str:
    """Say how many totals went up, down, or stayed: the finding of the whole briefing."""
    from analysis.charts.findings import tally

    totals = content.tables.comparisons
    verdicts = [str(verdict) for verdict in totals.loc[totals["row_kind"] == "total", "verdict"]]
    if not verdicts:
        return office("nothing_compared", content.locale, when=pair(content)[0])
    judged = [verdict for verdict in verdicts if verdict not in {"missing", "not_comparable"}]
    when, baseline = pair(content)
    said = tally(judged or verdicts, names, of="items")
    return say("charts.overview_title", content.locale, when=when, baseline=baseline, tally=said)


def received(content: Content) -> str:
    """Say how many of the expected reports of the period are there, and which are missing."""
    expected = content.tables.expected
    rows = expected[expected["period"] == content.period]
    if rows.empty:
        return office("none_expected", content.locale, when=pair(content)[0])
    missing = [str(place) for place in rows.loc[rows["state"] == "missing", "place"].fillna("?")]
    fields = {"some": len(rows) - len(missing), "all": len(rows), "when": pair(content)[0]}
    if not missing:
        return office("all_received", content.locale, **fields)
    names = say("list", content.locale).join(missing)
    return office("some_received", content.locale, names=names, **fields)
