"""The provincial reports of 2025 as their offices sent them: nothing lost, nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.reading import Report, iter_reports

FOLDER = Path(__file__).parents[3] / "shared" / "corpus" / "provincial-2025"


def _words(document: Any) -> str:
    """Give what python-docx finds, each cell of a table once, without white space."""
    pieces: list[str] = []
    for block in document.iter_inner_content():
        if not hasattr(block, "rows"):
            pieces.append(block.text)
            continue
        seen: list[Any] = []
        for cell in (cell for row in block.rows for cell in row.cells):
            if cell._tc not in seen:
                seen.append(cell._tc)
                pieces.append(cell.text)
    return "".join("".join(pieces).split())


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the reports lie in ../shared beside the checkout")
def test_provincial_reports() -> None:
    """All 31 are read, and their text is what python-docx finds but for white space."""
    import docx

    files = sorted(FOLDER.glob("*.docx"))
    items = list(iter_reports(files, root=FOLDER))
    assert len(items) == 31
    for item in items:
        assert isinstance(item, Report), item
        assert "".join(item.text.split()) == _words(docx.Document(str(FOLDER / item.path))), item.path
        assert len(item.text) > 10_000
        assert str(item.period) == "2025"
