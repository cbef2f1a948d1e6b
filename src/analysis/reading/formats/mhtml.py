"""Web pages saved as one file: the page itself is found among its pictures and styles."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.reading.formats import html

if TYPE_CHECKING:
    from analysis.reading.document import Document


def read(data: bytes, name: str) -> Document:
    """Read a saved web page.

    Called by `read_document`; UnreadableError where no page is in it, or its text is in no known encoding.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    for piece in message.walk():
        if piece.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = piece.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                charset = piece.get_content_charset()
                return html.read(page, name, charset)
    todo = "open it in a browser and save it again as a web page or as text"
    raise UnreadableError("no page in this saved web page", where=name, todo=todo)
