"""Findings in words, the grave ones first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.briefing.office.references import listed_ids, mask_of
from analysis.briefing.office.wording import office_words
from analysis.charts.naming import records

if TYPE_CHECKING:
    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence

_ORDER = ("serious", "warning", "note")


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding in words; `figure_ids` are the figures on both sides, `grave` whether it is serious."""

    severity: str
    kind: str
    period: str | None
    place: str | None
    indicator: str | None
    message: str
    remedy: str
    figure_ids: tuple[str, ...]
    grave: bool


def told_findings(content: Content, found: Evidence) -> list[ToldFinding]:
    """Give the findings of all periods: serious ones first, the newest period first.

    Parameters
    ----------
    content : the briefing.
    found : its evidence.
    """
    rows = records(content.tables.findings)
    rows.sort(key=lambda row: str(row["place"] or ""))
    rows.sort(key=lambda row: str(row["period"] or ""), reverse=True)
    rows.sort(key=lambda row: _ORDER.index(row["severity"]))
    severities, kinds = (office_words(part, content.locale) for part in ("severities", "kinds"))
    masked = mask_of(content)
    return [
        ToldFinding(
            severity=severities[row["severity"]],
            kind=kinds[row["kind"]],
            period=row["period"],
            place=row["place"] or row["place_id"],
            indicator=found.names.indicator({"basis": None, **row}) if row["indicator"] else None,
            message=masked(row["message"]),
            remedy=masked(row["remedy"]),
            figure_ids=tuple(name for name in listed_ids(row["figure_ids"]) if name in found.located),
            grave=row["severity"] == "serious",
        )
        for row in rows
    ]


def shown_findings(content: Content, found: Evidence) -> tuple[list[ToldFinding], int]:
    """Give the findings that a briefing shows, and how many others there are.

    Parameters
    ----------
    content : the briefing.
    found : its evidence.

    Returns
    -------
    Those of its two periods, those without a period, and all serious ones; the others are counted.
    """
    told = told_findings(content, found)
    near = {content.period, content.baseline, None}
    shown = [item for item in told if item.grave or item.period in near]
    return shown, len(told) - len(shown)
