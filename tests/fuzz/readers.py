"""Search for files that a reader falls over, led by the branches it takes: `python -m tests.fuzz.readers`.

Each format runs in a process of its own, which ends at so many files or seconds. Old workbooks are parsed by
a library in Rust, where no branch is seen and nothing but the limit of memory of the process that reads stops
an allocation: they go the whole way of a report, through such a process. It begins with the small
files that the tests write, damages them again and again, and keeps those that reach a branch not seen before.
A file that a reader falls over is left in the folder .fuzz; add it to the tests once that is mended.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.reading.small_files import SMALL

ROOT = Path(__file__).parents[2]
_FOUND = ROOT / ".fuzz"
_SECONDS_A_FILE, _MEGABYTES = 60, 3_000
_APART = {"xls"}
# An archive is unpacked here and not by a reader; texts need none.
_KINDS = sorted(set(SMALL) - {"zip"})
_LARGEST = 1 << 16
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError,
    KeyError, IndexError,
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the search; the exit code is 1 when a reader fell over, or where atheris is needed and missing."""
    parser = argparse.ArgumentParser(prog="make fuzz", description="Search for files that readers fall over.")
    parser.add_argument("kinds", nargs="*", default=_KINDS, help=f"of {' '.join(_KINDS)}; all without any")
    parser.add_argument("--runs", type=int, default=5_000, help="files a format")
    parser.add_argument("--seconds", type=int, default=10, help="seconds a format")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if find_spec("atheris") is None:
        print("atheris is not installed here: it needs Linux and Python 3.11", file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    if chosen.one:
        _search(chosen.kinds[0], chosen.runs, chosen.seconds)
        return 0
    fallen = [kind for kind in chosen.kinds if not _ran(kind, chosen.runs, chosen.seconds)]
    if fallen:
        print(f"fell over: {' '.join(fallen)}; see the files in {_FOUND.name}", file=sys.stderr)
    return int(bool(fallen))


def _ran(kind: str, runs: int, seconds: int) -> bool:
    command = [sys.executable, "-m", "tests.fuzz.readers", kind, "--one", "--runs", str(runs)]
    done = subprocess.run(
        [*command, "--seconds", str(seconds)], cwd=ROOT, capture_output=True, text=True, errors="replace",
        check=False, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    said = done.stderr.splitlines()
    last = next((line for line in reversed(said) if line.startswith(("#", "Done"))), "nothing was run")
    print(f"{kind:8}{last}")
    if done.returncode:
        print("\n".join(said[-40:]), file=sys.stderr)
    return done.returncode == 0 and "nothing" not in last


def _search(kind: str, runs: int, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["analysis.reading"]):
        from analysis.errors import UnreadableError
        from analysis.reading.child import read_in_child
        from analysis.reading.encoding import decode
        from analysis.reading.formats import KINDS, ocr, read_document
        from analysis.reading.limits import USUAL

        if KINDS[kind].module:
            import_module(f"analysis.reading.formats.{KINDS[kind].module}")
    ending, writers = SMALL[kind]
    ocr.allow(scans=False)

    def each(data: bytes) -> None:
        try:
            if kind == "text":
                decode(data, "a.txt")
            elif kind in _APART:
                read_in_child(data, f"a{ending}", KINDS[kind], USUAL)
            else:
                read_document(data, f"a{ending}", KINDS[kind])
        except (UnreadableError, MemoryError, RecursionError):
            return
        except BaseException as error:
            # A panic of a library in Rust is caught by the process that reads.
            if type(error).__name__ != "PanicException":
                raise

    _FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, write in enumerate(writers):
            Path(corpus, str(number)).write_bytes(write())
        flags = [
            f"-runs={runs}", f"-max_total_time={seconds}", f"-timeout={_SECONDS_A_FILE}", "-seed=1",
            f"-rss_limit_mb={_MEGABYTES}", f"-max_len={_LARGEST}", f"-artifact_prefix={_FOUND}/{kind}-",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *flags, corpus], each, custom_mutator=_mutated)
        atheris.Fuzz()


def _mutated(data: bytes, most: int, seed: int) -> bytes:
    """Damage a file; in a package mostly one part, else check sums would keep the readers from it."""
    import atheris

    if data.startswith(b"PK") and seed % 8:
        try:
            packed = _repacked(data, most, seed)
        except _BROKEN:
            packed = b""
        if 0 < len(packed) <= most:
            return packed
    return bytes(atheris.Mutate(data, most))


def _repacked(data: bytes, most: int, seed: int) -> bytes:
    import atheris

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        entries: list[Any] = old.infolist()
        for number, entry in enumerate(entries):
            part = old.read(entry)
            if number == seed // 8 % len(entries):
                part = bytes(atheris.Mutate(part, most))
            new.writestr(entry.filename, part)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
