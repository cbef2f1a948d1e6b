"""Notices of success, failure and missing reports, to servers on loopback."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from analysis.project import find_project
from analysis.rerun import run
from analysis.rerun.notify import notice_of, notify
from analysis.rerun.summary import Failure, RunSummary


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Start a web server that keeps what it is sent."""
    got: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", got
        server.shutdown()


@pytest.fixture
def mailbox() -> Iterator[tuple[int, list[bytes]]]:
    """Start a mail server that keeps what it is sent."""
    got: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                if line.upper().startswith(b"DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    text = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        text += part
                    got.append(text)
                self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")
                if line.upper().startswith(b"QUIT"):
                    return

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], got
        server.shutdown()


def told(folder: Path, *lines: str) -> None:
    """Add [notify] to the settings of a project."""
    settings = folder / "analysis.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text("\n".join([text, "[notify]", *lines, ""]), encoding="utf-8")


def summary(**changed: object) -> RunSummary:
    """Make the summary of a run that did something."""
    plain: dict[str, object] = {
        "period": "2026-08", "baseline": "2026-07", "done": ("01-a",), "failed": (), "left_out": (), "warnings": (),
        "outputs": (), "counts": {"reports": 4}, "periods": ("2026-08",), "run": "x",
    }  # fmt: skip
    return RunSummary(**(plain | changed))  # type: ignore[arg-type]


def test_a_run_that_cannot_begin_is_told(
    project_folder: Path, hook: tuple[str, list[dict[str, object]]]
) -> None:
    """An error of the whole run reaches the webhook with its one line."""
    told(project_folder, f'webhook = "{hook[0]}"')
    with pytest.raises(AnalysisError):
        run(project_folder)
    (got,) = hook[1]
    assert got["kinds"] == ["failure"]
    assert "no notebooks" in str(got["text"])


def test_mail_says_what_failed_and_what_is_missing(
    project_folder: Path, mailbox: tuple[int, list[bytes]]
) -> None:
    """The subject names project, period and kind; the text holds the reasons."""
    told(
        project_folder,
        'mail_to = ["a@example.org"]',
        'smtp_host = "127.0.0.1"',
        f"smtp_port = {mailbox[0]}",
        "starttls = false",
    )
    project = find_project(project_folder)
    made = summary(failed=(Failure("02-b", "cell 3: no"),), missing=("青山社区 2026-08",))
    assert notify(project, notice_of(project, made)) == []
    from email import message_from_bytes
    from email.policy import default

    mail = message_from_bytes(mailbox[1][0], policy=default)
    assert mail["Subject"] == "測試街道 2026-08: 有失敗, 缺報"
    text = mail.get_content()
    assert "failed: 02-b: cell 3: no" in text
    assert "missing reports: 青山社区 2026-08" in text


def test_only_what_is_asked_for_is_told(
    project_folder: Path, hook: tuple[str, list[dict[str, object]]]
) -> None:
    """`on` chooses the kinds; a run that had nothing to do tells nobody."""
    told(project_folder, f'webhook = "{hook[0]}"', 'on = ["failure"]')
    project = find_project(project_folder)
    notify(project, notice_of(project, summary()))
    assert not hook[1]
    assert notice_of(project, summary(done=())) is None
    notify(project, notice_of(project, summary(failed=(Failure("a", "b"),))))
    assert len(hook[1]) == 1


def test_a_notice_that_cannot_be_sent_is_a_warning(project_folder: Path) -> None:
    """Nobody listens there: one line says so, and the run is not lost."""
    told(project_folder, 'webhook = "http://127.0.0.1:9/"')
    project = find_project(project_folder)
    (problem,) = notify(project, notice_of(project, summary()))
    assert "webhook could not be sent" in problem
