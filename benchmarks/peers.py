"""Run one other library over sentences: `python benchmarks/peers.py NAME FILE ROUNDS` in the environment of the peers.

FILE holds a JSON list of sentences. Printed is one JSON object: characters, the best processor time of the
rounds in seconds, on how many sentences the library failed, and for each sentence the numbers found, as
[start, end, value, unit]. Models are built before the time is taken, each library is called the way its
documentation recommends, and only that call is timed: where its numbers stand is worked out afterwards.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import json
import re
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Found = list[tuple[int, int, float | None, str | None]]
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
# What may stand before the unit in 1.2万平方米.
_NUMERAL = re.compile("[-+0-9.,，．０-９零〇一二两兩三四五六七八九十百千万萬亿億半多余餘几幾]*")


class Peer(NamedTuple):
    """A library: the call that is timed, and where in a sentence the numbers of its answer stand."""

    call: Callable[[str], Any]
    places: Callable[[str, Any], Found]


def _value(told: Any) -> float | None:
    """Read a value; a range is its middle, as in the annotation."""
    with contextlib.suppress(TypeError, ValueError):
        if isinstance(told, list | tuple):
            return sum(float(end) for end in told) / len(told)
        return float(str(told).rstrip("%"))
    return None


def recognizers_text() -> Peer:
    """Dimensions, money, ages, temperatures, percentages and bare numbers of Recognizers-Text: six models."""
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    units, numbers = NumberWithUnitRecognizer("zh-cn"), NumberRecognizer("zh-cn")
    models = [
        units.get_dimension_model(), units.get_currency_model(), units.get_age_model(), units.get_temperature_model(),
        numbers.get_percentage_model(), numbers.get_number_model(),
    ]  # fmt: skip

    def places(_: str, told: Any) -> Found:
        found: Found = []
        for result in (result for results in told for result in results):
            resolution = result.resolution or {}
            value = str(resolution.get("value"))
            # Its units have English names; what counts is the unit as written.
            unit = "%" if value.endswith("%") else None
            if resolution.get("unit"):
                unit = _NUMERAL.sub("", result.text, count=1).strip()
            if not any(result.start < end and start <= result.end for start, end, *_ in found):
                found.append((result.start, result.end + 1, _value(value), unit))
        return found

    return Peer(lambda sentence: [model.parse(sentence) for model in models], places)


def cn2an() -> Peer:
    """cn2an rewrites the Chinese numerals of a sentence; what it has rewritten counts as found."""
    import cn2an as library

    def places(sentence: str, told: Any) -> Found:
        blocks = difflib.SequenceMatcher(None, sentence, told, autojunk=False).get_opcodes()
        found: Found = []
        for match in _NUMBER.finditer(told):
            parts = [block for block in blocks if block[3] < match.end() and match.start() < block[4]]
            if all(kind == "equal" for kind, *_ in parts):
                continue
            (kind, first, _, begin, _), (last_kind, _, last, _, end) = parts[0], parts[-1]
            start = first + (match.start() - begin if kind == "equal" else 0)
            stop = last - (end - match.end() if last_kind == "equal" else 0)
            found.append((start, stop, _value(match[0]), "%" if match[0].endswith("%") else None))
        return found

    return Peer(lambda sentence: library.transform(sentence, "cn2an"), places)


def chinese2digits() -> Peer:
    """chinese2digits takes the numbers from a sentence, Chinese and Arabic; a percentage is given as a fraction."""
    import chinese2digits as library

    def places(sentence: str, told: Any) -> Found:
        found: Found = []
        position = 0
        for written, digits in zip(told["CHNumberStringList"], told["digitsStringList"], strict=False):
            at = sentence.find(written, position)
            if at >= 0:
                position = at + len(written)
                value, percent = _value(digits), written.endswith(("%", "％")) or written.startswith("百分之")
                if percent and value is not None:
                    value *= 100
                found.append((at, position, value, "%" if percent else None))
        return found

    return Peer(library.takeNumberFromString, places)


def jionlp() -> Peer:
    """JioNLP finds sums of money, and no other numbers."""
    import jionlp as library

    def places(_: str, told: Any) -> Found:
        return [(*money["offset"], _value(money["detail"]["num"]), money["detail"]["case"]) for money in told]

    return Peer(lambda sentence: library.ner.extract_money(sentence, with_parsing=True), places)


PEERS = {
    "recognizers-text": recognizers_text, "cn2an": cn2an, "chinese2digits": chinese2digits, "JioNLP (money)": jionlp,
}  # fmt: skip


def measure(peer: Peer, sentences: list[str], rounds: int) -> dict[str, Any]:
    """Time a library on sentences; a sentence on which it fails is counted, and nothing is found in it."""
    best = float("inf")
    answers: list[Any] = []
    for _ in range(rounds):
        answers = []
        begin = time.process_time()
        for sentence in sentences:
            try:
                answers.append(peer.call(sentence))
            except Exception:  # noqa: BLE001 - what a library raises is its own affair
                answers.append(None)
        best = min(best, time.process_time() - begin)
    found = [
        [] if answer is None else peer.places(sentence, answer)
        for sentence, answer in zip(sentences, answers, strict=True)
    ]
    return {
        "characters": sum(map(len, sentences)), "seconds": best, "failed": answers.count(None), "found": found,
    }  # fmt: skip


def main() -> None:
    """Run the peer that the command line names."""
    name, file, rounds = sys.argv[1:]
    sentences = json.loads(Path(file).read_text(encoding="utf-8"))
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(io.StringIO()):
        peer = PEERS[name]()
        peer.call("清运垃圾3吨，投入3万元。")
        told = measure(peer, sentences, int(rounds))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
