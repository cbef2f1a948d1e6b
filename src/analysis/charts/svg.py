"""SVG whose text stays text: selectable, and drawn with the used glyphs of the font, embedded."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from html import escape, unescape
from typing import TYPE_CHECKING

from analysis.charts import fonts

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_OPEN = re.compile(r"<svg\b[^>]*>")


def svg_text(figure: Figure, font: Path, *, title: str, description: str) -> str:
    """Write a figure as SVG, the same text each time; call it in the house style.

    Parameters
    ----------
    figure : the figure of matplotlib.
    font : the font file whose glyphs are embedded.
    title, description : for screen readers.
    """
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    used = {
        mark for run in _TEXT.findall(text) for mark in unescape(_TAGS.sub("", run)) if mark.isprintable()
    }
    face = _font_face(font, "".join(sorted(used)))
    opening = _OPEN.search(text)
    if opening is None:
        return text
    head = opening.group(0)[:-1] + ' role="img" aria-labelledby="t d">'
    head += f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>'
    head += f"<style>{face}text{{white-space:pre}}</style>"
    return text[: opening.start()] + head + text[opening.end() :]


def _font_face(font: Path, characters: str) -> str:
    data = b64encode(fonts.subset_woff(font, characters)).decode("ascii")
    name = fonts.family(font)
    return f"@font-face{{font-family:'{name}';src:url(data:font/woff;base64,{data}) format('woff')}}"
