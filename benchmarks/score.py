"""Score extracted figures against annotated ones.

A prediction matches an annotated figure when their spans overlap; each is used once, equal values and the
largest overlap first. Rows marked `optional` count neither way; `unit_free` says that the unit is not judged,
`indicator_alt` which other indicators are right too. The guide to the annotation is gold/README.md.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.language.script import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Row = dict[str, Any]

_SAME_UNIT = {
    "㎡": "平方米", "m2": "平方米", "m²": "平方米", "平米": "平方米", "平方公尺": "平方米", "km2": "平方公里", "km²": "平方公里",
    "k㎡": "平方公里", "平方千米": "平方公里", "公尺": "米", "m": "米", "km": "公里", "千米": "公里", "公吨": "吨", "圆": "元", "块钱": "元",
    "个小时": "小时",
}  # fmt: skip
_TOLERANCE = 1e-4
# The measures in the order they are shown; those of FLOORS must be reached.
MEASURES = (
    "gold", "predicted", "precision", "recall", "f1_found", "f1_value", "f1_value_unit", "f1_full", "indicator_recall",
    "indicator_wrong", "span_accuracy", "approx_accuracy", "interval_accuracy", "role_accuracy", "period_recall", "period_wrong",
)  # fmt: skip
FLOORS = {
    "f1_value_unit": 0.97, "f1_full": 0.92, "span_accuracy": 0.95, "approx_accuracy": 0.95, "interval_accuracy": 0.95,
    "role_accuracy": 0.95, "period_recall": 0.9,
}  # fmt: skip
CEILINGS = {"period_wrong": 0.05}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a prediction differs from the annotation; `field` is missed or extra for whole rows."""

    report: str
    start: int
    text: str
    field: str
    expected: Any
    got: Any


def read_rows(path: Path) -> list[Row]:
    """Read annotated or predicted figures, one JSON object a line; NaN is read as null."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_constant=lambda _: None) for line in lines if line.strip()]


def same_value(a: float | None, b: float | None) -> bool:
    """Tell whether two values are equal but for rounding; a missing one only equals a missing one.

    >>> same_value(0.6667, 2 / 3), same_value(None, 0)
    (True, False)
    """
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _TOLERANCE * max(abs(a), abs(b), 1e-9)


def same_unit(a: str | None, b: str | None) -> bool:
    """Tell whether two units mean the same, in either script and width.

    >>> same_unit("公噸", "吨"), same_unit("戶", "户"), same_unit(None, "")
    (True, True, True)
    """
    return _unit_key(a) == _unit_key(b)


def _unit_key(unit: str | None) -> str:
    text = fold("".join(unicodedata.normalize("NFKC", unit or "").split()))
    return _SAME_UNIT.get(text, text)


def same_period(wanted: str, given: str | None) -> bool:
    """Tell whether the words for a period are the same but for prepositions: 截至6月底 and 6月底.

    >>> same_period("截至6月底", "6月底"), same_period("今年", "去年")
    (True, False)
    """
    first, second = (_period_key(words) for words in (wanted, given))
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return bool(shorter) and shorter in longer and 2 * len(shorter) >= len(longer)


def _period_key(words: str | None) -> str:
    return fold("".join(unicodedata.normalize("NFKC", words or "").split())).strip("在从自于至到截止份底")


def match(gold: Sequence[Row], predicted: Sequence[Row]) -> dict[int, int]:
    """Match annotated figures (by index) with predictions (by index) whose spans overlap."""
    overlaps = []
    first = 0
    order = sorted(range(len(predicted)), key=lambda j: predicted[j]["start"])
    for i in sorted(range(len(gold)), key=lambda i: gold[i]["start"]):
        row = gold[i]
        while first < len(order) and predicted[order[first]]["end"] <= row["start"]:
            first += 1
        for j in order[first:]:
            other = predicted[j]
            if other["start"] >= row["end"]:
                break
            shared = min(row["end"], other["end"]) - max(row["start"], other["start"])
            if shared > 0:
                overlaps.append((same_value(row["value"], other.get("value")), shared, -i, -j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(overlaps, reverse=True):
        if -i not in pairs and -j not in used:
            pairs[-i] = -j
            used.add(-j)
    return pairs


def score(
    reports: Iterable[tuple[str, Sequence[Row], Sequence[Row]]],
) -> tuple[dict[str, float], list[Difference]]:
    """Score reports.

    Parameters
    ----------
    reports : for each its name, its annotated figures and the predicted ones.

    Returns
    -------
    The measures by name, and every difference in the order of the texts.
    """
    counts: Counter[str] = Counter()
    differences: list[Difference] = []
    for name, gold, predicted in reports:
        pairs = match(gold, predicted)
        optional = {j for i, j in pairs.items() if gold[i].get("optional")}
        counts["predicted"] += len(predicted) - len(optional)
        matched = set(pairs.values())
        for j, row in enumerate(predicted):
            if j not in matched:
                differences.append(Difference(name, row["start"], _text(row), "extra", None, _said(row)))
        for i, row in enumerate(gold):
            if not row.get("optional"):
                other = predicted[pairs[i]] if i in pairs else None
                differences += _judge(name, row, other, counts)
    return _measures(counts), sorted(differences, key=lambda d: (d.report, d.start))


def _judge(name: str, row: Row, other: Row | None, counts: Counter[str]) -> list[Difference]:
    """Count what is right in one prediction, and give what is not."""
    counts["gold"] += 1
    counts["indicator_gold"] += bool(row.get("indicator"))
    if other is None:
        return [Difference(name, row["start"], row["text"], "missed", _said(row), None)]
    right = _right(row, other)
    counts["found"] += 1
    for field in ("value", "approx", "interval", "role", "span"):
        counts[field] += right[field]
    measured = right["value"] and right["unit"]
    counts["unit"] += measured
    counts["full"] += measured and right["indicator"]
    counts["indicator_right"] += bool(row.get("indicator")) and right["value"] and right["indicator"]
    counts["indicator_wrong"] += bool(other.get("indicator")) and not right["indicator"]
    if row.get("period_text"):
        # Periods are judged of the figures that are found.
        counts["period_gold"] += 1
        counts["period_right"] += right["period_text"]
        counts["period_wrong"] += bool(other.get("period_text")) and not right["period_text"]
    return [
        Difference(name, row["start"], row["text"], field, _shown(row, field), _shown(other, field))
        for field, fine in right.items()
        if not fine
    ]


def _right(row: Row, other: Row) -> dict[str, bool]:
    period = row.get("period_text")
    return {
        "value": same_value(row["value"], other.get("value")),
        "unit": bool(row.get("unit_free")) or same_unit(row["unit"], other.get("unit")),
        "approx": row.get("approx", "exact") == (other.get("approx") or "exact"),
        "interval": all(same_value(row.get(end), other.get(end)) for end in ("low", "high")),
        "role": row.get("role", "actual") == (other.get("role") or "actual"),
        "span": (row["start"], row["end"]) == (other["start"], other["end"]),
        "indicator": other.get("indicator") in [row.get("indicator"), *row.get("indicator_alt", [])],
        "period_text": not period or same_period(period, other.get("period_text")),
    }


def _measures(counts: Counter[str]) -> dict[str, float]:
    both = counts["gold"] + counts["predicted"]
    found = counts["found"] or 1

    def f1(name: str) -> float:
        return 2 * counts[name] / both if both else 0.0

    return {
        "gold": counts["gold"], "predicted": counts["predicted"],
        "precision": counts["value"] / (counts["predicted"] or 1), "recall": counts["value"] / (counts["gold"] or 1),
        "f1_found": f1("found"), "f1_value": f1("value"), "f1_value_unit": f1("unit"), "f1_full": f1("full"),
        "indicator_recall": counts["indicator_right"] / (counts["indicator_gold"] or 1),
        "indicator_wrong": counts["indicator_wrong"] / found,
        "span_accuracy": counts["span"] / found, "approx_accuracy": counts["approx"] / found,
        "interval_accuracy": counts["interval"] / found, "role_accuracy": counts["role"] / found,
        "period_recall": counts["period_right"] / (counts["period_gold"] or 1),
        "period_wrong": counts["period_wrong"] / (counts["period_gold"] or 1),
    }  # fmt: skip


def _text(row: Row) -> str:
    return str(row.get("text") or f"{row['start']}-{row['end']}")


def _said(row: Row) -> tuple[Any, ...]:
    return row.get("value"), row.get("unit"), row.get("indicator")


def _shown(row: Row, field: str) -> Any:
    if field == "interval":
        return row.get("low"), row.get("high")
    return _text(row) if field == "span" else row.get(field)
