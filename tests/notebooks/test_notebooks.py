"""Every notebook runs, each with other parameters, and is exported for readers; its twin is in step."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import analysis
from analysis.cli import main
from analysis.errors import DataError, UsageError

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
GIVEN: dict[str, dict[str, Any]] = {
    "00-start": {"period": "2026-08", "locale": "en"},
    "01-reports": {"period": "2026-07", "locale": "zh-Hans"},
    "02-profile": {"place": "青山社区", "period": "2026-08"},
    "03-compare": {"period": "2026-08", "baseline": "2026-07", "locale": "en"},
    # The first month of a project: nothing can be compared with the one before.
    "04-briefing": {"period": "2026-07"},
}
REPORTS = {
    "2026-07/東湖社區.txt": "東湖社區2026年7月匯報\n本月清潔行動3次，清運垃圾18.5噸、<b>志願者320人次。",
    "2026-07/青山社区.txt": "青山社区2026年7月汇报\n本月清洁行动2次，清运垃圾12吨，志愿者210人次。",
    "2026-08/東湖社區.txt": "東湖社區2026年8月匯報\n本月清潔行動4次，清運垃圾20噸、志願者300多人次。",
    "2026-08/青山社区.txt": "青山社区2026年8月汇报\n本月清洁行动2次，清运垃圾11吨，志愿者260人次。",
}


def executed(notebook: Path, folder: Path, parameters: dict[str, Any]) -> Path:
    """Run a notebook as anybody may: with papermill, in its own folder."""
    import papermill

    target = folder / "out" / notebook.name
    target.parent.mkdir(exist_ok=True)
    papermill.execute_notebook(
        notebook, target, parameters=parameters, engine_name="analysis-fork", kernel_name="python3",
        cwd=str(notebook.parent), progress_bar=False, log_output=False,
    )  # fmt: skip
    return target


@pytest.fixture(scope="module", name="project")
def project_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with the notebooks and two months of reports."""
    project = analysis.init(tmp_path_factory.mktemp("notebooks") / "project")
    for path in project.raw.rglob("*.txt"):
        path.unlink()
    for name, text in REPORTS.items():
        (project.raw / name).parent.mkdir(exist_ok=True)
        (project.raw / name).write_text(text, encoding="utf-8")
    return project.root


@pytest.fixture(scope="module", name="done")
def done_fixture(project: Path) -> dict[str, Path]:
    """Run every notebook once."""
    return {name: executed(project / "notebooks" / f"{name}.ipynb", project, GIVEN[name]) for name in GIVEN}


def outputs_of(notebook: Path) -> list[dict[str, Any]]:
    """Give all outputs of an executed notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


@pytest.mark.slow
@pytest.mark.xdist_group("notebooks")
@pytest.mark.skipif(sys.platform == "win32", reason="this engine forks")
def test_every_notebook_runs_with_its_own_parameters(done: dict[str, Path]) -> None:
    """None fails, whatever the place, the language and the periods, also without a month to compare with."""
    assert set(done) == {path.stem for path in NOTEBOOKS}
    for name, path in done.items():
        outputs = outputs_of(path)
        assert outputs, name
        assert not [output for output in outputs if output["output_type"] == "error"], name
        assert not [output for output in outputs if output.get("name") == "stderr"], name
    pictures = {
        name: sum("image/png" in output.get("data", {}) for output in outputs_of(path))
        for name, path in done.items()
    }
    assert pictures == {"00-start": 2, "01-reports": 1, "02-profile": 4, "03-compare": 6, "04-briefing": 1}


@pytest.mark.slow
@pytest.mark.xdist_group("notebooks")
@pytest.mark.skipif(sys.platform == "win32", reason="this engine forks")
def test_period_without_data_says_which_have_some(project: Path) -> None:
    """A notebook for a month without reports stops at once with one line that names the others."""
    from papermill.exceptions import PapermillExecutionError

    with pytest.raises(PapermillExecutionError, match="no data for the period 2024-01") as caught:
        executed(project / "notebooks" / "04-briefing.ipynb", project, {"period": "2024-01"})
    assert "2026-08" in caught.value.evalue


@pytest.mark.slow
@pytest.mark.xdist_group("notebooks")
@pytest.mark.skipif(sys.platform == "win32", reason="this engine forks")
def test_page_for_readers_has_no_code_and_asks_nothing(done: dict[str, Path], tmp_path: Path) -> None:
    """The export holds words, charts with their alt text and tables, but no code and no address."""
    for name, path in done.items():
        page = analysis.export(path, tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert "analysis.notebook(" not in page.replace("<code>analysis.notebook</code>", "")
        assert "ws.draw(" not in page
        assert "<script" not in page
        assert not re.search(r"(?:src|href|url)\s*[=(]\s*['\"]?(?:https?:)?//", page)
        assert page.count("<img ") == page.count("data:image/png;base64,")
        assert not re.search(r'alt=""', page)
        assert "@font-face" in page
    again = analysis.export(done["03-compare"], tmp_path / "again.html")
    assert again.read_bytes() == (tmp_path / "03-compare.html").read_bytes()
    assert '<html lang="en">' in again.read_text(encoding="utf-8")


def test_export_is_a_command(tmp_path: Path) -> None:
    """Text from reports stays text, a failed cell says so in the reader's language, and links are gone."""
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": "# 標題\n\n<script>x</script>\n\n[去](https://a.b)",
        },
        {
            "cell_type": "code",
            "metadata": {},
            "source": "secret = 1",
            "outputs": [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {
                        "text/html": "<table onclick='x'><tr><td>&lt;b&gt;<img src=x></td></tr></table>"
                        "<script>alert(1)</script>"
                    },
                },
                {"output_type": "error", "ename": "ValueError", "evalue": "<i>", "traceback": []},
            ],
        },
    ]
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    result = CliRunner().invoke(main, ["export", str(path)])
    assert result.exit_code == 0
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "<title>標題</title>" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<td>&lt;b&gt;</td>" in page
    assert "筆記本在這裡停了下來：ValueError: &lt;i&gt;" in page.replace(" ValueError", "ValueError")
    for gone in ("secret", "<script", "onclick", "<img", "https://"):
        assert gone not in page


def test_export_of_nothing_is_an_error(tmp_path: Path) -> None:
    """A notebook that has never run, no notebook, and no file are each named with what to do."""
    with pytest.raises(DataError, match="no outputs"):
        analysis.export(NOTEBOOKS[0], tmp_path / "x.html")
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="no notebook"):
        analysis.export(tmp_path / "bad.ipynb")
    with pytest.raises(UsageError, match="cannot be read"):
        analysis.export(tmp_path / "none.ipynb")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_twin_is_in_step(path: Path) -> None:
    """docs/notebooks holds each notebook as text; `make twins` writes it anew."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from twins import twin
    finally:
        sys.path.pop(0)
    written = ROOT / "docs" / "notebooks" / f"{path.stem}.py"
    assert written.read_text(encoding="utf-8") == twin(path), "run `make twins`"
    assert {path.stem for path in written.parent.glob("*.py")} == {path.stem for path in NOTEBOOKS}
