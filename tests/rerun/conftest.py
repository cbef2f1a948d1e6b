"""Small notebooks to execute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

Writer = Callable[..., Path]
PARAMETERS = "project = period = baseline = place = locale = None"


@pytest.fixture
def write_notebook(project_folder: Path) -> Writer:
    """Give a function that writes a notebook of code cells into the project."""

    def write(name: str, *cells: str, cell: str = PARAMETERS, **metadata: Any) -> Path:
        parameters = new_code_cell(cell, metadata={"tags": ["parameters"]})
        notebook = new_notebook(cells=[parameters, *map(new_code_cell, cells)])
        notebook.metadata.update(metadata)
        path = project_folder / "notebooks" / name
        nbformat.write(notebook, path)
        return path

    return write


@pytest.fixture
def light_products(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let a period have a page of one line instead of page, workbook, document and slides, which take seconds."""
    from analysis.rerun import assemble

    def write(folder: Path, content: Any) -> tuple[list[str], list[Any]]:
        said = f"{content.period} {sorted(path.name for path in content.charts.iterdir())}"
        (folder / "index.html").write_text(said, encoding="utf-8")
        return ["index.html"], []

    monkeypatch.setattr(assemble, "write_products", write)
    return monkeypatch
