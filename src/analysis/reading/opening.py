"""The one place where the reader of a format is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.reading.formats import read_document

if TYPE_CHECKING:
    from analysis.reading.document import Document
    from analysis.reading.formats import Kind


def open_document(data: bytes, name: str, kind: Kind) -> Document:
    """Read the bytes of a file of some format.

    Parameters
    ----------
    data : the whole file.
    name : its name, for errors.
    kind : what `analysis.reading.formats.sniff` gave.

    Errors
    ------
    UnreadableError where the file is damaged, protected or without content.
    """
    return read_document(data, name, kind)
