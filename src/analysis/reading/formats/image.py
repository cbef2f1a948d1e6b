"""Pictures of pages: .png, .jpg and .tif, which may hold several."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analysis.errors import UnreadableError
from analysis.reading.document import Document
from analysis.reading.formats import ocr
from analysis.reading.formats.pages import parts_of_pages
from analysis.reading.formats.refusal import damaged

if TYPE_CHECKING:
    from PIL.Image import Image

    from analysis.reading.formats.lines import Page

_MOST_PIXELS = 100_000_000


def read(data: bytes, name: str) -> Document:
    """Read a picture of one or more pages.

    Called by `read_document`; UnreadableError without the extra `ocr`, and where the picture is damaged or too large.
    """
    import PIL.Image
    from PIL import ImageSequence

    try:
        with PIL.Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                seen = f"{image.width} x {image.height} pixels"
                raise UnreadableError("a picture too large", where=name, seen=seen, todo="scan it at 300 dpi")
            frames = enumerate(ImageSequence.Iterator(image), 1)
            pages = [_page(frame.convert("RGB"), number, name) for number, frame in frames]
    except PIL.UnidentifiedImageError:
        # Its own words hold an address in memory, another at each run.
        raise damaged(name, ValueError("no picture begins as it does")) from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, PIL.Image.DecompressionBombError) as error:
        raise damaged(name, error) from None
    parts, left_out = parts_of_pages(pages)
    return Document(tuple(parts), left_out={k: n for k, n in left_out.items() if n}, pages=len(pages))


def _page(image: Image, number: int, name: str) -> Page:
    if todo := ocr.obstacle():
        raise UnreadableError("a scan", where=name, seen="a picture", todo=todo)
    return ocr.page_of_image(image, number)
