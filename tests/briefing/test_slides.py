"""The slides of a briefing: titles say the finding, charts are native, sentences are one click away."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pptx
import pytest
from briefing_content import FORMULA, SCRIPT, briefing_content, tables_of
from pptx.util import Inches, Pt

from analysis.briefing.office.drawn import utmost
from analysis.briefing.slides import write_slides
from analysis.briefing.slides.oxml import find
from analysis.errors import UsageError

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from sample_tables import Sample

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module", name="path")
def path_fixture(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the slides once."""
    folder = tmp_path_factory.mktemp("slides")
    return write_slides(folder, briefing_content(sample, folder / "charts"))


@pytest.fixture(scope="module", name="deck")
def deck_fixture(path: Path) -> Presentation:
    """Open them."""
    return pptx.Presentation(str(path))


def _titles(deck: Presentation) -> list[str]:
    return [slide.shapes.title.text_frame.text if slide.shapes.title else "" for slide in deck.slides]


def _charts(deck: Presentation) -> list[tuple[Any, Any]]:
    return [(slide, shape) for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def _links(slide: Any) -> list[Any]:
    """Give the slides that the runs of a slide lead to."""
    marks = slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick")
    return [slide.part.related_part(mark.get(f"{R}id")).slide for mark in marks]


def _text(slide: Any) -> str:
    return "\n".join(slide.element.itertext())


def test_titles_say_the_finding(deck: Presentation, sample: Sample, tmp_path: Path) -> None:
    """After the cover comes what the whole finds; each headline has a slide of its own."""
    titles = _titles(deck)
    assert titles[0] == "青山街道 2026-08"
    assert titles[1].startswith("8月與7月相比：")
    said = list(briefing_content(sample, tmp_path).headlines()["sentence"])
    assert [title for title in titles if title in said] == said


def test_charts_are_native_editable_and_described(deck: Presentation) -> None:
    """A chart carries its numbers, gaps as gaps, and words for those who do not see it."""
    charts = _charts(deck)
    assert len(charts) >= 5
    for _, frame in charts:
        assert frame._element.xpath("p:nvGraphicFramePr/p:cNvPr/@descr")[0]
        assert frame.is_placeholder
    lines = [frame.chart for _, frame in charts if "LINE" in str(frame.chart.chart_type)]
    broken = [series for chart in lines for series in chart.plots[0].series if None in series.values]
    assert broken
    assert all(chart._chartSpace.xpath("c:chart/c:dispBlanksAs/@val") == ["gap"] for chart in lines)
    book = openpyxl.load_workbook(io.BytesIO(charts[1][1].chart.part.chart_workbook.xlsx_part.blob))
    assert book.worksheets[0]["A2"].value


def test_vague_numbers_are_labelled_with_their_range(deck: Presentation) -> None:
    """A bar of a vague number says from where to where the words allow it to be."""
    labels = [
        label.text or ""
        for _, frame in _charts(deck)
        for label in frame.chart._chartSpace.xpath(".//c:dLbl//a:t")
    ]
    assert any(re.fullmatch(r"[\d.,]+–[\d.,]+", label) for label in labels)


def test_every_number_is_one_click_from_its_sentences(
    deck: Presentation, sample: Sample, tmp_path: Path
) -> None:
    """The links of a headline's slide lead to its sentences, whose notes have them all with their files."""
    content = briefing_content(sample, tmp_path)
    slides = dict(zip(_titles(deck), deck.slides, strict=True))
    stated = sample.figures.set_index("figure_id")
    for row in content.headlines().to_dict("records"):
        target = _links(slides[row["sentence"]])[0]
        notes = target.notes_slide.notes_text_frame.text
        for figure in row["figure_ids"].split(";"):
            assert f"【{stated.loc[figure, 'text']}】" in notes
            assert stated.loc[figure, "text"] in _text(target)
        assert "2026-08/青山社區.txt" in notes
    changes = next(slide for title, slide in slides.items() if "各項合計" in title)
    table = next(shape for shape in changes.shapes if shape.has_table).table
    leading = [_linked(cell._tc) for row in list(table.rows)[1:] for cell in row.cells if cell.text != "–"]
    # All but the name of the indicator and the verdict.
    assert leading.count(False) == 2 * (len(table.rows) - 1)


def test_no_number_is_without_its_link(deck: Presentation) -> None:
    """A title, a bullet, a cell or a chart that shows a number leads to where that comes from."""
    # What follows is left out of all numbers, or is the sentences themselves.
    last = _titles(deck).index("沒有列入的")
    seen = 0
    for slide in list(deck.slides)[1:last]:
        for shape in slide.shapes:
            own = _linked(find(shape.element, "*[1]/p:cNvPr")[0])
            if shape.has_chart:
                assert own
                seen += 1
            elif shape.has_text_frame and _is_told(shape):
                for paragraph in shape.text_frame.paragraphs:
                    # A month, the 0 that a gap is not, and a part of several, are no numbers of a report.
                    if re.search(r"\d", re.sub(r"\d+月|不是 0|（\d+/\d+）", "", paragraph.text)):
                        assert own or _linked(paragraph._p), paragraph.text
                        seen += 1
    assert seen > 20


def test_every_point_of_a_trend_is_in_the_notes(deck: Presentation) -> None:
    """Whoever presses a trend finds the sentences of its earlier points as well."""
    slide = next(slide for slide, frame in _charts(deck) if "LINE" in str(frame.chart.chart_type))
    notes = _links(slide)[0].notes_slide.notes_text_frame.text
    assert len([line for line in notes.splitlines() if "2026-03/" in line]) >= 4


def _linked(element: Any) -> bool:
    return bool(list(element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick")))


def _is_told(shape: Any) -> bool:
    """Leave out page numbers, and the counts of reports and findings, which no sentence states."""
    text = shape.text_frame.text
    counted = "份報告" in text or "備忘稿" in text or "見 workbook.xlsx" in text
    field = bool(find(shape.element, ".//a:fld"))
    return not field and not counted


def test_nothing_runs_over_the_edge(deck: Presentation) -> None:
    """Every shape lies on its slide under a number of its own, and no placeholder is left empty."""
    for slide in deck.slides:
        numbers = [shape.shape_id for shape in slide.shapes]
        assert len(set(numbers)) == len(numbers)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_text_frame:
                assert shape.text_frame.text.strip()


def test_text_of_reports_is_text_and_telephones_are_masked(deck: Presentation) -> None:
    """What comes from reports stays text on slides and in notes; a telephone number is not shown."""
    text = "\n".join(
        _text(slide) + (slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "")  # type: ignore[union-attr]
        for slide in deck.slides
    )
    assert SCRIPT in text
    assert FORMULA in text
    assert "13812345678" not in text


def test_slides_are_the_same_each_time(sample: Sample, tmp_path: Path) -> None:
    """The same content gives the same bytes, also of the workbooks inside the charts."""
    one, two = (write_slides(tmp_path / name, briefing_content(sample, tmp_path)) for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2000}


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_slides_speak_the_language_of_the_project(sample: Sample, tmp_path: Path, locale: str) -> None:
    """Titles are in the locale, and the text says so."""
    path = write_slides(tmp_path, briefing_content(sample, tmp_path, locale=locale, name="Q"))
    titles = " ".join(_titles(pptx.Presentation(str(path))))
    assert {"zh-Hans": "需要核对的", "en": "To be checked"}[locale] in titles
    assert not re.search("[一-鿿]" if locale == "en" else "[數與變報]", titles)
    with zipfile.ZipFile(path) as archive:
        tag = {"zh-Hans": 'lang="zh-CN"', "en": 'lang="en-GB"'}[locale]
        assert tag in archive.read("ppt/slides/slide1.xml").decode()


def test_template_of_an_office_rules_the_look(sample: Sample, tmp_path: Path) -> None:
    """Other layouts, names, sizes and places: they are used, and its example slides are not."""
    template = pptx.Presentation()
    template.slide_width, template.slide_height = Inches(10), Inches(7.5)
    for layout in template.slide_layouts:
        layout.name = f"版面{layout.name[:3]}"
    two = template.slide_layouts[3]
    two.placeholders[1].left = Inches(0.2)
    example = template.slides.add_slide(template.slide_layouts[0])
    example.shapes.title.text_frame.text = "範例"  # type: ignore[union-attr]
    template.save(str(tmp_path / "office.pptx"))
    content = briefing_content(sample, tmp_path, templates={"slides": tmp_path / "office.pptx"})
    made = pptx.Presentation(str(write_slides(tmp_path / "out", content)))
    assert made.slide_width == Inches(10)
    assert "範例" not in _titles(made)
    assert made.slides[0].slide_layout.name == "版面Tit"
    assert _charts(made)[1][1].left == Inches(0.2)
    test_nothing_runs_over_the_edge(made)


def test_template_without_places_for_content(sample: Sample, tmp_path: Path) -> None:
    """Where a template has only titles, content stands in the room below them."""
    template = pptx.Presentation()
    layouts = list(template.slide_layouts)
    for layout in layouts:
        if layout.name not in {"Title Slide", "Title Only"}:
            template.slide_layouts.remove(layout)
    template.save(str(tmp_path / "office.pptx"))
    content = briefing_content(sample, tmp_path, templates={"slides": tmp_path / "office.pptx"})
    made = pptx.Presentation(str(write_slides(tmp_path / "out", content)))
    assert len(_charts(made)) >= 5
    test_nothing_runs_over_the_edge(made)


def test_template_that_is_none_is_named(sample: Sample, tmp_path: Path) -> None:
    """A template that cannot be opened gives one line that says what to do."""
    (tmp_path / "bad.pptx").write_bytes(b"no slides")
    content = briefing_content(sample, tmp_path, templates={"slides": tmp_path / "bad.pptx"})
    with pytest.raises(UsageError, match=r"bad\.pptx"):
        write_slides(tmp_path, content)


def test_forty_places_with_long_names_fit(sample: Sample, tmp_path: Path) -> None:
    """With many places the largest are drawn, the rest stands in the notes, and nothing runs over."""
    full = tables_of(sample)
    rows = full.comparisons
    first = rows[(rows["row_kind"] == "place") & (rows["indicator"] == "garbage_removed")].iloc[[0]]
    many = [
        first.assign(place_id=f"地{n}", place=f"很長很長的地方名稱第{n}社區居民委員會", value=float(n))
        for n in range(40)
    ]
    tables = type(full)(
        full.reports, full.figures, full.observations, type(rows)(_joined([rows, *many])), full.indicators,
        full.places, full.unreadable,
    )  # fmt: skip
    made = pptx.Presentation(str(write_slides(tmp_path, briefing_content(sample, tmp_path, tables=tables))))
    slide = dict(zip(_titles(made), made.slides, strict=True))
    drawn = next(made for title, made in slide.items() if "清運垃圾" in title and _bars(made))
    assert len(list(_bars(drawn)[0].plots[0].categories)) == 10
    assert "第39社區" in " ".join(_bars(drawn)[0].plots[0].categories)
    test_nothing_runs_over_the_edge(made)


def _joined(frames: list[Any]) -> Any:
    import pandas as pd

    return pd.concat(frames, ignore_index=True)


def _bars(slide: Any) -> list[Any]:
    return [s.chart for s in slide.shapes if s.has_chart and "BAR" in str(s.chart.chart_type)]


def test_period_without_data_says_so(sample: Sample, tmp_path: Path) -> None:
    """Without comparisons there are the cover and slides that say there is nothing."""
    full = tables_of(sample)
    bare = type(full)(
        full.reports.iloc[:0], full.figures.iloc[:0], full.observations.iloc[:0], full.comparisons.iloc[:0],
        full.indicators, full.places, full.unreadable,
    )  # fmt: skip
    content = briefing_content(sample, tmp_path, tables=bare, left_out=())
    made = pptx.Presentation(str(write_slides(tmp_path, content)))
    assert _titles(made)[1] == "8月沒有可比的合計"
    assert "沒有兩期可比的合計。" in _text(made.slides[1])


@pytest.mark.parametrize(
    ("other", "surely"), [((5.0, 9.0), True), ((5.0, 25.0), False), ((5.0, None), False)]
)
def test_only_what_surely_changed_most_is_said_to(other: tuple[float, float | None], *, surely: bool) -> None:
    """A total is the one that rose most only where no vague other one may have risen more."""
    row = {
        "verdict": "up",
        "change": 1.0,
        "change_low": 1.0,
        "change_high": 1.0,
        "percent_low": 10.0,
        "percent_high": 10.0,
    }
    rest = row | {"percent_low": other[0], "percent_high": other[1]}
    assert utmost(row, [row, rest], "up") is surely
    assert not utmost(row, [row, rest], "down")


def test_sizes_of_the_house_are_readable(deck: Presentation) -> None:
    """No text on a slide is smaller than 10 points."""
    sizes = [
        run.font.size
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size is not None
    ]
    assert sizes
    assert min(sizes) >= Pt(10)
