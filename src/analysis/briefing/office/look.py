"""How the products for Office look: fonts that computers have, colours of the charts, marks of verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts.style import ACCENT, INK, LINE, PALETTE, SOFT, VERDICT_COLOURS

MARKS = {"up": "▲", "down": "▼", "unchanged": "●", "uncertain": "◇", "missing": "–", "not_comparable": "–"}


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts and language of one locale.

    Attributes
    ----------
    latin, asian : names of fonts; where a computer lacks one, Office takes another with the same characters.
    language : language tag of the text, as Office writes it.
    asian_language : the same for Chinese text within it.
    """

    latin: str
    asian: str
    language: str
    asian_language: str


LOOKS = {
    "zh-Hant": Look("Microsoft JhengHei", "Microsoft JhengHei", "zh-TW", "zh-TW"),
    "zh-Hans": Look("Microsoft YaHei", "Microsoft YaHei", "zh-CN", "zh-CN"),
    "en": Look("Calibri", "Microsoft YaHei", "en-GB", "zh-CN"),
}
# The language of a report's sentences by its script.
SCRIPTS = {"hant": "zh-TW", "hans": "zh-CN"}


def rgb(colour: str) -> str:
    """Write a colour as Office does.

    Examples
    --------
    >>> rgb("#0b5a8f")
    '0B5A8F'
    """
    return colour.lstrip("#").upper()


ACCENT_RGB, INK_RGB, SOFT_RGB, LINE_RGB = rgb(ACCENT), rgb(INK), rgb(SOFT), rgb(LINE)
PALETTE_RGB = tuple(rgb(colour) for colour in PALETTE)
VERDICT_RGB = {verdict: rgb(colour) for verdict, colour in VERDICT_COLOURS.items()}
# Of two bars the earlier one is pale.
THEN_RGB = "9DB7CB"
MARKED_RGB = "FFF2CC"
