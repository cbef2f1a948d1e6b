"""Tables of a document, written as XML at once: cell by cell the library takes minutes for long ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from analysis.briefing.document.oxml import clean
from analysis.briefing.document.styles import TABLE
from analysis.briefing.office.look import ACCENT_RGB, MARKED_RGB, SCRIPTS

if TYPE_CHECKING:
    from docx.document import Document

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_POINTS = 9
# Twentieths of a point, in which tables are measured, in the units of pictures.
_TWENTIETH = 635
_A4 = (7560310, 10692130)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in a cell.

    Attributes
    ----------
    text : what it says.
    link : bookmark that it leads to.
    marked : whether it is the figure of a sentence.
    script : hant or hans, where it is from a report.
    """

    text: str
    link: str | None = None
    marked: bool = False
    script: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and the bookmark that leads to it."""

    cells: Sequence[Sequence[Piece]]
    bookmark: str | None = None


def room(document: Document) -> tuple[int, int]:
    """Give width and height of the text of a page, in the units of pictures."""
    section = document.sections[-1]
    width, height = int(section.page_width or _A4[0]), int(section.page_height or _A4[1])
    return (
        width - int(section.left_margin or 0) - int(section.right_margin or 0),
        height - int(section.top_margin or 0) - int(section.bottom_margin or 0),
    )


def add_table(
    document: Document, header: Sequence[str], rows: Sequence[Row], shares: Sequence[float], *, first: int
) -> None:
    """Add a table in the table style of the document.

    Parameters
    ----------
    document : the document.
    header : the first row; it is repeated on every page.
    rows : the other rows.
    shares : width of each column as a share of that of the text.
    first : number of the first bookmark.
    """
    from docx.oxml import parse_xml

    widths = [int(share * room(document)[0] / _TWENTIETH) for share in shares]
    heading = _row(Row([[Piece(text)] for text in header]), widths, 0, head=True)
    body = "".join(_row(row, widths, first + number) for number, row in enumerate(rows))
    style = document.styles[TABLE].style_id
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = parse_xml(
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{heading}{body}</w:tbl>"
    )
    root: Any = document.element.body
    root.insert_element_before(made, "w:sectPr")


def _row(row: Row, widths: Sequence[int], number: int, *, head: bool = False) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    cells = []
    for at, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        marks = ("", "")
        if row.bookmark is not None and at == 0:
            name = quoteattr(row.bookmark)
            marks = (
                f'<w:bookmarkStart w:id="{number}" w:name={name}/>',
                f'<w:bookmarkEnd w:id="{number}"/>',
            )
        runs = "".join(_run(piece, head=head) for piece in cell)
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            f'<w:spacing w:before="0" w:after="0"/></w:pPr>{marks[0]}{runs}{marks[1]}</w:p></w:tc>'
        )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _run(piece: Piece, *, head: bool = False) -> str:
    letters = "<w:b/>" if piece.marked or head else ""
    # The style of the table says so, too, but a colour of the paragraph's style goes before it.
    letters += '<w:color w:val="FFFFFF"/>' if head else ""
    if piece.link is not None:
        letters += f'<w:color w:val="{ACCENT_RGB}"/>'
    letters += f'<w:sz w:val="{2 * _POINTS}"/>'
    letters += '<w:u w:val="single"/>' if piece.link is not None else ""
    letters += f'<w:shd w:val="clear" w:color="auto" w:fill="{MARKED_RGB}"/>' if piece.marked else ""
    language = SCRIPTS.get(piece.script or "")
    letters += f'<w:lang w:eastAsia="{language}"/>' if language else ""
    lines = [f'<w:t xml:space="preserve">{escape(clean(line))}</w:t>' for line in piece.text.split("\n")]
    run = f"<w:r><w:rPr>{letters}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"
    if piece.link is None:
        return run
    return f'<w:hyperlink w:anchor={quoteattr(piece.link)} w:history="1">{run}</w:hyperlink>'
