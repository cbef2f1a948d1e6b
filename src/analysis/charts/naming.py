"""What indicators, series and places are called in a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.charts.words import bracketed, listed, say, series_word, unit_name
from analysis.comparison.words import check_locale, in_script, word
from analysis.language.script import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_LABEL_COLUMNS = {"zh-Hant": "label_zh_hant", "zh-Hans": "label_zh_hans", "en": "label_en"}
# Bases that are not said: they are what a reader expects.
_PLAIN_BASES = ("stock", "flow", "share", None)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table as dicts, with None for what is missing."""
    # Column by column: many small tables are read here, and pandas takes ten times as long for a whole one.
    columns = [
        [
            None if absent else cell
            for cell, absent in zip(frame[name].tolist(), frame[name].isna(), strict=True)
        ]
        for name in frame.columns
    ]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of a project's indicators and places in one locale.

    Attributes
    ----------
    locale : zh-Hant, zh-Hans or en.
    indicators : id to label, in the order of the catalogue.
    places : place_id to the name as first written.
    kind : what the places are called together, such as 社區.
    """

    locale: str
    indicators: Mapping[str, str]
    places: Mapping[str, str]
    kind: str

    def indicator(self, row: Mapping[str, Any]) -> str:
        """Name what a row is about: the indicator, with its series and basis where they are not plain."""
        name = str(self.indicators.get(row["indicator"], row["indicator"]))
        more = [series_word(row["series"], self.locale)] if row.get("series") else []
        if row.get("basis") not in _PLAIN_BASES:
            more.append(word("basis", str(row["basis"]), self.locale))
        return name + bracketed(say("list", self.locale).join(more), self.locale)

    def place(self, place_id: str) -> str:
        """Name a place as it was first written."""
        return self.places.get(place_id, place_id)

    def counted(self, count: int) -> str:
        """Say how many places: 5個社區."""
        return say("one_place" if count == 1 else "places", self.locale, count=count, kind=self.kind)

    def listed(self, place_ids: Iterable[str], *, shown: int = 4) -> str:
        """Name several places."""
        return listed([self.place(place) for place in place_ids], self.locale, shown=shown)

    def unit(self, unit: str | None) -> str:
        """Say the unit of a chart, for its subtitle."""
        said = unit_name(unit, self.locale)
        return say("charts.unit", self.locale, unit=said) if said else say("charts.unit_none", self.locale)

    def find_place(self, place: str) -> str:
        """Give the place_id of a place_id or a name."""
        wanted = fold(place)
        for place_id, name in self.places.items():
            if wanted in (place_id, fold(name)):
                return place_id
        return wanted


def told_apart(rows: Sequence[Mapping[str, Any]], names: Naming) -> list[str]:
    """Name rows of `comparisons`; two series that would be called the same are told apart by their units."""
    plain = [names.indicator(row) for row in rows]
    units: dict[str, set[str | None]] = {}
    for name, row in zip(plain, rows, strict=True):
        units.setdefault(name, set()).add(row["unit"])
    return [
        name + bracketed(unit_name(row["unit"], names.locale), names.locale) if len(units[name]) > 1 else name
        for name, row in zip(plain, rows, strict=True)
    ]


def naming(indicators: pd.DataFrame | Mapping[str, Any], places: pd.DataFrame, locale: str) -> Naming:
    """Collect the names for a chart.

    Parameters
    ----------
    indicators : the table `indicators`, or the catalogue's indicators by id.
    places : the table `places`.
    locale : zh-Hant, zh-Hans or en.

    Errors
    ------
    UsageError where there is no such locale.
    """
    check_locale(locale)
    if isinstance(indicators, Mapping):
        labels = {name: str(found.labels.get(locale, name)) for name, found in indicators.items()}
    else:
        chosen = indicators[_LABEL_COLUMNS[locale]].fillna(indicators["id"])
        labels = dict(zip(indicators["id"], chosen, strict=True))
    kinds: list[str] = list(places["kind"].dropna().unique()) if "kind" in places else []
    same = len(kinds) == 1 and not places["kind"].isna().any()
    kind = in_script(fold(kinds[0]), locale) if same and locale != "en" else say("place_kind", locale)
    return Naming(locale, labels, dict(zip(places["place_id"], places["place"], strict=True)), kind)
