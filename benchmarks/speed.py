"""Measure speed and memory beside other libraries: `python -m benchmarks.speed`.

Measured in one process run: this extractor with all columns filled, from text to table; one compiled
single-class `re` pass over the same text, which is the limit of any reading in Python; and the peers, each in
a process of the environment .peers. The texts are the 50 reports of the State Council where the folder
`shared` lies beside the project, else generated ones of the same size, and the annotated set, which is dense.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.catalogue import load_catalogue
from analysis.extracting import rows_of
from analysis.extraction import extract_report
from analysis.reading import report_from_text
from benchmarks import generate
from benchmarks.evaluate import OWN, texts_with_gold
from benchmarks.peers import PEERS
from benchmarks.score import match, read_rows, same_unit, same_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[1]
_NUMERALS = re.compile("[0-9零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]?")
_SIZE = 1_380_000
# Peers that read some ten thousand characters a second read the beginning of a text only.
_SLOW = {"recognizers-text": 30_000, "cn2an": 300_000}
_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """What one library did with one text; `found` is the share of the annotated values it finds, if known."""

    name: str
    text: str
    characters: int
    seconds: float
    found: float | None = None
    found_with_unit: float | None = None

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds


def national_reports() -> list[str]:
    """Give the reports of the State Council, one a line of their file; generated ones where it is absent."""
    shared = Path(os.environ.get("REPORT_FIGURES_SHARED", ROOT.parent / "shared"))
    files = sorted((shared / "corpus" / "state-council").glob("*.txt"))
    if not files:
        return [generate.text(_SIZE // 50, seed) for seed in range(50)]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if line.strip()]


def own_speed(name: str, texts: list[str]) -> Speed:
    """Time the extractor from text to all columns of the figures table."""
    catalogue = load_catalogue()
    extract_report(report_from_text(texts[0][:2000]), catalogue)

    def work() -> None:
        for text in texts:
            extract_report(report_from_text(text), catalogue)

    return Speed("this extractor", name, sum(map(len, texts)), _best(work))


def limit(name: str, texts: list[str]) -> Speed:
    """Time one pass of a single character class over the texts."""

    def work() -> None:
        for text in texts:
            for _ in _NUMERALS.finditer(text):
                pass

    return Speed("one re pass (the limit)", name, sum(map(len, texts)), _best(work))


def _best(work: Callable[[], None]) -> float:
    seconds = []
    for _ in range(_REPEATS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def peer_speeds(name: str, texts: list[str], python: Path) -> list[Speed]:
    """Time every peer on the sentences of the texts."""
    found = []
    for peer in PEERS:
        sentences = list(_leading(texts, _SLOW.get(peer, _SIZE * 2)))
        told = _run(peer, sentences, python)
        if told:
            found.append(Speed(peer, name, told["characters"], told["seconds"]))
    return found


def peer_accuracy(peer: str, python: Path) -> tuple[float, float] | None:
    """Give the share of the annotated values that a peer finds in its place, and of values with their unit."""
    values = units = total = 0
    for text_file, gold_file in texts_with_gold(OWN, [OWN]):
        text = text_file.read_bytes().decode("utf-8")
        gold = [row for row in read_rows(gold_file) if not row.get("optional")]
        spans = [(m.start(), m[0]) for m in _SENTENCE.finditer(text)]
        told = _run(peer, [sentence for _, sentence in spans], python)
        if not told or not any(told["found"]):
            return None
        rows = [
            {"start": at + start, "end": at + end, "value": value, "unit": unit}
            for (at, _), numbers in zip(spans, told["found"], strict=True)
            for start, end, value, unit in numbers
        ]
        for i, j in match(gold, rows).items():
            value = same_value(gold[i]["value"], rows[j]["value"])
            values += value
            units += value and same_unit(gold[i]["unit"], rows[j]["unit"])
        total += len(gold)
    return values / total, units / total


def _leading(texts: Iterable[str], characters: int) -> Iterable[str]:
    length = 0
    for text in texts:
        for match_ in _SENTENCE.finditer(text):
            length += len(match_[0])
            if length > characters:
                return
            yield match_[0]


def _run(peer: str, sentences: list[str], python: Path) -> dict[str, Any] | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sentences.json"
        file.write_text(json.dumps(sentences), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - the peers' own Python
            [python, str(ROOT / "benchmarks" / "peers.py"), peer, str(file)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        print(f"{peer}: {done.stderr.strip().splitlines()[-1] if done.stderr else 'failed'}", file=sys.stderr)
        return None
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def linearity(sizes: list[int]) -> list[Speed]:
    """Time the extractor on one text of each size, no sentence of which occurs twice."""
    own_speed("warm", [generate.text(50_000, 7)])
    return [own_speed(f"{size:,} characters", [generate.text(size, size)]) for size in sizes]


def peak_memory(reports: int) -> int:
    """Give the peak memory, in MB, of a process that streams the figures of so many generated reports."""
    code = f"from benchmarks.speed import stream; print(stream({reports}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    return int(done.stdout)


def stream(reports: int) -> int:
    """Read generated reports one after the other and drop their figures; give the peak memory in MB."""
    count = 0
    for seed in range(reports):
        for _ in rows_of(report_from_text(generate.text(20_000, seed))):
            count += 1
    assert count
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _show(speeds: list[Speed]) -> None:
    ours = speeds[0]
    print(f"\n{ours.text}: {ours.characters:,} characters")
    print(f"  {'':26}{'characters/s':>14}{'ours is':>12}{'values found':>14}{'with unit':>11}")
    for speed in speeds:
        faster = "" if speed is ours else f"{ours.rate / speed.rate:.3g} x"
        shares = [
            f"{share:.0%}" if share is not None else "" for share in (speed.found, speed.found_with_unit)
        ]
        part = f"  (first {speed.characters:,})" if speed.characters < 0.9 * ours.characters else ""
        print(f"  {speed.name:26}{speed.rate:>14,.0f}{faster:>12}{shares[0]:>14}{shares[1]:>11}{part}")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(prog="make benchmark", description="Measure speed and memory.")
    parser.add_argument("--full", action="store_true", help="one text of 100 MB as well")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / ".peers" / "bin" / "python", help="Python of the peers"
    )
    parser.add_argument("--json", type=Path, help="write the results there, too")
    chosen = parser.parse_args(arguments)
    results: list[Speed] = []
    dense = [text.read_bytes().decode("utf-8") for text, _ in texts_with_gold(OWN, [OWN])]
    for name, texts in (("national reports", national_reports()), ("annotated reports", dense)):
        speeds = [own_speed(name, texts), limit(name, texts)]
        if chosen.peers.exists():
            speeds += peer_speeds(name, texts, chosen.peers)
            if texts is dense:
                speeds = [_with_accuracy(speed, chosen.peers) for speed in speeds]
        else:
            print("no peers: run make benchmark, which installs them", file=sys.stderr)
        _show(speeds)
        results += speeds
    sizes = [10_000, 100_000, 1_000_000, 10_000_000] + ([100_000_000] if chosen.full else [])
    lines = linearity(sizes)
    print("\none text without a repeated sentence")
    for line in lines:
        print(
            f"  {line.text:26}{line.rate:>14,.0f}   {lines[0].rate / line.rate:.2f} times the cost of the smallest"
        )
    memory = {count: peak_memory(count) for count in (50, 500)}
    print(
        "\npeak memory while reports stream: " + ", ".join(f"{n} reports {mb} MB" for n, mb in memory.items())
    )
    if chosen.json:
        told = {"speeds": [asdict(s) | {"rate": s.rate} for s in [*results, *lines]], "memory": memory}
        chosen.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _with_accuracy(speed: Speed, python: Path) -> Speed:
    shares = peer_accuracy(speed.name, python) if speed.name in PEERS else None
    if shares is None:
        return speed
    return Speed(speed.name, speed.text, speed.characters, speed.seconds, *shares)


if __name__ == "__main__":
    sys.exit(main())
