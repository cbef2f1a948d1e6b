"""Pages of a PDF document as pdfium gives them: their text, boxes of characters, and what is drawn.

pypdfium2 makes objects around each call that cost a page of text a tenth of its time, and each box as much as
pdfium does. Here the same functions are called without them. They are not told the types of what they take:
they get addresses as such (c_void_p, byref), and numbers that ctypes takes for int.
"""

from __future__ import annotations

import ctypes
from array import array
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

# Bytes of the structure FS_RECTF: left, top, right and bottom, in this order.
_BOX = 16
# So many are asked for at once.
_SLOTS = 1024
_MOST_OBJECTS = 20_000


@cache
def _function(name: str, result: Any = ctypes.c_int) -> Any:
    from pypdfium2 import raw

    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result)(address or 0)


@cache
def _slots() -> tuple[ctypes.Array[ctypes.c_char], list[Any]]:
    """Give room for boxes, and the address of each: used again and again."""
    room = ctypes.create_string_buffer(_BOX * _SLOTS)
    return room, [ctypes.byref(room, at) for at in range(0, _BOX * _SLOTS, _BOX)]


class OpenPage:
    """A page and its text, open within `with`.

    Parameters
    ----------
    document : of pypdfium2.
    index : of the page, counted from 0.

    Errors
    ------
    pypdfium2.PdfiumError where the page cannot be opened.
    """

    __slots__ = ("_page", "_text")

    def __init__(self, document: Any, index: int) -> None:
        self._page = _opened("FPDF_LoadPage", "Failed to load page.", document.raw, index)
        try:
            self._text = _opened("FPDFText_LoadPage", "Failed to load text page.", self._page)
        except BaseException:
            _function("FPDF_ClosePage", None)(self._page)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _function("FPDFText_ClosePage", None)(self._text)
        _function("FPDF_ClosePage", None)(self._page)

    def text(self) -> str:
        """Give the text, with CR LF between lines."""
        position = _function("FPDFText_GetTextIndexFromCharIndex")
        begin, end = 0, _function("FPDFText_CountChars")(self._text)
        # Characters without text at either end would make pdfium read beyond it.
        while begin < end and position(self._text, begin) < 0:
            begin += 1
        while begin < end and position(self._text, end - 1) < 0:
            end -= 1
        if begin >= end:
            return ""
        signs = array("H", bytes(4 * (end - begin + 1)))
        address = ctypes.c_void_p(signs.buffer_info()[0])
        count = _function("FPDFText_GetText")(self._text, begin, end - begin, address)
        return str(memoryview(signs)[: count - 1], "utf-16-le", "ignore")

    def text_within(self, left: float, bottom: float, right: float, top: float) -> str:
        """Give the text in a rectangle."""
        bounded = _function("FPDFText_GetBoundedText")
        sides = [ctypes.c_double(side) for side in (left, top, right, bottom)]
        signs = array("H", bytes(2 * max(0, bounded(self._text, *sides, None, 0))))
        bounded(self._text, *sides, ctypes.c_void_p(signs.buffer_info()[0]), len(signs))
        return str(memoryview(signs), "utf-16-le", "ignore")

    def turned(self) -> bool:
        """Tell whether the page is shown turned."""
        return bool(_function("FPDFPage_GetRotation")(self._page))

    def boxes(self, indexes: list[int]) -> tuple[array[float], bytes]:
        """Give left, top, right and bottom of characters, and which of them have a box; the others have zeros.

        They are as high as the font, so that lines compare.
        """
        box_of = _function("FPDFText_GetLooseCharBox")
        room, slots = _slots()
        numbers = array("f")
        known = b""
        for start in range(0, len(indexes), _SLOTS):
            asked = indexes[start : start + _SLOTS]
            known += bytes(map(box_of, repeat(self._text), asked, slots))
            numbers.frombytes(memoryview(room)[: _BOX * len(asked)])
        at = known.find(0)
        while at >= 0:
            # What is left there is of another character.
            numbers[4 * at : 4 * at + 4] = array("f", bytes(_BOX))
            at = known.find(0, at + 1)
        return numbers, known

    def drawn(self, enough: int) -> tuple[int, int]:
        """Count the pieces of drawn lines, not many more than `enough`, and the pictures."""
        from pypdfium2 import raw

        get = _function("FPDFPage_GetObject", ctypes.c_void_p)
        objects = min(_function("FPDFPage_CountObjects")(self._page), _MOST_OBJECTS)
        # Most pages hold nothing but hundreds of words: no loop of Python for them.
        found = map(ctypes.c_void_p, map(get, repeat(self._page), range(objects)))
        kinds = bytes(map(_function("FPDFPageObj_GetType"), found))
        segments = 0
        at = kinds.find(raw.FPDF_PAGEOBJ_PATH)
        while at >= 0 and segments < enough:
            path = ctypes.c_void_p(get(self._page, at))
            segments += _function("FPDFPath_CountSegments")(path) - 1
            at = kinds.find(raw.FPDF_PAGEOBJ_PATH, at + 1)
        # What a form holds is not counted; it may be either.
        forms = kinds.count(raw.FPDF_PAGEOBJ_FORM)
        return segments + forms * enough, kinds.count(raw.FPDF_PAGEOBJ_IMAGE) + forms


def _opened(function: str, failed: str, holder: Any, *numbers: int) -> ctypes.c_void_p:
    address = _function(function, ctypes.c_void_p)(ctypes.cast(holder, ctypes.c_void_p), *numbers)
    if not address:
        from pypdfium2 import PdfiumError

        raise PdfiumError(failed)
    return ctypes.c_void_p(address)
