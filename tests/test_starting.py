"""`analysis init`: a new project, ready to run."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis
from analysis.errors import UsageError
from analysis.starting import notebook_sources


def test_new_project_has_all_it_needs(tmp_path: Path) -> None:
    """It has settings with the folder's name, folders, notebooks and a sample report that states figures."""
    project = analysis.init(tmp_path / "南區 報告")
    assert project.name == "南區 報告"
    assert len(list(project.notebooks.glob("*.ipynb"))) == len(notebook_sources()) == 5
    assert project.reports.is_dir()
    tables = analysis.load(project)
    assert tables.reports["place"].tolist() == ["柳溪社區"]
    assert tables.reports["period"].tolist() == ["2026-08"]
    assert tables.figures["indicator"].notna().mean() > 0.8
    assert tables.unreadable.empty


def test_one_month_has_no_baseline_yet(tmp_path: Path) -> None:
    """With a single month every comparison is missing, and none is invented."""
    comparisons = analysis.compare(analysis.init(tmp_path / "new"))
    assert set(comparisons["verdict"]) == {"missing"}
    assert comparisons["baseline_value"].isna().all()


def test_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    """A folder that is not empty is refused, and nothing in it changes."""
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        analysis.init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_file_is_refused(tmp_path: Path) -> None:
    """A file in the way is named."""
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(UsageError, match="this is a file"):
        analysis.init(path)
