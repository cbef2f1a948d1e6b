"""`analysis explain`: why a number is, or is not, a figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import analysis
from analysis.cli import main

TEXT = "東湖社區2026年8月工作匯報\n第3次大掃除清運垃圾近18.5噸，其中廢紙2噸。\n"


def invoke(*arguments: str | Path) -> Result:
    """Run the command line inside this process."""
    return CliRunner().invoke(main, ["explain", *(str(argument) for argument in arguments)])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write one report."""
    path = tmp_path / "東湖社區.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_figure_by_offset(report: Path) -> None:
    """Any character of the number finds it; the rules are listed with noun and score."""
    for at in (TEXT.index("近"), TEXT.index("噸")):
        result = invoke(report, "--at", str(at))
        assert result.exit_code == 0
        assert "【近18.5噸】" in result.stdout
        assert "garbage_removed.1" in result.stdout


def test_a_figure_by_key(report: Path) -> None:
    """The key that extract gives finds the same number, and so does its beginning."""
    frame = analysis.extract([report])
    for row in frame.to_dict("records"):
        explained = analysis.explain(report, figure=row["figure_id"])
        number = explained.number
        assert (number.start, number.end, number.text) == (row["start"], row["end"], row["text"])
        assert number.figure is not None
        assert number.figure.name.indicator == row["indicator"]
        assert number.figure.role.role == row["role"]


def test_what_extract_says_is_what_is_explained(report: Path) -> None:
    """As JSON the explanation has the value, interval and the best rule of the figure."""
    row = analysis.extract([report]).iloc[0]
    said = json.loads(invoke(report, "--at", TEXT.index("18.5"), "--format", "json").stdout)
    read = said["number"]["said"]
    assert (read["value"], read["low"], read["high"]) == (row["value"], row["low"], row["high"])
    assert read["vague"] == ["近"]
    assert said["number"]["figure"]["name"]["rules"][0]["rule"] == row["rule"]


def test_a_number_that_is_none(report: Path) -> None:
    """A refused number says its reason and has no rules."""
    explained = analysis.explain(report, at=TEXT.index("3"))
    assert explained.number.reason == "ordinal"
    assert explained.number.figure is None
    assert "ordinal" in invoke(report, "--at", TEXT.index("3")).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "0"], "no number at this offset"),
        (["--at", "99999"], "no such offset"),
        (["--figure", "nothing"], "no figure of this report has this key"),
        ([], "name one number"),
        (["--at", "1", "--figure", "x"], "name one number"),
    ],
)
def test_wrong_use_is_one_line(report: Path, arguments: list[str], said: str) -> None:
    """What cannot be explained ends with 2 and one line that says what to do."""
    result = invoke(report, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_no_such_file(tmp_path: Path) -> None:
    """A missing file and a folder are named."""
    assert "no such file" in invoke(tmp_path / "none.txt", "--at", "1").stderr
    assert "this is a folder" in invoke(tmp_path, "--at", "1").stderr
