"""What charts show, say and write."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kinds import KINDS, LOCALES, MORE

from analysis.charts import MissingGlyph, change, trend
from analysis.errors import DataError, UsageError

if TYPE_CHECKING:
    from sample_tables import Sample

ALL = KINDS | MORE


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ALL)
def test_nothing_overlaps_or_is_cut_off(sample: Sample, kind: str, locale: str) -> None:
    """Every chart of every locale has all its words, none of them over another or over the edge."""
    chart = ALL[kind](sample, locale)
    assert chart.check() == []
    assert all([chart.title, chart.subtitle, chart.caption, chart.alt_text, chart.source])


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_complete_and_the_same_each_time(sample: Sample, kind: str, tmp_path: Path) -> None:
    """A chart is saved as five files whose bytes do not vary, and nothing else is left behind."""
    first = KINDS[kind](sample, "zh-Hant").save(tmp_path / "first")
    second = KINDS[kind](sample, "zh-Hant").save(tmp_path / "second")
    endings = [".png", "@300.png", ".svg", ".csv", ".json"]
    assert [path.name for path in first] == [first[0].stem + ending for ending in endings]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert sorted(path.name for path in (tmp_path / "first").iterdir()) == sorted(p.name for p in first)


def test_svg_keeps_text_and_embeds_the_font(sample: Sample) -> None:
    """The text of an SVG is text, in a font that is inside, and it has neither date nor link."""
    svg = KINDS["trend"](sample, "zh-Hant").svg()
    assert "青山社區" in re.sub(r"<[^>]*>", "", svg)
    assert "@font-face{font-family:'Noto Sans SC';src:url(data:font/woff;base64," in svg
    assert "<dc:date>" not in svg
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", svg)


def test_json_and_csv_say_what_the_chart_says(sample: Sample, tmp_path: Path) -> None:
    """The words of a chart are in its JSON and its rows in its CSV, with a BOM for Excel."""
    chart = KINDS["trend"](sample, "zh-Hant")
    paths = {path.suffix: path for path in chart.save(tmp_path)}
    words = json.loads(paths[".json"].read_text(encoding="utf-8"))
    assert words["title"] == chart.title
    assert (words["kind"], words["indicator"], words["unit"]) == ("trend", "garbage_removed", "吨")
    assert words["period"] == "2026-08"
    data = paths[".csv"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(data.decode("utf-8-sig").splitlines()) == 1 + len(chart.data)


def test_titles_say_no_more_than_the_verdict(sample: Sample) -> None:
    """A rise is said with its amount; where the words are vague, that nothing can be told."""
    assert KINDS["trend"](sample, "zh-Hant").title == "8月清運垃圾共83.1噸，比7月增加3.4噸（+4.3%）"
    assert KINDS["trend"](sample, "en").title == "Rubbish removed: 83.1 t in August, up 3.4 t (+4.3%) on July"
    assert ALL["trend of vague numbers"](sample, "zh-Hans").title == (
        "8月清理楼栋楼道共271–298栋，与7月相比无法判定增减"
    )


def test_gap_breaks_the_line(sample: Sample) -> None:
    """No line crosses the month without a report, and the caption names it."""
    chart = trend(sample.observations, "garbage_removed", place="東湖社區", **sample.names())
    lines = [line.get_xdata() for line in chart.figure.axes[0].lines if line.get_linestyle() == "-"]
    assert [list(xs) for xs in lines if len(xs) > 1] == [[0, 1, 2, 3], [5, 6, 7]]
    assert "東湖社區5月" in chart.caption


def test_merged_place_begins_a_line_of_its_own(sample: Sample) -> None:
    """A place made of two others starts where it was founded, and the caption says of which."""
    chart = KINDS["trend"](sample, "zh-Hant")
    rows = chart.data[chart.data["place_id"] == "和平社区"]
    assert rows["period"].min() == "2026-05"
    assert "和平社區由東街社區、西街社區於2026年5月合併而成" in chart.caption


@pytest.mark.parametrize("indicator", ["garbage_removed", "buildings_cleaned", "ads_removed", "households"])
def test_no_name_lies_on_a_line(sample: Sample, indicator: str) -> None:
    """Names of places that ended keep off the line of the merger, lines of numbers and ranges."""
    chart = trend(sample.observations, indicator, **sample.names())
    assert {"東街社區", "西街社區"} <= {text.get_text() for text in chart.figure.axes[0].texts}
    assert chart.check() == []
    assert "虛線處：和平社區" in chart.caption


@pytest.mark.parametrize("line", ["dotted", "numbers", "range", "marker"])
def test_a_name_on_a_line_is_a_fault(sample: Sample, line: str) -> None:
    """The check of a chart finds words that any kind of line strikes through."""
    chart = trend(sample.observations, "garbage_removed", **sample.names())
    axes = chart.figure.axes[0]
    name = axes.text(6, 3, "名")
    assert chart.check() == []
    if line == "dotted":
        axes.axvline(6.03)
    elif line == "numbers":
        axes.plot([5, 7], [3.2, 3.2])
    elif line == "range":
        axes.vlines(6.03, 1, 5)
    else:
        axes.plot([6.03], [3.2], "o")
    assert chart.check() == [f"on a line: {name.get_text()}"]


def test_caption_explains_every_kind_of_arrow(sample: Sample) -> None:
    """An open range is told from one that reaches beyond the scale."""
    caption = KINDS["overview"](sample, "zh-Hant").caption
    assert "箭頭表示範圍未說上限或下限" in caption
    assert "橫向三角：超出刻度" in caption
    vague = change(sample.comparisons(), "ads_removed", **sample.names())
    assert "箭頭表示範圍未說上限或下限" in vague.caption
    assert "箭頭" not in KINDS["change"](sample, "zh-Hant").caption


def test_small_change_of_a_level_looks_small(sample: Sample) -> None:
    """A panel without numbers on its axis does not blow a rise of 1% up to its whole height."""
    axes = ALL["key figures of a merged place"](sample, "zh-Hant").figure.axes[0]
    low, high = axes.get_ylim()
    heights = axes.lines[0].get_ydata()
    assert (max(heights) - min(heights)) / (high - low) < 0.2


def test_revised_number_is_kept_apart(sample: Sample) -> None:
    """The number before a revision is in the data and in the caption, but not on the line."""
    chart = KINDS["trend"](sample, "zh-Hant")
    older = chart.data[~chart.data["is_latest"]]
    assert older["value"].to_list() == [24.1]
    assert "更正前" in chart.caption


def test_incomparable_places_are_listed_not_drawn(sample: Sample) -> None:
    """A place without a comparison has its reason in words and no point at 0."""
    chart = ALL["change over a merger"](sample, "zh-Hant")
    words = " ".join(text.get_text() for text in chart.figure.texts)
    assert "東街社區已於2026-05併入和平社區" in words
    assert chart.title.startswith("可比的4個社區5月清運垃圾")
    points = [x for line in chart.figure.axes[0].lines for x in line.get_xdata()]
    assert min(points) > 0


def test_coverage_tells_missing_from_not_existing(sample: Sample) -> None:
    """A month without a report is missing; one before the place was founded is not."""
    chart = KINDS["coverage"](sample, "zh-Hant")
    state = chart.data.set_index(["place_id", "period"])["state"]
    assert state["东湖社区", "2026-05"] == "missing"
    assert state["和平社区", "2026-04"] == "absent"
    assert chart.title == "2026年1月至8月應報44份，已報43份，缺1份"


def test_missing_glyph_is_an_error(sample: Sample) -> None:
    """A character that the font does not have is named together with the chart."""
    places = sample.places.assign(place=sample.places["place"].str.replace("青山", "青\U00020000"))
    with pytest.raises(MissingGlyph, match=r"chart trend-garbage_removed.*U\+20000"):
        trend(sample.observations, "garbage_removed", **sample.names() | {"places": places})


def test_long_names_are_wrapped(sample: Sample) -> None:
    """Long names of places still fit beside the lines."""
    long = "某某某自治區某某市某某經濟技術開發區"
    places = sample.places.assign(place=long + sample.places["place"])
    names = sample.names() | {"places": places}
    assert trend(sample.observations, "garbage_removed", **names).check() == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("factor", [1e3, 1e6, 1e8, 1e10])
def test_large_numbers_fit(sample: Sample, locale: str, factor: float) -> None:
    """Numbers up to those of a whole country fit beside the axis."""
    numbers = {side: sample.observations[side] * factor for side in ("value", "low", "high")}
    rows = sample.observations.assign(**numbers)
    assert trend(rows, "money_invested", **sample.names(locale)).check() == []


def test_change_without_a_comparable_place_names_both_periods(sample: Sample) -> None:
    """Where nothing can be drawn the subtitle still says which periods are meant."""
    rows = sample.comparisons("2026-05", "2026-04")
    rows = rows[rows["verdict"].isin(["missing", "not_comparable"]) & (rows["row_kind"] == "place")]
    chart = change(rows, "garbage_removed", **sample.names())
    assert "2026年5月與2026年4月" in chart.subtitle
    assert chart.check() == []


def test_nothing_to_draw_is_an_error(sample: Sample) -> None:
    """An indicator without observations is an error that says so, never an empty chart."""
    with pytest.raises(DataError, match="no observations of grids"):
        trend(sample.observations, "grids", **sample.names())
    with pytest.raises(DataError, match="no comparison of grids"):
        change(sample.comparisons(), "grids", **sample.names())


def test_unknown_locale_is_an_error(sample: Sample) -> None:
    """A locale that does not exist is wrong usage."""
    with pytest.raises(UsageError, match="unknown locale"):
        trend(sample.observations, "garbage_removed", **sample.names("fr"))


def test_global_settings_stay_as_they_are(sample: Sample) -> None:
    """Drawing does not change matplotlib's settings, nor do such settings change a chart."""
    import matplotlib as mpl

    before = KINDS["trend"](sample, "zh-Hant").png()
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9}):
        assert KINDS["trend"](sample, "zh-Hant").png() == before
        assert mpl.rcParams["font.size"] == 30


def test_a_chart_that_is_changed_is_drawn_again(sample: Sample) -> None:
    """A chart that was drawn is not drawn again, unless some part of it has been changed since."""
    chart = trend(sample.observations, "garbage_removed", **sample.names())
    first = chart.png()
    assert chart.png() is first
    chart.figure.axes[0].lines[0].set_color("red")
    chart.svg()
    assert chart.png() != first
