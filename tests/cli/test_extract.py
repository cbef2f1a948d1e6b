"""`analysis extract`: formats, exit codes, and one line on standard error for each failure."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import analysis
from analysis.cli import main
from analysis.tables.schema import tables

TEXT = "東湖社區2026年8月工作匯報\n本月清運垃圾18.5噸，清理樓道260多棟，志願者320人次。\n"


def invoke(*arguments: str | Path) -> Result:
    """Run the command line inside this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write one report."""
    path = tmp_path / "2026-08" / "東湖社區.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_lines_have_the_columns_of_the_table(report: Path) -> None:
    """One object a figure, `report` and then the columns of figures in their order; missing is null."""
    result = invoke("extract", report)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert list(rows[0]) == ["report", *(column.name for column in tables()["figures"].columns)]
    assert [row["value"] for row in rows] == [18.5, 260, 320]
    assert {row["report"] for row in rows} == {report.as_posix()}
    assert rows[0]["decision"] is None
    assert "噸" in result.stdout
    assert "NaN" not in result.stdout


def test_offsets_point_into_the_file(report: Path) -> None:
    """Start and end give the figure's text back."""
    for line in invoke("extract", report).stdout.splitlines():
        row = json.loads(line)
        assert TEXT[row["start"] : row["end"]] == row["text"]


def test_same_rows_in_python(report: Path) -> None:
    """The function gives the rows of the command."""
    frame = analysis.extract([report])
    rows = [json.loads(line) for line in invoke("extract", report).stdout.splitlines()]
    assert frame["figure_id"].tolist() == [row["figure_id"] for row in rows]
    assert frame.columns.tolist() == list(rows[0])
    plain = analysis.extract_text(TEXT)
    assert plain["value"].tolist() == frame["value"].tolist()
    assert plain["report"].isna().all()


def test_folder_gives_the_path_of_each_file(report: Path) -> None:
    """With a folder, `report` is the file's path and not the folder's."""
    result = invoke("extract", report.parent.parent)
    assert {json.loads(line)["report"] for line in result.stdout.splitlines()} == {report.as_posix()}


def test_csv_goes_to_standard_output_and_to_a_file_with_a_mark_for_excel(
    report: Path, tmp_path: Path
) -> None:
    """Both hold the same table; only the file begins with a BOM."""
    output = tmp_path / "new" / "figures.csv"
    shown = invoke("extract", report, "--format", "csv").stdout_bytes
    assert invoke("extract", report, "--format", "csv", "--output", output).exit_code == 0
    assert output.read_bytes() == b"\xef\xbb\xbf" + shown
    assert len(pd.read_csv(io.BytesIO(shown))) == 3
    assert list(output.parent.iterdir()) == [output]


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_binary_formats_need_a_file(report: Path, tmp_path: Path, form: str) -> None:
    """Without --output they are wrong usage, with it they hold every figure."""
    refused = invoke("extract", report, "--format", form)
    assert refused.exit_code == 2
    assert "--output" in refused.stderr
    output = tmp_path / f"figures.{form}"
    assert invoke("extract", report, "--format", form, "--output", output).exit_code == 0
    read = pd.read_parquet(output) if form == "parquet" else pd.read_excel(output)
    assert len(read) == 3


def test_unreadable_file_does_not_stop_the_rest(report: Path) -> None:
    """A binary file named .txt is one line on standard error and exit code 1; the rest is there."""
    (report.parent / "壞.txt").write_bytes(bytes(range(256)) * 20)
    (report.parent / "空.txt").write_bytes(b"")
    result = invoke("extract", report.parent)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert "壞.txt" in lines[0] + lines[1]
    assert "空.txt" in lines[0] + lines[1]


def test_readable_file_without_figures_is_no_failure(tmp_path: Path) -> None:
    """It is named on standard error, and the exit code is 0."""
    path = tmp_path / "通知.txt"
    path.write_text("請各位居民互相轉告。", encoding="utf-8")
    result = invoke("extract", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "通知.txt: no figures" in result.stderr


def test_folder_without_reports_says_so(tmp_path: Path) -> None:
    """An empty folder is one line with what to do, and the paths after it are read."""
    (tmp_path / "empty").mkdir()
    report = tmp_path / "東湖社區.txt"
    report.write_text(TEXT, encoding="utf-8")
    result = invoke("extract", tmp_path / "empty", report)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    assert "no reports in this folder" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    """A path that is not there is said in one line, with exit code 2."""
    result = invoke("extract", tmp_path / "nowhere.txt")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_reader_that_leaves_early_is_no_error(report: Path) -> None:
    """A closed pipe, as by `head`, ends the command quietly."""
    for number in range(300):
        (report.parent / f"{number}.txt").write_text(TEXT * 20, encoding="utf-8")
    command = [sys.executable, "-m", "analysis.cli", "extract", str(report.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0
