"""What somebody may send who means no good, or whose disk was full: made by tests, never kept."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

TEXT = "青山社區2026年3月工作報告\n清運垃圾18.5噸。\n".encode()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(files: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """Pack files into an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def zipped_names(names: Mapping[bytes, bytes], *, flags: int = 0) -> bytes:
    """Pack files under names of raw bytes, without the mark of UTF-8, as old Windows programs do."""
    packed = zipped(
        {f"{i:0{len(name)}}": data for i, (name, data) in enumerate(names.items())}, compress=False
    )
    for i, name in enumerate(names):
        packed = packed.replace(f"{i:0{len(name)}}".encode(), name)
    if flags:
        packed = _flagged(packed, flags)
    return packed


def encrypted(files: Mapping[str, bytes]) -> bytes:
    """Pack files that say of themselves that a password protects them."""
    return _flagged(zipped(files), 1)


def _flagged(packed: bytes, flags: int) -> bytes:
    changed = bytearray(packed)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            struct.pack_into("<H", changed, start + at, flags)
            start = changed.find(mark, start + 1)
    return bytes(changed)


def with_part(package: bytes, part: str, data: bytes) -> bytes:
    """Give a package (.docx, .xlsx) with another content of one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, data if entry.filename == part else old.read(entry))
    return out.getvalue()


def word_body(inner: str, declaration: str = "") -> bytes:
    """Give the body of a Word document around some XML."""
    body = f'<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'
    return f'<?xml version="1.0"?>{declaration}{body}'.encode()


def word_paragraph(text: str) -> str:
    """Give a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def entity_bomb() -> str:
    """Give a document type whose entity &i; is ten billion characters."""
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f'<!DOCTYPE x [<!ENTITY a "{"垃圾" * 50}">{entities}]>'


def external_entity(path: str) -> str:
    """Give a document type whose entity &x; is a file of this machine."""
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{path}">]>'


def many_pages(count: int) -> bytes:
    """Print a PDF document of so many pages, each with lines of its own."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in range(count):
        # The lines at the edges of a page are alike on all pages, and furniture.
        lines = b"".join(
            b"(Line %d of page %d holds %d.5 t) Tj 0 -20 Td " % (n, page + 1, page) for n in range(6)
        )
        content = b"BT /F 12 Tf 72 720 Td %sET" % lines
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b" ".join(kids))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def sheet(cells: str) -> bytes:
    """Give the XML of a sheet of a workbook with rows of cells."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()
