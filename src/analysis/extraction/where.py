"""Where a figure belongs: the place that its clause, sentence or section speaks of, else the report's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from analysis.language.places import PlaceMention, find_names, find_own
from analysis.language.script import fold

if TYPE_CHECKING:
    from analysis.extraction.context import Section
    from analysis.extraction.spot import Spot
    from analysis.reading import Report

# What may stand between the start of a clause and the place that it is about.
_OPENING = re.compile(r"\s*(?:[^,。]{0,12},)?(?:其中[,:]?)?(?:原|而)?$")
_CLAUSE_OPENING = re.compile(r"\s*(?:其中[,:]?)?(?:原|而)?$")
# What follows the name of a place that a sentence is about; other words make a look-alike of it.
_GOES_ON = re.compile(
    r"[,:、和与及]|有|共|现|累计|已|今|全[年月]|本[月年周]|连续|清[运理扫]|开展|组织|自|上半年|下半年|\d"
)
_SINGLE_NAME = 2
_JOINED = re.compile(r"[、和与及]")
_BESIDE_NAME = 6


class Where(NamedTuple):
    """The place of a figure and what said so: sentence, section or report."""

    place_id: str | None
    source: str | None


class Places:
    """The places that a text speaks of: those it names more than once, or that plainly open a sentence."""

    def __init__(self, text: str, report: Report) -> None:
        """Find the places of a clean text; names in the report's title and around its own name are its own."""
        names = find_names(text)
        # Said again in the same words, as in a passage pasted twice, a look-alike is still named once.
        times = Counter(name for name, _ in {(m.name, text[m.end : m.end + _BESIDE_NAME]) for m in names})
        title, own = fold(report.title or ""), report.place_id
        self.text = text
        found = [m for m in names if times[m.name] > 1 or _speaks_of(text, m)]
        # Where no other place is named, 我社区 tells nothing new.
        self.mentions = sorted([*found, *find_own(text)], key=lambda m: m.start) if found else []
        self.starts = [m.start for m in self.mentions]
        self.own = Where(own, "report" if own else None)
        # A report on several places (关于鹿鸣社区、丹霞社区…) has none of its own, and its title names them.
        several = own is None
        self._is_own = {
            name: not several and (name in title or (own is not None and (name in own or own.endswith(name))))
            for name in times
        }
        self._sections: dict[int, Where | None] = {}

    def of(self, spot: Spot, listed: tuple[int, int] | None = None) -> Where:
        """Give the place of a figure.

        A clause or sentence that opens with the name of another place speaks of that place, until one opens
        with 我社区 or 全街道; a section whose heading is a name speaks of it where no sentence says otherwise.

        Parameters
        ----------
        spot : the figure.
        listed : which of how many figures of a list behind 分别 it is: places named as a list share them out.
        """
        if not self.mentions:
            return self.own
        sentence = spot.sentence.start
        chosen: int | None = None
        for index in range(bisect_left(self.starts, sentence), len(self.starts)):
            mention = self.mentions[index]
            if mention.end > spot.start:
                break
            part = index and _JOINED.fullmatch(self.text, self.mentions[index - 1].end, mention.start)
            if not part and self._opens(mention, spot):
                chosen = index
        if chosen is None:
            return self._of_section(spot) or self.own
        mention = self.mentions[chosen]
        several = self._joined(chosen)
        if several > 1:
            number, count = listed or (0, 0)
            return self._where(self.mentions[chosen + number], "sentence") if count == several else self.own
        if mention.own and (here := self._of_section(spot)) and str(here.place_id).endswith(mention.name[1:]):
            return here  # 该社区 in the section on a community
        return self._where(mention, "sentence")

    def _opens(self, mention: PlaceMention, spot: Spot) -> bool:
        start = spot.sentence.start
        if _OPENING.match(self.text, start, mention.start):
            return True
        clause = spot.sentence.clause(mention.start)[0]
        opens = _CLAUSE_OPENING.match(self.text, clause, mention.start) is not None
        return opens and (mention.own or _GOES_ON.match(self.text, mention.end) is not None)

    def _where(self, mention: PlaceMention, source: str) -> Where:
        if mention.own or self._is_own[mention.name]:
            return self.own
        return Where(mention.name, source)

    def _joined(self, first: int) -> int:
        """Count the places of a list such as 东湖社区、新桥社区."""
        last = first
        while last + 1 < len(self.mentions) and _JOINED.fullmatch(
            self.text, self.mentions[last].end, self.mentions[last + 1].start
        ):
            last += 1
        return last - first + 1

    def _of_section(self, spot: Spot) -> Where | None:
        for section in spot.section.chain if spot.section else ():
            if section.start not in self._sections:
                self._sections[section.start] = self._named(section)
            if found := self._sections[section.start]:
                return found
        return None

    def _named(self, section: Section) -> Where | None:
        """Give the place that a heading is the name of: (一)鹿鸣社区."""
        index = bisect_left(self.starts, section.start)
        if index == len(self.starts):
            return None
        mention = self.mentions[index]
        inside = mention.end <= section.start + len(section.heading) + 2
        short = len(section.heading) <= len(mention.name) + _BESIDE_NAME
        return self._where(mention, "section") if inside and short and not mention.own else None


def _speaks_of(text: str, mention: PlaceMention) -> bool:
    """Tell a place that a text names once from a look-alike: 滨江社区清运… but not 建成社区养老…."""
    kind = mention.name[_SINGLE_NAME:]
    return kind in ("社区", "村", "街道", "镇") and _GOES_ON.match(text, mention.end) is not None
