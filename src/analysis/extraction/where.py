"""Where a figure belongs: the place that opens its sentence, else the report's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.language.places import find_names
from analysis.language.script import fold

if TYPE_CHECKING:
    from analysis.extraction.spot import Spot
    from analysis.reading import Report

_OPENING = re.compile(r"\s*(?:[^,。]{0,12},)?(?:其中,?)?(?:原)?$")


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a figure and what said so: sentence or report."""

    place_id: str | None
    source: str | None


class Places:
    """The other places that a text names more than once; a single look-alike is no place."""

    def __init__(self, text: str, report: Report) -> None:
        """Find the places of a clean text; names in the report's title and around its own name are its own."""
        mentions = find_names(text)
        times = Counter(m.name for m in mentions)
        title, own = fold(report.title or ""), report.place_id
        foreign = {
            name: not (name in title or (own and (name in own or own.endswith(name)))) for name in times
        }
        self.text = text
        self.mentions = [m for m in mentions if times[m.name] > 1]
        self.starts = [m.start for m in self.mentions]
        self.foreign = foreign
        self.own = Where(own, "report" if own else None)

    def of(self, spot: Spot) -> Where:
        """Give the place of a figure.

        A sentence that opens with the name of another place speaks of that place.
        """
        sentence = spot.sentence.start
        for index in range(bisect_left(self.starts, sentence), len(self.starts)):
            mention = self.mentions[index]
            if mention.end > spot.start or not self.foreign[mention.name]:
                break
            if not _OPENING.match(self.text, sentence, mention.start):
                break
            return Where(mention.name, "sentence")
        return self.own
