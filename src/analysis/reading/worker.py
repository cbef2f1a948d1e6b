"""The process that reads hostile files: told of one file after the other, it answers with what each says.

A request and an answer are each a length of eight bytes and so many bytes. A request is JSON, then the file.
The process ends when its input does, and by itself when a file takes too long and nobody has ended it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import IO, Any

from analysis.errors import UnreadableError
from analysis.reading.limits import MEGABYTE, raising
from analysis.reading.wire import answer, plain_of

# What it allows itself beyond the limit before it ends itself: by then whoever asked should have ended it.
_GRACE = 5
# Some libraries never give memory back. A process that has come to hold so much, or has read so many files,
# is replaced by a fresh one.
_KEPT = 400 * MEGABYTE
_FILES = 1_000
_COLLECTED = 50_000

Pieces = tuple[bytes, ...]


def serve() -> None:
    """Answer requests from standard input until it ends."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What libraries print must not get between the answers.
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(quiet, number)
    # A document is ten thousands of values that live to its end: looking through all of them for cycles again
    # and again costs a third of the time.
    gc.set_threshold(_COLLECTED, 20, 100)
    modules = 0
    for number in count(1):
        head = receive(source)
        data = receive(source) if head is not None else None
        if head is None or data is None:
            return
        said, last = _answered(json.loads(head), data)
        del data
        if resident() > _KEPT:
            gc.collect()
        last = last or number >= _FILES or resident() > _KEPT
        send(sink, b"." if last else b"+", *said)
        sink.flush()
        if last:
            return
        del said
        modules = _forget(modules)


def _forget(modules: int) -> int:
    """Give back what a file has left: the tree of a Word document hangs in a cycle of python-docx.

    Parameters
    ----------
    modules : how many there were after the file before; give how many there are now. New ones stay, and are
        not looked through again, or each file would cost a twentieth of a second more.
    """
    gc.collect()
    if len(sys.modules) != modules:
        gc.freeze()
    return len(sys.modules)


def send(sink: IO[bytes], *pieces: bytes) -> None:
    """Write pieces as one message."""
    sink.write(sum(map(len, pieces)).to_bytes(8, "big"))
    for piece in pieces:
        sink.write(piece)


def receive(source: IO[bytes], most: int | None = None) -> bytes | None:
    """Read a message; None where the other side has ended.

    Errors
    ------
    ValueError where it is longer than `most` bytes.
    """
    head = source.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    if most is not None and size > most:
        raise ValueError(size)
    body = source.read(size)
    return body if len(body) == size else None


def _answered(request: dict[str, Any], data: bytes) -> tuple[Pieces, bool]:
    """Read one file; give the answer, and whether this process should be the last to have answered."""
    from analysis.reading.formats import KINDS, ocr, read_document

    name, memory = request["name"], request["memory"]
    ocr.allow(scans=request["scans"])
    limit_memory(memory)
    _limit_time(request["seconds"] + _GRACE)
    try:
        plain, texts = plain_of(read_document(data, name, KINDS[request["kind"]]))
        return answer({"document": plain}, texts), False
    except UnreadableError as error:
        return _refused([error.what, error.seen, error.todo], memory)
    except MemoryError:
        return answer({"refused": out_of_memory(memory)}), True
    except RecursionError:
        return answer(
            {"refused": ["nested too deep", "", "save it again from the program it was made with"]}
        ), False
    except BaseException as error:  # noqa: BLE001 - what falls over here, also in Rust, is told rather than lost
        seen = " ".join(f"{type(error).__name__} {error}".split())[:120]
        todo = "open it in the program it was made with and save it under a new name"
        return _refused(["the file is damaged", seen, todo], memory)
    finally:
        _limit_time(0)


def _refused(why: list[str], memory: int) -> tuple[Pieces, bool]:
    """Say why a file is refused; libraries call one damaged for which they found no memory."""
    short = _peak() > memory * MEGABYTE // 2
    if short and "damaged" in why[0]:
        told = out_of_memory(memory)
        why = [f"{why[0]}, or {told[0]}", why[1], told[2]]
    return answer({"refused": why}), short


def _peak() -> int:
    """Give the most bytes of memory that this process has held; 0 where the system does not tell.

    Linux counts into `ru_maxrss` what the parent held when it started this process: a large parent would make
    every file look too large. VmHWM begins anew with the program.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return _peak_by_usage()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _peak_by_usage() -> int:
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def out_of_memory(memory: int) -> list[str]:
    """Say that a file needs more memory than it may have, in MB."""
    return [f"needs more than {memory} MB of memory", "", raising("memory_megabytes")]


def limit_memory(megabytes: int) -> None:
    """Limit the memory of this process where the system can.

    Linux counts what was written to or may be (RLIMIT_DATA), so that address space that numpy or onnxruntime
    only reserve is free, as it is not with RLIMIT_AS.
    """
    try:
        import resource
    except ImportError:  # Windows has none; time and sizes are limited there all the same.
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    hard = resource.getrlimit(kind)[1]
    wanted = megabytes * MEGABYTE
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    try:
        resource.setrlimit(kind, (wanted, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (OSError, ValueError):  # macOS refuses a limit below what is in use
        return


def _limit_time(seconds: int) -> None:
    if hasattr(signal, "setitimer"):
        # The default answer to the signal ends the process wherever it is, also inside a library.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def resident() -> int:
    """Give the bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - read after every file
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
