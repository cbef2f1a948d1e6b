"""What python-docx has no words for: fields, bookmarks, links, captions, alternative texts, languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

# What no XML may hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Replace what no XML may hold, so that text of any report can be written.

    Examples
    --------
    >>> clean("a\x00b") == "a\ufffdb"
    True
    """
    return _CONTROLS.sub("\ufffd", text)


def element(tag: str, **attributes: str) -> Any:
    """Make an element such as w:hyperlink with attributes of the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around what a paragraph holds so far.

    Parameters
    ----------
    paragraph : the paragraph.
    name : at most 40 letters, digits and underscores.
    number : a number that no other bookmark of the document has.
    """
    start = element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def add_link(paragraph: Paragraph, text: str, bookmark: str, *, style: str | None = "Hyperlink") -> None:
    """Add a link to a bookmark of the document.

    Parameters
    ----------
    paragraph : where it is added.
    text : what is shown.
    bookmark : where it leads.
    style : the character style.
    """
    link = element("w:hyperlink", anchor=bookmark, history="1")
    run = paragraph.add_run(clean(text))
    if style is not None:
        run.style = style
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field with what it shows until Word works it out again.

    Parameters
    ----------
    paragraph : where it is added.
    code : such as PAGE, or SEQ Figure.
    shown : its result.
    """
    for part in (_mark("begin"), _code(code), _mark("separate")):
        paragraph.add_run()._r.append(part)  # noqa: SLF001
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_mark("end"))  # noqa: SLF001


def begin_field(paragraph: Paragraph, code: str) -> None:
    """Begin a field whose result goes over several paragraphs."""
    for part in (_mark("begin"), _code(code), _mark("separate")):
        paragraph.add_run()._r.append(part)  # noqa: SLF001


def end_field(paragraph: Paragraph) -> None:
    """End the field that `begin_field` began."""
    paragraph.add_run()._r.append(_mark("end"))  # noqa: SLF001


def _mark(kind: str) -> Any:
    return element("w:fldChar", fldCharType=kind)


def _code(code: str) -> Any:
    made = element("w:instrText")
    made.text = f" {code} "
    return made


def describe(picture: Any, title: str, text: str) -> None:
    """Give a picture its alternative text."""
    properties = picture._inline.docPr  # noqa: SLF001
    properties.set("descr", clean(text))
    properties.set("title", clean(title))
