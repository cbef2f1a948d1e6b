"""The comparison of a page: every row in three languages, with the figures behind each of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.said import Said, in_each, plain, words
from analysis.charts.findings import change_words, percent_words, reported
from analysis.charts.naming import records, told_apart
from analysis.charts.numbers import stated_of
from analysis.charts.words import say
from analysis.comparison.words import LOCALES
from analysis.errors import UsageError

if TYPE_CHECKING:
    from analysis.briefing.content import Content
    from analysis.briefing.page.evidence import Evidence
    from analysis.briefing.page.said import Texts
    from analysis.charts.naming import Naming

MARKS = {"up": "▲", "down": "▼", "unchanged": "●", "uncertain": "◇", "missing": "–", "not_comparable": "–"}
_KEY = ["row_kind", "indicator", "series", "dimension", "place_id"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the comparison in words; `now_rows` and `then_rows` are the rows of its figures."""

    total: bool
    indicator: str
    label: Said
    place: str
    now: Said
    then: Said
    change: Said
    percent: Said
    verdict: str
    coverage: Said
    reason: Said
    now_rows: tuple[int, ...]
    then_rows: tuple[int, ...]
    figure_ids: str

    @property
    def mark(self) -> str:
        """The sign of the verdict."""
        return MARKS[self.verdict]

    @property
    def said(self) -> Said:
        """The verdict in words."""
        return in_each(lambda locale: say(f"verdicts.{self.verdict}", locale))

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the figures of both sides."""
        return tuple(dict.fromkeys(self.now_rows + self.then_rows))


def changes(content: Content, names: Mapping[str, Naming], evidence: Evidence) -> list[Change]:
    """Put every row of the comparison into words.

    Parameters
    ----------
    content : what the page is made of.
    names : names by locale.
    evidence : the figures of the page.
    """
    reasons = _reasons(content)
    found = []
    rows = records(content.tables.comparisons)
    labels = zip(*(told_apart(rows, names[locale]) for locale in LOCALES), strict=True)
    for row, label in zip(rows, labels, strict=True):
        key = tuple(row[name] for name in _KEY)
        said = tuple(known.get(key) or row["reason"] or "" for known in reasons)
        found.append(_change(row, label, said, evidence))
    return found


def _reasons(content: Content) -> list[dict[tuple[Any, ...], str]]:
    """Give the reasons by row, in each locale: they are sentences that only the comparison can fill."""
    from analysis.comparison import compare_observations

    found = []
    for locale in LOCALES:
        compared = content.tables.comparisons
        if locale != content.locale and compared["reason"].notna().any():
            # A period without any data has no comparison, and so no reason to say again.
            with suppress(UsageError):
                compared = compare_observations(
                    content.tables.observations, period=content.period, baseline=content.baseline,
                    places=content.tables.places, indicators=content.tables.indicators, locale=locale,
                    allow_empty_baseline=True,
                )  # fmt: skip
        rows = records(compared[[*_KEY, "reason"]])
        found.append({tuple(row[name] for name in _KEY): row["reason"] for row in rows})
    return found


def _change(row: dict[str, Any], label: Said, reason: Said, evidence: Evidence) -> Change:
    total = row["row_kind"] == "total"
    some, every = reported(row)
    return Change(
        total=total,
        indicator=row["indicator"],
        label=label,
        place="" if total else row["place"] or row["place_id"],
        now=in_each(lambda locale: stated_of(row, locale)),
        then=in_each(lambda locale: stated_of(row, locale, "baseline_")),
        change=in_each(lambda locale: change_words(row, locale) or "–"),
        percent=in_each(lambda locale: percent_words(row, locale) or "–"),
        verdict=str(row["verdict"]),
        coverage=words("coverage", some=some, every=every) if total and every else plain(""),
        reason=reason,
        now_rows=tuple(evidence.rows_of(row["figure_ids"])),
        then_rows=tuple(evidence.rows_of(row["baseline_figure_ids"])),
        figure_ids=row["figure_ids"] or "",
    )


def in_columns(found: list[Change], texts: Texts) -> list[list[Any]]:
    """Give the rows as the page's data, in the order of `changes`.

    Parameters
    ----------
    found : the rows.
    texts : takes the texts.

    Returns
    -------
    One list a row: total, label, place, then, now, change, percent, verdict, coverage, reason (texts by
    number), rows of the baseline's figures, rows of the period's.
    """
    return [
        [
            int(row.total), texts.number(row.label), texts.number(plain(row.place)), texts.number(row.then),
            texts.number(row.now), texts.number(row.change),
            texts.number(row.percent), row.verdict, texts.number(row.coverage),
            texts.number(row.reason), list(row.then_rows), list(row.now_rows),
        ]
        for row in found
    ]  # fmt: skip
