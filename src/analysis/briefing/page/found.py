"""The findings of a page: what does not fit, with the sentences of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.said import Said, words
from analysis.charts.naming import records
from analysis.comparison.words import LOCALES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.briefing.content import Content
    from analysis.briefing.page.evidence import Evidence

_AROUND, _SIDES = 36, 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure in its words: what stands before and after it, whose it is, and its row."""

    before: str
    figure: str
    after: str
    whose: str
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in words, with the sentences of the figures on both sides."""

    severity: str
    period: str
    message: Said
    remedy: Said
    rows: tuple[int, ...]
    quotes: tuple[Quote, ...]

    @property
    def said(self) -> Said:
        """How grave it is, in words."""
        return words(f"severity_{self.severity}")


def findings(content: Content, evidence: Evidence) -> tuple[list[Found], list[Found]]:
    """Put the findings into words.

    Parameters
    ----------
    content : what the page is made of.
    evidence : the figures of the page.

    Returns
    -------
    Those of the page's period and those without one, and those of all other periods.
    """
    from analysis.comparison.checks import in_span

    table = content.tables.findings
    if table.empty:
        return [], []
    said = [_said(content, locale) for locale in LOCALES]
    here = set(in_span(table, content.period)["finding_id"])
    found: tuple[list[Found], list[Found]] = ([], [])
    for row in records(table):
        found[row["finding_id"] not in here].append(_found(row, said, evidence))
    return found


def _said(content: Content, locale: str) -> dict[str, tuple[str, str]]:
    """Give message and remedy of each finding in a locale: sentences that only the checks can fill."""
    from analysis.comparison.checks import find_findings

    tables = content.tables
    table: pd.DataFrame = tables.findings
    if locale != content.locale and tables.texts:
        table = find_findings(
            tables.figures,
            tables.reports,
            tables.places,
            tables.indicators,
            texts=tables.texts,
            locale=locale,
        )
    rows = records(table[["finding_id", "message", "remedy"]])
    return {row["finding_id"]: (row["message"], row["remedy"]) for row in rows}


def _found(row: dict[str, Any], said: list[dict[str, tuple[str, str]]], evidence: Evidence) -> Found:
    own = row["message"], row["remedy"]
    spoken = [known.get(row["finding_id"], own) for known in said]
    rows = evidence.rows_of(row["figure_ids"])
    return Found(
        severity=row["severity"],
        period=row["period"] or "–",
        message=tuple(message for message, _ in spoken),
        remedy=tuple(remedy for _, remedy in spoken),
        rows=tuple(rows),
        quotes=tuple(quote(evidence, number) for number in rows[:_SIDES]),
    )


def quote(evidence: Evidence, row: int) -> Quote:
    """Cut out the words around a figure."""
    data = evidence.data
    number, start, length, first, last = (column[row] for column in data["spots"])
    text = data["passages"][number]
    begin, end = max(first, start - _AROUND), min(last, start + length + _AROUND)
    report = data["reports"][row]
    return Quote(
        before=("…" if begin > first else "") + text[begin:start],
        figure=text[start : start + length],
        after=text[start + length : end] + ("…" if end < last else ""),
        whose=data["report"][report][0] if report >= 0 else "",
        row=row,
    )
