"""The tables as they were on a day: only what had been received by then."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.tables.frames import with_succession
from analysis.tables.schema import conform

if TYPE_CHECKING:
    from analysis.tables.collection import Tables


def as_day(day: str | date) -> date:
    """Give a day from its ISO text.

    Errors
    ------
    UsageError for a text that is no day.

    Examples
    --------
    >>> as_day("2026-04-10")
    datetime.date(2026, 4, 10)
    """
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day.strip())
    except ValueError:
        raise UsageError("this is not a day", seen=day, todo="write it as 2026-04-10") from None


def tables_as_of(
    built: Tables, day: str | date, *, due_days: int | None = None, locale: str = "zh-Hant"
) -> Tables:
    """Give the tables as they would have been built on a day, but for the list of places and the rules.

    Parameters
    ----------
    built : the tables of today.
    day : a day, or its ISO text. Reports received later take no part; a report without a date takes part
        from the end of its period. The clock is never asked.
    due_days : see `analysis.comparison.expected_reports`.
    locale : language of the findings.

    Returns
    -------
    All tables but `comparisons`, which are left empty: see `analysis.tables.compared`.

    Errors
    ------
    UsageError for a text that is no day, and where nothing had been received by then.
    """
    import numpy as np

    from analysis.comparison import expected_reports, find_revisions, known_since, observe
    from analysis.comparison.checks import find_findings
    from analysis.tables.schema import empty

    last = np.datetime64(as_day(day), "s")
    known = known_since(built.reports)
    reports = built.reports[(known <= last).to_numpy() | known.isna().to_numpy()]
    if reports.empty:
        first = known.min()
        raise UsageError(
            f"nothing had been received by {as_day(day).isoformat()}",
            todo="name a later day" + ("" if first is None else f"; the first report is of {first.date()}"),
        )
    # What a report replaces is decided again: one that was to be replaced later was the newest then.
    later = set(built.reports["report_id"]) - set(reports["report_id"])
    said = reports["supersedes"].where(reports["supersedes_source"] == "manifest")
    reports = conform(with_succession(reports.assign(supersedes=said.where(~said.isin(later)))), "reports")
    figures = built.figures[built.figures["report_id"].isin(reports["report_id"])].reset_index(drop=True)
    counts = reports.loc[reports["reader"] != "entered", "place_id"].value_counts()
    places = built.places.assign(reports=built.places["place_id"].map(counts).fillna(0).astype("Int64"))
    named = set(reports["place_id"].dropna()) | set(figures["place_id"].dropna())
    there = (places["origin"] == "register") | places["place_id"].isin(named)
    places = places[there.to_numpy(dtype=bool)].reset_index(drop=True)
    observations = observe(figures, reports, places, indicators=built.indicators)
    texts = {name: text for name, text in built.texts.items() if name in set(reports["report_id"])}
    expected = expected_reports(reports, places, due_days=due_days)
    found = find_findings(
        figures, reports, places, built.indicators, texts=texts, expected=expected, locale=locale
    )
    return dataclasses.replace(
        built,
        reports=reports,
        figures=figures,
        places=places,
        observations=observations,
        comparisons=empty("comparisons"),
        revisions=find_revisions(observations, reports, places),
        expected=expected,
        findings=found,
        texts=texts,
    )
