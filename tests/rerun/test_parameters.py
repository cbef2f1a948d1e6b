"""Parameters of notebooks: declared in the first cell, checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.errors import UsageError
from analysis.rerun.typed import Parameter, checked, declared, parameters, plain, value_of

Writer = Callable[..., Path]

KINDS: list[tuple[str, str, Any]] = [
    ("str", "0110", "0110"), ("str", "2025_12", "2025_12"), ("str", "007", "007"), ("int", "12", 12), ("float", "2.5", 2.5),
    ("bool", "true", True), ("Decimal", "0.10", Decimal("0.10")), ("date", "2026-08-31", date(2026, 8, 31)),
    ("period", "2026-08", "2026-08"), ("place", "青山社区", "青山社区"), ("path", "a/b", Path("a/b")), ("locale", "en", "en"),
    ("choice[high, low]", "low", "low"), ("list[int]", "1, 2,3", [1, 2, 3]), ("list[str]", "01,02", ["01", "02"]),
]  # fmt: skip
WRONG = [
    ("int", "1.5"), ("int", "2025_12"), ("float", "x"), ("bool", "maybe"), ("Decimal", "1_0"), ("date", "2026-13-01"), ("period", "2025_12"),
    ("locale", "zh"), ("choice[high, low]", "middle"), ("list[int]", "1,x"), ("str", 110), ("period", 202512), ("place", 7),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "value"), KINDS)
def test_text_becomes_a_value_of_its_kind(kind: str, text: str, value: Any) -> None:
    """What is typed on a command line is converted to the declared kind, and text stays text."""
    found = value_of(Parameter("p", kind, None), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("kind", "given_"), WRONG)
def test_another_kind_is_refused(kind: str, given_: Any) -> None:
    """A value of another kind is refused by name, also a number that stands where text is wanted."""
    with pytest.raises(UsageError):
        checked([Parameter("p", kind, None)], {"p": given_})


@settings(max_examples=60)
@given(st.text(max_size=20))
def test_text_is_never_changed(text: str) -> None:
    """Whatever the text, a parameter of kind str is that text."""
    assert value_of(Parameter("p", "str", None), text) == text


def test_an_unknown_name_names_the_nearest() -> None:
    """A misspelt name is an error that names the one that was meant."""
    with pytest.raises(UsageError, match="did you mean place"):
        checked([Parameter("place", "place", None), Parameter("period", "period", None)], {"plaec": "x"})


def test_a_cell_declares_kinds_defaults_and_what_they_are() -> None:
    """Annotations give kinds, comments say what a parameter is, a default without annotation gives its own kind."""
    found = declared('a: "period" = None  # such as 2026-08\nb = 3\nc: "list[str]" = ["x"]\n')
    assert [(p.name, p.kind, p.default, p.help) for p in found] == [
        ("a", "period", None, "such as 2026-08"), ("b", "int", 3, ""), ("c", "list[str]", ["x"], ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "match"),
    [
        ('a: "perod" = None', "did you mean period"),
        ('a: "int" = "x"', "a is no int"),
        ("a: = 3", "not Python"),
    ],
)
def test_a_wrong_declaration_is_an_error(source: str, match: str) -> None:
    """An unknown kind, a default of another kind and a cell that is no Python are said."""
    with pytest.raises(UsageError, match=match):
        declared(source)


@pytest.mark.parametrize("content", ["", "{}", "[1]"])
def test_what_is_no_notebook_is_said(tmp_path: Path, content: str) -> None:
    """A file that is no notebook is one line, and so is one that is not there."""
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="no notebook"):
        parameters(path)
    with pytest.raises(UsageError, match="cannot open"):
        parameters(tmp_path / "y.ipynb")


def test_values_can_be_written_down() -> None:
    """Days, paths and decimals become their text for the injected cell."""
    assert plain([date(2026, 8, 31), Path("a"), Decimal("0.10"), 3]) == ["2026-08-31", "a", "0.10", 3]


def test_every_notebook_of_the_project_declares_its_parameters(root: Path) -> None:
    """The notebooks take a project, two periods, a place and a locale, each with a kind and a comment."""
    for notebook in sorted((root / "notebooks").glob("*.ipynb")):
        found = parameters(notebook)
        assert [p.kind for p in found] == ["path", "period", "period", "place", "locale"], notebook
        assert all(p.help for p in found)


def test_the_wrong_parameter_stops_a_run_before_it_begins(
    project_folder: Path, write_notebook: Writer
) -> None:
    """An unknown name and a value of another kind are errors, and nothing is executed."""
    write_notebook(
        "01-a.ipynb", "1 + 1", cell='period: "period" = None\ncode: "int" = 1\nwhere: "place" = None'
    )
    for wrong in ({"cod": "1"}, {"code": "x"}, {"where": "no such place"}):
        with pytest.raises(UsageError):
            analysis.run(project_folder, parameters=wrong)
    assert not list(project_folder.glob("reports/*/notebooks/*"))


@pytest.mark.slow
def test_a_notebook_checks_what_plain_papermill_injects(write_notebook: Writer) -> None:
    """Papermill's own command line turns 2025_12 into a number and lets unknown names pass; the first call does not."""
    from papermill import PapermillExecutionError, execute_notebook

    cell = 'project: "path" = "."\nperiod: "period" = None\ncode: "str" = "1"'
    source = write_notebook(
        "01-a.ipynb",
        "import analysis\nws = analysis.notebook(project, period)\nws.parameters['code']",
        cell=cell,
    )
    for wrong, said in (({"code": 110}, "code is no str"), ({"perod": "2026-08"}, "did you mean period")):
        with pytest.raises(PapermillExecutionError, match=said):
            execute_notebook(
                str(source),
                None,
                parameters=wrong,
                cwd=str(source.parent),
                progress_bar=False,
                kernel_name="python3",
                language="python",
            )


@pytest.mark.slow
def test_chinese_stays_readable_in_the_executed_notebook(
    project_folder: Path, write_notebook: Writer
) -> None:
    """The injected cell holds the text as it was typed, leading noughts and quotation marks too."""
    write_notebook("01-a.ipynb", "print(code)", cell='code: "str" = ""')
    summary = analysis.run(project_folder, parameters={"code": '0110“青山”"社區"\\'})
    assert not summary.failed
    (executed,) = project_folder.glob("reports/*/notebooks/01-a.ipynb")
    notebook = nbformat.read(executed, as_version=4)
    assert "青山" in notebook.cells[1]["source"]
    assert notebook.cells[2]["outputs"][0]["text"] == '0110“青山”"社區"\\\n'
