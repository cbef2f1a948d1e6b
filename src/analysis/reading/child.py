"""Child processes that read files: started once, kept warm, ended when a file costs too much.

They are programs of their own rather than forks or `multiprocessing`: safe beside threads, in a Dask worker,
and in a script without `if __name__ == "__main__"`.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analysis.errors import UnreadableError
from analysis.reading.limits import MEGABYTE, raising
from analysis.reading.wire import answered, document_of, packed
from analysis.reading.worker import receive, send

if TYPE_CHECKING:
    from analysis.reading.document import Document
    from analysis.reading.formats import Kind
    from analysis.reading.limits import Limits

_START = "import sys; sys.path[:] = sys.argv[1:]; from analysis.reading.worker import serve; serve()"
# A cell is written with its place, so that an answer may be longer than its text.
_ROOM = 4
_PIPE = MEGABYTE // 2
_AGAIN = "open it in the program it was made with and save it under a new name"
_CRASHED_BY_MEMORY = ("SIGABRT", "SIGKILL", "SIGTRAP")

_idle: list[Child] = []
_lock = threading.Lock()


def read_in_child(data: bytes, name: str, kind: Kind, limits: Limits) -> Document:
    """Read a file in a child process.

    Parameters
    ----------
    data : the whole file.
    name : its name, for errors.
    kind : what `analysis.reading.formats.sniff` gave.
    limits : what it may cost.

    Errors
    ------
    UnreadableError where the reader refuses the file, or it needs more time or memory than it may, or the
    reader's process dies of it.
    """
    with _lock:
        child = _idle.pop() if _idle else None
    if child is not None and not child.alive():
        child.end()
        child = None
    child = child or Child()
    try:
        said, texts = child.ask(data, name, kind.name, limits)
    except BaseException:
        child.end()
        raise
    if child.again:
        with _lock:
            _idle.append(child)
    else:
        child.end()
    if "refused" in said:
        what, seen, todo = map(str, said["refused"])
        raise UnreadableError(what, where=name, seen=seen, todo=todo)
    try:
        return document_of(said["document"], texts)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UnreadableError("the file is damaged", where=name, seen=str(error)[:120], todo=_AGAIN) from None


def end_children() -> None:
    """End all children that wait for a file."""
    with _lock:
        children = _idle[:]
        _idle.clear()
    for child in children:
        child.end()


class Child:
    """A process that reads one file after the other; `again` tells whether it can be asked for one more."""

    def __init__(self) -> None:
        self.again = True
        self._late = False
        package = str(Path(__file__).parents[2])
        # Never the current folder: what lies among the reports must not be imported.
        paths = [path for path in sys.path if path] + [package]
        environment = {"OMP_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2", **os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - this very Python, and no argument comes from a file
            [sys.executable, "-P", "-c", _START, *paths],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        _widen(self._process.stdin)
        _widen(self._process.stdout)

    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    def ask(self, data: bytes, name: str, kind: str, limits: Limits) -> tuple[dict[str, Any], str]:
        """Send a file and give the answer, and the texts behind it.

        Errors
        ------
        UnreadableError where none comes, saying why.
        """
        head = {
            "name": name, "kind": kind, "seconds": limits.seconds, "memory": limits.memory_megabytes,
            "scans": limits.scans,
        }  # fmt: skip
        watch = threading.Timer(limits.seconds, self._too_late)
        watch.daemon = True
        watch.start()
        try:
            answer = self._exchanged(packed(head), data, limits)
            if answer is not None:
                self.again = answer[:1] == b"+"
                return answered(memoryview(answer)[1:])
        except OSError:
            pass  # It died while the file was sent; why is said below.
        except ValueError:
            todo = raising("text_megabytes")
            raise UnreadableError(
                f"more than {limits.text_megabytes} MB of text", where=name, todo=todo
            ) from None
        finally:
            watch.cancel()
        raise self._why(name, limits)

    def _exchanged(self, head: bytes, data: bytes, limits: Limits) -> bytes | None:
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None
        assert sink is not None
        send(sink, head)
        send(sink, data)
        sink.flush()
        return receive(source, _ROOM * limits.text_megabytes * MEGABYTE)

    def end(self) -> None:
        """End the process and all that it has started."""
        _kill(self._process.pid, self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # What was not yet sent is of no use.
        self._process.wait()

    def _too_late(self) -> None:
        self._late = True
        _kill(self._process.pid, self._process)

    def _why(self, name: str, limits: Limits) -> UnreadableError:
        """Give the error for a child that has ended without an answer."""
        code = self._process.wait()
        if self._late or (hasattr(signal, "SIGALRM") and code == -signal.SIGALRM):
            what = f"takes longer than {limits.seconds} s to read"
            return UnreadableError(what, where=name, todo=raising("seconds"))
        ended = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        what = "its reader stopped"
        if ended in _CRASHED_BY_MEMORY:
            what += f": it is damaged or needs more than {limits.memory_megabytes} MB of memory"
        return UnreadableError(what, where=name, seen=ended, todo=_AGAIN)


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold a whole report, where the system can: else its ends wait for each other every 64 KB."""
    if pipe is None or sys.platform != "linux":
        return
    import fcntl

    try:
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    except OSError:
        return  # One user's pipes may hold so much together; smaller ones do, too.


def _kill(pid: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Kill a process and those it has started, the youngest last, so that none is left without a parent."""
    if process is not None and process.poll() is not None:
        return
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        started = []
    try:
        if process is not None:
            process.kill()
        else:
            os.kill(pid, signal.SIGKILL)
    except OSError:
        pass  # It has ended by itself.
    for child in started:
        _kill(int(child))


def _forget() -> None:
    """Leave the children to the process that has started them: after a fork there are two."""
    global _lock  # noqa: PLW0603 - a lock held by another thread while forking would never open again
    _lock = threading.Lock()
    _idle.clear()


atexit.register(end_children)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
