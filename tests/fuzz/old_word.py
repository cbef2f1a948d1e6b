"""Read old Word documents that were damaged by chance: `python -m tests.fuzz.old_word`.

LibreOffice opens them, which takes seconds to start and hundredths of a second a file: they are handed to it
by the hundred, and what it makes of them is read as the reader of old Word documents would. What a crash of
LibreOffice leaves undone goes the whole way of a report, one by one; so do a few others, to see that both
ways give the same text.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from analysis.errors import UnreadableError
from analysis.reading import Limits, Report, read_bytes
from tests.reading import small_files
from tests.reading.mutation import mutated
from tests.reading.oracles import of_docx, signs

_AT_ONCE = 250
_SECONDS = 300
_LIMITS = Limits(seconds=120)
_COMPARED = 8
_MOST_ALONE = 40


def main(arguments: list[str] | None = None) -> int:
    """Damage, convert and read; the exit code is 1 when a document was lost or a reader fell over."""
    parser = argparse.ArgumentParser(prog="make fuzz", description="Read damaged old Word documents.")
    parser.add_argument("--documents", type=int, default=2_000)
    chosen = parser.parse_args(arguments)
    program = shutil.which("soffice")
    if program is None:
        print("LibreOffice is not installed here", file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        work = _Work(program, Path(folder))
        whole = work.old(small_files.docx())
        for first in range(0, chosen.documents, _AT_ONCE):
            seeds = range(first, min(first + _AT_ONCE, chosen.documents))
            outcomes += work.batch({seed: mutated(whole, seed) for seed in seeds})
    print("doc     " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
    ended = outcomes["alone"] > _MOST_ALONE
    return int(bool(ended or outcomes["lost"] or outcomes["another text"] or not outcomes["read"]))


class _Work:
    """A folder to convert in, and the program that converts."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.folder = program, folder

    def old(self, data: bytes) -> bytes:
        """Turn a new Word document into an old one."""
        source = self.folder / "whole.docx"
        source.write_bytes(data)
        self._convert("doc:MS Word 97", [source])
        return (self.folder / "out" / "whole.doc").read_bytes()

    def batch(self, documents: dict[int, bytes]) -> Counter[str]:
        """Convert and read some documents; count what became of them."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        paths = {seed: self.folder / f"{seed:05}.doc" for seed in documents}
        for seed, data in documents.items():
            paths[seed].write_bytes(data)
        finished = self._convert("docx:MS Word 2007 XML", list(paths.values()))
        outcomes: Counter[str] = Counter()
        for seed, path in paths.items():
            made = self.folder / "out" / f"{path.stem}.docx"
            if made.is_file():
                report = _read(made.read_bytes(), made.name)
                outcomes[_judged(report, made.read_bytes())] += 1
                if report is not None and seed < _COMPARED:
                    alone = _read(documents[seed], path.name)
                    outcomes["another text"] += alone is None or alone.text != report.text
            elif finished:
                outcomes["refused by LibreOffice"] += 1
            else:
                _read(documents[seed], path.name)
                outcomes["alone"] += 1
            path.unlink()
        return +outcomes

    def _convert(self, form: str, sources: list[Path]) -> bool:
        profile = (self.folder / "profile").as_uri()
        command = [
            self.program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo",
            "--convert-to", form, "--outdir", str(self.folder / "out"), *map(str, sources),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def _read(data: bytes, name: str) -> Report | None:
    try:
        return read_bytes(data, name, limits=_LIMITS)
    except UnreadableError as error:
        if not str(error).startswith(name):
            raise
        return None


def _judged(report: Report | None, data: bytes) -> str:
    if report is None:
        return "refused"
    lost = (signs(of_docx(data)) - signs(report.text)).total() - sum(report.left_out.values())
    return "lost" if lost > 0 else "read"


if __name__ == "__main__":
    sys.exit(main())
