"""Old Word documents: through LibreOffice where it is installed, else refused with what to do."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.errors import UnreadableError
from analysis.reading import child, read, read_bytes
from tests.formats.conftest import to_docx

_SAID = (
    "text", "sentence", "heading", "indicator", "series", "value", "unit", "role", "direction", "period", "place_id",
    "row_header", "column_header", "total",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Let no process that already knows where programs are read the file."""
    child.end_children()
    yield
    child.end_children()


@pytest.mark.slow
def test_is_read_through_libreoffice(tmp_path: Path) -> None:
    """A report that LibreOffice saved as .doc gives the same figures as the .docx it was made of."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    new, old = tmp_path / "report.docx", tmp_path / "report.doc"
    new.write_bytes(to_docx())
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "doc:MS Word 97", "--outdir", str(tmp_path), str(new)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    assert old.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    report = read(old)
    assert (report.reader, report.place, str(report.period)) == ("doc", "青山社區", "2026-03")
    was, now = analysis.extract(new), analysis.extract(old)
    assert len(was) == 27
    for column in _SAID:
        assert now[column].astype("string").tolist() == was[column].astype("string").tolist()


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice one line says what is missing, and what to do instead."""
    monkeypatch.setenv("PATH", str(tmp_path))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnreadableError) as caught:
        read_bytes(old, "2026-03/report.doc")
    line = str(caught.value)
    assert line.startswith("2026-03/report.doc: an old Word file needs LibreOffice")
    assert "apt install libreoffice-writer-nogui" in line
    assert "save it as .docx" in line
