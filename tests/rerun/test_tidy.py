"""Executed notebooks can be sent on: they do not say when or in which folder they ran."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.rerun import run
from analysis.rerun.tidy import tidy

Writer = Callable[..., Path]


def test_times_and_folders_go_and_all_else_stays(tmp_path: Path) -> None:
    """What papermill and the kernel note for themselves is dropped; parameters, tags and a failure stay."""
    cell = new_code_cell("period = 1", id="by-chance", metadata={"tags": ["injected-parameters"]})
    cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    cell.metadata["papermill"] = {"duration": 1.5, "exception": True, "status": "failed"}
    notebook = new_notebook(cells=[new_code_cell("1", id="kept"), cell])
    notebook.metadata["papermill"] = {"output_path": str(tmp_path), "parameters": {"period": 1}}
    path = tmp_path / "報告.ipynb"
    nbformat.write(notebook, path)
    tidy(path)
    found = nbformat.read(path, as_version=4)
    assert found.metadata["papermill"] == {"parameters": {"period": 1}}
    assert [cell.id for cell in found.cells] == ["kept", "injected-parameters-1"]
    assert found.cells[1].metadata == {
        "papermill": {"exception": True, "status": "failed"},
        "tags": ["injected-parameters"],
    }
    assert [file.name for file in tmp_path.iterdir()] == ["報告.ipynb"]


@pytest.mark.slow
@pytest.mark.usefixtures("light_products")
def test_two_runs_publish_the_same_bytes(project_folder: Path, write_notebook: Writer) -> None:
    """Also a failing notebook is the same again, and none holds the folder of its project."""
    write_notebook("01-good.ipynb", "import analysis; analysis.notebook(project, period).period")
    write_notebook("02-bad.ipynb", "raise ValueError('no luck')", "1")
    published = project_folder / "reports" / "2026-08" / "notebooks"
    assert [failure.name for failure in run(project_folder).failed] == ["02-bad"]
    first = {path.name: path.read_bytes() for path in published.iterdir()}
    run(project_folder)
    assert {path.name: path.read_bytes() for path in published.iterdir()} == first
    good = first["01-good.ipynb"].decode("utf-8")
    assert "2026-08" in good
    assert str(project_folder) not in good
