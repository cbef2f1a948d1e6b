"""Pictures of pages: .png, .jpg and .tif, which may hold several."""

from __future__ import annotations

import io

from analysis.errors import UnreadableError
from analysis.reading.document import Document
from analysis.reading.formats import ocr
from analysis.reading.formats.lines import parts_of_pages
from analysis.reading.formats.xml import damaged

_MOST_PIXELS = 100_000_000


def read(data: bytes, name: str) -> Document:
    """Read a picture of one or more pages.

    Parameters
    ----------
    data : the file.
    name : its name, for errors.

    Errors
    ------
    UnreadableError without the extra `ocr`, and where the picture is damaged or too large.
    """
    if not ocr.installed():
        raise UnreadableError("a scan", where=name, seen="a picture", todo=ocr.INSTALL)
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                seen = f"{image.width} x {image.height} pixels"
                raise UnreadableError("a picture too large", where=name, seen=seen, todo="scan it at 300 dpi")
            pages = [
                ocr.page_of_image(frame.convert("RGB"), number)
                for number, frame in enumerate(ImageSequence.Iterator(image), 1)
            ]
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, Image.DecompressionBombError) as error:
        raise damaged(name, error) from None
    parts, left_out = parts_of_pages(pages)
    return Document(tuple(parts), left_out={k: n for k, n in left_out.items() if n}, pages=len(pages))
