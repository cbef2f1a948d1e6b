"""The formats: what a file is, told by its content and its name, and the reader of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.reading.formats.fields import bounded
from analysis.reading.formats.sniff import sniff_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.reading.document import Document

__all__ = ["KINDS", "Kind", "endings", "read_document", "sniff"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes
    ----------
    name : what the column `reader` of the table `reports` says.
    title : what people call it.
    endings : of file names.
    module : of this package; its function `read(data: bytes, name: str) -> Document` reads it. "" for plain
        text, which needs no reader, and for an archive, whose files are read one by one.
    isolated : whether it is read in a child process: parsers can hang or fall over, and
        fifty megabytes of commas are gigabytes of cells.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    module: str = ""
    isolated: bool = True


KINDS = {
    kind.name: kind
    for kind in (
        Kind("text", "text", (".txt",), isolated=False),
        Kind("markdown", "Markdown", (".md",), isolated=False),
        Kind("csv", "CSV table", (".csv",), "csv_table"),
        Kind("html", "web page", (".html", ".htm"), "html"),
        Kind("mhtml", "saved web page", (".mhtml", ".mht"), "mhtml"),
        Kind("docx", "Word document", (".docx",), "docx"),
        Kind("doc", "old Word document", (".doc",), "doc"),
        Kind("odt", "OpenDocument text", (".odt",), "odt"),
        Kind("pdf", "PDF document", (".pdf",), "pdf"),
        Kind("xlsx", "Excel workbook", (".xlsx",), "workbook"),
        Kind("xls", "old Excel workbook", (".xls",), "workbook"),
        Kind("pptx", "slides", (".pptx",), "pptx"),
        Kind("image", "picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), "image"),
        Kind("zip", "zip archive", (".zip",)),
    )
}

# Of what a file without text holds, so much is said.
_MOST_NOTES = 3


def endings() -> tuple[str, ...]:
    """Give the endings of all file names that can be read."""
    return tuple(ending for kind in KINDS.values() for ending in kind.endings)


def sniff(data: bytes, name: str) -> Kind:
    """Tell what a file is: by its content; where that is plain text, by its name.

    Parameters
    ----------
    data : the file's bytes, or its beginning (a zip-based format needs the whole file).
    name : its name.

    Errors
    ------
    UnreadableError for a kind that cannot be read, saying what it is and how to save it.

    Examples
    --------
    >>> sniff(b"%PDF-1.7", "report.doc").name, sniff("清運垃圾".encode(), "a.txt").name
    ('pdf', 'text')
    """
    return KINDS[sniff_name(data, PurePath(name).suffix.lower(), name)]


def read_document(data: bytes, name: str, kind: Kind) -> Document:
    """Read a file with the reader of its kind, in this process.

    Parameters
    ----------
    data : the whole file.
    name : its name, for errors.
    kind : what `sniff` gave; not text, markdown or zip.

    Errors
    ------
    UnreadableError where the file is damaged, protected or without content.
    """
    module = import_module(f"{__name__}.{kind.module}")
    reader: Callable[[bytes, str], Document] = module.read
    document = reader(data, name)
    if not document.parts:
        more = len(document.notes) - _MOST_NOTES
        seen = "; ".join((*document.notes[:_MOST_NOTES], *([f"and {more:,} more"] if more > 0 else [])))
        raise UnreadableError(
            f"no text in this {kind.title}", where=name, seen=seen, todo="open it and see whether it is empty"
        )
    return bounded(document, name)
