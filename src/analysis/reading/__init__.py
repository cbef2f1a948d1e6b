"""Reading: files of any kind to the same Report. This is the only room that opens reports."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.language.script import detect_script, fold, half_width, simplified
from analysis.reading.archives import Spent, check_entries, members
from analysis.reading.assemble import Content, content_of_document, content_of_text
from analysis.reading.blocks import find_title
from analysis.reading.damage import count_damage
from analysis.reading.encoding import decode
from analysis.reading.folders import files_of, is_never_report
from analysis.reading.formats import sniff
from analysis.reading.limits import MEGABYTE, USUAL, Limits, raising
from analysis.reading.manifest import Entry, load_manifest, manifest_key
from analysis.reading.metadata import find_date, find_period, find_place, pieces_of
from analysis.reading.opening import open_bytes, open_document, too_large
from analysis.reading.report import Block, Report, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Manifest = Path | Mapping[str, Entry]

__all__ = [
    "Block",
    "Limits",
    "Report",
    "Unreadable",
    "iter_reports",
    "read",
    "read_bytes",
    "report_from_text",
]


def read(
    path: str | Path, *, root: Path | None = None, manifest: Manifest | None = None, limits: Limits = USUAL
) -> Report:
    """Read one report file of any format.

    Parameters
    ----------
    path : the file.
    root : the folder that paths are given relative to (data/raw in a project).
    manifest : manifest.csv, or what it says by path within `root`.
    limits : what the file may cost.

    Errors
    ------
    UnreadableError where the file is gone, empty, damaged, protected, in no known encoding, of a kind that
    is not read, or costs too much; DataError where the manifest is wrong.
    """
    file = Path(path)
    name = _name(file, root)
    data = open_bytes(file, name, limits)
    # Outside a project only the nearest folder tells of a report: /home/2019/… does not.
    folders = None if root is not None else 1
    return read_bytes(
        data, name, inner=_inner(file, root), manifest=_loaded(manifest), folders=folders, limits=limits
    )


def read_bytes(
    data: bytes,
    name: str,
    *,
    inner: str | None = None,
    manifest: Mapping[str, Entry] | None = None,
    folders: int | None = None,
    limits: Limits = USUAL,
) -> Report:
    """Read a report from the bytes of its file.

    Parameters
    ----------
    data : the whole file.
    name : its path, for the table `reports` and for errors.
    inner : its path within data/raw, from which its key is made; `name` without it.
    manifest : what the manifest says by inner path.
    folders : how many of the innermost folders of `name` may tell place and period; None for all.
    limits : what it may cost.

    Errors
    ------
    UnreadableError as for `read`.
    """
    check_entries(data, name)
    kind = sniff(data, name)
    inner = name if inner is None else inner
    entry = (manifest or {}).get(manifest_key(inner))
    encoding: str | None
    confidence: float | None
    if kind.name in {"text", "markdown"}:
        if len(data) > limits.text_megabytes * MEGABYTE:
            raise too_large(name, len(data), limits.text_megabytes * MEGABYTE, "text_megabytes")
        text, encoding, confidence = decode(data, name)
        content = content_of_text(text)
    elif kind.module:
        document = open_document(data, name, kind, limits)
        encoding, confidence = document.encoding, document.encoding_confidence
        content = content_of_document(document)
    else:
        todo = "read its files with iter_reports, or unpack it"
        raise UnreadableError("an archive", where=name, seen=kind.title, todo=todo)
    how = (kind.name, encoding, confidence)
    return _report(content, (name, inner), data, how, pieces=pieces_of(name, folders=folders), entry=entry)


def report_from_text(text: str, *, path: str = "") -> Report:
    r"""Make a report of a text at hand.

    Parameters
    ----------
    text : the text.
    path : a name that may tell place and period, such as 2026-03/青山社區.txt.

    Examples
    --------
    >>> report = report_from_text("青山社區2026年3月工作報告\n清運垃圾18.5噸。")
    >>> report.place, str(report.period), report.script
    ('青山社區', '2026-03', 'hant')
    """
    data = text.encode("utf-8", "surrogatepass")
    content = content_of_text(text)
    return _report(content, (path, path), data, ("text", "str", 1.0), pieces=pieces_of(path), entry=None)


def iter_reports(
    paths: Iterable[str | Path],
    *,
    root: Path | None = None,
    manifest: Manifest | None = None,
    limits: Limits = USUAL,
) -> Iterator[Report | Unreadable]:
    """Read files and folders one after the other, each folder in the order of its files' paths.

    Each file of a zip archive is a report of its own, with a path such as 2026-03.zip/a.docx. What cannot be
    read comes as an Unreadable in its turn; it never stops the rest. Hidden files, ~$ files, Thumbs.db and
    manifest.csv are no reports; links that lead out of a folder are not followed but listed.

    Parameters
    ----------
    paths : files and folders.
    root, manifest, limits : as for `read`.

    Errors
    ------
    Before anything is read: AnalysisError for a folder without any file that could be a report, DataError
    where the manifest is wrong.
    """
    entries = _loaded(manifest)
    folders = None if root is not None else 1
    for found in list(files_of(Path(path) for path in paths)):
        file, error = (found, None) if isinstance(found, Path) else found
        name, inner = _name(file, root), _inner(file, root)
        if error is not None:
            yield _unreadable(name, error)
            continue
        try:
            data = open_bytes(file, name, limits)
        except UnreadableError as why:
            yield _unreadable(name, why)
            continue
        job = _Job(entries, folders, limits)
        yield from job.read(data, name, inner, Spent(limits))


@dataclass(frozen=True, slots=True)
class _Job:
    """How files are read; an archive gives the reports of its files."""

    manifest: Mapping[str, Entry] | None
    folders: int | None
    limits: Limits

    def read(self, data: bytes, name: str, inner: str, spent: Spent) -> Iterator[Report | Unreadable]:
        """Give the report of a file, or those of an archive, with what cannot be read among them."""
        try:
            check_entries(data, name)
            if sniff(data, name).name == "zip":
                yield from self._archive(data, name, inner, spent)
                return
            yield read_bytes(
                data, name, inner=inner, manifest=self.manifest, folders=self.folders, limits=self.limits
            )
        except UnreadableError as error:
            yield _unreadable(name, error)

    def _archive(self, data: bytes, name: str, inner: str, spent: Spent) -> Iterator[Report | Unreadable]:
        if spent.depth > self.limits.archive_depth:
            seen = f"{spent.depth} deep"
            raise UnreadableError(
                "archives within archives", where=name, seen=seen, todo=raising("archive_depth")
            )
        given = False
        for member in members(data, name, spent):
            if is_never_report(member.path):
                continue
            given = True
            if member.error is not None:
                yield _unreadable(f"{name}/{member.path}", member.error)
                continue
            spent.depth += 1
            yield from self.read(member.data, f"{name}/{member.path}", f"{inner}/{member.path}", spent)
            spent.depth -= 1
        if not given:
            todo = "ask for it again, or delete it"
            raise UnreadableError("an archive without a report", where=name, todo=todo)


def _unreadable(name: str, error: UnreadableError) -> Unreadable:
    return Unreadable(name, error.what + (f" (found: {error.seen})" if error.seen else ""), error.todo)


def _loaded(manifest: Manifest | None) -> Mapping[str, Entry] | None:
    return load_manifest(manifest) if isinstance(manifest, Path) else manifest


def _name(file: Path, root: Path | None) -> str:
    """Give a report's path: within `root` with forward slashes, else as it was given."""
    if root is None:
        return str(file)
    for inner, outer in ((file, root), (file.absolute(), root.absolute()), (_real(file), _real(root))):
        if inner.is_relative_to(outer):
            return inner.relative_to(outer).as_posix()
    return str(file)


def _real(path: Path) -> Path:
    # Path.resolve raises where a link leads to itself.
    return Path(os.path.realpath(path))


def _inner(file: Path, root: Path | None) -> str:
    """Give the path within data/raw, so that a report has one key whichever way it is named."""
    if root is not None:
        return _name(file, root)
    whole = file.absolute()
    for folder in whole.parents:
        if (
            folder.name == "raw"
            and folder.parent.name == "data"
            and (folder.parents[1] / "analysis.toml").is_file()
        ):
            return whole.relative_to(folder).as_posix()
    return file.as_posix()


def _report(
    content: Content,
    names: tuple[str, str],
    data: bytes,
    how: tuple[str, str | None, float | None],
    *,
    pieces: tuple[str, ...],
    entry: Entry | None,
) -> Report:
    entry = entry or Entry()
    text, blocks = content.text, content.blocks
    narrow = half_width(text)
    folded = simplified(narrow)
    title = find_title(text, blocks)
    named = content.properties.title
    period, period_source = (entry.period, "manifest") if entry.period else find_period(pieces, title, folded)
    place, place_source = (
        (entry.place, "manifest") if entry.place else find_place(pieces, title, text, folded)
    )
    # What a file says of itself is often its template's or last year's: it comes last.
    if period is None and named:
        period, _ = find_period((), named, "")
        period_source = "properties" if period else None
    if place is None and named:
        place, _ = find_place((), named, "", "")
        place_source = "properties" if place else None
    path, inner = names
    key = unicodedata.normalize("NFC", inner).encode("utf-8", "surrogateescape")
    reader, encoding, confidence = how
    return Report(
        report_id=hashlib.sha256(key + b"\0" + data).hexdigest()[:12],
        path=path,
        reader=reader,
        encoding=encoding,
        encoding_confidence=confidence,
        text=text,
        script=detect_script(narrow, folded),
        title=title or named,
        blocks=blocks,
        place=place,
        place_id=fold(place) if place else None,
        place_source=place_source,
        period=period,
        period_source=period_source,
        received=entry.received or find_date(folded),
        supersedes=entry.supersedes,
        note=entry.note,
        noise=count_damage(text),
        folded=folded,
        tables=content.tables,
        sources=content.sources,
        left_out=content.left_out,
        notes=content.notes,
        pages=content.pages,
    )
