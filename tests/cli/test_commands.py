"""The command line as a whole: help, errors, and the commands that read a project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import analysis
from analysis.cli import main


def invoke(*arguments: str | Path) -> Result:
    """Run the command line inside this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def fastest(command: list[str]) -> float:
    """Give the least processor time of five runs, in seconds: what the program needs when all is calm."""
    times = []
    for _ in range(5):
        begun = os.times()
        subprocess.run(command, check=True, capture_output=True)
        ended = os.times()
        times.append(
            ended.children_user - begun.children_user + ended.children_system - begun.children_system
        )
    return min(times)


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_every_command_has_help(command: str) -> None:
    """Every command and every option of it says what it does."""
    result = invoke(*([command] if command else []), "--help")
    assert result.exit_code == 0
    group = main.commands[command] if command else main
    assert group.help
    assert all(option.help for option in group.params if isinstance(option, click.Option))


def test_help_is_quick() -> None:
    """`analysis --help` answers in under 0.3 s."""
    assert fastest([sys.executable, "-m", "analysis.cli", "--help"]) < 0.3


def test_import_is_instant() -> None:
    """`import analysis` takes less than 0.1 s more than Python itself, and loads no library."""
    bare = fastest([sys.executable, "-c", "pass"])
    assert fastest([sys.executable, "-c", "import analysis"]) - bare < 0.1
    loaded = "import analysis, sys; sys.exit(any(m in sys.modules for m in ('pandas', 'click', 'pydantic')))"
    subprocess.run([sys.executable, "-c", loaded], check=True)


def test_every_command_is_a_function() -> None:
    """What the command line can do, the library can."""
    for name in main.commands:
        assert callable(getattr(analysis, name))
        assert name in dir(analysis)


def test_every_public_name_can_be_imported() -> None:
    """No lazy name leads nowhere."""
    for name in analysis.__all__:
        assert getattr(analysis, name).__doc__


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["extract"], ["compare", "--format", "pdf"], ["run", "--project", "/nowhere"]]
)
def test_wrong_usage_is_one_line(arguments: list[str]) -> None:
    """Wrong usage ends with exit code 2 and one line on standard error."""
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_console_script_is_installed() -> None:
    """The program `analysis` stands beside this Python."""
    assert shutil.which("analysis", path=str(Path(sys.executable).parent))


def test_compare_as_table_csv_and_json(project_folder: Path) -> None:
    """All formats hold the same rows, and a vague number its interval."""
    common = ["--period", "2026-08", "--baseline", "2026-07", "--project", project_folder]
    table = invoke("compare", *common)
    lines = [json.loads(line) for line in invoke("compare", *common, "--format", "jsonl").stdout.splitlines()]
    csv = invoke("compare", *common, "--format", "csv").stdout
    assert table.exit_code == 0
    assert len(table.stdout.splitlines()) == len(lines) + 1 == len(csv.splitlines())
    assert "東湖社區" in table.stdout
    assert "[" in table.stdout
    assert {row["verdict"] for row in lines} >= {"up", "down"}


def test_compare_reads_what_is_new(project_folder: Path) -> None:
    """A report that has changed since the last time is read again."""
    first = analysis.compare(project_folder)
    path = project_folder / "data" / "raw" / "2026-08" / "東湖社區.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("20噸", "30噸"), encoding="utf-8")
    second = analysis.compare(project_folder)
    rubbish = [frame[(frame["place"] == "東湖社區") & (frame["unit"] == "吨")] for frame in (first, second)]
    assert [frame["value"].tolist() for frame in rubbish] == [[20.0], [30.0]]


def test_compare_with_a_wrong_label(project_folder: Path) -> None:
    """A label that is no period names the accepted forms."""
    result = invoke("compare", "--period", "202608", "--baseline", "2026-07", "--project", project_folder)
    assert result.exit_code == 2
    assert "2026-08" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_compare_a_period_without_data(project_folder: Path) -> None:
    """A period in which nothing is stated names those that have data."""
    result = invoke("compare", "--period", "2025-01", "--baseline", "2026-07", "--project", project_folder)
    assert result.exit_code == 2
    assert "2026-08" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_search_finds_either_script(project_folder: Path) -> None:
    """Traditional words find Simplified sentences and the other way round."""
    for words in ("垃圾", "清運", "清运"):
        found = analysis.search(words, project_folder)
        assert set(found["place"]) == {"東湖社區", "青山社区"}
    assert set(analysis.search("garbage 東湖", project_folder)["place"].dropna()) <= {"東湖社區"}


def test_search_without_a_hit(project_folder: Path) -> None:
    """Nothing found is said, and is no failure."""
    result = invoke("search", "直升機", "--project", project_folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "直升機" in result.stderr


def test_show_marks_the_figure_in_its_sentence(project_folder: Path) -> None:
    """The figure stands marked with file, place, period, value and interval; part of its key will do."""
    found = analysis.search("志願者 東湖社區", project_folder)
    key = found.loc[found["text"].str.contains("多"), "figure_id"].iloc[0]
    result = invoke("show", key[:10], "--project", project_folder)
    assert result.exit_code == 0
    for word in ("【", "2026-08/東湖社區.txt", "東湖社區", "2026-08", "300", key):
        assert word in result.stdout


def test_show_an_unknown_figure(project_folder: Path) -> None:
    """An unknown key is wrong usage and leads to `search`."""
    result = invoke("show", "zzzz", "--project", project_folder)
    assert result.exit_code == 2
    assert "analysis search" in result.stderr


def test_doctor_names_what_is_missing(project_folder: Path) -> None:
    """A project without notebooks is found, with how to mend it, and exit code 1."""
    result = invoke("doctor", "--project", project_folder)
    assert result.exit_code == 1
    line = next(line for line in result.stdout.splitlines() if line.startswith("notebooks"))
    assert "analysis init" in line


def test_doctor_without_a_project(tmp_path: Path) -> None:
    """Outside of a project the machine is looked at, and that is no failure."""
    result = invoke("doctor", "--project", tmp_path)
    assert result.exit_code == 0
    assert "Chinese font" in result.stdout
