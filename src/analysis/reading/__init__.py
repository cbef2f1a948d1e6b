"""Reading: files of any kind to the same Report. This is the only room that opens reports."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, UnreadableError
from analysis.language.script import detect_script, fold
from analysis.reading.blocks import find_blocks, find_title
from analysis.reading.encoding import decode
from analysis.reading.manifest import Entry, load_manifest
from analysis.reading.metadata import find_date, find_period, find_place
from analysis.reading.report import Block, Report, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Block", "Report", "Unreadable", "iter_reports", "read", "report_from_text"]

FORMATS = (".txt", ".md")
_NEVER = re.compile(r"^(?:\..*|~\$.*|Thumbs\.db|desktop\.ini|manifest\.csv)$", re.IGNORECASE)
_NOISE = re.compile(r"\*+|__+|[xX]{2,}|○{2,}|�|[\ue000-\uf8ff]")


def read(path: str | Path, *, root: Path | None = None, manifest: Mapping[str, Entry] | None = None) -> Report:
    """Read one report file.

    Parameters
    ----------
    path : the file.
    root : the folder that paths are given relative to (data/raw in a project).
    manifest : what is known about the reports, by path within `root`.

    Raises
    ------
    UnreadableError
        The file is gone, empty, binary, in no known encoding, or of a kind that is not read.
    """
    file = Path(path)
    name = _inner(file, root)
    if file.suffix.lower() not in FORMATS:
        raise UnreadableError("this kind of file is not read yet", where=name, seen=file.suffix or "no extension", todo="save it as .txt or .md")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableError("the file cannot be opened", where=name, seen=error.strerror or str(error), todo="check that it is there and may be read") from error
    text, encoding, confidence = decode(data, where=name)
    reader = "markdown" if file.suffix.lower() == ".md" else "text"
    return _report(text, name, data, (reader, encoding, confidence), (manifest or {}).get(name))


def report_from_text(text: str, *, path: str = "") -> Report:
    """Make a report of a text at hand; its place and period come from the text (and `path`, when given)."""
    return _report(text, path, text.encode("utf-8", "surrogatepass"), ("text", "str", 1.0), None)


def iter_reports(
    paths: Iterable[str | Path], *, root: Path | None = None, manifest: Path | Mapping[str, Entry] | None = None
) -> Iterator[Report | Unreadable]:
    """Read files and folders one after the other, in the order of their names.

    What cannot be read comes as an Unreadable in its turn; it never stops the rest. Hidden files, ~$ files
    and manifest.csv are no reports; links that lead out of a folder are not followed.

    Raises
    ------
    AnalysisError
        A folder holds no file at all that could be a report, or the manifest is wrong.
    """
    entries = load_manifest(manifest) if isinstance(manifest, Path) else manifest
    for path in map(Path, paths):
        for file in _files(path):
            try:
                yield read(file, root=root, manifest=entries)
            except UnreadableError as error:
                yield Unreadable(_inner(file, root), error.what + (f" ({error.seen})" if error.seen else ""), error.todo)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    top = path.resolve()
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not _NEVER.match(name) and file.resolve().is_relative_to(top) and file.is_file():
                found.append(file)
    if not found:
        raise AnalysisError("no reports in this folder", where=str(path), todo=f"put report files there ({', '.join(FORMATS)})")
    return sorted(found, key=lambda f: f.as_posix())


def _inner(file: Path, root: Path | None) -> str:
    if root is not None and file.is_relative_to(root):
        return file.relative_to(root).as_posix()
    return str(file)


def _report(text: str, name: str, data: bytes, how: tuple[str, str, float], entry: Entry | None) -> Report:
    blocks = find_blocks(text)
    title = find_title(text, blocks)
    period, period_source = find_period(name, title, text)
    place, place_source = find_place(name, title, text)
    received = find_date(text)
    if entry:
        period, period_source = (entry.period, "manifest") if entry.period else (period, period_source)
        place, place_source = (entry.place, "manifest") if entry.place else (place, place_source)
        received = entry.received or received
    reader, encoding, confidence = how
    return Report(
        report_id=hashlib.sha256(name.encode("utf-8", "surrogatepass") + b"\0" + data).hexdigest()[:12],
        path=name, reader=reader, encoding=encoding, encoding_confidence=confidence, text=text, script=detect_script(text),
        title=title, blocks=blocks, place=place, place_id=fold(place) if place else None, place_source=place_source,
        period=period, period_source=period_source, received=received, supersedes=entry.supersedes if entry else None,
        note=entry.note if entry else None, noise=sum(len(m[0]) for m in _NOISE.finditer(text)),
    )  # fmt: skip
