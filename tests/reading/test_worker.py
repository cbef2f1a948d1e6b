"""The process that reads files keeps nothing of them, and is replaced before what libraries keep adds up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from analysis.errors import UnreadableError
from analysis.reading import Limits, child, iter_reports, read_bytes
from tests.reading.small_files import SMALL


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Begin and end without a process that waits for files."""
    child.end_children()
    yield
    child.end_children()


def _readers() -> list[psutil.Process]:
    """Give the processes that this one has started to read files."""
    return [
        one for one in psutil.Process().children() if "analysis.reading.worker" in " ".join(one.cmdline())
    ]


def _read(folder: Path, data: bytes, ending: str, count: int) -> list[tuple[int, int]]:
    """Read so many copies of a file; after each of them give the reading process and its bytes of memory."""
    for number in range(count):
        (folder / f"{number:04}{ending}").write_bytes(data)
    seen = []
    for _ in iter_reports([folder], root=folder):
        seen += [(one.pid, one.memory_info().rss) for one in _readers()]
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="what a process holds is counted otherwise there")
def test_memory_is_given_back(tmp_path: Path) -> None:
    """Sixty Word documents need no more memory than ten, in one process that reads them all."""
    from docx import Document

    document = Document()
    document.add_paragraph("清運垃圾18.5噸")
    document.save(str(tmp_path / "a.docx"))
    data = (tmp_path / "a.docx").read_bytes()
    seen = _read(tmp_path, data, ".docx", 60)
    assert len({pid for pid, _ in seen}) == 1
    # Each holds five megabytes while it is read.
    assert max(held for _, held in seen) - max(held for _, held in seen[:10]) < 40 * 2**20


@pytest.mark.slow
def test_process_is_replaced(tmp_path: Path) -> None:
    """After a thousand files another process goes on, and the first has ended."""
    seen = _read(tmp_path, SMALL["csv"][1][0](), ".csv", 1_010)
    pids = list(dict.fromkeys(pid for pid, _ in seen))
    assert len(pids) == 2
    assert not psutil.pid_exists(pids[0])
    assert sum(pid == pids[0] for pid, _ in seen) < 1_000


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="this system counts memory otherwise")
def test_a_large_parent_does_not_make_files_large() -> None:
    """A damaged file is no reason to begin a new process only because the one that asks holds much memory."""
    held = bytearray(300 * 2**20)
    held[::4096] = b"1" * len(held[::4096])
    damaged = b"%PDF-1.7\n" + b"x" * 500
    pids = set()
    for number in range(3):
        with pytest.raises(UnreadableError, match="damaged"):
            read_bytes(damaged, f"{number}.pdf", limits=Limits(memory_megabytes=400))
        pids |= {one.pid for one in _readers()}
    assert len(pids) == 1
