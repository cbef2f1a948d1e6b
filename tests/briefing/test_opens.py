"""Workbook, document and slides open in an office program, and what people see there is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from briefing_content import briefing_content

from analysis.briefing.document import write_document
from analysis.briefing.slides import write_slides
from analysis.briefing.workbook import write_workbook
from analysis.charts import overview

if TYPE_CHECKING:
    from sample_tables import Sample

_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def _pages(path: Path) -> list[str]:
    """Give the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


@pytest.mark.slow
def test_libreoffice_shows_all_three(sample: Sample, tmp_path: Path) -> None:
    """Each file opens without repair; every page has text, and titles, sentences and sources are on them."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    overview(sample.comparisons(), **sample.names()).save(tmp_path / "charts")
    content = briefing_content(sample, tmp_path / "charts")
    # Each in a folder of its own: two of them have the same name but for its ending.
    written = [
        write(tmp_path / name, content)
        for name, write in (("a", write_workbook), ("b", write_document), ("c", write_slides))
    ]
    written = [path.rename(path.with_stem(f"{path.stem}-{path.parent.name}")) for path in written]
    spec = find_spec("zhplot")
    assert spec is not None
    assert spec.origin is not None
    (tmp_path / "fonts.conf").write_text(
        _FONTS.format(fonts=Path(spec.origin).parent / "fonts", cache=tmp_path / "cache"), encoding="utf-8"
    )
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path / "pdf"), *map(str, written)],
        check=True, capture_output=True, timeout=600,
        env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
    )  # fmt: skip
    sentence = content.headlines()["sentence"][0]
    for path in written:
        pages = _pages(tmp_path / "pdf" / f"{path.stem}.pdf")
        # LibreOffice breaks lines where it likes, and sets thin spaces beside numbers.
        texts = ["".join(text.split()) for text in pages]
        assert all(texts)
        assert any("".join(sentence.split()) in text for text in texts), path.name
        assert any("2026-08/青山社區.txt" in text for text in texts), path.name
