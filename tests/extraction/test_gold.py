"""Real reports with their gold, where they are at hand; nothing of them is kept here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis.language.script import fold

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "score.py").is_file(),
    reason="../shared is absent: the reports and their gold are not part of the project",
)


def scores(tmp_path: Path, gold: list[Path]) -> dict[str, float]:
    """Score the command line's own output for some gold files."""
    texts, golds, predictions = (tmp_path / name for name in ("texts", "gold", "predictions"))
    for folder in (texts, golds, predictions):
        folder.mkdir()
    for path in gold:
        name = path.name.removesuffix(".gold.jsonl")
        (golds / path.name).write_bytes(path.read_bytes())
        source = next(
            p
            for p in (SHARED / "corpus" / f"{name}.txt", SHARED / "corpus" / "dev" / f"{name}.txt")
            if p.exists()
        )
        (texts / source.name).write_bytes(source.read_bytes())
    command = [sys.executable, "-m", "analysis", "extract", str(texts)]
    output = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    for line in output.splitlines():
        name = Path(json.loads(line)["report"]).stem
        with (predictions / f"{name}.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    scorer = [sys.executable, str(SHARED / "gold" / "score.py"), str(golds), str(predictions), "--json"]
    result: dict[str, Any] = json.loads(
        subprocess.run(scorer, capture_output=True, check=True, text=True).stdout
    )
    return result


def test_the_guantang_report_is_read_completely(tmp_path: Path) -> None:
    """All 21 scored figures of a real, noisy report are right, and nothing else is extracted."""
    result = scores(tmp_path, [SHARED / "gold" / "guantang-report.gold.jsonl"])
    assert result["f1_value_unit"] == 1.0
    assert result["f1_full"] >= 0.95
    assert result["predicted"] == 21


def test_all_gold_reports_stay_read_well(tmp_path: Path) -> None:
    """Over all gold files the scores do not fall below what has been reached."""
    result = scores(tmp_path, sorted((SHARED / "gold").glob("*.gold.jsonl")))
    floors = {
        "f1_value_unit": 0.985,
        "f1_full": 0.92,
        "role_accuracy": 0.955,
        "approx_accuracy": 0.99,
        "period_recall": 0.94,
    }
    assert {name: result[name] for name in floors if result[name] < floors[name]} == {}
    assert result["period_wrong"] < 0.05


def test_simplified_and_traditional_give_the_same_table() -> None:
    """The Guantang report in Simplified characters gives the same table, but for columns that quote it."""
    text = (SHARED / "corpus" / "guantang-report.txt").read_text(encoding="utf-8")
    quoting = {
        "figure_id",
        "report_id",
        "text",
        "sentence",
        "heading",
        "subject",
        "unit",
        "period_text",
        "report",
    }
    traditional, simplified = (analysis.extract_text(t) for t in (text, fold(text)))
    columns = [c for c in traditional.columns if c not in quoting]
    assert traditional[columns].equals(simplified[columns])
