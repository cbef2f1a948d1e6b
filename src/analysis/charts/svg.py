"""SVG whose text stays text: selectable, and drawn with the used glyphs of the font, embedded."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from html import escape, unescape
from typing import TYPE_CHECKING

from analysis.charts import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matplotlib.figure import Figure

_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_OPEN = re.compile(r"<svg\b[^>]*>")
# matplotlib writes its own with a type.
_STYLE = "<style>"


def svg_text(figure: Figure, *, title: str, description: str) -> str:
    """Write a figure as SVG that names its font but does not hold it; call it in the house style.

    Parameters
    ----------
    figure : the figure of matplotlib.
    title, description : for screen readers.

    Returns
    -------
    The same text each time, for `embedded`.
    """
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    opening = _OPEN.search(text)
    if opening is None:
        return text
    head = opening.group(0)[:-1] + ' role="img" aria-labelledby="t d">'
    head += f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>'
    head += f"{_STYLE}text{{white-space:pre}}</style>"
    return text[: opening.start()] + head + text[opening.end() :]


def embedded(svg: str, font: Path) -> str:
    """Put the glyphs that an SVG of `svg_text` needs into it.

    Parameters
    ----------
    svg : what `svg_text` has given.
    font : the font file that it was drawn with.
    """
    return svg.replace(_STYLE, _STYLE + font_face(font, [svg]), 1)


def font_face(font: Path, svgs: Iterable[str]) -> str:
    """Give the rule of a style sheet that holds the glyphs which some SVGs need.

    Parameters
    ----------
    font : the font file that they were drawn with.
    svgs : what `svg_text` has given.
    """
    runs = (unescape(_TAGS.sub("", run)) for svg in svgs for run in _TEXT.findall(svg))
    used = {mark for run in runs for mark in run if mark.isprintable()}
    data = b64encode(fonts.subset_woff(font, "".join(sorted(used)))).decode("ascii")
    name = fonts.family(font)
    return f"@font-face{{font-family:'{name}';src:url(data:font/woff;base64,{data}) format('woff')}}"
