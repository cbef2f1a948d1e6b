"""The warmed process: where it is killed it is started again, and no job is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from analysis.rerun import serving
from analysis.rerun.execute import Ended, Noted, Order, runner
from analysis.rerun.serving import ServerError

Writer = Callable[..., Path]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
# A cell runs below its job, which runs below the warmed process.
KILL = "import psutil\npsutil.Process().parent().parent().kill()\nimport time; time.sleep(600)"


def orders(tmp_path: Path, write_notebook: Writer, **cells: str) -> list[Order]:
    """Order a notebook for each cell."""
    return [
        Order(name, write_notebook(f"{name}.ipynb", cell), tmp_path / name, f"{name}.ipynb", {})
        for name, cell in cells.items()
    ]


@pytest.mark.slow
def test_a_killed_server_is_started_again(tmp_path: Path, write_notebook: Writer) -> None:
    """A job that ran beside is done again; one that kills the process twice fails with a reason; once is forgiven."""
    good, once = tmp_path / "good-began", tmp_path / "once-began"
    waits = f"import pathlib, time\nwhile not pathlib.Path({str(good)!r}).exists():\n    time.sleep(0.01)\n"
    first = "import pathlib, time\nflag = pathlib.Path({!r})\nif not flag.exists():\n    flag.touch()\n    "
    asked = orders(
        tmp_path,
        write_notebook,
        always=waits + KILL,
        good=first.format(str(good)) + "time.sleep(600)\n6 * 7",
        once=first.format(str(once)) + KILL.replace("\n", "\n    ") + "\n6 * 7",
    )
    with runner(tmp_path) as execute:
        events = [*execute(asked[:2], 2), *execute(asked[2:], 2)]
    ended = {event.name: event.reason for event in events if isinstance(event, Ended)}
    assert ended.keys() == {"always", "good", "once"}
    assert ended["always"].startswith("twice, the process that runs notebooks was killed (signal 9)")
    notes = [event.text for event in events if isinstance(event, Noted)]
    assert len(notes) == 3
    assert all("started again" in note for note in notes)
    for name in ("good", "once"):
        assert not ended[name]
        path = tmp_path / name / "notebooks" / f"{name}.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert cells[-1]["outputs"][0]["data"]["text/plain"] == ["42"]
    # A process that reads files, which another test may have left warm, is none of these.
    assert not [child for child in psutil.Process().children() if "rerun.server" in " ".join(child.cmdline())]


def test_memory_is_that_of_each_job(tmp_path: Path, write_notebook: Writer) -> None:
    """A job that took much memory does not lend its peak to the next one in the same process."""
    asked = orders(tmp_path, write_notebook, much="x = b'1' * 300_000_000", little="1")
    with runner(tmp_path) as execute:
        ended = {event.name: event for event in execute(asked, 1) if isinstance(event, Ended)}
    much, little = ended["much"].peak, ended["little"].peak
    assert much is not None
    assert little is not None
    assert much > little + 200_000_000


def test_a_worker_that_dies_stops_no_other_job(tmp_path: Path, write_notebook: Writer) -> None:
    """Where the process above a notebook is killed, the job fails with a reason, and the next one runs."""
    kill = "import psutil\npsutil.Process().parent().kill()\nimport time; time.sleep(600)"
    asked = orders(tmp_path, write_notebook, killed=kill, next="6 * 7")
    with runner(tmp_path) as execute:
        ended = {event.name: event.reason for event in execute(asked, 1) if isinstance(event, Ended)}
    assert ended == {"killed": "its process ended with -9", "next": ""}


def test_a_server_that_cannot_live_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the process ends again and again before any job begins, the run says so instead of trying for ever."""
    monkeypatch.setattr(serving, "_START", "import sys; sys.exit(3)")
    with serving.serving() as execute, pytest.raises(ServerError, match="ended with 3, and did so again"):
        list(execute([{"name": "a", "folder": "a"}], 1))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system lists no open files in /proc")
def test_no_open_font_is_shared() -> None:
    """A fork of a warmed process keeps no font file of its parent open: two would move each other's place in it."""
    code = (
        "import os; from analysis.rerun.warming import warm_all; warm_all()\n"
        "if os.fork(): os._exit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "names = [os.path.realpath('/proc/self/fd/' + name) for name in os.listdir('/proc/self/fd')]\n"
        "print([name for name in names if name.endswith(('.ttf', '.otf'))], flush=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
