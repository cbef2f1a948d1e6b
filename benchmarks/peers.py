"""Run one other library over sentences: `python benchmarks/peers.py NAME FILE` in the environment of the peers.

FILE holds a JSON list of sentences. Printed is one JSON object: characters, seconds, and for each sentence
the numbers found, as [start, end, value, unit]. Models are built before the time is taken, and each library
is called the way its documentation recommends.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Found = list[tuple[int, int, float | None, str | None]]


def _number(text: Any) -> float | None:
    with contextlib.suppress(TypeError, ValueError):
        return float(str(text).rstrip("%"))
    return None


def recognizers_text() -> Callable[[str], Found]:
    """Numbers with units, money, ages, temperatures, percentages and bare numbers of Recognizers-Text."""
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    units, numbers = NumberWithUnitRecognizer("zh-cn"), NumberRecognizer("zh-cn")
    models = [
        units.get_dimension_model(), units.get_currency_model(), units.get_age_model(), units.get_temperature_model(),
        numbers.get_percentage_model(), numbers.get_number_model(),
    ]  # fmt: skip

    def find(sentence: str) -> Found:
        found: Found = []
        for model in models:
            for result in model.parse(sentence):
                told = result.resolution or {}
                overlaps = any(result.start < end and start <= result.end for start, end, *_ in found)
                if not overlaps:
                    found.append((result.start, result.end + 1, _number(told.get("value")), told.get("unit")))
        return found

    return find


def cn2an() -> Callable[[str], Found]:
    """cn2an rewrites the Chinese numerals of a sentence; it tells no places."""
    import cn2an as library

    def find(sentence: str) -> Found:
        library.transform(sentence, "cn2an")
        return []

    return find


def chinese2digits() -> Callable[[str], Found]:
    """chinese2digits takes the numbers from a sentence, Chinese and Arabic."""
    import chinese2digits as library

    def find(sentence: str) -> Found:
        told = library.takeNumberFromString(sentence)
        found: Found = []
        position = 0
        for written, value in zip(told["CHNumberStringList"], told["digitsStringList"], strict=False):
            at = sentence.find(written, position)
            if at >= 0:
                found.append((at, at + len(written), _number(value), None))
                position = at + len(written)
        return found

    return find


def jionlp() -> Callable[[str], Found]:
    """JioNLP finds sums of money."""
    import jionlp as library

    library.ner.extract_money("投入3万元", with_parsing=True)

    def find(sentence: str) -> Found:
        found: Found = []
        for money in library.ner.extract_money(sentence, with_parsing=True):
            start, end = money["offset"]
            detail = money["detail"]
            found.append((start, end, _number(detail["num"]), detail["case"]))
        return found

    return find


PEERS = {
    "recognizers-text": recognizers_text, "cn2an": cn2an, "chinese2digits": chinese2digits, "JioNLP (money)": jionlp,
}  # fmt: skip


def main() -> None:
    """Run the peer that the command line names."""
    name, file = sys.argv[1:]
    sentences = json.loads(Path(file).read_text(encoding="utf-8"))
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet):
        find = PEERS[name]()
        find("清运垃圾3吨。")
        begin = time.perf_counter()
        found = []
        for sentence in sentences:
            try:
                found.append(find(sentence))
            except Exception:  # noqa: BLE001 - a peer that fails on a sentence finds nothing in it
                found.append([])
        seconds = time.perf_counter() - begin
    print(json.dumps({"characters": sum(map(len, sentences)), "seconds": seconds, "found": found}))


if __name__ == "__main__":
    main()
