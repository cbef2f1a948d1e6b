"""Tables on slides: the header in the accent of the theme, numbers that lead to their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.look import LINE_RGB, MARKED_RGB, SCRIPTS
from analysis.briefing.slides.deck import Box, Deck, add_run, extent, take_place
from analysis.briefing.slides.oxml import find

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement

_SIZE, _HEIGHT = 12, 0.36
# With more rows than these the letters are smaller.
_MANY, _SMALL = 10, 11
_POINT = 12700
# A table without colours of its own: lines only; the header is painted cell by cell.
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes
    ----------
    pieces : texts, and whether each is the figure of a sentence.
    target : name of the slide that it leads to.
    script : hant or hans, where it is from a report.
    """

    pieces: Sequence[tuple[str, bool]]
    target: str | None = None
    script: str | None = None


def add_table(
    deck: Deck, slide: Any, box: Box, *, header: Sequence[str], rows: Sequence[Sequence[Cell]],
    shares: Sequence[float], locale: str,
) -> Any:  # fmt: skip
    """Add a table to a slide, in the place of its placeholder.

    Parameters
    ----------
    deck, slide, box : where it goes.
    header : the first row.
    rows : the other rows; as many as fit.
    shares : width of each column as a share of the table's.
    locale : zh-Hant, zh-Hans or en.
    """
    from pptx.util import Inches

    height = min(Inches(_HEIGHT) * (len(rows) + 1), box.height)
    frame = slide.shapes.add_table(len(rows) + 1, len(header), box.left, box.top, box.width, height)
    take_place(frame, box)
    table = frame.table
    size = _size(rows)
    find(frame._element, ".//a:tableStyleId")[0].text = _PLAIN  # noqa: SLF001
    table.horz_banding = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(box.width * share)
    for at, text in enumerate(header):
        cell = table.cell(0, at)
        _paint(cell)
        _margins(cell)
        add_run(cell.text_frame.paragraphs[0], text, locale, size=size, bold=True, colour="FFFFFF")
    for number, row in enumerate(rows, start=1):
        for at, content in enumerate(row):
            cell = table.cell(number, at)
            _margins(cell)
            _line(cell)
            _fill(deck, slide, cell, content, locale=locale, size=size)
    return frame


def fitting(rows: Sequence[Sequence[Cell]], shares: Sequence[float], box: Box, *, most: int) -> int:
    """Tell how many rows fit into a place, by the lines that their texts take; at least one.

    Parameters
    ----------
    rows : the rows.
    shares : width of each column as a share of the table's.
    box : the place.
    most : most rows.
    """
    from pptx.util import Inches

    row_height = Inches(_HEIGHT) / _POINT
    room = box.height / _POINT - row_height * 1.4
    for number, row in enumerate(rows[:most]):
        size = _size(rows[:most])
        lines = max(
            -(
                -extent("".join(text for text, _ in cell.pieces))
                * size
                / 2
                // (share * box.width / _POINT - 9)
            )
            for cell, share in zip(row, shares, strict=True)
        )
        room -= max(row_height, lines * size * 1.35 + 5)
        if room < 0:
            return max(number, 1)
    return min(len(rows), most)


def _size(rows: Sequence[Sequence[Cell]]) -> int:
    return _SMALL if len(rows) > _MANY or any(cell.script for row in rows for cell in row) else _SIZE


def _fill(deck: Deck, slide: Any, cell: Any, content: Cell, *, locale: str, size: int) -> None:
    paragraph = cell.text_frame.paragraphs[0]
    for text, marked in content.pieces:
        if not text:
            continue
        run = add_run(paragraph, text, locale, size=size, bold=marked)
        if content.script in SCRIPTS:
            run._r.get_or_add_rPr().set("lang", SCRIPTS[content.script])  # noqa: SLF001
        if marked:
            _mark(run)
        if content.target is not None:
            deck.link(slide, run, content.target)


def _paint(cell: Any) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    cell.fill.solid()
    cell.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1


def _margins(cell: Any) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE


def _line(cell: Any) -> None:
    """Draw a thin line below a cell."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties: BaseOxmlElement = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    properties.insert(
        0,
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{LINE_RGB}"/></a:solidFill></a:lnB>'
        ),
    )


def _mark(run: Any) -> None:
    """Mark the figure of a sentence as with a pen."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = run._r.get_or_add_rPr()  # noqa: SLF001
    made = parse_xml(f'<a:highlight {nsdecls("a")}><a:srgbClr val="{MARKED_RGB}"/></a:highlight>')
    fills = find(properties, "a:solidFill")
    if fills:
        fills[0].addnext(made)
    else:
        properties.insert(0, made)
