"""Scans: lines and tables of a picture, recognised by rapidocr where the extra `ocr` is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.reading.document import Spot, Table
from analysis.reading.formats.boxes import Box, placed_cells
from analysis.reading.formats.lines import Lines, Page, PlacedTable

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "install the extra for scans: python -m pip install 'report-figures[ocr]'"
_LARGEST = 4000
_LINE_SHARE = 25
_FEWEST_CELLS = 4
_SMALLEST_CELL = 8
_THREADS = 2


_SWITCH_ON = "set scans = true under [reading] in analysis.toml"
_allowed = True


def installed() -> bool:
    """Tell whether scans can be read here."""
    return find_spec("rapidocr_onnxruntime") is not None and find_spec("cv2") is not None


def allow(*, scans: bool) -> None:
    """Say for this process whether scans are recognised; they take a second or more a page."""
    global _allowed  # noqa: PLW0603 - a child is told with each file, and readers of formats know no settings
    _allowed = scans


def obstacle() -> str:
    """Give what has to be done before scans are recognised; "" where nothing has."""
    if not _allowed:
        return _SWITCH_ON
    return "" if installed() else INSTALL


@cache
def _engine() -> Any:
    import cv2
    from rapidocr_onnxruntime import RapidOCR

    # Each thread costs memory, of which a page takes up to a gigabyte. Lines one by one need not be filled up to
    # the length of the longest: a third less time.
    cv2.setNumThreads(_THREADS)
    return RapidOCR(rec_batch_num=1, intra_op_num_threads=_THREADS)


def page_of_image(image: Image, number: int) -> Page:
    """Recognise a picture of a page.

    Parameters
    ----------
    image : the picture.
    number : of the page.

    Returns
    -------
    Its lines, each with how surely it was recognised, and the tables whose cells are ruled.
    """
    import numpy as np

    if max(image.size) > _LARGEST:
        image.thumbnail((_LARGEST, _LARGEST))
    pixels = np.asarray(image.convert("RGB"))[:, :, ::-1]
    said, _ = _engine()(pixels)
    words = [_Word(box, text, float(score)) for box, text, score in said or () if text.strip()]
    height = pixels.shape[0]
    tables = []
    for cells in _ruled(pixels):
        table = _table(cells, words, number, height)
        if table is not None:
            tables.append(table)
    free = [word for word in words if not any(_inside(word, table, height) for table in tables)]
    inside = [word for word in words if word not in free]
    lines = (*_lines(free, number, height), *_lines(inside, number, height))
    from_top = sorted(lines, key=lambda line: -line.top)
    return Page(number, Lines(*zip(*from_top, strict=True)), tuple(tables))


class _Line(NamedTuple):
    """A line as recognised: a row of `Lines`."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    spot: Spot


class _Word:
    """A piece of text as recognised: its box in pixels with y growing downwards."""

    __slots__ = ("bottom", "left", "right", "score", "text", "top")

    def __init__(self, box: Any, text: str, score: float) -> None:
        self.left, self.right = min(p[0] for p in box), max(p[0] for p in box)
        self.top, self.bottom = min(p[1] for p in box), max(p[1] for p in box)
        self.text, self.score = text.strip(), score

    @property
    def middle(self) -> tuple[float, float]:
        """Give the middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def _inside(word: _Word, table: PlacedTable, height: int) -> bool:
    x, y = word.middle
    return table.left <= x <= table.right and table.bottom <= height - y <= table.top


def _lines(words: list[_Word], number: int, height: int) -> list[_Line]:
    """Put words that stand side by side into lines."""
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda w: w.middle[1]):
        row = rows[-1] if rows else None
        if row and abs(word.middle[1] - median(w.middle[1] for w in row)) < 0.5 * (word.bottom - word.top):
            row.append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda w: w.left)
        lines.append(
            _Line(
                "".join(w.text for w in row), row[0].left, height - max(w.bottom for w in row), row[-1].right,
                height - min(w.top for w in row), Spot(page=number, confidence=min(w.score for w in row)),
            )
        )  # fmt: skip
    return lines


def _ruled(pixels: Any) -> list[list[Box]]:
    """Find the cells between drawn lines, table by table."""
    import cv2

    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(~gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, -2)
    height, width = ink.shape
    flat = cv2.getStructuringElement(cv2.MORPH_RECT, (max(20, width // _LINE_SHARE), 1))
    steep = cv2.getStructuringElement(cv2.MORPH_RECT, (1, max(20, height // (2 * _LINE_SHARE))))
    lying, standing = (cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel) for kernel in (flat, steep))
    drawn = cv2.bitwise_or(lying, standing)
    drawn = cv2.dilate(drawn, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)), iterations=2)
    contours, tree = cv2.findContours(drawn, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    tables: dict[int, list[Box]] = {}
    for contour, (_, _, _, parent) in zip(contours, tree[0] if tree is not None else (), strict=True):
        if parent < 0:
            continue
        # A hole in what is drawn is a cell.
        x, y, w, h = cv2.boundingRect(contour)
        if w >= _SMALLEST_CELL and h >= _SMALLEST_CELL:
            tables.setdefault(int(parent), []).append((float(x), float(y), float(x + w), float(y + h)))
    return [cells for cells in tables.values() if len(cells) >= _FEWEST_CELLS]


def _table(cells: list[Box], words: list[_Word], number: int, height: int) -> PlacedTable | None:
    """Put the words into the cells that their middles lie in."""
    filled = []
    for left, top, right, bottom in cells:
        held = [w for w in words if left <= w.middle[0] <= right and top <= w.middle[1] <= bottom]
        lines = sorted(_lines(held, number, height), key=lambda line: -line.top)
        score = min((w.score for w in held), default=None)
        filled.append(((left, top, right, bottom), "".join(line.text for line in lines), score))
    slack = 0.5 * min(bottom - top for _, top, _, bottom in cells)
    placed = placed_cells(filled, slack)
    if not placed or len({cell.column for cell in placed}) < 2 or len({cell.row for cell in placed}) < 2:
        return None
    left, right = min(c[0] for c in cells), max(c[2] for c in cells)
    top, bottom = min(c[1] for c in cells), max(c[3] for c in cells)
    return PlacedTable(Table(tuple(placed), Spot(page=number)), left, height - bottom, right, height - top)
