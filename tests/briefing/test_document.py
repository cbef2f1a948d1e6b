"""The document of a briefing: every number leads to its sentence, in the office's own template."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from briefing_content import FORMULA, SCRIPT, briefing_content, tables_of
from docx.shared import Pt

from analysis.briefing.document import MARKER, write_document
from analysis.charts import overview
from analysis.errors import UsageError

if TYPE_CHECKING:
    from docx.document import Document
    from sample_tables import Sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", name="path")
def path_fixture(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the document once, with a chart."""
    folder = tmp_path_factory.mktemp("document")
    overview(sample.comparisons(), **sample.names()).save(folder / "charts")
    return write_document(folder, briefing_content(sample, folder / "charts"))


@pytest.fixture(scope="module", name="document")
def document_fixture(path: Path) -> Document:
    """Open it."""
    return docx.Document(str(path))


def _bookmarks(document: Document) -> dict[str, Any]:
    marks = document.element.body.iter(f"{W}bookmarkStart")
    return {mark.get(f"{W}name"): mark for mark in marks}


def _table_after(mark: Any) -> str:
    """Give the text of the table below a bookmark."""
    heading = mark.getparent()
    following = heading.getnext()
    assert following.tag == f"{W}tbl"
    return "".join(following.itertext())


def test_real_styles_make_it_editable(document: Document) -> None:
    """Headings, bullets, captions and the table have the styles that Word knows them by."""
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Caption", "toc 1"} <= used
    sections = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert sections == ["要點", "圖表", "各項變動", "需要核對的", "報告收到情況", "沒有列入的", "數字出處"]
    codes = "".join(code.text or "" for code in document.element.body.iter(f"{W}instrText"))
    assert all(code in codes for code in ("TOC", "SEQ figure_label", "SEQ table_label"))
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in document.tables)


def test_every_headline_leads_to_its_sentences_in_two_steps(
    document: Document, sample: Sample, tmp_path: Path
) -> None:
    """Its reference is a link to a heading, below which the sentences stand with file and place."""
    content = briefing_content(sample, tmp_path)
    marks = _bookmarks(document)
    bullets = [p for p in document.paragraphs if p.style is not None and p.style.name == "List Bullet"]
    for row in content.headlines().to_dict("records"):
        bullet = next(p for p in bullets if p.text.startswith(row["sentence"]))
        anchor = bullet._p.xpath("w:hyperlink/@w:anchor")[0]
        below = _table_after(marks[anchor])
        for figure in row["figure_ids"].split(";"):
            stated = sample.figures.set_index("figure_id").loc[figure]
            assert stated["text"] in below
        assert "2026-08/青山社區.txt" in below


def test_no_link_leads_nowhere(document: Document) -> None:
    """Each link has its bookmark; names and numbers of bookmarks occur once."""
    marks = list(document.element.body.iter(f"{W}bookmarkStart"))
    names = [mark.get(f"{W}name") for mark in marks]
    numbers = [mark.get(f"{W}id") for mark in marks]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert set(document.element.body.xpath(".//w:hyperlink/@w:anchor")) <= set(names)


def test_pictures_have_alternative_text_and_caption(document: Document) -> None:
    """A chart says what it shows, also to those who do not see it."""
    pictures = document.element.body.xpath(".//wp:docPr")
    assert len(pictures) == 1
    assert pictures[0].get("descr").startswith("點圖")
    captions = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Caption"]
    assert any(text.startswith("圖 1  8月與7月相比") for text in captions)


def test_text_says_its_language_and_its_fonts(document: Document) -> None:
    """Chinese text has a Chinese font and language, in the styles and in each report's sentences."""
    default = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    assert default.xpath("w:lang/@w:eastAsia") == ["zh-TW"]
    assert default.xpath("w:rFonts/@w:eastAsia") == ["Microsoft JhengHei"]
    heading: Any = document.styles["Heading 1"]
    assert heading.element.xpath("w:rPr/w:rFonts/@w:eastAsia") == ["Microsoft JhengHei"]
    assert document.core_properties.language == "zh-TW"


def test_text_of_reports_is_text_and_telephones_are_masked(document: Document) -> None:
    """Nothing of a report becomes a field or markup, and a telephone number is not shown."""
    text = "\n".join(document.element.body.itertext())
    assert SCRIPT in text
    assert FORMULA in text
    assert "13812345678" not in text
    assert not any("HYPERLINK" in (code.text or "") for code in document.element.body.iter(f"{W}instrText"))


def test_document_is_the_same_each_time(sample: Sample, tmp_path: Path) -> None:
    """The same content gives the same bytes, and nothing inside says when or where."""
    one, two = (write_document(tmp_path / name, briefing_content(sample, tmp_path)) for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2000}
        assert str(tmp_path).encode() not in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_document_speaks_the_language_of_the_project(sample: Sample, tmp_path: Path, locale: str) -> None:
    """Headings and labels are in the locale."""
    document = docx.Document(str(write_document(tmp_path, briefing_content(sample, tmp_path, locale=locale))))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    said = {"zh-Hans": "需要核对的", "en": "To be checked"}
    assert said[locale] in headings
    assert not re.search("[一-鿿]" if locale == "en" else "[數與變報]", " ".join(headings))


def test_template_of_an_office_rules_the_look(sample: Sample, tmp_path: Path) -> None:
    """Its header, page and styles stay; the briefing stands where its marker was; what it lacks is added."""
    template = docx.Document()
    section = template.sections[0]
    section.header.paragraphs[0].text = "青山街道辦事處"
    heading: Any = template.styles["Heading 1"]
    heading.font.size = Pt(31)
    lacking = template.styles["List Bullet"].element
    lacking.getparent().remove(lacking)
    for text in ("函頭", MARKER, "承辦人：某"):
        template.add_paragraph(text)
    template.save(str(tmp_path / "office.docx"))
    content = briefing_content(sample, tmp_path, templates={"document": tmp_path / "office.docx"})
    made = docx.Document(str(write_document(tmp_path / "out", content)))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert made.sections[0].header.paragraphs[0].text == "青山街道辦事處"
    assert made.styles["Heading 1"].font.size == Pt(31)  # type: ignore[attr-defined]
    assert (texts[0], texts[-1]) == ("函頭", "承辦人：某")
    assert MARKER not in texts
    assert "要點" in texts
    assert "List Bullet" in {style.name for style in made.styles}


def test_template_that_is_none_is_named(sample: Sample, tmp_path: Path) -> None:
    """A template that Word could not open either gives one line that says what to do."""
    (tmp_path / "bad.docx").write_bytes(b"no document")
    content = briefing_content(sample, tmp_path, templates={"document": tmp_path / "bad.docx"})
    with pytest.raises(UsageError, match=r"bad\.docx"):
        write_document(tmp_path, content)


def test_period_without_data_says_so(sample: Sample, tmp_path: Path) -> None:
    """Without comparisons, charts and findings each section says that there is nothing."""
    full = tables_of(sample)
    bare = type(full)(
        full.reports.iloc[:0], full.figures.iloc[:0], full.observations.iloc[:0], full.comparisons.iloc[:0],
        full.indicators, full.places, full.unreadable,
    )  # fmt: skip
    content = briefing_content(sample, tmp_path, tables=bare, left_out=())
    texts = [p.text for p in docx.Document(str(write_document(tmp_path, content))).paragraphs]
    for said in ("沒有兩期可比的合計。", "沒有圖表。", "沒有需要核對的。", "沒有遺漏。", "8月沒有報告"):
        assert said in texts
