"""Slides: titles, text, lists and tables, slide by slide, from the upper left to the lower right."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.reading.document import Cell, Document, Paragraph, Properties, Spot, Table
from analysis.reading.formats.refusal import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_FURNITURE = {"SLIDE_NUMBER": "page_number", "FOOTER": "footer", "DATE": "footer", "HEADER": "header"}


def read(data: bytes, name: str) -> Document:
    """Read slides.

    Called by `read_document`; UnreadableError where the package or its XML is damaged.
    """
    from lxml.etree import XMLSyntaxError
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    left_out: Counter[str] = Counter()
    parts: list[Paragraph | Table] = []
    notes: list[str] = []
    try:
        opened = Presentation(io.BytesIO(data))
        slides = list(opened.slides)
        for number, slide in enumerate(slides, 1):
            spot = Spot(page=number)
            for shape in _ordered(slide.shapes):
                parts += _parts(shape, spot, left_out, notes)
            if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
                left_out["notes"] += len(frame.text)
        properties = _properties(opened.core_properties)
    except (
        PythonPptxError, XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, OSError,
        EOFError, NotImplementedError, RuntimeError, TypeError, IndexError,
    ) as error:  # fmt: skip
        raise damaged(name, error) from None
    return Document(
        tuple(parts), properties, {k: n for k, n in left_out.items() if n}, len(slides), notes=tuple(notes)
    )


def _properties(core: Any) -> Properties:
    return Properties(
        core.title.strip() or None, core.author.strip() or None, core.subject.strip() or None,
        core.created.isoformat() if core.created else None,
        core.modified.isoformat() if core.modified else None,
    )  # fmt: skip


def _ordered(shapes: Any) -> Iterator[Any]:
    """Give shapes as they are read, groups opened: the title first, then from top to bottom."""
    title = shapes.title if hasattr(shapes, "title") else None
    flat = list(_flat(shapes))
    first = title.shape_id if title is not None else None
    yield from sorted(flat, key=lambda s: (s.shape_id != first, s.top or 0, s.left or 0))


def _flat(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _parts(shape: Any, spot: Spot, left_out: Counter[str], notes: list[str]) -> Iterator[Paragraph | Table]:
    kind = (
        shape.placeholder_format.type.name if shape.is_placeholder and shape.placeholder_format.type else ""
    )
    if kind in _FURNITURE:
        left_out[_FURNITURE[kind]] += len(shape.text_frame.text) if shape.has_text_frame else 0
    elif getattr(shape, "has_table", False):
        yield _table(shape.table, spot)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart, spot)
    elif shape.has_text_frame:
        yield from _paragraphs(shape.text_frame, spot, kind)
    elif shape.shape_type is not None and shape.shape_type.name == "PICTURE":
        notes.append(f"slide {spot.page}: a picture is not read")


def _paragraphs(frame: Any, spot: Spot, kind: str) -> Iterator[Paragraph]:
    titled = "TITLE" in kind and "SUB" not in kind
    for paragraph in frame.paragraphs:
        text = paragraph.text.replace("\v", "\n")
        if text.strip():
            yield Paragraph(text, "heading" if titled else "", 1 if titled else 0, spot)


def _table(table: Any, spot: Spot) -> Table:
    cells = []
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            text = cell.text.replace("\v", "\n").strip()
            if text and not cell.is_spanned:
                height = cell.span_height if cell.is_merge_origin else 1
                width = cell.span_width if cell.is_merge_origin else 1
                cells.append(Cell(r, c, text, height, width))
    return Table(tuple(cells), spot, headers=int(bool(table.first_row)))


def _chart(chart: Any, spot: Spot) -> Iterator[Paragraph | Table]:
    """Give what a chart was drawn from: categories down, series across."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield from _paragraphs(chart.chart_title.text_frame, spot, "")
    for plot in chart.plots:
        cells = [Cell(0, c, str(series.name)) for c, series in enumerate(plot.series, 1) if series.name]
        for r, category in enumerate(plot.categories, 1):
            cells.append(Cell(r, 0, str(category)))
            for c, series in enumerate(plot.series, 1):
                values = list(series.values)
                if r <= len(values) and values[r - 1] is not None:
                    cells.append(Cell(r, c, f"{values[r - 1]:.15g}"))
        if cells:
            yield Table(tuple(cells), spot, headers=1)
