"""Files of Office are archives of parts: write them so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from analysis.tables.making import archived, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Edit = tuple[str, Callable[[bytes], bytes]]

_CLOCKS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def same_bytes(raw: bytes, edits: Iterable[Edit] = ()) -> bytes:
    """Give a file of Office without clock: fixed dates in the archive, in its properties and in its parts.

    Parameters
    ----------
    raw : the file as a library has saved it.
    edits : pairs of the beginning of a part's name, such as "xl/charts/", and what its bytes become.
    """
    wanted = list(edits)
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=archived())
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            content = _without_clock(name, source.read(name))
            for beginning, edit in wanted:
                if name.startswith(beginning):
                    content = edit(content)
            target.writestr(entry, content)
    return fixed.getvalue()


def _without_clock(name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _CLOCKS.sub(rb"\g<1>" + stamp(), content)
    if name.endswith(".xlsx"):
        # A native chart carries its numbers as a workbook of its own.
        return same_bytes(content)
    return content
