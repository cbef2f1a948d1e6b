"""The sentences and the page of a briefing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.briefing import Content, headlines, write_page
from analysis.briefing.sources import ids_of, sources
from analysis.charts import overview
from analysis.charts.naming import naming
from analysis.tables import Tables
from analysis.tables.schema import empty

if TYPE_CHECKING:
    from sample_tables import Sample


def _page(sample: Sample, folder: Path, left_out: list[str]) -> str:
    compared = sample.comparisons()
    overview(compared, **sample.names()).save(folder / "charts")
    tables = Tables(
        sample.reports, sample.figures, sample.observations, compared, sample.indicators, sample.places,
        empty("unreadable"),
    )  # fmt: skip
    content = Content("工作簡報", "2026-08", "2026-07", tables, folder / "charts", left_out=tuple(left_out))
    path = write_page(folder, content)
    return path.read_text(encoding="utf-8")


def test_headlines_carry_coverage(sample: Sample) -> None:
    """Each sentence says how many places reported, and which of them it adds when not all."""
    full = headlines(sample.comparisons(), **sample.names())
    assert full["sentence"][0] == "8月清運垃圾共83.1噸，比7月增加3.4噸（+4.3%），5個社區中5個已報"
    part = headlines(sample.comparisons("2026-05", "2026-04"), **sample.names())
    assert all(sentence.startswith("可比的4個社區5月") for sentence in part["sentence"])


def test_headlines_put_the_uncertain_last(sample: Sample) -> None:
    """What cannot be told is said after what can, and never as a rise or fall."""
    rows = headlines(sample.comparisons(), limit=50, **sample.names())
    verdicts = rows["verdict"].to_list()
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict not in {"up", "down"})
    vague = rows[rows["verdict"] == "uncertain"]
    assert len(vague)
    assert vague["sentence"].str.contains("無法判定增減").all()


def test_headlines_of_nothing_are_none(sample: Sample) -> None:
    """Without a total there is no sentence, but a table all the same."""
    rows = headlines(sample.comparisons().iloc[:0], **sample.names())
    assert len(rows) == 0
    assert "sentence" in rows


def test_page_asks_nothing_of_others(sample: Sample, tmp_path: Path) -> None:
    """The page has no script and no address, and its policy allows none."""
    page = _page(sample, tmp_path, [])
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert "<script" not in page
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*['\"]?(?:https?:)?//", page)
    assert page.count("data:image/svg+xml;base64,") == 1


def test_page_writes_foreign_text_as_text(sample: Sample, tmp_path: Path) -> None:
    """What comes from files cannot become part of the page."""
    page = _page(sample, tmp_path, ["<img src=x onerror=alert(1)>"])
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_page_is_the_same_each_time(sample: Sample, tmp_path: Path) -> None:
    """The same tables give the same page, byte for byte."""
    assert _page(sample, tmp_path / "a", ["x"]) == _page(sample, tmp_path / "b", ["x"])


def test_figure_is_marked_where_it_stands(sample: Sample) -> None:
    """Of two equal numbers in a sentence, each figure marks its own."""
    rows = sample.figures.iloc[[0, 1]].assign(
        sentence="男12人，女12人。", text="12人", start=[1, 6], end=[4, 9],
        report_id=sample.figures["report_id"].iloc[0], indicator="population",
    )  # fmt: skip
    names = naming(sample.indicators, sample.places, "zh-Hant")
    found = sources(rows, sample.reports, set(rows["figure_id"]), names)["population"]
    assert sorted((source.before, source.after) for source in found) == [
        ("男", "，女12人。"),
        ("男12人，女", "。"),
    ]


def test_page_shows_the_sentences_behind_its_numbers(sample: Sample, tmp_path: Path) -> None:
    """Every figure that a comparison rests on has its sentence and its report in the page."""
    page = _page(sample, tmp_path, [])
    wanted = ids_of(sample.comparisons())
    assert wanted
    assert all(f'id="figure-{figure}"' in page for figure in wanted)
