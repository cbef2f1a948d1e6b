"""All checks at once, as the table `findings`."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from analysis.comparison.checks.fact import Fact
from analysis.comparison.checks.facts import gather
from analysis.comparison.checks.finding import SEVERITIES, codes, kinds, moved, phrase, said
from analysis.comparison.checks.from_to import first_ends
from analysis.comparison.checks.gaps import gaps
from analysis.comparison.checks.growth import changes, judged
from analysis.comparison.checks.oddities import oddities
from analysis.comparison.checks.restated import restated, targets, units
from analysis.comparison.checks.shares import shares
from analysis.comparison.checks.sums import totals
from analysis.comparison.checks.vague import vague
from analysis.comparison.words import in_script
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.comparison.checks.facts import Facts
    from analysis.comparison.checks.finding import Finding

# Fields that hold a unit, which tables write in Simplified characters.
_UNITS = {"unit", "usual", "base"}


def find_findings(
    figures: pd.DataFrame,
    reports: pd.DataFrame,
    places: pd.DataFrame,
    indicators: pd.DataFrame,
    *,
    texts: Mapping[str, str],
    expected: pd.DataFrame | None = None,
    locale: str = "zh-Hant",
) -> pd.DataFrame:
    """Check all that the reports say, and give what does not fit.

    Parameters
    ----------
    figures, reports, places, indicators : the tables of a project, as in `analysis.tables.schema`.
    texts : the reports' texts by report_id, which offsets point into.
    expected : the table `expected`; without it, it is made without a day on which reports are due.
    locale : language of the messages.

    Returns
    -------
    The table `findings`, the serious ones first, then by period, place and indicator.
    """
    from analysis.comparison.expected import expected_reports
    from analysis.tables.schema import conform, empty

    grid = expected_reports(reports, places) if expected is None else expected
    facts = gather(figures, reports, places, indicators, texts=texts, locale=locale)
    missing = list(gaps(reports, places, grid, texts))
    breaks: dict[str, set[str]] = defaultdict(set)
    for finding in missing:
        if codes()[finding.code]["kind"] == "boundary_change" and finding.place_id and finding.period:
            breaks[finding.place_id].add(finding.period)
    found = chain(
        changes(facts), first_ends(facts), totals(facts), shares(facts), restated(facts), units(facts),
        targets(facts), oddities(facts, breaks), vague(facts), missing,
    )  # fmt: skip
    rows = {row["finding_id"]: row for row in (_row(finding, facts, locale) for finding in found)}
    if not rows:
        return empty("findings")
    ordered = sorted(rows.values(), key=_rank)
    return conform({name: [row[name] for row in ordered] for name in ordered[0]}, "findings")


def claims_checked(
    figures: pd.DataFrame,
    reports: pd.DataFrame,
    places: pd.DataFrame,
    indicators: pd.DataFrame,
    *,
    texts: Mapping[str, str],
) -> pd.DataFrame:
    """Give every stated change of an indicator with what the series says of it, also those that agree.

    Parameters
    ----------
    figures, reports, places, indicators, texts : as in `find_findings`.

    Returns
    -------
    A row a stated change, in reading order: indicator, series, place_id, period, report (path), offset,
    figure_id, stated, expected, unit, verdict (agrees, differs, unchecked), reason.
    """
    import pandas as pd

    facts = gather(figures, reports, places, indicators, texts=texts, locale="en")
    rows = [
        {
            "indicator": case.claim.indicator, "series": case.claim.series, "place_id": case.claim.place_id,
            "period": (case.now or case.claim).slot, "report": case.claim.path, "offset": case.claim.start,
            "figure_id": case.claim.figure_id, "stated": case.stated, "expected": case.expected,
            "unit": case.unit, "verdict": case.verdict, "reason": case.reason,
        }
        for case in judged(facts)
    ]  # fmt: skip
    names = [
        "indicator", "series", "place_id", "period", "report", "offset", "figure_id", "stated", "expected",
        "unit", "verdict", "reason",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    names = ("kind", "period", "place_id", "indicator", "series", "finding_id")
    return (SEVERITIES.index(row["severity"]), *(row[name] or "" for name in names))


def _row(finding: Finding, facts: Facts, locale: str) -> dict[str, Any]:
    code = codes()[finding.code]
    label = facts.labels.get(finding.indicator or "", finding.indicator or "")
    if finding.series:
        label = phrase("named", locale, label=label, series=in_script(finding.series, locale))
    place = facts.names.get(finding.place_id or "", finding.place_id)
    fields = {"place": place or "", "label": label, "period": finding.period or ""} | dict(finding.fields)
    fields |= {name: said(value, locale) for name, value in fields.items() if isinstance(value, Fact)}
    for name in _UNITS & set(fields):
        fields[name] = in_script(str(fields[name]), locale)
    for name, number in (("moved_found", finding.found), ("moved_expected", finding.expected)):
        fields[name] = moved(number, finding.unit or "", locale)
    figure_ids = list(dict.fromkeys(fact.figure_id for fact in finding.facts))
    reports = list(dict.fromkeys([*(fact.report_id for fact in finding.facts), *finding.reports]))
    about = [
        finding.code,
        finding.period,
        finding.place_id,
        finding.indicator,
        finding.series,
        *figure_ids,
        *reports,
    ]
    return {
        "finding_id": hashlib.sha256("|".join(map(str, about)).encode()).hexdigest()[:12],
        "kind": code["kind"],
        "severity": kinds()[code["kind"]],
        "code": finding.code,
        "period": finding.period,
        "place_id": finding.place_id,
        "place": place,
        "indicator": finding.indicator,
        "series": finding.series,
        "message": code["message"][locale].format(**fields),
        "remedy": code["remedy"][locale].format(**fields),
        "expected": finding.expected,
        "found": finding.found,
        "unit": finding.unit or None,
        "figure_ids": ";".join(figure_ids) or None,
        "sources": ";".join(f"{fact.path}:{fact.start}" for fact in finding.facts) or None,
        "report_ids": ";".join(reports) or None,
    }


def in_span(findings: pd.DataFrame, period: str) -> pd.DataFrame:
    """Keep the findings of a period: those whose own period overlaps it.

    Parameters
    ----------
    findings : the table.
    period : label of a period. Findings without a period, such as an undated report, stay.

    Errors
    ------
    UsageError for a label that is no period.
    """
    wanted = parse_period(period)
    labels = findings["period"].dropna().unique()
    spans: dict[str, tuple[date, date]] = {
        label: (parse_period(label).start, parse_period(label).end) for label in labels
    }
    inside = {label for label, (start, end) in spans.items() if start >= wanted.start and end <= wanted.end}
    return findings[findings["period"].isna() | findings["period"].isin(inside)].reset_index(drop=True)
