"""The look of slides without an office's template: wide, plain, in the colours of the charts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.look import ACCENT_RGB, INK_RGB, LOOKS, PALETTE_RGB, SOFT_RGB, Look
from analysis.briefing.slides.oxml import find

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _ROOM = 0.55, 12.23
# Sizes in points: title of a slide, text of a slide, of its second level.
_TITLE, _TEXT, _COVER = 24, 18, 36
# Places in inches by kind of placeholder and layout: left, top, width, height.
_PLACES = {
    "title": (_LEFT, 0.35, _ROOM, 0.95),
    "body": (_LEFT, 1.5, _ROOM, 5.35),
    "first": (_LEFT, 1.5, 6.0, 5.35),
    "second": (_LEFT + 6.23, 1.5, 6.0, 5.35),
    "cover": (_LEFT + 0.3, 2.3, 11.5, 1.4),
    "under": (_LEFT + 0.3, 3.85, 11.5, 1.6),
    "number": (11.78, 7.0, 1.0, 0.35),
}


def house_deck(presentation: Presentation, look: Look) -> None:
    """Turn the library's empty presentation into one of the house: no file of our own is needed.

    Parameters
    ----------
    presentation : as the library makes it.
    look : fonts and language.
    """
    from pptx.util import Inches

    presentation.slide_width, presentation.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    _theme(presentation, look)
    master: Any = presentation.slide_master
    layouts: Any = presentation.slide_layouts
    _sizes(master)
    for shape in master.placeholders:
        _move(shape, _role(shape, "body"))
    for layout in layouts:
        bodies = [shape for shape in layout.placeholders if _role(shape, "body") == "body"]
        for shape in layout.placeholders:
            role = _role(shape, "body")
            if layout.name == "Title Slide" and role in {"title", "body"}:
                role = "cover" if role == "title" else "under"
            elif role == "body" and len(bodies) == 2:
                role = "first" if shape is bodies[0] or shape.element is bodies[0].element else "second"
            _move(shape, role)
        if layout.name == "Title Slide":
            _cover(layout)
    _line(master)


def _role(shape: Any, other: str) -> str | None:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    kind = shape.placeholder_format.type
    if kind in {KIND.TITLE, KIND.CENTER_TITLE, KIND.VERTICAL_TITLE}:
        return "title"
    if kind == KIND.SLIDE_NUMBER:
        return "number"
    return None if kind in {KIND.DATE, KIND.FOOTER} else other


def _move(shape: Any, role: str | None) -> None:
    from pptx.util import Inches

    if role is None:
        # The date and the footer stay as they are, on a wider slide.
        shape.top = Inches(7.0)
        return
    shape.left, shape.top, shape.width, shape.height = (Inches(part) for part in _PLACES[role])


def _sizes(master: Any) -> None:
    """Set sizes and colours of titles and texts for all slides."""
    for path, size, bold, colour in (
        ("p:txStyles/p:titleStyle/a:lvl1pPr", _TITLE, "1", ACCENT_RGB),
        ("p:txStyles/p:bodyStyle/a:lvl1pPr", _TEXT, "0", INK_RGB),
        ("p:txStyles/p:bodyStyle/a:lvl2pPr", _TEXT - 2, "0", INK_RGB),
    ):
        level = find(master.element, path)[0]
        level.set("algn", "l")
        letters = find(level, "a:defRPr")[0]
        letters.set("sz", str(size * 100))
        letters.set("b", bold)
        for old in find(letters, "a:solidFill"):
            letters.remove(old)
        letters.insert(0, _fill(colour))
    body = find(master.element, "p:txStyles/p:bodyStyle/a:lvl1pPr")[0]
    body.set("marL", "228600")
    body.set("indent", "-228600")
    for shape in master.placeholders:
        if _role(shape, "body") == "title":
            shape.text_frame._txBody.bodyPr.set("anchor", "b")  # noqa: SLF001
        if _role(shape, "body") == "body":
            shape.text_frame._txBody.bodyPr.set("anchor", "t")  # noqa: SLF001


def _cover(layout: Any) -> None:
    for shape in layout.placeholders:
        role = _role(shape, "body")
        if role not in {"title", "body"}:
            continue
        for level in find(shape.element, ".//a:lstStyle/a:lvl1pPr"):
            level.set("algn", "l")
        style = find(shape.element, ".//a:lstStyle")[0]
        for old in list(style):
            style.remove(old)
        style.append(
            _level(_COVER if role == "title" else _TEXT, ACCENT_RGB if role == "title" else SOFT_RGB)
        )


def _level(size: int, colour: str) -> Any:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    return parse_xml(
        f'<a:lvl1pPr {nsdecls("a")} marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{size * 100}">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _fill(colour: str) -> Any:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    return parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{colour}"/></a:solidFill>')


def _line(master: Any) -> None:
    """Draw the short bar at the upper edge that the charts have, too."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Inches

    box = [int(Inches(part)) for part in (_LEFT + 0.1, 0, 0.7, 0.1)]
    master.shapes._spTree.insert(  # noqa: SLF001 - behind everything else
        2,
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Bar"/><p:cNvSpPr/>'
            '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
            f'<a:xfrm><a:off x="{box[0]}" y="{box[1]}"/><a:ext cx="{box[2]}" cy="{box[3]}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f'<a:solidFill><a:srgbClr val="{ACCENT_RGB}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
            "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        ),
    )


def _theme(presentation: Presentation, look: Look) -> None:
    """Put fonts and colours of the house into the theme, where charts and tables find them, too."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part: Any = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    for kind in ("major", "minor"):
        text = re.sub(
            rf'(<a:{kind}Font><a:latin typeface=")[^"]*("/?[^>]*><a:ea typeface=")[^"]*',
            rf"\g<1>{look.latin}\g<2>{look.asian}",
            text,
        )
    for number, colour in enumerate(PALETTE_RGB[:6], start=1):
        text = re.sub(rf'(<a:accent{number}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour}", text)
    for name in ("hlink", "folHlink"):
        text = re.sub(rf'(<a:{name}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{ACCENT_RGB}", text)
    part._blob = text.encode("utf-8")  # noqa: SLF001 - the library has no words for themes


def look_of(locale: str) -> Look:
    """Give fonts and language of a locale."""
    return LOOKS[locale]
