"""The main job: notebooks run alone, fail alone, and are published whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.errors import AnalysisError, UsageError
from analysis.project import find_project
from analysis.rerun import run
from analysis.rerun.current import current_tables, rebuilt
from analysis.rerun.plan import plan
from analysis.rerun.publish import publish, staging

Writer = Callable[..., Path]


def text_of(notebook: Path) -> str:
    """Give the printed output of an executed notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join("".join(output.get("text", [])) for output in outputs)


@pytest.mark.slow
def test_failing_notebook_does_not_stop_the_others(project_folder: Path, write_notebook: Writer) -> None:
    """The failing one keeps what it had done, is named with one line, and the exit code is 1."""
    write_notebook("01-good.ipynb", "print(period, baseline, locale)")
    write_notebook(
        "02-bad.ipynb", "print('so far')", "raise ValueError('no luck\\nat all')", "print('never')"
    )
    write_notebook("03-last.ipynb", "import sys; print(sys.executable)")
    (project_folder / "notebooks" / "04-broken.ipynb").write_text("{", encoding="utf-8")
    summary = run(project_folder)
    assert summary.done == ("01-good", "03-last")
    assert [failure.name for failure in summary.failed] == ["02-bad", "04-broken"]
    assert "no luck at all" in summary.failed[0].reason
    assert all("\n" not in line for line in summary.lines())
    assert summary.exit_code == 1
    published = project_folder / "reports" / "2026-08" / "notebooks"
    assert text_of(published / "01-good.ipynb").split() == ["2026-08", "2026-07", "zh-Hant"]
    assert text_of(published / "02-bad.ipynb").split() == ["so", "far"]
    assert text_of(published / "03-last.ipynb").strip() == sys.executable
    assert sorted(path.name for path in (project_folder / "reports").iterdir()) == ["2026-08", "index.html"]


@pytest.mark.slow
@pytest.mark.usefixtures("light_products")
def test_foreign_kernel_and_start_up_files_do_not_matter(
    project_folder: Path, write_notebook: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel of the same name that leads elsewhere is not used, nor a person's own start-up file."""
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    foreign = {"argv": ["/nowhere/python"], "display_name": "x", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(foreign), encoding="utf-8")
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print('started')", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    write_notebook("01-only.ipynb", "import os; print(len(os.environ['REPORT_FIGURES_CHARTS']) > 0)")
    assert run(project_folder).exit_code == 0
    assert text_of(project_folder / "reports/2026-08/notebooks/01-only.ipynb").strip() == "True"


def test_notebook_of_a_place_runs_once_a_place(project_folder: Path, write_notebook: Writer) -> None:
    """Its outputs are named by the places; the others get no place."""
    write_notebook("01-all.ipynb")
    write_notebook("02-one.ipynb", analysis={"each": "place"})
    write_notebook("draft.ipynb")
    project = find_project(project_folder)
    tasks = plan(project, current_tables(project), period="2026-08", baseline="2026-07")
    assert [task.name for task in tasks] == ["01-all", "02-one-東湖社區", "02-one-青山社区"]
    assert [task.parameters["place"] for task in tasks] == [None, "東湖社區", "青山社区"]


def test_project_without_notebooks_says_where_to_get_them(project_folder: Path) -> None:
    """The message names `analysis init`."""
    with pytest.raises(AnalysisError, match="analysis init"):
        run(project_folder)


def test_project_without_reports_says_where_to_put_them(project_folder: Path) -> None:
    """The message names data/raw."""
    for path in (project_folder / "data" / "raw").rglob("*.txt"):
        path.unlink()
    with pytest.raises(AnalysisError, match="raw: no reports"):
        run(project_folder)


def test_period_without_data_names_those_that_have_some(project_folder: Path) -> None:
    """One line, exit code 2, and nothing is left behind."""
    with pytest.raises(UsageError, match="2026-08"):
        run(project_folder, period="2024-01")
    result = CliRunner().invoke(main, ["run", "--project", str(project_folder), "--period", "2024-01"])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert not (project_folder / "reports").exists()


def test_reports_without_a_date_are_no_wrong_usage(project_folder: Path) -> None:
    """Where no report has a date the tables are there, and the message says how to name a period."""
    raw = project_folder / "data" / "raw"
    for path in raw.rglob("*.txt"):
        path.unlink()
    (raw / "無日期.txt").write_text("東湖社區清運垃圾18噸。", encoding="utf-8")
    with pytest.raises(AnalysisError, match="manifest") as caught:
        run(project_folder)
    assert caught.value.exit_code == 1
    assert (project_folder / "data/processed/figures.parquet").is_file()


def test_tables_are_built_again_only_when_something_changed(project_folder: Path) -> None:
    """A second call reads no report; a new report, or tables that were deleted, are a reason to."""
    project = find_project(project_folder)
    read: list[str] = []
    current_tables(project, progress=read.append)
    assert len(read) == 4
    current_tables(project, progress=read.append)
    assert len(read) == 4
    (project.processed / "figures.parquet").unlink()
    current_tables(project, progress=read.append)
    assert len(read) == 8
    (project.raw / "2026-08" / "新.txt").write_text("新河社區2026年8月：清運垃圾2噸。", encoding="utf-8")
    assert len(current_tables(project, progress=read.append).reports) == 5


def test_same_reports_give_the_same_bytes(project_folder: Path) -> None:
    """Two builds of the same input leave the same files."""
    project = find_project(project_folder)
    rebuilt(project)
    first = {path.name: path.read_bytes() for path in project.processed.rglob("*.*")}
    # What is remembered of files' times is no result.
    del first["hashes.json"]
    for path in project.processed.rglob("*.*"):
        path.unlink()
    rebuilt(project)
    second = {path.name: path.read_bytes() for path in project.processed.rglob("*.*")}
    assert {name: second[name] for name in first} == first


def test_publishing_leaves_other_files_alone(tmp_path: Path) -> None:
    """Folders are replaced as a whole; what somebody put beside them stays."""
    target = tmp_path / "reports" / "2026-08"
    (target / "charts").mkdir(parents=True)
    (target / "charts" / "old.png").touch()
    (target / "letter.docx").touch()
    with staging(tmp_path / "reports") as staged:
        (staged / "charts").mkdir()
        (staged / "charts" / "new.png").touch()
        assert publish(staged, target, ("charts",)) == []
    assert [path.name for path in (target / "charts").iterdir()] == ["new.png"]
    assert (target / "letter.docx").is_file()
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["2026-08"]
