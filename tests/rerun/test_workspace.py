"""What a notebook's first call gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.errors import DataError, UsageError
from analysis.rerun.choice import most_changed, often_stated


def test_defaults_are_the_newest_period_and_the_first_place(project_folder: Path) -> None:
    """By hand nothing has to be filled in."""
    ws = analysis.notebook(project_folder / "notebooks")
    assert (ws.period, ws.baseline, ws.locale) == ("2026-08", "2026-07", "zh-Hant")
    assert ws.place_name == "東湖社區"
    assert ws.charts_folder == project_folder.resolve() / "reports" / "2026-08" / "charts"


@pytest.mark.parametrize("name", ["青山社区", "青山社區"])
def test_place_is_found_in_either_script(project_folder: Path, name: str) -> None:
    """The script of a name does not matter."""
    assert analysis.notebook(project_folder, place=name).place_name == "青山社区"


def test_unknown_place_names_the_nearest(project_folder: Path) -> None:
    """A slip is answered with the place that was meant."""
    with pytest.raises(UsageError, match="青山社区"):
        analysis.notebook(project_folder, place="青水社區")


def test_unknown_locale_and_period_are_refused(project_folder: Path) -> None:
    """Wrong parameters are said at once."""
    with pytest.raises(UsageError, match="zh-Hans"):
        analysis.notebook(project_folder, locale="fr")
    with pytest.raises(UsageError, match="2026-08"):
        analysis.notebook(project_folder, period="August")


def test_comparisons_are_those_of_the_parameters(project_folder: Path) -> None:
    """Other periods, and another language of reasons, need no new tables."""
    ws = analysis.notebook(project_folder, period="2026-07", locale="en")
    assert set(ws.tables.comparisons["period"]) == {"2026-07"}
    assert ws.tables.comparisons["reason"].str.contains("states nothing for 2026-06").any()


def test_chart_with_nothing_to_draw_says_why(project_folder: Path) -> None:
    """A notebook goes on where there is no data for a chart."""

    def empty(*_: object, **__: object) -> None:
        raise DataError("nothing to draw")

    drawn = analysis.notebook(project_folder).draw(empty)  # type: ignore[arg-type]
    assert "nothing to draw" in drawn._repr_markdown_()  # type: ignore[union-attr]


def test_choice_of_indicators(project_folder: Path) -> None:
    """Often stated means two periods at least; changed most means clear in the most places."""
    tables = analysis.load(project_folder)
    often = often_stated(tables.observations, tables.indicators)
    assert "garbage_removed" in often
    assert "garbage_removed" in most_changed(tables.comparisons, limit=3)
    one = tables.observations[tables.observations["period"] == "2026-08"]
    assert "garbage_removed" not in often_stated(pd.DataFrame(one), tables.indicators)
