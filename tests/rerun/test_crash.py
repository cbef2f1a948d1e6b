"""Whatever stops a run, what was published before is whole, and the next run completes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from analysis.rerun import run
from analysis.rerun.publish import clean

Writer = Callable[..., Path]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

# A process that imports all once, and then forks a run for every step: each is killed a step later than the one before.
# A step is any change of the file system, told by Python's own audit events.
DRIVER = '''
import json, os, sys
from contextlib import contextmanager
from pathlib import Path
import pandas, numpy, pyarrow.parquet, filelock, jinja2, openpyxl, psutil
from analysis.errors import AnalysisError
from analysis.rerun import execute, products, run
from analysis.rerun.execute import Ended, Started
from analysis.rerun.summary import Failure

folder, stride, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

@contextmanager
def stand_in(*_, **__):
    def perform(orders, at_once=1):
        for order in orders:
            yield Started(order.name)
            for part, file in (("notebooks", order.target), ("charts", order.target + ".svg")):
                (order.folder / part).mkdir(parents=True, exist_ok=True)
                (order.folder / part / file).write_text(order.source.read_text(encoding="utf-8"), encoding="utf-8")
            yield Ended(order.name, "", 0.1, 1)
    yield perform

def write_products(staged, content):
    (staged / "index.html").write_text(str(sorted(path.name for path in content.charts.iterdir())), encoding="utf-8")
    return ["index.html"], []

execute.runner = stand_in
from analysis.rerun import assemble
assemble.write_products = write_products

CHANGES = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")

def killed_after(steps):
    """Run in a child that is killed at a step; give whether it was."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    left = [steps]
    def hook(event, arguments):
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event in CHANGES or writes:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), 9)
    sys.addaudithook(hook)
    try:
        run(folder)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)

def state():
    published = folder / "reports" / "2026-08"
    return {path.relative_to(published).as_posix(): path.read_text(encoding="utf-8") for path in sorted(published.rglob("*")) if path.is_file()}

def version(number):
    for notebook in (folder / "notebooks").glob("*.ipynb"):
        told = json.loads(notebook.read_text(encoding="utf-8"))
        told["cells"][-1]["source"] = f"{number}"
        notebook.write_text(json.dumps(told), encoding="utf-8")

version(0)
run(folder)
(folder / "reports" / "2026-08" / "letter.docx").write_text("mine", encoding="utf-8")
good, steps, number = state(), 1, 0
report = []
while steps < limit:
    number += 1
    version(number)
    killed = killed_after(steps)
    found = state()
    run(folder)
    now = state()
    # What lies there after the kill is all of the old, or all of the new: never a mixture.
    assert found in (good, now), (steps, sorted(found), sorted(good))
    assert now["letter.docx"] == "mine"
    assert now != good, steps
    assert not list((folder / "reports").glob(".run-*")), steps
    good = now
    report.append(killed)
    if not killed:
        break
    steps += stride
print(json.dumps({"steps": steps, "killed": sum(report), "ended": not report[-1]}))
'''


def drive(folder: Path, stride: int, limit: int) -> dict[str, int]:
    """Run the driver in a process of its own; give what it counted."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder), str(stride), str(limit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    counted: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counted


@pytest.mark.slow
def test_killed_at_any_step_the_last_good_outputs_are_whole(
    project_folder: Path, write_notebook: Writer
) -> None:
    """A run is killed at one change of the file system after the other; the published folder is always old or new."""
    write_notebook("01-a.ipynb", "1")
    write_notebook("02-b.ipynb", "2", analysis={"each": "place"})
    counted = drive(project_folder, 13, 1000)
    assert counted["ended"], "it was never left to end"
    assert counted["killed"] > 5


@pytest.mark.slow
def test_a_full_disk_leaves_what_was_published(project_folder: Path, write_notebook: Writer) -> None:
    """Where no file may grow, the run says so in one line, and completes when there is room again."""
    write_notebook("01-a.ipynb", "print('a' * 200_000)")
    published = project_folder / "reports/2026-08"
    run(project_folder)
    before = {path: path.read_bytes() for path in published.rglob("*") if path.is_file()}
    write_notebook("01-a.ipynb", "print('b' * 200_000)")
    # Works everywhere, and for root too; it stands for a disk of which so much is left.
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))\n"
        "from analysis.cli import main; main(['run', '--project', sys.argv[1]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project_folder), "150000"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in published.rglob("*") if path.is_file()} == before
    assert run(project_folder).done == ("01-a",)


def test_tables_are_written_all_or_not_at_all(tmp_path: Path) -> None:
    """On a small file system that is full, files that belong together stay as they were."""
    from analysis.tables.files import write_files

    folder, contents = tmp_path / "small", {"a": b"1" * 10, "b": b"1" * 10}
    folder.mkdir()
    mounted = os.getuid() == 0 and _mounted(folder)
    try:
        write_files(folder, contents)
        large = {"a": b"2" * 10, "b": b"2" * 4_000_000}
        with pytest.raises(OSError, match=r"No space|too large"):
            write_files(folder, large) if mounted else _limited(folder, large)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == contents
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 - where the machine has it


def _mounted(folder: Path) -> bool:
    asked = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _limited(folder: Path, contents: dict[str, bytes]) -> None:
    """Write where no file may be larger than a megabyte, as on a file system that is nearly full."""
    import resource
    import signal

    from analysis.tables.files import write_files

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, usual[1]))
    try:
        write_files(folder, contents)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_folder_lost_between_two_names_comes_back(tmp_path: Path) -> None:
    """Where folders cannot be exchanged in one step, a run killed between the two steps is mended by the next."""
    left = tmp_path / "reports" / ".run-x.tmp"
    (left / "2026-08.old" / "charts").mkdir(parents=True)
    clean(tmp_path / "reports")
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["2026-08"]


@pytest.mark.slow
def test_a_killed_run_is_resumed_and_leaves_no_process(
    project_folder: Path, write_notebook: Writer, tmp_path: Path
) -> None:
    """Of three notebooks the second kills the run itself; the first is not done again, and no lock is kept."""
    import psutil

    flag = tmp_path / "killed"
    killer = (
        "import os, pathlib, psutil\n"
        f"flag = pathlib.Path({str(flag)!r})\n"
        "if not flag.exists():\n"
        "    flag.touch()\n"
        "    [p.kill() for p in psutil.Process().parents() if 'main()' in ' '.join(p.cmdline())]\n"
        "    import time; time.sleep(600)"
    )
    write_notebook("01-a.ipynb", "1")
    write_notebook("02-b.ipynb", killer)
    write_notebook("03-c.ipynb", "3")
    code = "import sys; from analysis.cli import main; sys.argv = ['analysis', *sys.argv[1:]]; main()"
    asked = [sys.executable, "-c", code, "run", "--project", str(project_folder), "--jobs", "1"]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == -9
    marks = str(project_folder)
    gone = psutil.wait_procs(
        [p for p in psutil.process_iter() if p.pid != os.getpid() and marks in " ".join(_environment(p))],
        timeout=60,
    )
    assert not gone[1]
    summary = run(project_folder, resume=True)
    assert summary.done == ("01-a", "02-b", "03-c")
    record = json.loads(
        (project_folder / "data/processed/runs" / summary.run / "run.json").read_text("utf-8")
    )
    assert [job["name"] for job in record["jobs"]] == ["2026-08/02-b", "2026-08/03-c"]


def _environment(process: object) -> list[str]:
    import psutil

    try:
        return list(process.environ().values())  # type: ignore[attr-defined]
    except (psutil.Error, OSError):
        return []


@pytest.mark.slow
def test_two_runs_at_once_do_not_harm_each_other(project_folder: Path, write_notebook: Writer) -> None:
    """The second waits for the first, and then has nothing to do; both end well."""
    write_notebook("01-a.ipynb", "1")
    asked = [sys.executable, "-m", "analysis", "run", "--project", str(project_folder)]
    both = [
        subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("nothing has changed" in out for out, _ in said) == 1


def test_a_run_without_a_record_cannot_be_resumed(project_folder: Path) -> None:
    """The message says what to do instead."""
    with pytest.raises(AnalysisError, match="without --resume"):
        run(project_folder, resume=True)
