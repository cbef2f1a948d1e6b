"""From a figure back to its sentence, and from words to sentences and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError
from analysis.language.script import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from analysis.project import Project
    from analysis.tables import Tables

_SENTENCE = re.compile(r"[^。！？!?；;\r\n]+[。！？!?；;]?")
_FOUND = ["figure_id", "report", "place", "period", "indicator", "text", "sentence"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its sentence in its report.

    `sentence` is the sentence, and `marked` the same with the figure between 【 and 】; `figure` is its
    whole row of the table `figures`, missing cells None.
    """

    figure_id: str
    report: str
    place: str | None
    period: str | None
    indicator: str | None
    label: str | None
    sentence: str
    marked: str
    figure: dict[str, Any]

    def lines(self) -> list[str]:
        """Say the figure in a few lines for people."""
        row = self.figure
        unit = row["unit_base"] or row["unit"] or ""
        stated = "" if row["value"] is None else f"{_number(row['value'])} {row['unit'] or ''}".strip()
        named = " ".join(part for part in (self.label, row["series"]) if part) or "no indicator"
        facts = {
            "figure": self.figure_id,
            "report": f"{self.report}, characters {row['start']} to {row['end']}",
            "place": self.place or "unknown",
            "period": self.period or "unknown",
            "indicator": named + (f" ({self.indicator})" if self.indicator else ""),
            "value": stated or "only an interval",
            "interval": f"{_bound(row['low'])} to {_bound(row['high'])} ({row['approx'] or 'exact'})",
            "in base unit": ""
            if row["value_base"] is None
            else f"{_number(row['value_base'])} {unit}".strip(),
            "role": row["role"],
        }
        width = max(map(len, facts))
        return [self.marked, *(f"{name:<{width}}  {text}" for name, text in facts.items() if text)]


def load(project: Project | str | Path = ".") -> Tables:
    """Give the tables of a project, brought up to date first.

    Parameters
    ----------
    project : the project or a folder in it.

    Errors
    ------
    UsageError where there is no project; AnalysisError where it holds no reports.
    """
    from analysis.project import find_project
    from analysis.rerun.current import current_tables

    return current_tables(find_project(project) if isinstance(project, str | Path) else project)


def show(figure_id: str, project: Project | str | Path = ".") -> Shown:
    """Show a figure with its sentence in its report.

    Parameters
    ----------
    figure_id : its key, or the beginning of it where only one figure begins so.
    project : the project or a folder in it.

    Errors
    ------
    UsageError where no figure, or more than one, has this key.
    """
    tables = load(project)
    figures = tables.figures
    rows = figures[figures["figure_id"].str.startswith(figure_id)] if figure_id else figures.iloc[:0]
    if len(rows) != 1:
        some = ", ".join(rows["figure_id"].head(5))
        raise UsageError(
            "no figure has this key" if rows.empty else f"{len(rows)} figures begin so",
            where=f"figure {figure_id}",
            seen=some,
            todo="find keys with `analysis search WORDS`" if rows.empty else "give more of the key",
        )
    row = {str(name): _plain(value) for name, value in rows.iloc[0].items()}
    return _shown(row, tables)


def _shown(row: dict[str, Any], tables: Tables) -> Shown:
    text = tables.texts.get(row["report_id"], "")
    start, end = row["start"], row["end"]
    first, last = _around(text, start, end) if text else (start, end)
    sentence = text[first:last] or row["sentence"] or row["text"]
    marked = f"{text[first:start]}【{text[start:end]}】{text[end:last]}" if text else sentence
    names = dict(zip(tables.places["place_id"], tables.places["place"], strict=True))
    return Shown(
        figure_id=row["figure_id"],
        report=_paths(tables)[row["report_id"]],
        place=names.get(row["place_id"], row["place_id"]),
        period=row["period"],
        indicator=row["indicator"],
        label=_labels(tables).get(row["indicator"]),
        sentence=" ".join(sentence.split()),
        marked=" ".join(marked.split()),
        figure=row,
    )


def search(words: str, project: Project | str | Path = ".") -> pd.DataFrame:
    """Find the sentences and figures that hold all the given words.

    Parameters
    ----------
    words : one or more words with blanks between them, in Traditional or Simplified characters. A word is
        looked for in the sentence, in the report's path and title, in the place's name and in the labels of
        the figure's indicator.
    project : the project or a folder in it.

    Returns
    -------
    One row a figure of such a sentence, and one row without figure_id for a sentence that states no
    figure: figure_id, report, place, period, indicator, text, sentence; in reading order.
    """
    import pandas as pd

    wanted = fold(words).lower().split()
    if not wanted:
        raise UsageError("no words to look for", todo="name one, such as 垃圾")
    tables = load(project)
    paths = _paths(tables)
    names = dict(zip(tables.places["place_id"], tables.places["place"], strict=True))
    titles = dict(zip(tables.reports["report_id"], tables.reports["title"].fillna(""), strict=True))
    labels = _all_labels(tables)
    rows: list[dict[str, Any]] = []
    for figure in tables.figures.to_dict("records"):
        row = {str(name): _plain(value) for name, value in figure.items()}
        report = row["report_id"]
        place = names.get(row["place_id"], row["place_id"])
        held = (
            row["sentence"],
            row["text"],
            paths[report],
            titles[report],
            place,
            labels.get(row["indicator"]),
        )
        if _holds(" ".join(part for part in held if part), wanted):
            rows.append(row | {"report": paths[report], "place": place, "at": row["start"]})
    rows += _bare_sentences(tables, paths, wanted)
    rows.sort(key=lambda row: (row["report"], row["at"]))
    return pd.DataFrame(rows, columns=_FOUND, dtype="string")


def _bare_sentences(tables: Tables, paths: dict[str, str], wanted: list[str]) -> Iterator[dict[str, Any]]:
    """Give the sentences that hold the words but state no figure."""
    starts = tables.figures.groupby("report_id")["start"].agg(set).to_dict()
    reports = tables.reports.set_index("report_id")
    for report_id, text in tables.texts.items():
        taken = starts.get(report_id, set())
        for match in _SENTENCE.finditer(text):
            if _holds(match[0], wanted) and not any(match.start() <= start < match.end() for start in taken):
                about = reports.loc[report_id]
                yield {
                    "report": paths[report_id],
                    "place": _plain(about["place"]),
                    "period": _plain(about["period"]),
                    "sentence": " ".join(match[0].split()),
                    "at": match.start(),
                }


def _holds(text: str, wanted: list[str]) -> bool:
    folded = fold(text).lower()
    return all(word in folded for word in wanted)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the bounds of the sentence around a figure."""
    ends = "。！？!?；;\r\n"
    first = max(text.rfind(sign, 0, start) for sign in ends) + 1
    last = min((at for sign in ends if (at := text.find(sign, end)) >= 0), default=len(text) - 1) + 1
    return first, last


def _paths(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.reports["report_id"], tables.reports["path"], strict=True))


def _labels(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.indicators["id"], tables.indicators["label_zh_hant"], strict=True))


def _all_labels(tables: Tables) -> dict[str, str]:
    columns = ["id", "label_zh_hant", "label_zh_hans", "label_en"]
    rows = tables.indicators[columns].fillna("").itertuples(index=False)
    return {row[0]: " ".join(row) for row in rows}


def _plain(value: Any) -> Any:
    """Give a cell as a plain value, None for missing."""
    import pandas as pd

    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _bound(value: float | None) -> str:
    return "open" if value is None else _number(value)


def _number(value: float) -> str:
    """Write a number without an exponent."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
