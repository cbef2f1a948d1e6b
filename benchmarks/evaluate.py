"""Measure the accuracy of the extractor on annotated reports: `python -m benchmarks.evaluate`.

The project's own set is benchmarks/gold. Where a folder `shared` with `gold` and `corpus` lies beside the
project (or where REPORT_FIGURES_SHARED says), all of that is measured as well. The exit code is 1 when a
floor is missed. With --predictions, what another extractor has written is measured instead.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import extract
from benchmarks import texts
from benchmarks.score import CEILINGS, FLOORS, MEASURES, Difference, Row, read_rows, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OWN = Path(__file__).parent / "gold"
_CONTEXT = 15
_NUMBERS = ("value", "low", "high")


def texts_with_gold(gold: Path, folders: list[Path]) -> list[tuple[Path, Path]]:
    """Pair each NAME.gold.jsonl of a folder with the NAME.txt that lies in one of the folders."""
    pairs = []
    for path in sorted(gold.glob("*.gold.jsonl")):
        name = path.name.replace(".gold.jsonl", ".txt")
        text = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if text:
            pairs.append((text, path))
        else:
            print(f"{path.name} is not measured: there is no {name}", file=sys.stderr)
    return pairs


def predictions(text: Path) -> list[Row]:
    """Extract the figures of one file; what is missing is None."""
    frame = extract(text)
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def written_predictions(folder: Path, name: str) -> list[Row]:
    """Read what another extractor has found in a text: NAME.jsonl or NAME.csv; without a file it found nothing."""
    lines, table = folder / f"{name}.jsonl", folder / f"{name}.csv"
    if lines.is_file():
        return read_rows(lines)
    if not table.is_file():
        return []
    with table.open(encoding="utf-8-sig", newline="") as file:
        return [_typed(row) for row in csv.DictReader(file)]


def _typed(row: dict[str, str]) -> Row:
    typed: Row = {name: cell or None for name, cell in row.items()}
    typed |= {name: float(row[name]) for name in _NUMBERS if typed.get(name)}
    return typed | {"start": int(row["start"]), "end": int(row["end"])}


def evaluate(
    pairs: list[tuple[Path, Path]], predict: Callable[[Path], list[Row]] = predictions
) -> tuple[dict[str, float], list[Difference]]:
    """Score this extractor, or another one, on texts with their annotation."""
    return score((text.stem, read_rows(gold), predict(text)) for text, gold in pairs)


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
    shared = texts.shared_folder()
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
    words = {text.stem: text.read_bytes().decode("utf-8") for text, _ in pairs}
    for d in differences:
        before = words[d.report][max(0, d.start - _CONTEXT) : d.start].replace("\n", "⏎")
        print(f"{d.report}\t{before}[{d.text}]\t{d.field}\texpected {d.expected}\tgot {d.got}")


def main(arguments: list[str] | None = None) -> int:
    """Print the measures of each set, and with --differences every difference."""
    parser = argparse.ArgumentParser(
        prog="make evaluate", description="Measure the accuracy of the extractor."
    )
    parser.add_argument(
        "--differences", action="store_true", help="list every difference from the annotation"
    )
    parser.add_argument(
        "--predictions",
        type=Path,
        metavar="FOLDER",
        help="measure the NAME.jsonl or NAME.csv of a folder instead",
    )
    chosen = parser.parse_args(arguments)
    folder = chosen.predictions
    if folder and not folder.is_dir():
        parser.error(f"no such folder: {folder}")
    predict = predictions if folder is None else lambda text: written_predictions(folder, text.stem)
    columns, missed = {}, []
    for name, pairs in _sets():
        columns[name], differences = evaluate(pairs, predict)
        missed += [f"{name}: {words}" for words in missed_floors(columns[name])]
        if chosen.differences:
            _print_differences(pairs, differences)
    _print(columns)
    for words in missed:
        print(words, file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
