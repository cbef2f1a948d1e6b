"""Figures without a report, and tables as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import analysis
from analysis.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = "place,period,indicator,series,value,low,high,unit,role,source,received,note\n"
_LINE = "東湖社區,2026-06,garbage_removed,,17500,,,公斤,,電話：東湖社區,2026-07-20,\n"


def _enter(project: Path, text: str) -> None:
    (project / "data" / "entered.csv").write_text(text, encoding="utf-8")


def test_an_entered_figure_is_an_observation_and_marked(project_folder: Path) -> None:
    """What was told by telephone is compared like a report's figure, and each table says so."""
    _enter(project_folder, _HEAD + _LINE)
    tables = analysis.load(project_folder)
    row = tables.observations.query("origin == 'entered'").iloc[0]
    assert (row["value"], row["unit"], row["place_id"], row["period"]) == (17.5, "吨", "东湖社区", "2026-06")
    figure = tables.figures.query("rule == 'entered'").iloc[0]
    assert "電話" in figure["sentence"]
    shown = analysis.show(figure["figure_id"], project_folder)
    assert "【17500公斤】" in shown.marked
    assert shown.report == "data/entered.csv:2"
    compared = analysis.compare(project_folder, period="2026-07", baseline="2026-06")
    marked = compared[compared["place_id"] == "东湖社区"].set_index("indicator")["entered"]
    assert bool(marked["garbage_removed"])
    assert not marked.drop("garbage_removed").any()


def test_an_entered_figure_replaces_no_report(project_folder: Path) -> None:
    """All reports stay the newest of their place and month."""
    _enter(project_folder, _HEAD + _LINE.replace("2026-06", "2026-07"))
    tables = analysis.load(project_folder)
    assert tables.reports["is_latest"].all()
    assert tables.places["reports"].sum() == 4


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (_LINE.replace("garbage_removed", "rubbish"), "indicator"),
        (_LINE.replace("17500", "many"), "value"),
        (_LINE.replace("2026-06", "June"), "period"),
        (_LINE.replace("2026-07-20", "soon"), "received"),
        (_LINE.replace("電話：東湖社區", ""), "row 2"),
        (_LINE + _LINE, "row 3"),
        (_LINE.replace("17500,,", "17500,18000,"), "row 2"),
    ],
)
def test_a_wrong_line_is_named(project_folder: Path, line: str, where: str) -> None:
    """The error says file, row and column."""
    _enter(project_folder, _HEAD + line)
    with pytest.raises(DataError) as error:
        analysis.load(project_folder)
    assert "entered.csv" in error.value.line()
    assert where in error.value.line()


def test_the_past_is_what_had_been_received(project_folder: Path) -> None:
    """A correction of August does not reach a comparison as of July, and nothing is known before all."""
    raw = project_folder / "data" / "raw"
    text = "東湖社區2026年7月工作匯報\n本月清運垃圾15噸。\n"
    (raw / "2026-07" / "更正.txt").write_text(text, encoding="utf-8")
    (raw / "manifest.csv").write_text(
        "path,place,period,received,supersedes\n"
        "2026-07/東湖社區.txt,,,2026-08-03,\n"
        "2026-07/更正.txt,東湖社區,2026-07,2026-08-20,2026-07/東湖社區.txt\n",
        encoding="utf-8",
    )
    values = {}
    for day in ("2026-08-10", "2026-08-20", None):
        rows = analysis.compare(project_folder, period="2026-07", as_of=day)
        chosen = rows[(rows["place_id"] == "东湖社区") & (rows["indicator"] == "garbage_removed")]
        values[day] = chosen["value"].to_list()
    assert values == {"2026-08-10": [18.5], "2026-08-20": [15], None: [15]}
    assert analysis.revisions(project_folder, as_of="2026-08-10").empty
    assert analysis.revisions(project_folder)["change"].to_list() == [-3.5]
    with pytest.raises(UsageError, match="nothing had been received"):
        analysis.compare(project_folder, as_of="2026-01-01")
    with pytest.raises(UsageError, match="not a day"):
        analysis.compare(project_folder, as_of="then")
