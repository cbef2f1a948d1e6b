"""Old Word documents, through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.reading.formats import docx
from analysis.reading.formats.compound import protected
from analysis.reading.formats.refusal import locked

if TYPE_CHECKING:
    from analysis.reading.document import Document

_SECONDS = 120
_SAVE = "open it in Word and save it as .docx"


def office() -> str | None:
    """Give the path of LibreOffice's program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read(data: bytes, name: str) -> Document:
    """Turn an old Word document into a new one, and read that.

    Called by `read_document`; UnreadableError without LibreOffice, and where it cannot convert the file or takes too long.
    """
    if protected(data):
        raise locked(name)
    program = office()
    if program is None:
        todo = f"install LibreOffice (on Debian: apt install libreoffice-writer-nogui), or {_SAVE}"
        raise UnreadableError("an old Word file needs LibreOffice", where=name, todo=todo)
    with tempfile.TemporaryDirectory(prefix="analysis-") as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        said = _convert(program, source)
        made = Path(folder, "out", "report.docx")
        if not made.is_file():
            seen = " ".join(said.split())[:120] or "no result"
            raise UnreadableError("LibreOffice cannot convert it", where=name, seen=seen, todo=_SAVE)
        converted = made.read_bytes()
    return docx.read(converted, name)


def _convert(program: str, source: Path) -> str:
    """Run LibreOffice with a profile of its own, so that an open window does not answer in its place."""
    folder = source.parent
    command = [
        program, "--headless", "--norestore", "--nologo", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - no shell, and no argument comes from the file
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
    ) as process:  # fmt: skip
        try:
            return process.communicate(timeout=_SECONDS)[0].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            return f"still at work after {_SECONDS} s"
