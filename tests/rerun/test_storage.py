"""Reports, tables and outputs on a real S3 server, and on a drive; errors that pass are tried again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from analysis.errors import AnalysisError
from analysis.project import find_project
from analysis.rerun.storage import fetch, retried, send

Writer = Callable[..., Path]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Start an S3 server on loopback."""
    from moto.server import ThreadedMotoServer

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    # What an earlier server of this process was given is still known to it.
    request = Request(f"http://{host}:{port}/moto-api/reset", method="POST")
    with urlopen(request) as answer:  # noqa: S310 - our own server
        assert answer.status == 200
    yield f"http://{host}:{port}"
    started.stop()


def bucket(address: str) -> Any:
    """Open the bucket of the tests."""
    import s3fs

    files = s3fs.S3FileSystem(endpoint_url=address, skip_instance_cache=True, use_listings_cache=False)
    files.mkdirs("office", exist_ok=True)
    return files


def stored(folder: Path, address: str, options: str = "") -> None:
    """Let a project be stored elsewhere."""
    lines = [f'{name} = "{address}/{name}"' for name in ("raw", "processed", "reports")]
    settings = folder / "analysis.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text("\n".join([text, "[storage]", *lines, options, ""]), encoding="utf-8")


def a_run(folder: Path) -> None:
    """Leave what a run leaves."""
    for name in ("data/processed/figures.csv", "reports/2026-08/index.html", "reports/2026-08/charts/a.svg"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "data/processed/runs").mkdir(exist_ok=True)
    (folder / "data/processed/runs/run.lock").touch()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_project_on_s3(project_folder: Path, server: str, tmp_path: Path) -> None:
    """Reports come from there, results go there, another machine finds them, and what is gone goes."""
    files = bucket(server)
    files.put(str(project_folder / "data/raw"), "office/raw", recursive=True)
    shutil.rmtree(project_folder / "data/raw")
    stored(project_folder, "s3://office", f'options = {{ endpoint_url = "{server}" }}')
    project = find_project(project_folder)
    assert fetch(project) == 4
    assert fetch(project) == 0
    assert "清運垃圾" in (project.raw / "2026-08/東湖社區.txt").read_text(encoding="utf-8")
    a_run(project_folder)
    assert send(project) == 3
    assert send(project) == 0
    assert files.cat("office/reports/2026-08/charts/a.svg").decode() == "reports/2026-08/charts/a.svg"
    assert not files.exists("office/processed/runs/run.lock")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(project_folder / "analysis.toml", other / "analysis.toml")
    assert fetch(find_project(other)) == 7
    assert (other / "reports/2026-08/index.html").is_file()
    files.rm("office/raw/2026-08/東湖社區.txt")
    fetch(project)
    (project_folder / "reports/2026-08/charts/a.svg").unlink()
    send(project)
    assert not files.exists("office/reports/2026-08/charts/a.svg")
    assert not (project.raw / "2026-08/東湖社區.txt").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("light_products")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_whole_run_on_s3(project_folder: Path, write_notebook: Writer, server: str) -> None:
    """`analysis run` reads from a bucket and publishes into it, and a fresh machine has nothing left to do."""
    from analysis.rerun import run

    write_notebook("01-a.ipynb", "1")
    files = bucket(server)
    files.put(str(project_folder / "data/raw"), "office/raw", recursive=True)
    shutil.rmtree(project_folder / "data/raw")
    stored(project_folder, "s3://office", f'options = {{ endpoint_url = "{server}" }}')
    assert run(project_folder).exit_code == 0
    assert files.exists("office/reports/2026-08/index.html")
    assert files.exists("office/processed/figures.parquet")
    for name in ("data", "reports"):
        shutil.rmtree(project_folder / name)
    assert run(project_folder).idle


def test_a_drive_gets_whole_files(project_folder: Path, tmp_path: Path) -> None:
    """On a network drive a file is written beside and renamed; nothing partial stays, and reports are never written."""
    drive = tmp_path / "drive"
    stored(project_folder, drive.as_uri())
    a_run(project_folder)
    project = find_project(project_folder)
    assert send(project) == 3
    assert sorted(path.name for path in drive.rglob("*") if path.is_file()) == [
        "a.svg",
        "figures.csv",
        "index.html",
    ]


def test_pages_are_sent_after_what_they_lead_to(
    project_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that breaks leaves no page without its charts, and the next run sends the rest."""
    from fsspec.implementations.local import LocalFileSystem

    stored(project_folder, (tmp_path / "drive").as_uri())
    a_run(project_folder)
    project = find_project(project_folder)
    pipe = LocalFileSystem.pipe_file

    def breaks(self: Any, path: str, value: bytes, **more: Any) -> None:
        if "index" in path:
            raise TimeoutError("no answer")
        pipe(self, path, value, **more)

    waited: list[float] = []
    with monkeypatch.context() as patched:
        patched.setattr(LocalFileSystem, "pipe_file", breaks)
        with pytest.raises(AnalysisError, match="nothing here was lost"):
            send(project, sleep=waited.append)
    assert waited == [1.0, 2.0, 4.0]
    assert (tmp_path / "drive/reports/2026-08/charts/a.svg").is_file()
    assert send(project) == 1


def test_only_what_may_pass_is_tried_again() -> None:
    """A refusal is said at once, an error of the program is no error of storage, a short failure is got over."""
    waited: list[float] = []

    def refuse() -> None:
        raise PermissionError(13, "no")

    def wrong() -> None:
        raise ValueError("a mistake")

    answers = iter([ConnectionResetError(), TimeoutError(), None])

    def recovers() -> str:
        error = next(answers)
        if error:
            raise error
        return "there"

    with pytest.raises(AnalysisError):
        retried(refuse, where="x", sleep=waited.append)
    with pytest.raises(ValueError, match="mistake"):
        retried(wrong, where="x", sleep=waited.append)
    assert not waited
    assert retried(recovers, where="x", sleep=waited.append) == "there"
    assert waited == [1.0, 2.0]


def test_an_unknown_kind_of_address_is_said(project_folder: Path) -> None:
    """The message names the setting."""
    stored(project_folder, "nowhere://x")
    with pytest.raises(AnalysisError, match=r"storage\.raw"):
        fetch(find_project(project_folder))
