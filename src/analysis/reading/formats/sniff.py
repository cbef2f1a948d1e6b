"""What a file is: told by its first bytes and its inner names, and only then by its ending."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from analysis.errors import UnreadableError
from analysis.reading.formats.refusal import locked

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
)
_REFUSED = (
    (b"GIF8", "a GIF picture", "save it as .png, best as the document it was made from"),
    (b"{\\rtf", "an RTF document", "save it as .docx"),
    (b"\x1f\x8b", "a gzip file", "unpack it and put the files in its place"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and put the files in its place"),
    (b"Rar!", "a RAR archive", "unpack it and put the files in its place"),
)
# Names inside a package tell what it is; the first that fits.
_PACKAGES = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_ODT = b"application/vnd.oasis.opendocument.text"
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?(?:<!doctype html|<html\b)", re.IGNORECASE | re.DOTALL
)
_SAVED_PAGE = re.compile(
    rb"(?:[A-Za-z-]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)*?Content-Type:\s*multipart/related", re.IGNORECASE
)
_BY_ENDING = {
    ".txt": "text", ".md": "markdown", ".csv": "csv", ".html": "html", ".htm": "html", ".mhtml": "mhtml",
    ".mht": "mhtml",
}  # fmt: skip
# Endings of binary formats: what is text behind one of them is read as text.
_BINARY = frozenset(
    [
        ".docx",
        ".doc",
        ".odt",
        ".pdf",
        ".xlsx",
        ".xls",
        ".pptx",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".zip",
    ]
)
_HEAD = 1024
_AGAIN = "ask for the file again, or open it and save it under a new name"


def sniff_name(data: bytes, ending: str, where: str) -> str:
    """Give the name of a file's kind, a key of `analysis.reading.formats.KINDS`.

    Parameters
    ----------
    data : the file.
    ending : of its name, in small letters, with the dot.
    where : its name, for errors.

    Errors
    ------
    UnreadableError for a kind that is not read, and for a damaged or protected one.
    """
    if not data:
        raise UnreadableError("the file is empty", where=where, todo="ask for it again, or delete it")
    head = data[:_HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data, where)
    if head.startswith(_OLE):
        return _compound(data, where)
    for magic, seen, todo in _REFUSED:
        if head.startswith(magic):
            raise UnreadableError("not a format that is read", where=where, seen=seen, todo=todo)
    return _text(_unmarked(head), ending, where)


def _unmarked(head: bytes) -> bytes:
    """Give the beginning of a text in bytes of ASCII, whatever byte order mark it has."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.replace(b"\0", b"")[2:]
    return head.removeprefix(b"\xef\xbb\xbf")


def _text(head: bytes, ending: str, where: str) -> str:
    if _WEB_PAGE.match(head):
        return "html"
    if _SAVED_PAGE.match(head):
        return "mhtml"
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if ending in _BINARY:
        return "text"
    todo = "save it as .txt, .docx or .pdf"
    raise UnreadableError("format not supported", where=where, seen=ending or "no ending", todo=todo)


def _package(data: bytes, where: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if "mimetype" in names and package.getinfo("mimetype").file_size < _HEAD:
                said = package.read("mimetype").strip()
                if said.startswith(_ODT):
                    return "odt"
                if said.startswith(b"application/"):
                    seen = said.decode("ascii", "replace")
                    todo = "save it as .docx, .xlsx or .pdf"
                    raise UnreadableError("format not supported", where=where, seen=seen, todo=todo)
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError,
    ) as error:  # fmt: skip
        # The error repeats a name as long as the file says it is.
        seen = f"the end of the package is missing ({' '.join(str(error).split())[:120]})"
        raise UnreadableError("the file is damaged", where=where, seen=seen, todo=_AGAIN) from None
    if "[Content_Types].xml" in names:
        for folder, kind in _PACKAGES:
            if any(name.startswith(folder) for name in names):
                return kind
    return "zip"


def _compound(data: bytes, where: str) -> str:
    """Tell what an OLE file is by the names of its streams, which stand in it as UTF-16."""
    for stream, kind in (
        ("EncryptedPackage", ""),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
    ):
        if stream.encode("utf-16-le") in data:
            if kind:
                return kind
            raise locked(where)
    todo = "save it as .docx, .xlsx or .pdf"
    raise UnreadableError("format not supported", where=where, seen="an old Office file", todo=todo)
