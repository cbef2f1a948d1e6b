"""The same inputs give the same tables, charts and pages on any machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Writer = Callable[..., Path]
DRAWS = "import analysis\nfrom analysis import charts\nws = analysis.notebook(project, period, baseline, place, locale)\nws.draw(charts.overview, ws.tables.comparisons)"


def made(folder: Path) -> dict[str, bytes]:
    """Give all that a run has made, but for its records."""
    found = [*(folder / "data/processed").rglob("*"), *(folder / "reports").rglob("*")]
    named = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    return {name: path.read_bytes() for name, path in named.items() if "/runs/" not in name}


@pytest.mark.slow
def test_two_clones_give_the_same_bytes(project_folder: Path, write_notebook: Writer, tmp_path: Path) -> None:
    """Another path, user, time zone, hash seed, language of the system and moment change nothing."""
    write_notebook("01-a.ipynb", DRAWS)
    write_notebook("02-bad.ipynb", "print(period)\nraise ValueError(period)")
    running, folders = [], []
    for name, zone, seed, locale in (
        ("one", "Asia/Shanghai", "1", "C"),
        ("二/two", "America/Lima", "77", "C.UTF-8"),
    ):
        folder = tmp_path / name
        folder.parent.mkdir(exist_ok=True)
        shutil.copytree(project_folder, folder)
        home = tmp_path / f"home-{seed}"
        home.mkdir()
        environment = os.environ | {
            "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "USER": name, "LOGNAME": name, "HOME": str(home),
        }  # fmt: skip
        asked = [sys.executable, "-m", "analysis", "run"]
        running.append(
            subprocess.Popen(
                asked, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
        )
        folders.append(folder)
    said = [process.communicate()[0].decode("utf-8", "replace") for process in running]
    assert [process.returncode for process in running] == [1, 1], said
    one, two = map(made, folders)
    assert {name.rsplit(".", 1)[-1] for name in one} >= {
        "csv",
        "parquet",
        "xlsx",
        "png",
        "svg",
        "html",
        "ipynb",
    }
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
