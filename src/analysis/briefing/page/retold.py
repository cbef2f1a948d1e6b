"""A saved chart in all languages: its words, and its picture drawn again from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.comparison.words import LOCALES
from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from analysis.briefing.content import Content
    from analysis.charts import Chart

# What differs from language to language, or with how the chart was asked for; its other facts are the same.
_WORDS = dict.fromkeys(("name", "title", "subtitle", "caption", "alt_text", "source", "locale"))
_OF_COMPARISONS = ("change", "slope", "overview", "cleanup")


@dataclass(frozen=True, slots=True)
class Retold:
    """A saved chart in one language: its words, and its SVG where the saved picture speaks another."""

    words: Mapping[str, Any]
    drawing: str | None = None


def told_again(said: Mapping[str, Any], content: Content) -> list[Retold]:
    """Give a saved chart in every language.

    Parameters
    ----------
    said : its words and facts, as they were saved.
    content : what the page is made of.

    Returns
    -------
    The chart in the order of `LOCALES`. One that cannot be made from these tables, such as one of another
    period or one of a notebook's own, says in every language what it says in its own.
    """
    only = [Retold(said)] * len(LOCALES)
    if said.get("locale") not in LOCALES:
        return only
    try:
        drawn = [None if locale == said["locale"] else _drawn(said, content, locale) for locale in LOCALES]
    except (AnalysisError, KeyError):
        return only
    if any({**chart.words(), **_WORDS} != {**said, **_WORDS} for chart in drawn if chart):
        return only
    return [Retold(chart.words(), chart.drawing()) if chart else Retold(said) for chart in drawn]


def _drawn(said: Mapping[str, Any], content: Content, locale: str) -> Chart:
    from analysis import charts

    kind, tables, names = said["kind"], content.tables, content.names(locale) | {"font": content.font}
    chosen = {key: said[key] for key in ("series", "dimension") if key in said}
    if kind in _OF_COMPARISONS:
        indicator = [said["indicator"]] if "indicator" in said else []
        draw: Callable[..., Chart] = getattr(charts, kind)
        return draw(tables.comparisons, *indicator, **chosen, **names)
    if kind == "coverage":
        del names["indicators"]
        return charts.coverage(tables.reports, tables.figures, **names)
    if kind == "composition":
        by = "series" if said["place_id"] else "place"
        more: dict[str, Any] = {"by": by, "place": said["place_id"], "period": said["period"]}
        return charts.composition(tables.observations, said["indicator"], **more, **chosen, **names)
    more = {"until": said["period"], "comparisons": tables.comparisons}
    if kind == "trend":
        more["place"] = said["place_id"]
        return charts.trend(tables.observations, said["indicator"], **more, **chosen, **names)
    return charts.key_figures(tables.observations, said["place_id"], **more, **names)
