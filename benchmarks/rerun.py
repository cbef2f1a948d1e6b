"""Measure the rerun beside others: `python -m benchmarks.rerun`.

Side by side in one run, on two cores: notebooks of four charts by this engine, by papermill commands one after
the other, by nbclient in two processes, and by a bare script that draws the same charts in two forked processes
with everything imported. Then where the time of one notebook goes, in processor time; and many small notebooks:
seconds a job, memory of the whole process tree, and what is left behind.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_notebook

from analysis.rerun.execute import Ended, Order, runner

AT_ONCE = 2
_STEPS = 8
_PARAMETERS = 'number: "int" = 1'
_SETUP = """import numpy as np
import pandas as pd
import matplotlib.pyplot as plt

rows = pd.DataFrame({"month": range(24), "value": np.arange(24) * number % 17, "place": ["a", "b"] * 12})"""
_CHARTS = (
    "figure, axes = plt.subplots(figsize=(8, 4.5))\nfor name, part in rows.groupby('place'):\n    axes.plot(part['month'], part['value'], marker='o', label=name)\naxes.legend()\naxes.set_title('lines')\nplt.show()",
    "figure, axes = plt.subplots(figsize=(8, 4.5))\naxes.bar(rows['month'], rows['value'])\naxes.set_title('bars')\nplt.show()",
    "figure, axes = plt.subplots(figsize=(8, 4.5))\naxes.scatter(rows['month'], rows['value'])\naxes.set_title('dots')\nplt.show()",
    "figure, axes = plt.subplots(1, 2, figsize=(8, 4.5))\naxes[0].hist(rows['value'])\naxes[1].boxplot(rows['value'])\nplt.show()",
)


def written(folder: Path, count: int, cells: Sequence[str]) -> list[Path]:
    """Write notebooks of a parameter cell and some others."""
    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        first = new_code_cell(_PARAMETERS, metadata={"tags": ["parameters"]})  # type: ignore[no-untyped-call]
        made = new_notebook(cells=[first, *map(new_code_cell, cells)])  # type: ignore[no-untyped-call]
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        paths.append(folder / f"{number:04d}.ipynb")
        nbformat.write(made, paths[-1])  # type: ignore[no-untyped-call]
    return paths


def by_this_engine(
    notebooks: Sequence[Path], folder: Path, watch: Callable[[int], None] | None = None
) -> tuple[float, float]:
    """Give the seconds from nothing, and those from when the process was warm."""
    begin = time.perf_counter()
    warm = 0.0
    with runner(folder) as execute:
        warmer = Order("warm", notebooks[0], folder / "warm", "warm.ipynb", {})
        list(execute([warmer], 1))
        warm = time.perf_counter()
        orders = [
            Order(path.stem, path, folder / path.stem, path.name, {"number": number})
            for number, path in enumerate(notebooks)
        ]
        done = 0
        for event in execute(orders, AT_ONCE):
            if isinstance(event, Ended):
                assert not event.reason, event
                done += 1
                if watch:
                    watch(done)
        end = time.perf_counter()
    return end - begin, end - warm


def by_commands(notebooks: Sequence[Path], folder: Path) -> float:
    """Run papermill's own command, one notebook after the other."""
    folder.mkdir()
    begin = time.perf_counter()
    for number, path in enumerate(notebooks):
        asked = [
            sys.executable,
            "-m",
            "papermill",
            str(path),
            str(folder / path.name),
            "-p",
            "number",
            str(number),
        ]
        subprocess.run([*asked, "--no-progress-bar"], check=True, capture_output=True)  # noqa: S603 - this very Python
    return time.perf_counter() - begin


def _by_kernel(path: Path) -> None:
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, startup_timeout=600, iopub_timeout=600).execute()


def by_nbclient(notebooks: Sequence[Path]) -> float:
    """Run nbclient in two processes."""
    begin = time.perf_counter()
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
        list(pool.map(_by_kernel, notebooks))
    return time.perf_counter() - begin


_SCRIPT = """
import io, os, sys, time
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot as plt, numpy, pandas
def show():
    for number in plt.get_fignums():
        plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close("all")
plt.show = show
cells = {cells!r}
exec("number = 1\\n" + "\\n".join(cells), {{}})
begin = time.perf_counter()
children = []
for worker in range({at_once}):
    child = os.fork()
    if child == 0:
        for number in range(worker, {count}, {at_once}):
            names = {{"number": number}}
            for cell in cells:
                exec(cell, names)
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
used = os.times()
print(time.perf_counter() - begin, used.children_user + used.children_system)
"""


def by_script(count: int, cells: Sequence[str]) -> tuple[float, float]:
    """Draw the same charts in two forked processes with everything imported.

    Returns
    -------
    The seconds after that, and those of the processor.
    """
    code = _SCRIPT.format(cells=list(cells), at_once=AT_ONCE, count=count)
    # The pictures are those of the notebook byte for byte: same canvas, dots an inch, and cut to what is drawn.
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 - this very Python
    seconds, processor = map(float, done.stdout.split())
    return seconds, processor


def _usage(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def steps(charts: Path, empty: Path, folder: Path) -> dict[str, float]:
    """Give the processor milliseconds of each step of a notebook, the median of some; run in a process of its own."""
    from analysis.rerun.execute import run_job
    from analysis.rerun.readers import publish_page
    from analysis.rerun.tidy import tidy
    from analysis.rerun.warming import warm_all

    warm_all()
    taken: dict[str, list[float]] = {}

    def timed(name: str, did: Callable[[], object], who: int = resource.RUSAGE_SELF) -> float:
        begin = _usage(who)
        did()
        taken.setdefault(name, []).append(1000 * (_usage(who) - begin))
        return taken[name][-1]

    def job(path: Path) -> Callable[[], object]:
        told = {"name": path.stem, "source": str(path), "folder": str(folder / "steps"), "target": path.name}
        return lambda: run_job(told | {"parameters": {"number": 1}})

    ran = folder / "steps" / "notebooks" / charts.name
    for _ in range(_STEPS):
        timed("opening a shell in a fork", job(empty), resource.RUSAGE_CHILDREN)
        children = _usage(resource.RUSAGE_CHILDREN)
        timed("papermill: parameters, outputs, saving", job(charts))
        cells = 1000 * (_usage(resource.RUSAGE_CHILDREN) - children)
        taken.setdefault("cells and their charts", []).append(cells - taken["opening a shell in a fork"][-1])
        after = timed("taking out times and folders", lambda: tidy(ran))
        after += timed("page for readers", lambda: publish_page(ran))
        taken["papermill: parameters, outputs, saving"][-1] -= after
    # The first has to warm what a parent has not.
    return {name: sorted(times[1:])[len(times[1:]) // 2] for name, times in taken.items()}


def memory() -> int:
    """Give the bytes that this process and all below it hold together."""
    total = 0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            about = process.memory_full_info()
            # What processes share is counted once, where the system can tell.
            total += getattr(about, "pss", about.uss)
        except psutil.Error:
            continue
    return total


def _temporary() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).iterdir()}


def many(count: int, folder: Path) -> None:
    """Run many small notebooks; print seconds a job, memory on the way, and what is left behind."""
    notebooks = written(folder / "small", count, ["number + 1"])
    handles = len(list(Path("/proc/self/fd").iterdir()))
    # Others that were measured before have helpers of their own, such as the resource tracker of a pool.
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    temporary = _temporary()
    times, held = [time.perf_counter()], []

    def watch(done: int) -> None:
        if done % max(1, count // 10) == 0:
            times.append(time.perf_counter())
            held.append(memory() / 1e6)

    by_this_engine(notebooks, folder / "many", watch)
    spans = [1000 * (b - a) / max(1, count // 10) for a, b in pairwise(times[1:])]
    print(f"{count} jobs, milliseconds a job in tenths: {' '.join(f'{span:.0f}' for span in spans)}")
    print(f"memory of the process tree in MB, in tenths: {' '.join(f'{size:.0f}' for size in held)}")
    left = len(list(Path("/proc/self/fd").iterdir())) - handles
    files = {name for name in _temporary() - temporary if "report" in name or "jupyter" in name}
    children = [process for process in psutil.Process().children(recursive=True) if process.pid not in before]
    print(f"left behind: {left} handles, {len(children)} processes, {len(files)} temporary files")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--notebooks", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        cells = [_SETUP, *_CHARTS]
        notebooks = written(folder / "notebooks", asked.notebooks, cells)
        (folder / "ours").mkdir()
        # Before and after, as a shared machine is busier at one time than at another.
        scripts = [by_script(asked.notebooks, cells)]
        whole, warm = by_this_engine(notebooks, folder / "ours")
        scripts.append(by_script(asked.notebooks, cells))
        script = sum(seconds for seconds, _ in scripts) / 2
        nbclient = by_nbclient(notebooks)
        commands = by_commands(notebooks, folder / "commands")
        load = " ".join(f"{number:.1f}" for number in os.getloadavg())
        print(f"{asked.notebooks} notebooks of four charts, {AT_ONCE} at once; load of the machine {load}")
        for name, seconds in (
            ("this engine, from nothing", whole), ("  of that: imports and warming", whole - warm),
            ("  of that: the notebooks", warm), ("bare script, everything imported", script),
            ("nbclient in two processes", nbclient), ("papermill commands", commands),
        ):  # fmt: skip
            print(f"  {name:<34} {seconds:7.1f} s")
        print(f"  papermill commands / this engine {commands / whole:5.1f}")
        print(f"  nbclient / this engine           {nbclient / whole:5.1f}")
        print(f"  this engine, warm / bare script  {warm / script:5.2f}")
        (folder / "many").mkdir()
        [empty] = written(folder / "empty", 1, [])
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(steps, notebooks[0], empty, folder).result()
        print("where the processor time of a notebook of four charts goes, in milliseconds")
        bare = 500 * sum(processor for _, processor in scripts) / asked.notebooks
        total = sum(found.values())
        for name, spent in [*sorted(found.items(), key=lambda item: -item[1]), ("in all", total)]:
            print(f"  {name:<40} {spent:5.0f}")
        print(f"  {'the same charts in the bare script':<40} {bare:5.0f}, so {total / bare:.2f} times")
        many(asked.jobs, folder)


if __name__ == "__main__":
    main()
