"""From the reports of a project to all of its tables."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.tables.collection import Tables
from analysis.tables.entered import load_entered
from analysis.tables.frames import figures_frame, indicators_frame, reports_frame, unreadable_frame
from analysis.tables.schema import conform, empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from analysis.comparison import Register
    from analysis.project import Project
    from analysis.reading import Report, Unreadable

    Progress = Callable[[str], None]


def build_tables(
    project: Project,
    *,
    period: str | None = None,
    baseline: str | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Read all reports of a project and build its tables; nothing is written.

    Parameters
    ----------
    project : the project.
    period, baseline : the periods to compare; by default the newest of the commonest kind in the data and the
        one before it.
    progress : called with the path of each report when its figures have been found.

    Returns
    -------
    All tables. Without a single dated report `comparisons` is empty.

    Errors
    ------
    UsageError for a period without data, naming those that exist; CatalogueError for a wrong entry of
    data/places.toml or of an indicator; DataError for a wrong line of data/entered.csv.
    """
    from analysis.catalogue import load_catalogue
    from analysis.comparison import expected_reports, find_revisions, load_register, observe, places_table
    from analysis.comparison.checks import find_findings

    catalogue = load_catalogue(project.settings.get("indicators"))
    register = load_register(project.places_file)
    read, unreadable = _read(project, register)
    indicators = indicators_frame(catalogue)
    reports = reports_frame(read, register.resolve)
    figures = _resolved(figures_frame(_announced(read, progress), catalogue), register)
    counts = Counter(reports["place_id"].dropna())
    entered = load_entered(project.entered, register, catalogue.indicators)
    reports, figures = _added(reports, entered.reports), _added(figures, entered.figures)
    places = places_table(register, _named(reports, figures), counts)
    observations = observe(figures, reports, places, indicators=indicators)
    texts = {report.report_id: report.text for report in read} | entered.texts
    expected = expected_reports(reports, places, due_days=project.settings.get("due_days"))
    found = find_findings(
        figures, reports, places, indicators, texts=texts, expected=expected, locale=project.locale
    )
    built = Tables(
        reports=reports,
        figures=figures,
        observations=observations,
        comparisons=empty("comparisons"),
        indicators=indicators,
        places=places,
        unreadable=unreadable_frame(unreadable),
        revisions=find_revisions(observations, reports, places),
        expected=expected,
        findings=found,
        texts=texts,
    )
    return compared(built, period=period, baseline=baseline, locale=project.locale)


def compared(built: Tables, *, period: str | None, baseline: str | None, locale: str) -> Tables:
    """Give the tables with the comparison of other periods.

    Parameters
    ----------
    built : the tables.
    period, baseline : labels of the periods; None takes the default. The baseline may be previous, last-year
        or year-to-date (the year up to the end of the period, against the same part of the year before).
    locale : language of the reasons.

    Errors
    ------
    UsageError for a period without data, naming those that exist.
    """
    from analysis.comparison import BASELINES, compare_observations, default_baseline, named_baseline

    chosen = _default(built, period)
    if chosen is None:
        return built
    now = period or chosen[0]
    then = baseline or default_baseline(now, built.observations)
    if baseline in BASELINES:
        now, then = named_baseline(now, baseline, built.observations)
    comparisons = compare_observations(
        built.observations,
        period=now,
        baseline=then,
        places=built.places,
        indicators=built.indicators,
        locale=locale,
        allow_empty_baseline=baseline is None,
    )
    return dataclasses.replace(built, comparisons=comparisons)


def _added(table: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([table, more], ignore_index=True) if len(more) else table


def _default(built: Tables, period: str | None) -> tuple[str, str] | None:
    from analysis.comparison import default_periods

    try:
        return default_periods(built.reports, built.observations)
    except UsageError:
        # Reports without a date are listed; only who asks for a period has to be told that there is none.
        if period is not None:
            raise
        return None


def _read(project: Project, register: Register) -> tuple[list[Report], list[Unreadable]]:
    """Read all files, and give each report the place that the project's list means by its name."""
    from analysis.reading import Limits, Report, iter_reports

    manifest = project.raw / "manifest.csv"
    items = iter_reports(
        [project.raw],
        root=project.raw,
        manifest=manifest if manifest.is_file() else None,
        limits=Limits(**project.settings.get("reading", {})),
    )
    reports: list[Report] = []
    unreadable: list[Unreadable] = []
    for item in items:
        if isinstance(item, Report):
            reports.append(dataclasses.replace(item, place_id=register.resolve(item.place_id)))
        else:
            unreadable.append(item)
    return reports, unreadable


def _announced(reports: list[Report], progress: Progress | None) -> Iterator[Report]:
    for report in reports:
        yield report
        if progress is not None:
            progress(report.path)


def _resolved(figures: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Give figures that name a place in their sentence the place_id of the project's list."""
    ids = {name: register.resolve(name) for name in figures["place_id"].dropna().unique()}
    return conform(figures.assign(place_id=figures["place_id"].map(ids).astype("string")), "figures")


def _named(reports: pd.DataFrame, figures: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give every named place with its name, that of reports as written."""
    known = reports[["place_id", "place"]].dropna(subset="place_id").drop_duplicates()
    for place_id, name in known.itertuples(index=False):
        yield place_id, name if isinstance(name, str) else place_id
    for place_id in sorted(set(figures["place_id"].dropna()) - set(known["place_id"])):
        yield place_id, place_id
