"""The sentences and the page of a briefing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.briefing import Content, headlines, write_page
from analysis.briefing.page import write_contents
from analysis.briefing.sources import ids_of, sources
from analysis.charts import overview
from analysis.charts.naming import naming
from analysis.tables import Tables
from analysis.tables.schema import empty

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    assert full["sentence"][0] == "8月清運垃圾共83.1噸，比7月增加3.4噸（+4.3%），5個社區全部已報"
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
    """The page has no address of another host, and its policy allows nothing that is not inside."""
    page = _page(sample, tmp_path, [])
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert set(re.findall(r"'sha256-[^']+'|\S+", allowed["script-src"])) == {*_hashes(page)}
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*['\"]?(?:https?:)?//", page)
    assert page.count("data:image/svg+xml;base64,") == 1


def _hashes(page: str) -> Iterator[str]:
    """Give the hash of each script that runs: the page's own, and the packed one of the chart."""
    packed = re.findall(r'<template id="vega">([^<]*)</template>', page)
    codes = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    codes += [gzip.decompress(base64.b64decode(part)).decode() for part in packed]
    for code in codes:
        yield f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_page_writes_foreign_text_as_text(sample: Sample, tmp_path: Path) -> None:
    """What comes from files cannot become part of the page, in its markup or in its data."""
    figures = sample.figures.assign(
        sentence="</script><script>alert(1)</script>" + sample.figures["sentence"]
    )
    hostile = replace(sample, figures=figures)
    page = _page(hostile, tmp_path, ["<img src=x onerror=alert(1)>"])
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<script>alert" not in page
    assert all("</script><script>alert(1)" in passage for passage in _data(page)["figures"]["passages"])


def test_page_is_ascii(sample: Sample, tmp_path: Path) -> None:
    """Every character beyond ASCII is written by its number, as browsers read such a page in less time."""
    assert _page(sample, tmp_path, ["表裡沒有的"]).isascii()


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
    """Every figure that a comparison rests on is in the page, with its sentence and its place in it."""
    data = _data(_page(sample, tmp_path, []))
    figures, ids = data["figures"], data["figures"]["ids"].split(" ")
    wanted = ids_of(sample.comparisons())
    assert wanted
    assert wanted <= set(ids)
    written = dict(zip(sample.figures["figure_id"], sample.figures["text"], strict=True))
    for row, figure_id in enumerate(ids):
        passage, start, length, first, last = (column[row] for column in figures["spots"])
        assert first <= start < start + length <= last
        assert figures["passages"][passage][start : start + length] == written[figure_id]


def test_page_says_the_same_numbers_in_every_language(sample: Sample, tmp_path: Path) -> None:
    """Each headline stands in the page in all three languages, as the sentences of that language say it."""
    page = _page(sample, tmp_path, [])
    for locale in ("zh-Hant", "zh-Hans", "en"):
        compared = sample.comparisons(locale=locale)
        for sentence in headlines(compared, **sample.names(locale))["sentence"]:
            assert f'lang="{locale}">{_written(sentence)}</span>' in page


def test_page_has_its_charts_in_every_language(sample: Sample, tmp_path: Path) -> None:
    """A chart is drawn in the two languages that it was not saved in; what cannot be drawn again is not."""
    page = _page(sample, tmp_path, [])
    packed = re.findall(r'<template id="pictures" data-locale="zh-Hant">([^<]*)</template>', page)
    held = json.loads(gzip.decompress(base64.b64decode(packed[0])))
    saved, hans, english = held["drawn"]["overview"]
    assert saved is None
    assert "8月与7月相比" in hans
    assert "August against July" in english
    assert held["face"].startswith("@font-face")
    assert "@font-face" not in hans + english
    words = tmp_path / "charts" / "overview.json"
    words.write_text(words.read_text("utf-8").replace('"2026-08"', '"2026-01"'), encoding="utf-8")
    tables = Tables(
        sample.reports, sample.figures, sample.observations, sample.comparisons(), sample.indicators,
        sample.places, empty("unreadable"),
    )  # fmt: skip
    content = Content("工作簡報", "2026-08", "2026-07", tables, tmp_path / "charts")
    assert 'id="pictures"' not in write_page(tmp_path, content).read_text(encoding="utf-8")


def test_page_offers_the_files_beside_it(sample: Sample, tmp_path: Path) -> None:
    """What lies in the folder is offered with its size, and what does not is not."""
    (tmp_path / "workbook.xlsx").write_bytes(bytes(25_000))
    page = _page(sample, tmp_path, [])
    assert re.search(r'<a href="workbook.xlsx" download>.*25 kB', page)
    assert "briefing.docx" not in page
    assert 'href="charts/overview.png"' in page


def test_page_of_nothing_says_so(sample: Sample, tmp_path: Path) -> None:
    """Without figures, comparisons and charts there is a page all the same."""
    tables = Tables(
        sample.reports.iloc[:0], sample.figures.iloc[:0], sample.observations.iloc[:0],
        sample.comparisons().iloc[:0], sample.indicators, sample.places, empty("unreadable"),
    )  # fmt: skip
    content = Content("工作簡報", "2026-08", "2026-07", tables, tmp_path / "none", locale="en")
    page = write_page(tmp_path, content).read_text(encoding="utf-8")
    assert "No total can be compared." in page
    assert "There are no charts for this period." in page
    assert 'id="vega"' not in page


def test_contents_lead_through_all_periods(sample: Sample, tmp_path: Path) -> None:
    """The page above leads to every period, the newest first, with headline numbers, the same each time."""
    assert write_contents(tmp_path, name="工作簡報") is None
    for period, baseline in (("2026-07", "2026-06"), ("2026-08", "2026-07")):
        tables = Tables(
            sample.reports, sample.figures, sample.observations, sample.comparisons(period, baseline),
            sample.indicators, sample.places, empty("unreadable"),
        )  # fmt: skip
        write_page(tmp_path / period, Content("工作簡報", period, baseline, tables, tmp_path / "none"))
    path = write_contents(tmp_path, name="工作簡報")
    assert path == tmp_path / "index.html"
    page = path.read_text(encoding="utf-8")
    links = re.findall(r'class="on" href="([^"]+)"', page)
    assert list(dict.fromkeys(links)) == ["2026-08/index.html", "2026-07/index.html"]
    assert _written("83.1噸") in page
    assert write_contents(tmp_path, name="工作簡報") == path
    assert path.read_text(encoding="utf-8") == page


def _written(text: str) -> str:
    """Write a text as it stands in a page: in ASCII."""
    return html.escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _data(page: str) -> dict[str, Any]:
    found = re.findall(r'<template id="data">(.*?)</template>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[0])))
    return data
