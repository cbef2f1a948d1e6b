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

# A process that imports all once. A run in a child of it takes a picture of the project before every change of the
# file system, told by Python's own audit events: each is what a kill at that step leaves. Pictures that differ are then put in
# the project's place, one after the other, and a run has to complete from each. A few steps are killed in earnest, too.
DRIVER = r"""
import hashlib, json, os, shutil, sys
from contextlib import contextmanager
from pathlib import Path
import pandas, numpy, pyarrow.parquet, filelock, jinja2, openpyxl, psutil
import fontTools.subset
import analysis.tables
from analysis.rerun import assemble, execute, run
from analysis.rerun.execute import Ended, Started
from analysis.tables import build, store, workbook

folder, pictures, changed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

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
    names = sorted(path.name for path in content.charts.iterdir())
    (staged / "index.html").write_text(f"{names} {content.tables.figures['text'].tolist()}", encoding="utf-8")
    return ["index.html"], []

execute.runner = stand_in
assemble.write_products = write_products

def remembered(function, known={}):
    # The same reports are read and compared by every run.
    def asked(first, **more):
        raw = [path.read_bytes() for path in sorted((folder / "data/raw").rglob("*.txt"))]
        question = repr((function, raw, {name: value for name, value in more.items() if name != "progress"}))
        if question not in known:
            known[question] = function(first, **more)
        return known[question]
    return asked

def written_once(function, known={}):
    # The same tables are written by every run; where to and in which order is what is looked at.
    def asked(made, *more, **named):
        question = (function, id(made), repr((more, named)))
        if question not in known:
            known[question] = (made, function(made, *more, **named))
        return known[question][1]
    return asked

for name in ("check", "to_csv", "to_parquet"):
    setattr(store, name, written_once(getattr(store, name)))
workbook.figures_workbook = written_once(workbook.figures_workbook)
build.compared = remembered(build.compared)
analysis.tables.build_tables = remembered(analysis.tables.build_tables)

CHANGES = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")

def at_each_step(do):
    busy = [False]
    def hook(event, arguments):
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in CHANGES or writes) and not busy[0]:
            busy[0] = True
            do(event, arguments)
            busy[0] = False
    sys.addaudithook(hook)

def in_child(do):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        at_each_step(do)
        run(folder)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)

def files(top):
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}

def tables():
    return {name: found for name, found in files(folder / "data/processed").items() if not name.startswith("runs/")}

def mark(top):
    # What is staged goes as a whole, whatever is in it; folders that are empty count.
    rows = [
        (path.relative_to(top).as_posix(), path.read_bytes() if path.is_file() else b"")
        for path in sorted(top.rglob("*")) if ".run-" not in path.as_posix()
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()

def version(number):
    if changed == "reports":
        report = folder / "data/raw/2026-08/東湖社區.txt"
        report.write_text(f"東湖社區2026年8月工作匯報\n本月清運垃圾{20 + number}噸。\n", encoding="utf-8")
        return
    for notebook in (folder / "notebooks").glob("*.ipynb"):
        told = json.loads(notebook.read_text(encoding="utf-8"))
        told["cells"][-1]["source"] = f"{number}"
        notebook.write_text(json.dumps(told), encoding="utf-8")

def halved(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

published = folder / "reports" / "2026-08"
version(0)
run(folder)
(published / "letter.docx").write_text("mine", encoding="utf-8")
good, whole = files(published), tables()
version(1)
first = pictures / "before"
shutil.copytree(folder, first)

def picture(event, arguments, taken=[]):
    taken.append(event)
    there = pictures / f"{len(taken):04d}"
    shutil.copytree(folder, there)
    source = Path(os.fsdecode(arguments[0])) if event == "os.rename" else None
    if source and source.is_file() and source.is_relative_to(folder) and ".tmp" in source.name:
        # Killed while it was written.
        shutil.copytree(folder, there.with_name(f"{there.name}-half"))
        halved(there.with_name(f"{there.name}-half") / source.relative_to(folder))

assert in_child(picture) == 0
now, tables_now = files(published), tables()
assert now != good and now["letter.docx"] == b"mine"
taken = sorted(path for path in pictures.iterdir() if path != first)
steps = int(taken[-1].name[:4])
different = {}
for taken_now in taken:
    # What lies there is all of the old or all of the new: never a mixture.
    assert files(taken_now / "reports" / "2026-08") in (good, now), taken_now.name
    different.setdefault(mark(taken_now), taken_now)
for number, start in enumerate(different.values()):
    shutil.rmtree(folder)
    start.rename(folder)
    summary = run(folder, resume=number % 2 == 1)
    assert summary.exit_code == 0, start.name
    assert files(published) == now, start.name
    assert tables() == tables_now, start.name
    left = [path for top in ("reports", "data/processed") for path in (folder / top).rglob(".*") if path.suffix == ".tmp"]
    assert not left, (start.name, left)
killed = 0
for step in range(1, steps, 1 + steps // 4):
    shutil.rmtree(folder)
    shutil.copytree(first, folder)
    left = [step]
    def kill(*_):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), 9)
    killed += in_child(kill) == -9
    assert files(published) in (good, now), step
    assert run(folder).exit_code == 0
    assert files(published) == now, step
print(json.dumps({"steps": steps, "pictures": len(taken), "different": len(different), "killed": killed}))
"""


def drive(folder: Path, changed: str) -> dict[str, int]:
    """Run the driver in a process of its own; give what it counted."""
    pictures = folder.with_name("pictures")
    pictures.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder), str(pictures), changed],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    counted: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counted


@pytest.mark.slow
@pytest.mark.parametrize("changed", ["notebooks", "reports"])
def test_killed_at_every_step_the_last_good_outputs_are_whole(
    project_folder: Path, write_notebook: Writer, changed: str
) -> None:
    """Killed before any change of the file system, the published folder is all old or all new, and the next run completes."""
    write_notebook("01-a.ipynb", "1")
    if changed == "notebooks":
        write_notebook("02-b.ipynb", "2", analysis={"each": "place"})
    counted = drive(project_folder, changed)
    assert counted["steps"] > 50
    assert counted["different"] > 10
    assert counted["killed"] > 2


@pytest.mark.slow
@pytest.mark.usefixtures("light_products")
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
@pytest.mark.usefixtures("light_products")
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
    assert sorted(job["name"] for job in record["jobs"]) == ["2026-08/02-b", "2026-08/03-c"]


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
