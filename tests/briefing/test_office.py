"""What workbook, document and slides share."""

from __future__ import annotations

import io
import string
import tomllib
import zipfile
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from briefing_content import briefing_content

from analysis.briefing.office.references import evidence, listed_ids
from analysis.briefing.office.wording import office_words, overall, received
from analysis.charts.words import entries
from analysis.tables.package import same_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from sample_tables import Sample

PHRASES = [
    pytest.param(said, id=f"{section}.{key}")
    for section, phrases in entries("analysis.briefing.office").items()
    for key, said in phrases.items()
]


@pytest.mark.parametrize("said", PHRASES)
def test_every_phrase_is_there_in_each_locale(said: dict[str, str]) -> None:
    """A phrase has three texts that are filled with the same things, and no Chinese in the English one."""
    assert set(said) == {"zh-Hant", "zh-Hans", "en"}
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in said.values()]
    assert fields[0] == fields[1]
    assert fields[2] <= fields[0] | {"sheet"}
    assert all(ord(sign) < 0x2E80 or sign in "【】" for sign in said["en"])


def test_archives_carry_no_clock() -> None:
    """The dates of parts, of the properties and of a workbook within are fixed; an edit reaches its part."""
    inner, outer = io.BytesIO(), io.BytesIO()
    core = b'<dcterms:created xsi:type="x">2031-05-05T05:05:05Z</dcterms:created>'
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("docProps/core.xml", core)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("ppt/embeddings/a.xlsx", inner.getvalue())
        archive.writestr("word/document.xml", b"old")
    fixed = same_bytes(outer.getvalue(), [("word/", lambda part: part.replace(b"old", b"new"))])
    with zipfile.ZipFile(io.BytesIO(fixed)) as archive:
        assert archive.read("word/document.xml") == b"new"
        with zipfile.ZipFile(io.BytesIO(archive.read("ppt/embeddings/a.xlsx"))) as within:
            assert b"2000-01-01" in within.read("docProps/core.xml")
            assert within.infolist()[0].date_time[0] == 2000


def test_headlines_have_the_first_numbers(sample: Sample, tmp_path: Path) -> None:
    """Totals are numbered without gaps, headlines first, and each leads to the sentences of its places."""
    content = briefing_content(sample, tmp_path)
    found = evidence(content)
    said = list(content.headlines()["sentence"])
    assert [reference.number for reference in found.references] == list(range(1, len(found.references) + 1))
    assert [reference.headline for reference in found.references[: len(said)]] == said
    for reference in found.references:
        wanted = listed_ids(
            *(row[side] for row in reference.places for side in ("figure_ids", "baseline_figure_ids"))
        )
        assert {at.figure_id for at in found.behind(reference)} == set(wanted)
        assert all(at.figure in at.sentence and at.path for at in found.behind(reference))


def test_summary_counts_totals_and_names_what_is_missing(sample: Sample, tmp_path: Path) -> None:
    """The finding of the whole counts verdicts; a missing report is named."""
    content = briefing_content(sample, tmp_path)
    assert overall(content, evidence(content).names).startswith("8月與7月相比：")
    assert received(content) == "8月應報2份報告，收到1份；未報：東湖社區"


def test_every_kind_of_finding_has_its_words() -> None:
    """No finding of the checks is without a name in the products."""
    text = files("analysis.comparison.checks").joinpath("findings.toml").read_text(encoding="utf-8")
    kinds = {code["kind"] for code in tomllib.loads(text)["codes"].values()}
    assert kinds <= set(office_words("kinds", "en"))
