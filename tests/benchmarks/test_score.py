"""The scorer counts what the annotation guide says."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.evaluate import OWN, evaluate, main, missed_floors, texts_with_gold
from benchmarks.score import match, read_rows, same_period, score

SHARED = Path(__file__).parents[3] / "shared"
ROW = {
    "start": 4, "end": 9, "text": "18.5吨", "value": 18.5, "low": 18.5, "high": 18.5, "approx": "exact", "unit": "吨",
    "role": "actual", "indicator": "garbage_removed", "period_text": "本月",
}  # fmt: skip


def judged(**changes: Any) -> tuple[dict[str, float], list[str]]:
    """Score one row against itself with some fields changed; give the measures and the fields that differ."""
    measures, differences = score([("report", [ROW], [ROW | changes])])
    return measures, [difference.field for difference in differences]


def test_a_perfect_prediction() -> None:
    """A prediction equal to the annotation reaches one in every measure."""
    measures, differences = judged()
    assert differences == []
    assert measures["f1_full"] == measures["period_recall"] == measures["span_accuracy"] == 1
    assert missed_floors(measures) == []


@pytest.mark.parametrize(
    ("field", "wrong", "measure"),
    [
        ("value", 18, "f1_value"), ("unit", "车", "f1_value_unit"), ("indicator", "jobs", "f1_full"), ("role", "target", "role_accuracy"),
        ("approx", "about", "approx_accuracy"), ("end", 8, "span_accuracy"), ("period_text", "去年", "period_recall"),
    ],
)  # fmt: skip
def test_each_field_counts(field: str, wrong: object, measure: str) -> None:
    """A wrong field lowers its measure to nothing and is listed."""
    measures, differences = judged(**{field: wrong})
    assert measures[measure] == 0
    assert differences == ["span" if field == "end" else field]
    assert missed_floors(measures)


def test_optional_rows_count_neither_way() -> None:
    """An optional row is no loss where it is missed and no gain where it is found."""
    optional = ROW | {"optional": True}
    for predicted in ([], [ROW]):
        measures, differences = score([("report", [optional], predicted)])
        assert (measures["gold"], measures["predicted"], differences) == (0, 0, [])


def test_missed_and_extra_figures() -> None:
    """A figure that is not found and one that is none are listed and lower recall and precision."""
    other = ROW | {"start": 20, "end": 25}
    measures, differences = score([("report", [ROW], [other])])
    assert (measures["recall"], measures["precision"]) == (0, 0)
    assert [d.field for d in differences] == ["missed", "extra"]


def test_equal_values_match_before_longer_spans() -> None:
    """Of two predictions in one span the one with the right value is taken."""
    wrong, right = ROW | {"value": 3}, ROW | {"start": 7}
    assert match([ROW], [wrong, right]) == {0: 1}


def test_words_for_periods() -> None:
    """Prepositions do not matter, other words do."""
    assert same_period("截至6月底", "6月底")
    assert not same_period("5月份", "全月")


def test_own_set_reaches_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    """`make evaluate` prints the measures of the project's own set, all above their floors."""
    measures, _ = evaluate(texts_with_gold(OWN, [OWN]))
    assert measures["gold"] > 1000
    assert missed_floors(measures) == []
    assert main(["--differences"]) == 0
    printed = capsys.readouterr().out
    assert "f1_full" in printed
    assert "expected" in printed


@pytest.mark.skipif(not (SHARED / "gold" / "score.py").is_file(), reason="../shared is not there")
def test_agrees_with_the_shared_scorer(tmp_path: Path) -> None:
    """The measures are those of the scorer that others use."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    rows = []
    for number, gold in enumerate(sorted((SHARED / "gold").glob("dev-*.gold.jsonl"))):
        annotated = read_rows(gold)
        # Predictions with faults of every kind.
        predicted = [
            row | {"value": 1, "unit": None} if i % 7 == number % 7 else row | {"role": "rate", "indicator": None} if i % 5 == 0 else row
            for i, row in enumerate(annotated)
            if i % 11
        ]  # fmt: skip
        name = gold.name.removesuffix(".gold.jsonl")
        lines = (json.dumps(row, ensure_ascii=False) for row in predicted)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        (tmp_path / gold.name).write_text(gold.read_text(encoding="utf-8"), encoding="utf-8")
        rows.append((name, annotated, predicted))
    expected, _ = theirs.score(tmp_path, tmp_path)
    ours, _ = score(rows)
    assert ours == pytest.approx(expected)
