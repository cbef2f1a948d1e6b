"""Where a figure belongs: the place that opens its sentence, else the report's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.language.places import PlaceMention, find_places
from analysis.language.script import fold

if TYPE_CHECKING:
    from analysis.extraction.context import Layout

_OPENING = re.compile(r"^\s*(?:[^,。]{0,12},)?(?:其中,?)?(?:原)?$")


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a figure and what said so: sentence or report."""

    place_id: str | None
    source: str | None


def places_of(text: str) -> list[PlaceMention]:
    """Give the places that a text names more than once; a single look-alike is no place."""
    mentions = [m for m in find_places(text) if not m.own]
    names = [m.name for m in mentions]
    return [m for m in mentions if names.count(m.name) > 1]


def find_where(
    layout: Layout, places: list[PlaceMention], start: int, own_id: str | None, title: str
) -> Where:
    """Give the place of the figure at `start`.

    A sentence that opens with the name of another place speaks of that place; a name in the title, or
    one that holds the report's own, does not.
    """
    sentence = layout.sentence(start)
    index = bisect_left(places, sentence[0], key=lambda m: m.start)
    for mention in places[index:]:
        if mention.end > start:
            break
        if not _OPENING.match(layout.text[sentence[0] : mention.start]):
            break
        if mention.name in fold(title) or (
            own_id and (mention.name in own_id or own_id.endswith(mention.name))
        ):
            break
        return Where(mention.name, "sentence")
    return Where(own_id, "report" if own_id else None)
