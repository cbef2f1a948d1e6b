"""analysis check: what it prints, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from analysis.cli import main

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "東湖社區2026年8月工作匯報\n本月清運垃圾20噸，環比增長30%。\n"


def test_it_ends_with_1_when_something_is_serious(project_folder: Path) -> None:
    """A sound project ends with 0; one wrong growth makes it 1, and names what would agree."""
    sound = CliRunner().invoke(main, ["check", "--project", str(project_folder)])
    assert sound.exit_code == 0
    assert "0 serious" in sound.stderr
    (project_folder / "data" / "raw" / "2026-08" / "東湖社區.txt").write_text(WRONG, encoding="utf-8")
    wrong = CliRunner().invoke(main, ["check", "--project", str(project_folder)])
    assert wrong.exit_code == 1
    assert "claim_change" in wrong.stdout
    assert "8.11%" in wrong.stdout


def test_it_speaks_to_programs_and_keeps_to_a_period(project_folder: Path) -> None:
    """JSON lines hold every column; another period has no finding; a slip in the label is wrong usage."""
    (project_folder / "data" / "raw" / "2026-08" / "東湖社區.txt").write_text(WRONG, encoding="utf-8")
    command = ["check", "--project", str(project_folder), "--format", "jsonl"]
    rows = [json.loads(line) for line in CliRunner().invoke(main, command).stdout.splitlines()]
    row = next(row for row in rows if row["severity"] == "serious")
    assert (row["kind"], row["period"], row["found"]) == ("claim_change", "2026-08", 30)
    other = CliRunner().invoke(main, [*command, "--period", "2026-07"])
    assert other.exit_code == 0
    assert "claim_change" not in other.stdout
    assert "claim_change" in CliRunner().invoke(main, [*command, "--period", "2026"]).stdout
    assert CliRunner().invoke(main, [*command, "--period", "August"]).exit_code == 2


def test_findings_are_a_table_of_the_project(project_folder: Path) -> None:
    """data/processed holds them as CSV and Parquet, and the data package describes them."""
    CliRunner().invoke(main, ["check", "--project", str(project_folder)])
    folder = project_folder / "data" / "processed"
    assert (folder / "findings.parquet").is_file()
    assert (folder / "findings.csv").is_file()
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert "findings" in {resource["name"] for resource in described["resources"]}
