"""Measure speed and memory beside other libraries: `python -m benchmarks.speed`.

Measured side by side: this extractor with all columns filled, from text to table; one compiled single-class
`re` pass over the same text, which is the limit of any reading in Python; and the peers, each in a process of
the environment .peers. All of it is processor time on one core, the best of the same number of rounds, on the
fifty reports of the State Council as their file holds them, on the part of them that is readable (generated ones
where they are absent) and on the annotated reports, which are dense. Then: one text of growing size, and the memory of a process that streams reports.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.catalogue import load_catalogue
from analysis.extracting import rows_of
from analysis.extraction import extract_report
from analysis.reading import report_from_text
from benchmarks import generate, texts
from benchmarks.evaluate import OWN, texts_with_gold
from benchmarks.peers import PEERS
from benchmarks.score import Row, match, read_rows, same_unit, same_value

ROOT = Path(__file__).parents[1]
_NUMERALS = re.compile("[0-9零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+")
_BETWEEN = "\n\n"
_REPORT = 20_000
# A text longer than this is timed once.
_LONG = 5_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; peers in `leading` read so many characters of a text at most, as they are slow."""

    rounds: int
    leading: dict[str, int]
    sizes: tuple[int, ...]
    reports: tuple[int, int]


USUAL = Plan(3, {"recognizers-text": 30_000}, (10_000, 100_000, 1_000_000, 10_000_000), (100, 1000))
QUICK = Plan(1, {"recognizers-text": 5_000}, (10_000, 100_000, 1_000_000), (20, 100))


@dataclass(frozen=True, slots=True)
class Speed:
    """What one library did with one text.

    `own_rate` and `limit_rate` are those of this extractor and of the re pass on the very same characters;
    `found` and `found_with_unit` are shares of the annotated figures; `failed` counts sentences that raised.
    """

    name: str
    text: str
    characters: int
    seconds: float
    own_rate: float | None = None
    limit_rate: float | None = None
    found: float | None = None
    found_with_unit: float | None = None
    failed: int = 0

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds


def own_seconds(pieces: Sequence[str], rounds: int) -> float:
    """Time the extractor from text to all columns of the figures table; the catalogue is loaded before."""
    catalogue = load_catalogue()
    extract_report(report_from_text(generate.text(20_000, 7)), catalogue)

    def work() -> None:
        for piece in pieces:
            extract_report(report_from_text(piece), catalogue)

    return _best(work, rounds)


def limit_seconds(pieces: Sequence[str], rounds: int) -> float:
    """Time one pass of a single character class."""

    def work() -> None:
        for piece in pieces:
            for _ in _NUMERALS.finditer(piece):
                pass

    return _best(work, rounds)


def _best(work: Callable[[], None], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def compare(name: str, pieces: Sequence[str], plan: Plan, python: Path, gold: Sequence[Row]) -> list[Speed]:
    """Time this extractor, the limit and every peer on one set of texts; with gold, count what each finds."""
    size = sum(map(len, pieces))
    own, limit = own_seconds(pieces, plan.rounds), limit_seconds(pieces, plan.rounds)
    rates = size / own, size / limit
    shares = found_shares(gold, _own_rows(pieces)) if gold else (None, None)
    speeds = [
        Speed("this extractor", name, size, own, *rates, *shares),
        Speed("one re pass (the limit)", name, size, limit, *rates),
    ]
    for peer in PEERS:
        speed = _peer_speed(peer, name=name, pieces=pieces, plan=plan, python=python, gold=gold, rates=rates)
        if speed:
            speeds.append(speed)
    return speeds


def _peer_speed(
    peer: str, *, name: str, pieces: Sequence[str], plan: Plan, python: Path, gold: Sequence[Row],
    rates: tuple[float, float],
) -> Speed | None:  # fmt: skip
    part = plan.leading.get(peer)
    if part and not gold:
        read = texts.leading(pieces, part)
        joined = ["".join(read)]
        rates = (
            len(joined[0]) / own_seconds(joined, plan.rounds),
            len(joined[0]) / limit_seconds(joined, plan.rounds),
        )
        places = [0] * len(read)
    else:
        cut = [pair for piece in pieces for pair in texts.sentences(piece)]
        places, read = [at for at, _ in cut], [sentence for _, sentence in cut]
    told = _run(peer, read, plan.rounds, python)
    if told is None:
        return None
    shares: tuple[float | None, float | None] = (None, None)
    if gold:
        rows = [
            {"start": at + start, "end": at + end, "value": value, "unit": unit}
            for at, numbers in zip(places, told["found"], strict=True)
            for start, end, value, unit in numbers
        ]
        shares = found_shares(gold, rows)
    return Speed(peer, name, told["characters"], told["seconds"], *rates, *shares, told["failed"])


def _own_rows(pieces: Sequence[str]) -> list[Row]:
    [text] = pieces
    columns = extract_report(report_from_text(text), load_catalogue())
    names = ("start", "end", "value", "unit")
    return [
        dict(zip(names, row, strict=True)) for row in zip(*(columns[name] for name in names), strict=True)
    ]


def found_shares(gold: Sequence[Row], rows: Sequence[Row]) -> tuple[float, float]:
    """Give the share of annotated figures found in their place with their value, and with value and unit.

    >>> found_shares(
    ...     [{"start": 0, "end": 2, "value": 3, "unit": "吨"}],
    ...     [{"start": 0, "end": 1, "value": 3, "unit": None}],
    ... )
    (1.0, 0.0)
    """
    values = units = 0
    for i, j in match(gold, rows).items():
        row, other = gold[i], rows[j]
        value = not row.get("optional") and same_value(row["value"], other["value"])
        values += value
        units += value and (bool(row.get("unit_free")) or same_unit(row["unit"], other["unit"]))
    total = sum(not row.get("optional") for row in gold)
    return values / total, units / total


def _run(peer: str, sentences: list[str], rounds: int, python: Path) -> dict[str, Any] | None:
    if not python.exists():
        print(f"{peer} could not be measured: no {python}; make benchmark installs it", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sentences.json"
        file.write_text(json.dumps(sentences), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - the peers' own Python
            [python, str(ROOT / "benchmarks" / "peers.py"), peer, str(file), str(rounds)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        why = done.stderr.strip().splitlines()
        print(f"{peer} could not be measured: {why[-1] if why else 'no reason given'}", file=sys.stderr)
        return None
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def annotated() -> tuple[str, list[Row]]:
    """Join the annotated reports into one text, each once, with the annotation at its place there."""
    pieces: list[str] = []
    rows: list[Row] = []
    at = 0
    for text_file, gold_file in texts_with_gold(OWN, [OWN]):
        text = text_file.read_bytes().decode("utf-8")
        rows += [row | {"start": at + row["start"], "end": at + row["end"]} for row in read_rows(gold_file)]
        pieces.append(text)
        at += len(text) + len(_BETWEEN)
    return _BETWEEN.join(pieces), rows


def linearity(plan: Plan) -> list[Speed]:
    """Time the extractor on one text of each size, no sentence of which occurs twice."""
    lines = []
    for size in plan.sizes:
        text = generate.text(size, size)
        seconds = own_seconds([text], 1 if size > _LONG else 3)
        lines.append(Speed("this extractor", f"{size:,} characters", len(text), seconds))
    return lines


def peak_memory(reports: int) -> float:
    """Give the peak memory, in MB, of a process of its own that streams so many generated reports."""
    code = f"from benchmarks.speed import stream; print(stream({reports}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    return float(done.stdout)


def stream(reports: int) -> float:
    """Read generated reports one after the other and drop their figures; give the peak memory in MB."""
    figures = sum(
        1 for seed in range(reports) for _ in rows_of(report_from_text(generate.text(_REPORT, seed)))
    )
    assert figures > reports
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike ru_maxrss, it does not begin with the peak of the process that started this one.
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _show(speeds: Sequence[Speed]) -> None:
    print(f"\n{speeds[0].text}: {speeds[0].characters:,} characters")
    print(f"  {'':26}{'characters/s':>14}{'to ours':>10}{'to limit':>10}{'values':>9}{'with unit':>11}")
    for speed in speeds:
        shares = "".join(
            f"{share:>{width}.1%}" if share is not None else f"{'':{width}}"
            for share, width in ((speed.found, 9), (speed.found_with_unit, 11))
        )
        ratios = "".join(
            f"{speed.rate / rate:>10.3g}" if rate else f"{'':10}"
            for rate in (speed.own_rate, speed.limit_rate)
        )
        notes = []
        if speed.characters < 0.9 * speeds[0].characters:
            notes.append(f"first {speed.characters:,} characters; ours there {speed.own_rate:,.0f}")
        if speed.failed:
            notes.append(f"failed on {speed.failed} sentences")
        print(f"  {speed.name:26}{speed.rate:>14,.0f}{ratios}{shares}  {'; '.join(notes)}".rstrip())


def _sparse() -> list[tuple[str, list[str]]]:
    """Give the name and the texts of the sets that are as sparse as government reports are."""
    whole = texts.national_reports()
    if not whole:
        return [("generated reports", texts.generated_reports())]
    sound = [part for text in whole if (part := texts.readable(text))]
    size, left = sum(map(len, whole)), sum(map(len, sound))
    print(
        f"State Council file: {size:,} characters, of which {1 - left / size:.0%} decoded wrongly: UTF-8 read as GBK.\n"
        "  They hold hardly a numeral, but still are read; the readable part is measured apart, as it says more."
    )
    return [("State Council reports", whole), ("State Council reports, readable part", sound)]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print everything; the exit code is 1 when a peer could not be measured."""
    parser = argparse.ArgumentParser(prog="make benchmark", description="Measure speed and memory.")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--full", action="store_true", help="one text of 100 million characters as well")
    amount.add_argument("--quick", action="store_true", help="less of everything, within a minute")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / ".peers" / "bin" / "python", help="Python of the peers"
    )
    parser.add_argument("--json", type=Path, help="write the results there, too")
    chosen = parser.parse_args(arguments)
    plan = QUICK if chosen.quick else USUAL
    if chosen.full:
        plan = Plan(plan.rounds, plan.leading, (*plan.sizes, 100_000_000), plan.reports)

    text, gold = annotated()
    results: list[Speed] = []
    sets: list[tuple[str, list[str], Sequence[Row]]] = [
        *((name, pieces, ()) for name, pieces in _sparse()),
        ("annotated reports", [text], gold),
    ]
    for name, pieces, rows in sets:
        speeds = compare(name, pieces, plan, chosen.peers, rows)
        _show(speeds)
        results += speeds
    missing = len(sets) * (len(PEERS) + 2) - len(results)

    lines = linearity(plan)
    print("\none text, no sentence of which occurs twice")
    for line in lines:
        cost = lines[0].rate / line.rate
        print(
            f"  {line.text:26}{line.rate:>14,.0f}{cost:>10.2f} times the cost of a character in the smallest"
        )
    memory = {count: peak_memory(count) for count in plan.reports}
    print(f"\npeak memory of a process that streams reports of {_REPORT:,} characters")
    for count, peak in memory.items():
        print(f"  {count:<26,}{peak:>11.1f} MB")
    if chosen.json:
        told = {"speeds": [asdict(s) | {"rate": s.rate} for s in [*results, *lines]], "memory": memory}
        chosen.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
