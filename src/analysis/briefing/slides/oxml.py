"""Looking into the XML of slides: python-pptx knows only some of its elements."""

from __future__ import annotations

from functools import cache
from typing import Any

_SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}


def find(element: Any, path: str) -> list[Any]:
    """Find what a path of XML leads to; a, c and p are known.

    Parameters
    ----------
    element : where the path begins.
    path : such as .//a:bodyPr.
    """
    found: list[Any] = _compiled(path)(element)
    return found


def colour(text: str) -> Any:
    """Give a colour written as RRGGBB."""
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made.from_string(text)


@cache
def _compiled(path: str) -> Any:
    from lxml import etree

    return etree.XPath(path, namespaces=_SPACES)
