"""A deck of slides in the layouts of the office or of the house, and what python-pptx has no words for."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.look import LOOKS
from analysis.briefing.slides.oxml import colour as rgb_colour
from analysis.briefing.slides.oxml import find
from analysis.briefing.slides.theme import house_deck
from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pptx.presentation import Presentation

    from analysis.briefing.content import Content

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_POINT = 12700
_OWN_TITLE = "Briefing Title"


def clean(text: str) -> str:
    r"""Replace what no XML may hold.

    Examples
    --------
    >>> clean("a\x0bb") == "a\ufffdb"
    True
    """
    return _CONTROLS.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, and the placeholder that it is of, where the layout has one."""

    left: int
    top: int
    width: int
    height: int
    placeholder: Any = None


@dataclass
class Deck:
    """A presentation while it is made.

    Attributes
    ----------
    presentation : of python-pptx.
    links : runs and shapes that lead to a slide, by the slide's name; set once all slides are there.
    named : slides by name.
    """

    presentation: Presentation
    links: list[tuple[Any, Callable[[], Any], str]] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)

    def add(self, kind: str, title: str) -> tuple[Any, list[Box]]:
        """Add a slide.

        Parameters
        ----------
        kind : "cover", "one" or "two": how many places for content it needs.
        title : says the finding.

        Returns
        -------
        The slide and its places for content, from the left; where the layout has none, the room it leaves.
        """
        layout = find_layout(self.presentation, kind)
        slide = self.presentation.slides.add_slide(layout)
        _number(slide, layout)
        boxes = [
            Box(shape.left, shape.top, shape.width, shape.height, shape)
            for shape in sorted(slide.placeholders, key=lambda shape: (shape.left or 0, shape.top or 0))
            if _holds(shape)
        ]
        self.title(slide, title)
        wanted = 2 if kind == "two" else 1
        for box in boxes[wanted:]:
            box.placeholder.element.getparent().remove(box.placeholder.element)
        boxes = boxes[:wanted] or [self._room(slide)]
        if len(boxes) < wanted:
            boxes = _halves(boxes[0])
        return slide, boxes

    def title(self, slide: Any, title: str) -> None:
        """Give a slide its title; one that a layout has no place for stands in a box of its own."""
        if slide.shapes.title is not None:
            slide.shapes.title.text_frame.text = clean(title)
            return
        width, height = int(self.presentation.slide_width or 0), int(self.presentation.slide_height or 0)
        box = titled(slide)
        if box is None:
            box = slide.shapes.add_textbox(width // 20, height // 25, width * 9 // 10, height // 8)
            box.name = _OWN_TITLE
        box.text_frame.word_wrap = True
        box.text_frame.text = clean(title)

    def _room(self, slide: Any) -> Box:
        """Give the room below the title of a layout without a place for content."""
        width, height = int(self.presentation.slide_width or 0), int(self.presentation.slide_height or 0)
        title = slide.shapes.title
        top = height // 5 if title is None else int(title.top + title.height) + height // 50
        top = min(top, height // 3)
        return Box(width // 20, top, width * 9 // 10, height * 9 // 10 - top)

    def link(self, slide: Any, run: Any, name: str) -> None:
        """Note that a run leads to a slide that may come later."""
        self.links.append((slide, run._r.get_or_add_rPr, name))  # noqa: SLF001

    def click(self, slide: Any, shape: Any, name: str) -> None:
        """Note that a press on a shape, such as a title or a chart, leads to a slide that may come later."""
        self.links.append((slide, lambda: find(shape.element, "*[1]/p:cNvPr")[0], name))

    def settle(self) -> None:
        """Set all links."""
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        for slide, holder, name in self.links:
            target = self.named.get(name)
            if target is None:
                continue
            key = slide.part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
            holder().append(
                parse_xml(
                    f'<a:hlinkClick {nsdecls("a", "r")} r:id="{key}" action="ppaction://hlinksldjump"/>'
                )
            )

    def text_size(self) -> float:
        """Give the size in points of the text of a slide, as the master says; at most 20 is used."""
        found = find(self.presentation.slide_master.element, "p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr/@sz")
        return min(int(found[0]) / 100 if found else 18, 20)


def titled(slide: Any) -> Any:
    """Give the shape that holds the title of a slide."""
    own = (shape for shape in slide.shapes if shape.name == _OWN_TITLE)
    return slide.shapes.title if slide.shapes.title is not None else next(own, None)


def open_deck(content: Content) -> Deck:
    """Open the office's template without its slides, or make a deck in the style of the house.

    Parameters
    ----------
    content : the briefing; its template `slides`, where there is one, rules how it looks.

    Errors
    ------
    UsageError where the template cannot be opened.
    """
    import pptx

    template = content.templates.get("slides")
    if template is None:
        presentation = pptx.Presentation()
        house_deck(presentation, LOOKS[content.locale])
        return Deck(presentation)
    from zipfile import BadZipFile

    from pptx.exc import PackageNotFoundError

    try:
        presentation = pptx.Presentation(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UsageError(
            "this PowerPoint template cannot be opened", where=template.name, seen=type(error).__name__,
            todo="save it as .pptx and name it in analysis.toml: [briefing] slides",
        ) from error  # fmt: skip
    _empty(presentation)
    return Deck(presentation)


def _empty(presentation: Any) -> None:
    """Take the example slides out of a template."""
    listed = presentation.slides._sldIdLst  # noqa: SLF001
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)


def find_layout(presentation: Any, kind: str) -> Any:
    """Choose a layout by what it holds, since names differ between offices and languages.

    Parameters
    ----------
    presentation : the deck.
    kind : "cover", "one" or "two".
    """
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    def kinds(layout: Any) -> list[Any]:
        return [shape.placeholder_format.type for shape in layout.placeholders]

    layouts = list(presentation.slide_layouts)
    if kind == "cover":
        chosen = [layout for layout in layouts if KIND.SUBTITLE in kinds(layout)]
        return (chosen or layouts)[0]
    wanted = 2 if kind == "two" else 1
    titled = [layout for layout in layouts if KIND.TITLE in kinds(layout)]
    exact = [
        layout for layout in titled if sum(map(_holds, layout.placeholders)) == wanted and _upright(layout)
    ]
    # A layout for any content goes before one for text only.
    exact.sort(key=lambda layout: -kinds(layout).count(KIND.OBJECT))
    if exact:
        return exact[0]
    return find_layout(presentation, "one") if kind == "two" else (titled or layouts)[-1]


def _upright(layout: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    found = [shape.placeholder_format.type for shape in layout.placeholders]
    vertical = any(find(shape.element, ".//a:bodyPr[@vert='eaVert']") for shape in layout.placeholders)
    return not vertical and not {KIND.PICTURE, KIND.VERTICAL_BODY, KIND.VERTICAL_OBJECT} & set(found)


def _holds(shape: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    kinds = {KIND.OBJECT, KIND.BODY, KIND.CHART, KIND.TABLE, KIND.SUBTITLE}
    return shape.placeholder_format.type in kinds


def _number(slide: Any, layout: Any) -> None:
    """Take over the slide number of the layout, which the library leaves out."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    for shape in layout.placeholders:
        if shape.placeholder_format.type == KIND.SLIDE_NUMBER:
            made = deepcopy(shape.element)
            tree = slide.shapes._spTree  # noqa: SLF001
            # No two shapes of a slide may have one number.
            used = [int(part.get("id")) for part in find(tree, ".//p:cNvPr")]
            find(made, "p:nvSpPr/p:cNvPr")[0].set("id", str(max(used, default=1) + 1))
            tree.append(made)


def _halves(box: Box) -> list[Box]:
    if box.placeholder is not None:
        box.placeholder.element.getparent().remove(box.placeholder.element)
    gap = box.width // 40
    half = (box.width - gap) // 2
    return [
        Box(box.left, box.top, half, box.height),
        Box(box.left + half + gap, box.top, half, box.height),
    ]


def take_place(frame: Any, box: Box) -> None:
    """Let a chart, table or picture be what fills a placeholder, so that the layout goes on ruling it."""
    if box.placeholder is None:
        return
    old = box.placeholder.element
    mark = find(old, ".//p:nvPr/p:ph")
    find(frame.element, "*[1]/p:nvPr")[0].append(deepcopy(mark[0]))
    old.getparent().remove(old)


def describe(frame: Any, text: str) -> None:
    """Give a chart, table or picture its alternative text."""
    find(frame.element, "*[1]/p:cNvPr")[0].set("descr", clean(text))


def frame_of(slide: Any, box: Box) -> Any:
    """Give the text frame of a place: of its placeholder, else of a new text box."""
    if box.placeholder is not None:
        frame = box.placeholder.text_frame
    else:
        frame = slide.shapes.add_textbox(box.left, box.top, box.width, box.height).text_frame
    frame.word_wrap = True
    return frame


def add_run(paragraph: Any, text: str, locale: str, **looks: Any) -> Any:
    """Add text with its language; `size` in points, `bold`, `colour` as RRGGBB.

    Parameters
    ----------
    paragraph : where it is added.
    text : the text.
    locale : zh-Hant, zh-Hans or en.
    looks : size, bold, colour, marked.
    """
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = clean(text)
    run._r.get_or_add_rPr().set("lang", LOOKS[locale].language)  # noqa: SLF001
    if "size" in looks:
        run.font.size = Pt(looks["size"])
    if looks.get("bold"):
        run.font.bold = True
    if looks.get("colour"):
        run.font.color.rgb = rgb_colour(looks["colour"])
    return run


def add_note(slide: Any, box: Box, text: str, locale: str, colour: str) -> Any:
    """Write a small line at the lower edge of a place; the paragraph is given, for a link behind it."""
    height = 24 * _POINT
    made = slide.shapes.add_textbox(box.left, box.top + box.height - height, box.width, height)
    made.text_frame.word_wrap = True
    paragraph = made.text_frame.paragraphs[0]
    add_run(paragraph, text, locale, size=11, colour=colour)
    return paragraph


def above_note(box: Box) -> Box:
    """Give the part of a place that its note leaves."""
    return Box(box.left, box.top, box.width, box.height - 30 * _POINT, box.placeholder)


def pages(texts: Sequence[str], box: Box, size: float) -> list[list[int]]:
    """Share out texts over slides so that none runs over.

    Parameters
    ----------
    texts : the paragraphs.
    box : the place they go to.
    size : of the letters, in points.

    Returns
    -------
    The numbers of the texts on each slide.

    Examples
    --------
    >>> pages(["x"] * 5, Box(0, 0, 914400, 914400), 18)
    [[0, 1], [2, 3], [4]]
    """
    room = box.height / _POINT
    across = max(int((box.width / _POINT - 2 * size) / size * 2), 2)
    found: list[list[int]] = [[]]
    used = 0.0
    for number, text in enumerate(texts):
        # Chinese fonts have taller lines.
        line = 1.35 if extent(text) > 1.3 * len(text) else 1.2
        taken = -(-extent(text) // across) * size * line + size / 4
        if found[-1] and used + taken > room:
            found.append([])
            used = 0.0
        found[-1].append(number)
        used += taken
    return found


def extent(text: str) -> int:
    """Give the width of a text, where a Chinese character is two wide."""
    # Latin letters are a little wider than half a Chinese one.
    return max(int(sum(2 if ord(sign) > 0x2E7F else 1.15 for sign in text)), 1)
