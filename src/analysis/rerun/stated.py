"""What the tables of a project state: the periods that were compared, and the places."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, UsageError
from analysis.language.script import fold

if TYPE_CHECKING:
    from analysis.tables import Tables


def periods_of(tables: Tables) -> tuple[str, str]:
    """Give the labels of the periods that were compared.

    Errors
    ------
    AnalysisError where no report has a date.
    """
    from analysis.comparison import default_periods

    if len(tables.comparisons):
        first = tables.comparisons.iloc[0]
        return str(first["period"]), str(first["baseline"])
    try:
        return default_periods(tables.reports, tables.observations)
    except UsageError as error:
        # Nobody used the command wrongly: the reports do not say what they are about.
        raise AnalysisError(error.what, where="data/raw", todo=error.todo) from error


def stated_places(tables: Tables, periods: tuple[str, ...] = ()) -> list[str]:
    """Give the names of the places that state something, in the order of the table `places`.

    Parameters
    ----------
    tables : the tables of the project.
    periods : with them, only what belongs to one of them counts: a place that is gone needs no profile.
    """
    from analysis.comparison import in_period

    rows = [in_period(tables.observations, label) for label in periods] or [tables.observations]
    stated = {place for part in rows for place in part["place_id"]}
    named = tables.places[tables.places["place_id"].isin(stated)]
    return [str(name) for name in named["place"]]


def find_place(tables: Tables, wanted: str | None) -> tuple[str | None, str]:
    """Find a place by any of its names, in either script.

    Returns
    -------
    Its place_id and its name as first written; without a wish the first place with figures.

    Errors
    ------
    UsageError for an unknown name, naming the nearest.
    """
    names: dict[str, tuple[str, str]] = {}
    columns = (tables.places[name].astype(str) for name in ("place_id", "place", "names"))
    for place_id, place, others in zip(*columns, strict=True):
        for name in (place_id, place, *others.split(";")):
            names.setdefault(fold(name), (place_id, place))
    if not names:
        raise AnalysisError(
            "no report names its place", where="data/raw", todo="name it in data/raw/manifest.csv"
        )
    if not wanted:
        first = next(iter(stated_places(tables)), None)
        return names[fold(first)] if first else next(iter(names.values()))
    found = names.get(fold(wanted))
    if found is None:
        near = difflib.get_close_matches(fold(wanted), names, n=3, cutoff=0.3) or list(names)[:3]
        listed = ", ".join(dict.fromkeys(names[name][1] for name in near))
        raise UsageError(f"unknown place {wanted}", todo=f"the nearest are {listed}")
    return found
