"""The saved charts that a document shows, in the order of a briefing, each with the number of its total."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.briefing.content import saved_charts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence

_ORDER = ("overview", "change", "trend")
_LAST = ("key_figures", "coverage")
# With more places than these their key figures would fill the document; they are in the notebooks.
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A saved chart.

    Attributes
    ----------
    path : the PNG, that for print where there is one.
    kind : kind of chart.
    title, caption, alt_text : its words.
    number : number of the total that it shows; None where it shows several.
    """

    path: Path
    kind: str
    title: str
    caption: str
    alt_text: str
    number: int | None


def gallery(content: Content, found: Evidence) -> list[Picture]:
    """List the pictures of a briefing: first the whole, then changes and trends, then places and coverage.

    Parameters
    ----------
    content : the briefing.
    found : its evidence.
    """
    charts = saved_charts(content.charts)
    places = sum(words.get("kind") == "key_figures" for _, words in charts)
    pictures = []
    for path, words in charts:
        kind = str(words.get("kind"))
        if kind == "key_figures" and places > _MOST_PLACES:
            continue
        picture = _png(path)
        if picture is not None:
            title, caption, alt = (str(words.get(key) or "") for key in ("title", "caption", "alt_text"))
            pictures.append(Picture(picture, kind, title, caption, alt, _number(words, found)))
    ranks = {kind: at for at, kind in enumerate(_ORDER)} | {kind: 10 + at for at, kind in enumerate(_LAST)}
    pictures.sort(key=lambda made: (ranks.get(made.kind, len(_ORDER)), made.number or 0, made.path.name))
    return pictures


def _png(path: Path) -> Path | None:
    names = (f"{path.name}@300.png", f"{path.name}.png")
    return next((found for name in names if (found := path.with_name(name)).is_file()), None)


def _number(words: Mapping[str, Any], found: Evidence) -> int | None:
    if words.get("place_id") or not words.get("indicator"):
        return None
    wanted = (words["indicator"], words.get("series"), words.get("unit"))
    for reference in found.references:
        if (reference.total["indicator"], reference.total["series"], reference.total["unit"]) == wanted:
            return reference.number
    return None
