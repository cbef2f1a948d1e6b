"""A font cut down to some characters draws them as the whole font does."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from analysis.charts.fonts import find_font, subset_woff

# Its letters with accents are made of other glyphs, some of which are made of others again.
COMPOSED = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")


def drawn(font: TTFont, text: str) -> dict[str, tuple[int, Any]]:
    """Give the width and the outline of each character of a text that the font has."""
    glyphs, names, found = font.getGlyphSet(), font.getBestCmap(), {}
    for mark in text:
        if name := names.get(ord(mark)):
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
            found[mark] = (glyphs[name].width, pen.value)
    return found


@pytest.mark.parametrize(
    ("path", "text"),
    [(COMPOSED, "".join(map(chr, range(0xC0, 0x250)))), (find_font(), "清運垃圾18.5噸，比8月多2.1噸")],
    ids=["composed", "Chinese"],
)
def test_a_subset_draws_as_the_whole_font(path: Path, text: str) -> None:
    """Outlines and widths are the same, also of glyphs made of others; no other character is left."""
    with TTFont(path) as whole, TTFont(io.BytesIO(subset_woff(path, text))) as part:
        wanted = drawn(whole, text)
        assert drawn(part, text) == wanted
        assert part.getBestCmap().keys() == set(map(ord, wanted))
    assert len(wanted) > 10
