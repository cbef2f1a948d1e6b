"""What a notebook works with: its first call gives tables, periods, a place and where charts go."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import DataError, UsageError
from analysis.rerun.choice import most_changed, often_stated
from analysis.rerun.typed import LOCALES, of_namespace

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from analysis.charts import Chart
    from analysis.project import Project
    from analysis.tables import Tables

# Set by `analysis run --as-of`: the day whose tables the notebooks of that run see.
AS_OF = "REPORT_FIGURES_AS_OF"
# Set by `analysis run` for each notebook: where its charts go.
CHARTS_FOLDER = "REPORT_FIGURES_CHARTS"

# Columns whose values have words in a briefing, and the section of these.
# Kinds are those of findings and of revisions.
_WORDS = {"state": ("states",), "severity": ("severities",), "kind": ("kinds", "revisions")}


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """Stands where a chart has nothing to show, and says why."""

    reason: str

    def _repr_markdown_(self) -> str:
        return f"（沒有可畫的圖 no chart: {self.reason}）"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The tables of a project, and what a notebook is about.

    Parameters
    ----------
    project : the project.
    tables : all its tables; `comparisons` are those of period and baseline.
    period, baseline : labels of the two periods.
    place : place_id of the notebook's place; the first place with figures where none was named.
    place_name : the same as first written.
    locale : language of labels and sentences.
    charts_folder : where `save` puts charts.
    parameters : the values of all parameters that the notebook declares, converted to their kinds.
    """

    project: Project
    tables: Tables
    period: str
    baseline: str
    place: str | None
    place_name: str
    locale: str
    charts_folder: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def save(self, chart: Chart) -> Chart:
        """Save a chart as PNG, SVG, CSV and JSON among the period's charts, and give it back to be shown."""
        chart.save(self.charts_folder)
        return chart

    def draw(self, chart: Callable[..., Chart], *data: Any, **more: Any) -> Chart | NotDrawn:
        """Draw and save a chart with the project's names, language and font.

        Parameters
        ----------
        chart : a function of `analysis.charts`, such as `charts.trend`.
        data, more : what it draws; indicators, places, locale and font are added where it takes them.

        Returns
        -------
        The chart, or why there is nothing to draw.
        """
        font = self.project.settings.get("charts", {}).get("font")
        known = {
            "indicators": self.tables.indicators,
            "places": self.tables.places,
            "locale": self.locale,
            "font": self.project.root / font if font else None,
        }
        wanted = signature(chart).parameters
        try:
            drawn = chart(*data, **({name: known[name] for name in known if name in wanted} | more))
        except DataError as error:
            return NotDrawn(error.line())
        return self.save(drawn)

    def told(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give a table with its ids in words of the notebook's language.

        Parameters
        ----------
        table : said are its columns indicator, series, unit, verdict, state, severity and kind, if there.
        """
        from analysis.briefing.office.wording import office_words
        from analysis.charts.naming import naming
        from analysis.charts.words import say as phrase
        from analysis.charts.words import series_word, unit_name

        labels = naming(self.tables.indicators, self.tables.places, self.locale).indicators
        say: dict[str, Callable[[str], str]] = {
            "indicator": lambda name: labels.get(name, name),
            "series": lambda name: series_word(name, self.locale),
            "unit": lambda name: unit_name(name, self.locale),
            "verdict": lambda name: phrase(f"verdicts.{name}", self.locale),
        }
        for name, sections in _WORDS.items():
            said = {
                key: word for section in sections for key, word in office_words(section, self.locale).items()
            }
            say[name] = said.__getitem__
        known = {name: table[name].map(say[name], na_action="ignore") for name in say if name in table}
        return table.assign(**known)

    def left_out(self) -> pd.DataFrame:
        """List the files that were not read or take no part: path and reason, in the notebook's language."""
        import pandas as pd

        from analysis.briefing.left_out import reason_in
        from analysis.rerun.summary import left_out

        rows = [(item.path, reason_in(item.reason, self.locale)) for item in left_out(self.tables)]
        return pd.DataFrame(rows, columns=["path", "reason"])

    def findings(self, *, notes: bool = True) -> pd.DataFrame:
        """Give what does not fit in the period, the serious first, for reading.

        Parameters
        ----------
        notes : whether to list notes as well as serious findings and warnings.

        Returns
        -------
        severity, kind, place, message, remedy and figure_ids of the table `findings`, in the notebook's
        language, blank where missing.
        """
        from analysis.comparison.checks import in_span

        found = in_span(self.tables.findings, self.period)
        kept = found if notes else found[found["severity"] != "note"]
        columns = ["severity", "kind", "place", "message", "remedy", "figure_ids"]
        return self.told(kept[columns]).astype(object).fillna("").reset_index(drop=True)

    def often_stated(self, *, place: str | None = None, limit: int = 6) -> list[str]:
        """Choose the indicators that are stated for the most periods, two at least."""
        tables = self.tables
        return often_stated(tables.observations, tables.indicators, place=place, limit=limit)

    def most_changed(self, *, limit: int = 6) -> list[str]:
        """Choose the indicators whose change from baseline to period is clear in the most places."""
        return most_changed(self.tables.comparisons, limit=limit)


def notebook(
    project: str | Path = ".",
    period: str | None = None,
    baseline: str | None = None,
    place: str | None = None,
    locale: str | None = None,
) -> Workspace:
    """Open a project for a notebook; its tables are brought up to date first.

    Parameters
    ----------
    project : a folder in the project.
    period, baseline : labels such as "2026-08"; by default the newest and the one before it.
    place : name, other name or place_id of a place, in either script; the first with figures without it.
    locale : "zh-Hant", "zh-Hans" or "en"; the project's without it.

    Errors
    ------
    UsageError for an unknown place, naming the nearest, and for an unknown locale or period; and for a
    parameter of the notebook that is unknown or of another kind than its parameter cell declares, whoever
    injected it.
    """
    from analysis.project import find_project
    from analysis.rerun.current import current_tables
    from analysis.rerun.stated import find_place, periods_of

    # The caller is the notebook: its parameter cell says of which kind each of its parameters is.
    parameters = of_namespace(sys._getframe(1).f_globals)  # noqa: SLF001 - there is no other way to see who calls
    opened = find_project(project)
    if locale is not None and locale not in LOCALES:
        raise UsageError(f"unknown locale {locale}", todo=f"use one of {', '.join(LOCALES)}")
    tables = current_tables(
        opened,
        period=_label(period),
        baseline=_label(baseline),
        locale=locale,
        as_of=os.environ.get(AS_OF) or None,
    )
    now, then = periods_of(tables)
    place_id, name = find_place(tables, None if place is None else str(place))
    charts = os.environ.get(CHARTS_FOLDER)
    return Workspace(
        project=opened,
        tables=tables,
        period=now,
        baseline=then,
        place=place_id,
        place_name=name,
        locale=locale or opened.locale,
        charts_folder=Path(charts) if charts else opened.reports / now / "charts",
        parameters=parameters,
    )


def _label(value: object) -> str | None:
    """Give a period's label as text: papermill's command line turns 2026 into a number."""
    return None if value is None or value == "" else str(value)
