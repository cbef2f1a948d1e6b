"""A project folder: found from inside, and its settings checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import CatalogueError, UsageError
from analysis.project import find_project


def test_found_from_a_folder_inside(project_folder: Path) -> None:
    """The nearest parent with analysis.toml is the project."""
    project = find_project(project_folder / "data" / "raw")
    assert project.root == project_folder.resolve()
    assert (project.name, project.locale) == ("測試街道", "zh-Hant")


def test_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    """Outside of a project the message names `analysis init`."""
    with pytest.raises(UsageError, match="analysis init"):
        find_project(tmp_path)


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is said to be missing."""
    with pytest.raises(UsageError, match="no such folder"):
        find_project(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "x"\nlocal = "en"', "did you mean locale"),
        ('name = "x"\n[charts]\nfonts = "a.ttf"', "did you mean font"),
        ('name = "x"\nlocale = "fr"', "zh-Hant"),
        ('locale = "en"', "name"),
        ("name = ", "not TOML"),
    ],
)
def test_wrong_entry_is_named(project_folder: Path, text: str, said: str) -> None:
    """A wrong entry is named, with what would be allowed."""
    (project_folder / "analysis.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=said) as caught:
        find_project(project_folder)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_byte_order_mark_of_an_editor_is_no_mistake(project_folder: Path) -> None:
    """Windows editors put a BOM before the first key."""
    (project_folder / "analysis.toml").write_text('name = "甲"', encoding="utf-8-sig")
    assert find_project(project_folder).name == "甲"
