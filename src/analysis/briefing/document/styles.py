"""Styles of a document: those of an office's template, and of the house where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.document.oxml import add_field, element
from analysis.briefing.office.look import ACCENT_RGB, INK_RGB, LINE_RGB, LOOKS, SOFT_RGB, Look
from analysis.briefing.office.wording import office
from analysis.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from analysis.briefing.content import Content

TABLE = "Briefing Table"
# Size in points, colour, bold, space before and after; of the styles that a briefing uses.
_HOUSE: dict[str, tuple[float, str, bool, float, float]] = {
    "Normal": (10.5, INK_RGB, False, 0, 5),
    "Title": (24, ACCENT_RGB, True, 0, 4),
    "Subtitle": (12, SOFT_RGB, False, 0, 12),
    "Heading 1": (16, ACCENT_RGB, True, 18, 6),
    "Heading 2": (12, INK_RGB, True, 12, 4),
    "List Bullet": (10.5, INK_RGB, False, 0, 4),
    "Caption": (9, SOFT_RGB, False, 3, 10),
    "TOC Heading": (12, ACCENT_RGB, True, 10, 4),
    "toc 1": (10.5, INK_RGB, False, 0, 2),
}


def open_document(content: Content) -> Document:
    """Open the office's template, or make an empty document in the style of the house.

    Parameters
    ----------
    content : the briefing; its template `document`, where there is one, rules how it looks.

    Errors
    ------
    UsageError where the template cannot be opened.
    """
    import docx

    template = content.templates.get("document")
    look = LOOKS[content.locale]
    if template is None:
        document = docx.Document()
        _house(document, look)
        _page(document, content)
    else:
        document = _opened(template)
        _complete(document, look)
    return document


def _opened(template: Path) -> Document:
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return docx.Document(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UsageError(
            "this Word template cannot be opened", where=template.name, seen=type(error).__name__,
            todo="save it as .docx and name it in analysis.toml: [briefing] document",
        ) from error  # fmt: skip


def _house(document: Document, look: Look) -> None:
    for name in _HOUSE:
        _dress(_style(document, name), name, look)
    _defaults(document, look)
    _link_style(document)
    _table_style(document, theme=False)
    _bullets(document)


def _complete(document: Document, look: Look) -> None:
    """Add the styles that a template lacks; those it has are left as they are."""
    present = {style.name for style in document.styles}
    for name in _HOUSE:
        if name not in present:
            _dress(_style(document, name), name, look)
    if "Hyperlink" not in present:
        _link_style(document)
    _table_style(document, theme=True)


def _style(document: Document, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in {style.name for style in document.styles}:
        return document.styles[name]
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if name != "Normal":
        made.base_style = document.styles["Normal"]
    return made


def _dress(style: Any, name: str, look: Look) -> None:
    from docx.shared import Pt, RGBColor

    size, colour, bold, before, after = _HOUSE[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    _fonts(style.element.get_or_add_rPr(), look)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.15
    form.keep_with_next = name.startswith(("Heading", "TOC Heading"))
    if name == "Title":
        # The line that Word draws under a title by itself.
        for line in style.element.pPr.xpath("w:pBdr"):
            style.element.pPr.remove(line)


def _fonts(properties: Any, look: Look) -> None:
    """Name the fonts for both kinds of letters, in place of those of the theme."""
    for old in properties.xpath("w:rFonts"):
        properties.remove(old)
    fonts = element("w:rFonts", ascii=look.latin, hAnsi=look.latin, eastAsia=look.asian, cs=look.latin)
    properties.insert(0, fonts)
    for spacing in properties.xpath("w:spacing|w:kern"):
        properties.remove(spacing)


def _defaults(document: Document, look: Look) -> None:
    styles: Any = document.styles.element
    properties = styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    _fonts(properties, look)
    for old in properties.xpath("w:lang"):
        properties.remove(old)
    properties.append(element("w:lang", val=look.language, eastAsia=look.asian_language))


def _link_style(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    made: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    made.font.color.rgb = RGBColor.from_string(ACCENT_RGB)
    made.font.underline = True


def _bullets(document: Document) -> None:
    """Indent bullets by hand: the list of the library's template is too narrow for Chinese text."""
    from docx.shared import Cm

    form = document.styles["List Bullet"].paragraph_format
    form.left_indent, form.first_line_indent = Cm(0.6), Cm(-0.6)


def _table_style(document: Document, *, theme: bool) -> None:
    """Make the table style of the house: a dark header, thin lines, nothing else.

    Parameters
    ----------
    document : the document; a style of this name that it has is left as it is.
    theme : whether the header has the first colour of the document's own theme.
    """
    from docx.enum.style import WD_STYLE_TYPE

    if TABLE in {style.name for style in document.styles}:
        return
    made: Any = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    made.base_style = next((s for s in document.styles if s.name == "Normal Table"), None)
    root = made.element
    properties = element("w:tblPr")
    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE_RGB))
    properties.append(borders)
    margins = element("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(element(f"w:{side}", w="30" if side in {"top", "bottom"} else "80", type="dxa"))
    properties.append(margins)
    head = element("w:tblStylePr", type="firstRow")
    letters = element("w:rPr")
    letters.append(element("w:b"))
    letters.append(element("w:color", val="FFFFFF"))
    head.append(letters)
    cells = element("w:tcPr")
    own = {"themeFill": "accent1"} if theme else {}
    cells.append(element("w:shd", val="clear", color="auto", fill=ACCENT_RGB, **own))
    head.append(cells)
    paragraphs = element("w:pPr")
    paragraphs.append(element("w:spacing", before="0", after="0"))
    root.append(paragraphs)
    root.append(properties)
    root.append(head)


def _page(document: Document, content: Content) -> None:
    """Set the page to A4, with the title above and the page number below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    section.header_distance = section.footer_distance = Cm(1.0)
    for part in (section.header, section.footer):
        paragraph = part.paragraphs[0]
        paragraph.style = _style(document, "Caption")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    section.header.paragraphs[0].add_run(content.title)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{office('page', content.locale)} ")
    add_field(footer, "PAGE", "1")
    footer.add_run(" / ")
    add_field(footer, "NUMPAGES", "1")
