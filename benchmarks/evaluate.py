"""Measure the accuracy of the extractor on annotated reports: `python -m benchmarks.evaluate`.

The project's own set is benchmarks/gold. Where a folder `shared` with `gold` and `corpus` lies beside the
project (or where REPORT_FIGURES_SHARED says), all of that is measured as well. The exit code is 1 when a
floor is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import extract
from benchmarks.score import CEILINGS, FLOORS, MEASURES, Difference, Row, read_rows, score

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = Path(__file__).parent / "gold"
_CONTEXT = 15


def texts_with_gold(gold: Path, folders: list[Path]) -> list[tuple[Path, Path]]:
    """Pair each NAME.gold.jsonl of a folder with the NAME.txt that lies in one of the folders."""
    pairs = []
    for path in sorted(gold.glob("*.gold.jsonl")):
        name = path.name.replace(".gold.jsonl", ".txt")
        text = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if text:
            pairs.append((text, path))
    return pairs


def predictions(text: Path) -> list[Row]:
    """Extract the figures of one file; what is missing is None."""
    frame = extract(text)
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def evaluate(pairs: list[tuple[Path, Path]]) -> tuple[dict[str, float], list[Difference]]:
    """Score the extractor on texts with their annotation."""
    return score((text.stem, read_rows(gold), predictions(text)) for text, gold in pairs)


def missed_floors(measures: dict[str, float]) -> list[str]:
    """Give in words each floor that is missed."""
    low = [
        f"{name} {measures[name]:.4f} is below {floor}"
        for name, floor in FLOORS.items()
        if measures[name] < floor
    ]
    return low + [
        f"{name} {measures[name]:.4f} is above {top}"
        for name, top in CEILINGS.items()
        if measures[name] > top
    ]


def _sets() -> Iterator[tuple[str, list[tuple[Path, Path]]]]:
    yield "benchmarks/gold", texts_with_gold(OWN, [OWN])
    shared = Path(os.environ.get("REPORT_FIGURES_SHARED", Path(__file__).parents[2] / "shared"))
    if (shared / "gold").is_dir():
        yield "shared gold", texts_with_gold(shared / "gold", [shared / "corpus", shared / "corpus" / "dev"])


def _print(columns: dict[str, dict[str, float]]) -> None:
    print(f"{'':18}" + "".join(f"{name:>18}" for name in columns))
    for measure in MEASURES:
        cells = (values[measure] for values in columns.values())
        shown = "".join(f"{v:>18.4f}" if isinstance(v, float) else f"{v:>18}" for v in cells)
        bound = (
            f">= {FLOORS[measure]}"
            if measure in FLOORS
            else f"<= {CEILINGS[measure]}"
            if measure in CEILINGS
            else ""
        )
        print(f"{measure:18}{shown}   {bound}".rstrip())


def _print_differences(pairs: list[tuple[Path, Path]], differences: list[Difference]) -> None:
    texts = {text.stem: text.read_bytes().decode("utf-8") for text, _ in pairs}
    for d in differences:
        before = texts[d.report][max(0, d.start - _CONTEXT) : d.start].replace("\n", "⏎")
        print(f"{d.report}\t{before}[{d.text}]\t{d.field}\texpected {d.expected}\tgot {d.got}")


def main(arguments: list[str] | None = None) -> int:
    """Print the measures of each set, and with --differences every difference."""
    parser = argparse.ArgumentParser(
        prog="make evaluate", description="Measure the accuracy of the extractor."
    )
    parser.add_argument(
        "--differences", action="store_true", help="list every difference from the annotation"
    )
    chosen = parser.parse_args(arguments)
    columns, missed = {}, []
    for name, pairs in _sets():
        columns[name], differences = evaluate(pairs)
        missed += [f"{name}: {words}" for words in missed_floors(columns[name])]
        if chosen.differences:
            _print_differences(pairs, differences)
    _print(columns)
    for words in missed:
        print(words, file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
