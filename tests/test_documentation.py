"""What is promised in words is there, and what is there is described."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest

import analysis
from analysis.cli import main
from analysis.project import Project
from analysis.settings import TABLES, Settings
from analysis.tables import tables

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
PARAMETERS = ["project", "period", "baseline", "place", "locale"]


def parsed(path: Path) -> dict[str, Any]:
    """Read a notebook as data."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def source_of(cell: dict[str, Any]) -> str:
    """Give the text of a cell."""
    return "".join(cell["source"])


@pytest.mark.parametrize("name", sorted(main.commands))
def test_readme_describes_every_command_and_option(root: Path, name: str) -> None:
    """The README's table of commands holds each command with all of its options."""
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    row = next((line for line in lines if line.startswith(f"| `analysis {name} ")), "")
    assert row
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in row
            if isinstance(parameter.type, click.Choice):
                assert all(str(choice) in row for choice in parameter.type.choices)


def test_readme_describes_every_table_and_notebook(root: Path) -> None:
    """No table or notebook is left out."""
    text = (root / "README.md").read_text(encoding="utf-8")
    for name in (*tables(), *(path.stem for path in NOTEBOOKS)):
        assert name in text


def test_every_column_has_a_meaning() -> None:
    """Each column of each table is described."""
    for table in tables().values():
        assert all(column.meaning for column in table.columns)


def test_every_setting_is_described(root: Path) -> None:
    """Each key of analysis.toml has a description, and stands in the file that `analysis init` makes."""
    example = (root / "src/analysis/starter/project/analysis.toml").read_text(encoding="utf-8")
    for model in (Settings, *TABLES.values()):
        for name, field in model.model_fields.items():
            assert field.description
            assert name in example


def test_links_of_the_documents_lead_somewhere(root: Path) -> None:
    """Every relative link in README, CONTRIBUTING and CHANGELOG is a file of the repository."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (root / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (root / target).is_file(), f"{name}: {target}"


def test_contributing_begins_with_an_indicator_that_works(root: Path, project_folder: Path) -> None:
    """The entry that CONTRIBUTING shows can be copied into analysis.toml and finds its example."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == "Add an indicator in five minutes"
    block = re.search(r"```toml\n(.+?)```", text, re.DOTALL)
    assert block
    entry = "\n".join(line.strip() for line in block[1].splitlines())
    settings = project_folder / "analysis.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + entry, encoding="utf-8")
    report = project_folder / "data" / "raw" / "2026-08" / "東湖社區.txt"
    example = next(iter(tomllib.loads(entry)["indicators"]["reading_rooms"]["examples"]))
    report.write_text(f"東湖社區2026年8月工作匯報\n{example}。\n", encoding="utf-8")
    assert "reading_rooms" in set(analysis.load(project_folder).figures["indicator"].dropna())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_short_and_clean(path: Path) -> None:
    """A notebook has fewer than 12 cells, with stable ids, no output, and defines no functions."""
    notebook = parsed(path)
    cells = notebook["cells"]
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert 1 < len(cells) < 12
    assert len({cell["id"] for cell in cells}) == len(cells)
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        assert not any(isinstance(node, banned) for node in ast.walk(ast.parse(source_of(cell))))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_has_the_parameters(path: Path) -> None:
    """The first code cell is tagged `parameters` and sets the five of them, in order."""
    first = next(cell for cell in parsed(path)["cells"] if cell["cell_type"] == "code")
    assert first["metadata"]["tags"] == ["parameters"]
    assert [parameter.name for parameter in analysis.parameters(path)] == PARAMETERS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_chart_is_introduced(path: Path) -> None:
    """Before each chart stands a sentence that says what to look for."""
    cells = parsed(path)["cells"]
    for before, cell in pairwise(cells):
        if cell["cell_type"] == "code" and "ws.draw(" in source_of(cell):
            assert before["cell_type"] == "markdown"
            assert "。" in source_of(before)


def test_project_folders_are_those_of_the_readme(root: Path) -> None:
    """The folders that the README names are those of a project."""
    project = Project(root=root, name="x")
    text = (root / "README.md").read_text(encoding="utf-8")
    for path in (project.raw, project.processed, project.notebooks, project.reports, project.places_file):
        assert path.relative_to(root).as_posix() in text
