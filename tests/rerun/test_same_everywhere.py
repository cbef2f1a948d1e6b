"""The same inputs give the same tables, charts and pages on any machine."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import UsageError

Writer = Callable[..., Path]
OFFICE = ("workbook.xlsx", "briefing.docx", "briefing.pptx")
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
            "SOURCE_DATE_EPOCH": "1785542400",
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
    for name in ("data/processed/figures.xlsx", *(f"reports/2026-08/{made}" for made in OFFICE)):
        assert {"2026-08-01T00:00:00Z"} == moments(one[name]), name


def moments(office: bytes) -> set[str]:
    """Give what a file of Office says of when it and its parts were made and changed."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        parts = {"{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*part.date_time) for part in archive.infolist()}
        said = re.findall(rb"<dcterms:\w+[^>]*>([^<]*)", archive.read("docProps/core.xml"))
    return parts | {moment.decode() for moment in said}


@pytest.mark.parametrize(
    ("told", "made"), [("1785542400", "2026-08-01T00:00:00Z"), ("", "2000-01-01T00:00:00Z")]
)
def test_the_day_of_making_is_told_or_fixed(told: str, made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH is the date of workbooks; without it that is a fixed one, never the clock's."""
    import pandas as pd

    from analysis.tables.workbook import frame_workbook

    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    assert moments(frame_workbook(pd.DataFrame({"a": [1]}), "表")) == {made}


def test_a_day_of_making_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable and what it holds; a day before archives becomes the first that they know."""
    from analysis.tables.making import archived, making

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match=r"SOURCE_DATE_EPOCH.*yesterday"):
        making()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert archived() == (1980, 1, 1, 0, 0, 0)
