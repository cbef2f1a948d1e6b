"""Jobs of notebooks, places and periods: only those whose key changed run, and the reason is said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.errors import UsageError
from analysis.project import find_project
from analysis.rerun import execute, planned_run, run
from analysis.rerun.execute import Ended, Order, Started
from analysis.rerun.runs import runs
from analysis.rerun.wanted import expanded

Writer = Callable[..., Path]


@pytest.fixture
def ran(light_products: pytest.MonkeyPatch) -> list[str]:
    """Let notebooks be executed by a stand-in that draws one chart, and give the names of those that ran."""
    names: list[str] = []

    def perform(orders: list[Order], _: int = 1) -> Iterator[Started | Ended]:
        for order in orders:
            yield Started(order.name)
            names.append(order.name)
            source = order.source.read_text(encoding="utf-8")
            for folder, file in (("notebooks", order.target), ("charts", f"{order.target}.svg")):
                (order.folder / folder).mkdir(parents=True, exist_ok=True)
                (order.folder / folder / file).write_text(
                    json.dumps([order.parameters, source]), encoding="utf-8"
                )
            reason = "cell 1: ValueError: no" if "bad" in source else ""
            yield Ended(order.name, reason, 0.1, 1)

    @contextmanager
    def stand_in(*_: Any, **__: Any) -> Iterator[Any]:
        yield perform

    light_products.setattr(execute, "runner", stand_in)
    return names


def reasons(project: Path, **asked: Any) -> dict[str, str]:
    """Give the reason of each job that is due."""
    return {
        job.task.label: "; ".join(job.reasons)
        for part in planned_run(project, **asked)
        for job in part.jobs
        if job.due
    }


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("2026-07", ["2026-07"]),
        ("2025-11..2026-02", ["2025-11", "2025-12", "2026-01", "2026-02"]),
        ("2026-Q3..2027-Q1", ["2026-Q3", "2026-Q4", "2027-Q1"]),
        ("2024..2026", ["2024", "2025", "2026"]),
        ("2026-07,2026", ["2026-07", "2026"]),
    ],
)
def test_a_span_is_each_of_its_periods(text: str, labels: list[str]) -> None:
    """Months, quarters and years from one to another, and lists."""
    assert expanded(text) == labels


@pytest.mark.parametrize("text", ["2026-01..2026-Q3", "2026-08..2026-01", "x..y", "0001-01..9999-12"])
def test_a_wrong_span_is_refused(text: str) -> None:
    """Ends of two kinds, in the wrong order, that are no periods, or too far from each other."""
    with pytest.raises(UsageError):
        expanded(text)


def test_jobs_are_notebooks_by_places_by_periods(
    project_folder: Path, write_notebook: Writer, ran: list[str]
) -> None:
    """Each is published in the folder of its period, and a second run does nothing."""
    write_notebook("01-all.ipynb", "1")
    write_notebook("02-one.ipynb", "2", analysis={"each": "place"})
    summary = run(project_folder, period="2026-07..2026-08")
    jobs = [f"2026-0{n}/{name}" for n in (7, 8) for name in ("01-all", "02-one-東湖社區", "02-one-青山社区")]
    assert ran == jobs
    assert summary.done == tuple(jobs)
    for job in jobs:
        period, name = job.split("/")
        assert (project_folder / "reports" / period / "notebooks" / f"{name}.ipynb").is_file()
    assert not run(project_folder, period="2026-07..2026-08").done
    assert run(project_folder, period="2026-08").unchanged == ("01-all", "02-one-東湖社區", "02-one-青山社区")
    assert ran == jobs


def test_the_reason_of_each_change_is_said(
    project_folder: Path, write_notebook: Writer, ran: list[str]
) -> None:
    """Cells, parameters, data, language, a file it reads, altered outputs, force: only what is touched runs."""
    more = project_folder / "data" / "more.csv"
    more.write_text("1", encoding="utf-8")
    write_notebook("01-a.ipynb", "1", analysis={"reads": ["data/more.csv"]})
    write_notebook("02-b.ipynb", "2", cell='period: "period" = None\ncode: "int" = 1')
    assert reasons(project_folder) == {"2026-08/01-a": "new", "2026-08/02-b": "new"}
    run(project_folder)
    assert reasons(project_folder) == {}
    assert reasons(project_folder, force=True) == {"2026-08/01-a": "forced", "2026-08/02-b": "forced"}
    assert reasons(project_folder, parameters={"code": "2"}) == {"2026-08/02-b": "parameters changed"}
    more.write_text("2", encoding="utf-8")
    assert reasons(project_folder) == {"2026-08/01-a": "a file it reads changed"}
    more.write_text("1", encoding="utf-8")
    write_notebook("02-b.ipynb", "3", cell='period: "period" = None\ncode: "int" = 1')
    assert reasons(project_folder) == {"2026-08/02-b": "notebook changed"}
    run(project_folder)
    (project_folder / "reports/2026-08/charts/01-a.ipynb.svg").write_text("mine", encoding="utf-8")
    assert reasons(project_folder) == {"2026-08/01-a": "outputs are missing or were altered"}
    assert run(project_folder).done == ("01-a",)
    report = project_folder / "data/raw/2026-08/東湖社區.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("20噸", "21噸"), encoding="utf-8")
    assert all(
        "data changed (" in reason and "figures" in reason for reason in reasons(project_folder).values()
    )
    settings = project_folder / "analysis.toml"
    settings.write_text('name = "測試街道"\nlocale = "en"\n', encoding="utf-8")
    assert all("language changed" in reason for reason in reasons(project_folder).values())
    settings.write_text('name = "測試街道"\n[run]\njobs = 1\n', encoding="utf-8")
    run(project_folder)
    settings.write_text('name = "測試街道"\n[run]\njobs = 2\n', encoding="utf-8")
    before = len(ran)
    run(project_folder)
    assert len(ran) == before


def test_a_change_of_library_or_versions_is_a_reason(
    project_folder: Path, write_notebook: Writer, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed rule builds the tables anew and runs all; a new version of a library that draws only runs all."""
    from analysis.rerun import keys, sources

    write_notebook("01-a.ipynb", "1")
    run(project_folder)
    built = project_folder / "data/processed/runs/built-from.txt"
    stamp = built.read_bytes()
    known = dict(sources.versions()) | {"matplotlib": "0.1"}
    with monkeypatch.context() as patched:
        patched.setattr(keys, "versions", lambda: known)
        assert "versions changed (matplotlib" in reasons(project_folder)["2026-08/01-a"]
        run(project_folder)
    assert built.read_bytes() == stamp
    package = project_folder.parent / "analysis"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(sources, "PACKAGE", package)
    assert "library changed" in reasons(project_folder)["2026-08/01-a"]
    run(project_folder)
    assert built.read_bytes() != stamp
    assert len(ran) == 3


def test_only_some_jobs_leave_the_others_as_they_are(
    project_folder: Path, write_notebook: Writer, ran: list[str]
) -> None:
    """--place and --only choose; what other jobs have published stays."""
    write_notebook("01-all.ipynb", "1")
    write_notebook("02-one.ipynb", "2", analysis={"each": "place"})
    run(project_folder)
    published = project_folder / "reports/2026-08/notebooks"
    assert len(list(published.iterdir())) == 3
    ran.clear()
    assert run(project_folder, only=["02-*"], places=["青山社區"], force=True).done == ("02-one-青山社区",)
    assert run(project_folder, places=["東湖社區"], force=True).done == ("01-all", "02-one-東湖社區")
    assert len(list(published.iterdir())) == 3
    with pytest.raises(UsageError, match="01-all"):
        run(project_folder, only=["01-al"])
    with pytest.raises(UsageError, match="青山社区"):
        run(project_folder, places=["青水社區"])


def test_dry_run_shows_the_plan_and_changes_nothing(
    project_folder: Path, write_notebook: Writer, ran: list[str]
) -> None:
    """Each job is a line with its reason; no file is made or changed."""
    write_notebook("01-a.ipynb", "1")
    before = sorted(project_folder.rglob("*"))
    asked = ["run", "--project", str(project_folder), "--dry-run", "--period", "2026-07..2026-08"]
    result = CliRunner().invoke(main, asked)
    assert result.stdout.splitlines() == [
        "2 jobs, 2 to run",
        "run   2026-07/01-a  new",
        "run   2026-08/01-a  new",
    ]
    assert sorted(project_folder.rglob("*")) == before
    assert not ran


def test_a_place_that_is_gone_takes_its_outputs_along(
    project_folder: Path, write_notebook: Writer, ran: list[str]
) -> None:
    """A job that the plan does not hold any more leaves nothing in the period's folder; other files stay."""
    write_notebook("01-one.ipynb", "2", analysis={"each": "place"})
    run(project_folder)
    (project_folder / "reports/2026-08/letter.docx").touch()
    for month in ("07", "08"):
        (project_folder / f"data/raw/2026-{month}/青山社区.txt").unlink()
    run(project_folder)
    published = project_folder / "reports/2026-08"
    assert [path.name for path in (published / "notebooks").iterdir()] == ["01-one-東湖社區.ipynb"]
    assert (published / "letter.docx").is_file()
    assert len(ran) == 3


def test_nothing_to_do_is_said_without_heavy_libraries(
    project_folder: Path, write_notebook: Writer, ran: list[str]
) -> None:
    """A rerun with nothing changed imports neither pandas nor matplotlib nor papermill, and says so."""
    write_notebook("01-a.ipynb", "1")
    run(project_folder)
    code = (
        "import sys\nfrom analysis.rerun import run\n"
        f"summary = run({str(project_folder)!r})\n"
        "print(*summary.lines(), sep='\\n')\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'matplotlib', 'papermill', 'IPython', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "nothing has changed: there was nothing to do" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
    assert len(ran) == 1


@pytest.mark.usefixtures("ran")
def test_a_record_says_what_a_run_did(project_folder: Path, write_notebook: Writer) -> None:
    """Times, parameters, keys, inputs, versions, engine, peak memory, outcome and outputs, with two logs."""
    write_notebook("01-a.ipynb", "1")
    write_notebook("02-bad.ipynb", "bad")
    summary = run(project_folder)
    folder = project_folder / "data/processed/runs" / summary.run
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    good, bad = record["jobs"]
    assert good["start"] <= good["end"]
    assert good["parameters"]["period"] == "2026-08"
    assert len(good["key"]) == 32
    assert good["peak_bytes"] == 1
    assert set(good["outputs"]) == {"notebooks/01-a.ipynb", "charts/01-a.ipynb.svg"}
    assert (bad["outcome"], bad["reason"]) == ("failed", "cell 1: ValueError: no")
    assert "ValueError" in (folder / bad["kept"]).read_text(encoding="utf-8")
    assert record["versions"]["pandas"]
    assert record["outcome"] == "failed jobs"
    inputs = json.loads((folder.parent / "kept" / record["kept"]["inputs"]).read_text(encoding="utf-8"))
    assert "data/raw/2026-08/東湖社區.txt" in inputs
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["begin", "job", "job", "publish", "end"]
    assert len((folder / "log.txt").read_text(encoding="utf-8").splitlines()) == 5
    table = runs(find_project(project_folder))
    assert table.iloc[0][["outcome", "done", "failed"]].tolist() == ["failed jobs", 1, 1]
    assert "no" in CliRunner().invoke(main, ["runs", "--project", str(project_folder)]).stdout


@pytest.mark.usefixtures("ran")
def test_what_changed_between_two_runs_and_why(project_folder: Path, write_notebook: Writer) -> None:
    """A changed report is input, one that corrects another a correction, a changed notebook code, a value parameter."""
    from analysis.rerun.differ import runs_diff

    def compared() -> Any:
        return runs_diff(find_project(project_folder), "previous", "last")

    cell = 'period: "period" = None\ncode: "int" = 1'
    write_notebook("01-a.ipynb", "1", cell=cell)
    run(project_folder)
    report = project_folder / "data/raw/2026-08/東湖社區.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("20噸", "21噸"), encoding="utf-8")
    run(project_folder)
    found = compared()
    row = found[(found["what"] == "observation") & (found["name"] == "garbage_removed")].iloc[0]
    assert row[["change", "before", "after", "cause"]].tolist() == ["changed", "20 吨", "21 吨", "input"]
    assert row["detail"] == "data/raw/2026-08/東湖社區.txt"
    assert {"figure", "observation"} == set(found["what"])
    correction = project_folder / "data/raw/2026-08/更正.txt"
    correction.write_text("東湖社區2026年8月工作匯報（更正）\n本月清運垃圾22噸。\n", encoding="utf-8")
    manifest = project_folder / "data/raw/manifest.csv"
    lines = ["path,place,period,received,supersedes,note", "2026-08/東湖社區.txt,,,2026-09-01,,"]
    lines.append("2026-08/更正.txt,東湖社區,2026-08,2026-09-05,2026-08/東湖社區.txt,")
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(project_folder)
    found = compared()
    changed = found[(found["what"] == "observation") & (found["name"] == "garbage_removed")]
    assert set(changed["cause"]) == {"correction"}
    write_notebook("01-a.ipynb", "2", cell=cell)
    run(project_folder)
    assert compared()[["what", "cause"]].to_numpy().tolist() == [["chart", "code"]]
    run(project_folder, parameters={"code": "7"})
    assert compared()[["what", "cause"]].to_numpy().tolist() == [["chart", "parameter"]]
    result = CliRunner().invoke(
        main, ["runs", "--project", str(project_folder), "--format", "jsonl", "diff", "previous", "last"]
    )
    assert json.loads(result.stdout.splitlines()[0])["cause"] == "parameter"
