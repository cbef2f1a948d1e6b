"""Measure the readers of formats beside the bare libraries: `python -m benchmarks.formats`.

For each format a report of a hundred and fifty pages is written here. Each round reads it with the library alone,
in this process, and with `analysis` in its child process, which is warm; of the ratios of all rounds the median
counts, so that a machine that others use, too, does not matter much. Then: the peak memory of the whole tree of
processes that reads a folder of many reports, against one of few.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import psutil

from analysis.reading.child import end_children, read_in_child
from analysis.reading.formats import sniff
from analysis.reading.limits import USUAL
from benchmarks import generate, written

ROOT = Path(__file__).parents[1]
_PAGE = 1_200
_ROUNDS = 7
_GROWTH = 1.2
# So many files are different; the others are copies of them under other names.
_DIFFERENT = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """A file, the library that it is measured against, and how many times its cost reading may take."""

    name: str
    library: str
    write: Callable[[list[str]], bytes]
    bare: Callable[[bytes], object]
    most: float | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading a file costs: seconds of the clock, and how many times those of the library alone."""

    name: str
    library: str
    megabytes: float
    pages: float
    seconds: float
    ratio: float
    most: float | None


SAMPLES = (
    Sample("text.docx", "python-docx paragraphs", written.docx, written.paragraphs, 2.0),
    Sample("text.pdf (fpdf2)", "pypdfium2 text", written.pdf_fpdf2, written.pdf_text, 1.3),
    Sample("text.pdf (reportlab)", "pypdfium2 text", written.pdf_reportlab, written.pdf_text, 1.3),
    Sample("text.xlsx", "calamine cells", written.xlsx, written.cells, 1.3),
    Sample("tables.pdf", "pdfplumber tables", written.pdf_tables, written.plumbed, None),
    Sample("tables.xlsx", "calamine cells", written.xlsx_tables, written.cells, None),
)


def measure(sample: Sample, characters: int, rounds: int) -> Cost:
    """Read a file again and again, in turns with the library and with `analysis`."""
    lines = [line for line in generate.text(characters).split("\n") if line.strip()]
    data = sample.write(lines)
    name = sample.name.partition(" ")[0]
    kind = sniff(data, name)
    document = read_in_child(data, name, kind, USUAL)
    times, ratios = [], []
    for _ in range(rounds):
        bare = _seconds(lambda: sample.bare(data))
        own = _seconds(lambda: read_in_child(data, name, kind, USUAL))
        times.append(own)
        ratios.append(own / bare)
    pages = document.pages or characters / _PAGE
    return Cost(sample.name, sample.library, len(data) / 1e6, pages, min(times), median(ratios), sample.most)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak_memory(reports: int) -> float:
    """Give the peak memory, in MB, of all processes that read a folder of so many reports."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number in range(_DIFFERENT):
            write, ending = written.SHORT[number % len(written.SHORT)]
            files.append((write(generate.text(2_000, number).split("\n")), ending))
        for number in range(reports):
            data, ending = files[number % _DIFFERENT]
            Path(folder, f"{number:05}{ending}").write_bytes(data)
        code = "import sys; from benchmarks.formats import stream; stream(sys.argv[1])"
        with subprocess.Popen([sys.executable, "-c", code, folder], cwd=ROOT) as process:  # noqa: S603
            peak = 0.0
            root = psutil.Process(process.pid)
            while process.poll() is None:
                peak = max(peak, _tree(root))
                time.sleep(0.02)
        if process.returncode:
            raise SystemExit("the folder could not be read")
    return peak


def _tree(root: psutil.Process) -> float:
    total = 0
    try:
        for process in (root, *root.children(recursive=True)):
            # What processes share counts for each of them.
            total += process.memory_info().rss
    except psutil.Error:
        return 0.0
    return total / 2**20


def stream(folder: str) -> None:
    """Read all reports of a folder to their figures, and drop these."""
    from analysis.extracting import rows_of
    from analysis.reading import Report, iter_reports

    read = figures = 0
    for item in iter_reports([folder], root=Path(folder)):
        assert isinstance(item, Report), item
        read += 1
        figures += sum(1 for _ in rows_of(item))
    assert figures > read > 0


def main(arguments: list[str] | None = None) -> int:
    """Measure and print everything, and which targets are missed: on a busy machine that is no failure."""
    parser = argparse.ArgumentParser(prog="make benchmark", description="Measure the readers of formats.")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--json", type=Path, help="write the results there, too")
    chosen = parser.parse_args(arguments)
    characters, rounds = (40_000, 3) if chosen.quick else (200_000, _ROUNDS)
    few, many = (20, 200) if chosen.quick else (100, 10_000)
    costs = [measure(sample, characters, rounds) for sample in SAMPLES]
    end_children()
    print(f"{'':24}{'pages/s':>10}{'MB/s':>8}{'times':>8}  the cost of")
    for cost in costs:
        target = f" (at most {cost.most})" if cost.most else ""
        print(
            f"{cost.name:24}{cost.pages / cost.seconds:>10,.0f}{cost.megabytes / cost.seconds:>8.2f}"
            f"{cost.ratio:>8.2f}  {cost.library}{target}"
        )
    memory = {count: peak_memory(count) for count in (few, many)}
    growth = memory[many] / memory[few]
    for count, peak in memory.items():
        print(f"peak memory of all processes for {count:,} reports: {peak:,.0f} MB")
    print(f"growth: {growth:.2f} (at most {_GROWTH})")
    if chosen.json:
        told = {"formats": [asdict(cost) for cost in costs], "memory": memory}
        chosen.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    missed = [f"{cost.name} {cost.ratio:.2f}" for cost in costs if cost.most and cost.ratio > cost.most]
    missed += [f"memory {growth:.2f}"] if growth > _GROWTH else []
    print(f"missed: {', '.join(missed)}" if missed else "every target is met")
    return 0


if __name__ == "__main__":
    sys.exit(main())
