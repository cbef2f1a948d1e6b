"""The schedules in docs: each is read by what will read it, and calls the command as it is."""

from __future__ import annotations

import ast
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from lxml import etree

from analysis.cli import main


@pytest.fixture
def schedules(root: Path) -> Path:
    """Give the folder of the schedules."""
    return root / "docs" / "schedules"


def understood(command: str) -> bool:
    """Tell whether the command line knows the words after `analysis`."""
    words = shlex.split(command.split("analysis", 1)[1].split(">>", 1)[0])
    assert words[0] in main.commands
    context = main.commands[words[0]].make_context(words[0], words[1:])
    return context.info_name == "run"


def test_systemd_takes_the_timer_and_the_service(schedules: Path, tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say about them; the program and user are those of this machine here."""
    for unit in schedules.glob("report-figures.*"):
        text = unit.read_text(encoding="utf-8").replace("/srv/reports/.venv/bin/analysis", "/bin/true")
        (tmp_path / unit.name).write_text(
            text.replace("/srv/reports", str(tmp_path)).replace("User=reports", "User=root"),
            encoding="utf-8",
        )
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "report-figures.service"), str(tmp_path / "report-figures.timer")],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert "report-figures" not in checked.stderr
    service = (schedules / "report-figures.service").read_text(encoding="utf-8")
    (start,) = [line for line in service.splitlines() if line.startswith("ExecStart=")]
    assert understood(start)


def test_cron_starts_the_run(schedules: Path) -> None:
    """Five fields, a user, and the command as it is."""
    (line,) = [
        line
        for line in (schedules / "report-figures.cron").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    *when, user, command = line.split(maxsplit=6)
    assert (when, user) == (["15", "2", "*", "*", "*"], "reports")
    assert understood(command)


def test_github_actions_is_a_workflow(schedules: Path) -> None:
    """It has a schedule, a limit, and steps; its shell lines are shell."""
    workflow = yaml.safe_load((schedules / "github-actions.yml").read_text(encoding="utf-8"))
    # YAML takes the bare word `on` for a truth value.
    assert workflow[True]["schedule"] == [{"cron": "15 2 * * *"}]
    job = workflow["jobs"]["run"]
    assert job["timeout-minutes"]
    lines = [step["run"] for step in job["steps"] if "run" in step]
    for line in lines:
        subprocess.run([shutil.which("sh") or "/bin/sh", "-n", "-c", line], check=True)
    assert lines[-1].startswith(".venv/bin/analysis run")


def test_the_windows_task_is_whole(schedules: Path) -> None:
    """Well-formed, in the scheduler's own name space, one trigger and one action with the command as it is."""
    task = etree.parse(str(schedules / "windows-task.xml")).getroot()
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    (command,) = task.findall("t:Actions/t:Exec/t:Command", space)
    (arguments,) = task.findall("t:Actions/t:Exec/t:Arguments", space)
    assert task.findall("t:Triggers/t:CalendarTrigger/t:ScheduleByDay", space)
    assert str(command.text).endswith("analysis.exe")
    assert understood(f"analysis {arguments.text}")


def test_the_airflow_dag_names_what_there_is(schedules: Path, root: Path) -> None:
    """Its notebook is one of the project's, its parameters are declared there, and its command is known."""
    import analysis

    tree = ast.parse((schedules / "airflow_dag.py").read_text(encoding="utf-8"))
    calls = {
        call.func.id: {word.arg: word.value for word in call.keywords}
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
    notebook = ast.unparse(calls["PapermillOperator"]["input_nb"]).rsplit("/", 1)[-1].strip("'\"")
    declared = {parameter.name for parameter in analysis.parameters(root / "notebooks" / notebook)}
    given = calls["PapermillOperator"]["parameters"]
    assert isinstance(given, ast.Dict)
    assert {key.value for key in given.keys if isinstance(key, ast.Constant)} <= declared
    assert "analysis run" in ast.unparse(calls["BashOperator"]["bash_command"])
