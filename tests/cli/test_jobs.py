"""The table of jobs on a terminal, and plain lines elsewhere."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from rich.console import Console

from analysis.cli.jobs import Jobs
from analysis.rerun.progress import Expected

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Give its time."""
        return self.now


def drawn(shown: Jobs, width: int = 72) -> list[str]:
    """Draw the table as text."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as capture:
        console.print(shown.table())
    return [line.rstrip() for line in capture.get().splitlines()]


def test_the_table_shows_running_failed_waiting_and_done(capsys: pytest.CaptureFixture[str]) -> None:
    """Names and reasons are no markup, Chinese keeps its columns, and two at once halve the time left."""
    clock = Clock()
    shown = Jobs(clock=clock)
    names = {"2026-08/01-a": 10.0, "2026-08/02-[b]東湖": 30.0, "2026-08/03-c": 20.0, "2026-08/04-d": None}
    shown.jobs([Expected(name, "notebook changed", took) for name, took in names.items()], 2)
    for name in list(names)[:2]:
        shown.started(name)
    clock.now = 12.0
    shown.ended("2026-08/01-a", 12.0, "")
    shown.started("2026-08/03-c")
    clock.now = 14.0
    shown.ended("2026-08/03-c", 2.0, "cell 1: ValueError: [red]no[/red]")
    assert drawn(shown) == [
        "2026-08/02-[b]東湖    14 s  running: notebook changed",
        "2026-08/03-c         2.0 s  failed: cell 1: ValueError: [red]no[/red]",
        "2026-08/04-d                waiting",
        "2026-08/01-a        12.0 s  done",
        # 16 seconds of the one that runs, and as much as the mean for the one that is new, by two.
        "2 of 4 notebooks            about 12 s left",
    ]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "notebooks: 4"
    assert lines[-1].startswith("2/4 2026-08/03-c: failed: cell 1: ValueError: [red]no[/red], 2.0 s;")


def test_a_long_table_is_cut_and_says_how_many_there_are() -> None:
    """A thousand jobs take a dozen lines; a long reason is cut at the edge of the terminal."""
    shown = Jobs(clock=Clock())
    shown.jobs([Expected(f"2026-08/{number:04d}", "new", 60.0) for number in range(1000)], 2)
    shown.started("2026-08/0700")
    shown.ended("2026-08/0700", 60.0, "no " * 100)
    lines = drawn(shown)
    assert len(lines) == 13
    assert lines[0].endswith("…")
    assert lines[-1].split() == ["1", "of", "1000", "notebooks", "about", "499", "min", "30", "s", "left"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such terminals")
@pytest.mark.parametrize("engine", ["", "kernel"])
def test_nothing_tears_the_table(project_folder: Path, engine: str) -> None:
    """What notebooks and their children write to standard error is not on the terminal; it is clean after."""
    noise = (
        "import os, sys, time, warnings\nos.write(2, b'TORN')\nos.system('echo TORN >&2')\n"
        # Long enough to be seen running.
        "warnings.warn('TORN')\ntime.sleep(1)"
    )
    made = new_notebook(cells=[new_code_cell(noise)])
    nbformat.write(made, project_folder / "notebooks" / "01-noise.ipynb")
    code = (
        "import sys\nfrom analysis.rerun import assemble\nassemble.write_products = lambda *_: ([], [])\n"
        "from analysis.cli import main; main(['run', '--project', sys.argv[1]])"
    )
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(project_folder)], stdout=subprocess.PIPE, stderr=theirs, text=True,
        env=os.environ | {"REPORT_FIGURES_ENGINE": engine, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:
            # So Linux says that nobody writes any more.
            break
        if not part:
            break
        written += part
    os.close(ours)
    assert process.stdout is not None
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait() == 0, said
    screen = written.decode("utf-8", "replace")
    text = CODES.sub("", screen)
    assert "TORN" not in text
    assert "running: new" in text
    assert re.search(r"[01] of 1 notebooks\s+about \d+ s left", text)
    # The table goes when it is done: the last thing shown erases its line, and the cursor is there again.
    assert screen.rindex("\x1b[?25h") > screen.rindex("\x1b[?25l")
    assert screen.rstrip("\r\n").endswith("\x1b[2K")
    assert "notebooks: 1 done" in said
