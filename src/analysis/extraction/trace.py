"""Why each number of a report is, or is not, a figure, and what gave a figure its name, role, period and place.

Nothing is decided here: the functions of the extraction are asked again, and what they weighed is kept.
Offsets point into the report's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.extraction.cells import captions
from analysis.extraction.context import lay_out
from analysis.extraction.decisive import decisive, usual
from analysis.extraction.exclude import refuse
from analysis.extraction.figures import _figures, extract_report, kept_candidates, namer_for
from analysis.extraction.find import Candidate, find_candidates
from analysis.extraction.fixed import fixed_words
from analysis.extraction.grid import number_cells
from analysis.extraction.marked import grids_of
from analysis.extraction.measure import measure
from analysis.extraction.name import MINIMUM, Name, Weighed, name_figure
from analysis.extraction.noise import Clean, clean
from analysis.extraction.spot import spot_of
from analysis.extraction.traced import Acting, Dating, Naming, Said, Stated, Trace, Traced, Weighing, Words
from analysis.extraction.vocabulary import Terms, Vocabulary
from analysis.language.numerals import NUMBER
from analysis.language.units import unit_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from analysis.catalogue import Catalogue
    from analysis.extraction.figure import Figure
    from analysis.extraction.grid import Grid
    from analysis.reading import Report

_NUMERAL = re.compile(NUMBER)
# How far before a numeral a word may stand that makes it vague: 至少開展1次.
_BEFORE = 10


def trace_report(report: Report, catalogue: Catalogue) -> Trace:
    """Say of every number of a report why it is a figure or not, and how it was understood.

    Examples
    --------
    >>> from analysis.catalogue import load_catalogue
    >>> from analysis.reading import report_from_text
    >>> trace = trace_report(report_from_text("第3次大掃除清運垃圾18.5噸"), load_catalogue())
    >>> [(number.text, number.reason) for number in trace.numbers]
    [('3次', 'ordinal'), ('18.5噸', None)]
    >>> trace.numbers[1].figure.name.rules[0].rule
    'garbage_removed.1'
    """
    tracer = _Tracer(report, catalogue)
    numbers = sorted([*tracer.stated(), *tracer.refused()], key=lambda number: (number.start, number.end))
    return Trace(report.report_id, report.path, tuple(numbers))


class _Tracer:
    """One report with all that its figures were found by."""

    def __init__(self, report: Report, catalogue: Catalogue) -> None:
        self.original = report.text
        self.clean: Clean = clean(report.text, report.folded)
        self.text = self.clean.text
        self.layout = lay_out(self.text)
        self.namer: Vocabulary = namer_for(catalogue)
        self.names = Terms(self.namer, self.text)
        self.figures: list[Figure] = _figures(self.clean, self.layout, self.namer, report)
        self.columns: dict[str, list[Any]] = extract_report(report, catalogue)
        self.grids: list[Grid] = grids_of(self.clean, report)
        self.locale = "zh-Hans" if report.script == "hans" else "zh-Hant"

    def stated(self) -> Iterator[Traced]:
        """Give the numbers that are figures."""
        before: Figure | None = None
        for index, figure in enumerate(self.figures):
            column = {name: values[index] for name, values in self.columns.items()}
            spot = figure.spot
            if figure.cell:
                naming, role = self._naming_in_table(index), self._role_in_table(figure)
            else:
                naming, role = self._naming(index, self._weighed(figure)), self._role(figure, before)
                before = figure
            when, mention = figure.when, figure.when.mention
            said = replace(
                self._said(spot.candidate, column["unit"]),
                value=column["value"], low=column["low"], high=column["high"], approx=column["approx"],
            )  # fmt: skip
            period = Dating(
                column["period"], _day(column["period_start"]), _day(column["period_end"]), _day(when.since),
                when.source, self._words(mention.start, mention.end) if mention else None,
            )  # fmt: skip
            stated = Stated(
                column["figure_id"], column["dimension"], naming, role, period, column["place_id"],
                column["place_source"], figure.scope, figure.cell, column["duplicate_of"],
            )  # fmt: skip
            yield self._traced(spot.start, spot.end, said, figure=stated)

    def refused(self) -> Iterator[Traced]:
        """Give the numbers that are no figures."""
        text = self.text
        taken = sorted((figure.spot.start, figure.spot.end) for figure in self.figures)
        kept = {candidate.number_start for candidate in kept_candidates(text)}
        found = find_candidates(text)
        for candidate in found:
            if _overlaps(taken, candidate.start, candidate.end):
                continue
            reason, word = self._reason(candidate, kept=candidate.number_start in kept)
            yield self._traced(candidate.start, candidate.end, self._said(candidate, None), reason, word)
        taken = sorted([*taken, *((c.start, c.end) for c in found)])
        for match in _NUMERAL.finditer(text):
            if not _overlaps(taken, *match.span()):
                candidate = _passed_over(text, match)
                reason, word = self._reason(candidate, kept=False)
                yield self._traced(candidate.start, candidate.end, self._said(candidate, None), reason, word)

    def _reason(self, candidate: Candidate, *, kept: bool) -> tuple[str, str | None]:
        """Give why a candidate is no figure, and the fixed word it belongs to if that is why."""
        if any(grid.start <= candidate.start < grid.end for grid in self.grids):
            return "in a table, and not the one number of its cell", None
        if kept:
            return "no number after all", None
        at = candidate.number_start
        end = fixed_words().end(self.text, at)
        refusal = refuse(self.text, candidate)
        if end >= candidate.end or (refusal is None and end > at):
            return "fixed word", self._quoted(_word_start(self.text, at, end), end)
        if refusal is not None:
            return refusal, None
        # What stands in a word that began before it, or what the search for numbers does not even stop at.
        return ("date, ordinal or article" if candidate.unit else "no unit"), None

    def _traced(
        self, start: int, end: int, said: Said, reason: str | None = None, word: str | None = None,
        *, figure: Stated | None = None,
    ) -> Traced:  # fmt: skip
        first, last = self.clean.origin(start, end)
        sentence = self.clean.origin(*self.layout.span(start))
        return Traced(first, last, self.original[first:last], sentence, said, reason, word, figure)

    def _said(self, candidate: Candidate, unit: str | None) -> Said:
        worth = measure(candidate)
        at, behind = candidate.number_start, candidate.number_end
        vague = (
            self._beside(candidate.before, max(0, at - _BEFORE), at),
            self._beside(candidate.vague, behind, candidate.end + 1),
            self._beside(candidate.half, behind, candidate.end + 1),
            self._beside(candidate.after, behind, candidate.end + 1),
        )
        if unit is None and candidate.unit:
            unit = self._quoted(candidate.unit_start, candidate.unit_end)
        numeral = self._quoted(at, behind) if self.text[at:behind].strip() else candidate.number
        return Said(
            numeral, unit, tuple(filter(None, vague)), *(worth[:4] if worth else (None, None, None, None))
        )

    def _beside(self, word: str, start: int, end: int) -> str:
        """Give a word as the report writes it, from near a numeral."""
        at = self.text.find(word, start, end) if word else -1
        return self._quoted(at, at + len(word)) if at >= 0 else word

    def _quoted(self, start: int, end: int) -> str:
        first, last = self.clean.origin(start, end)
        return self.original[first:last].strip()

    def _words(self, start: int, end: int) -> Words:
        first, last = self.clean.origin(start, end)
        return Words(self.original[first:last], first, last)

    def _weighed(self, figure: Figure) -> tuple[Name, list[Weighed]]:
        seen: list[Weighed] = []
        return name_figure(self.names, figure.spot, figure.role.name, seen), seen

    def _naming(self, index: int, own: tuple[Name, list[Weighed]]) -> Naming:
        figure = self.figures[index]
        name, words = figure.name, own[0]
        subject = self._quoted(*name.subject) if name.subject else None
        source, taken_from = "none", None
        earlier = [
            i for i in range(index - 1, -1, -1)
            if self.figures[i].spot.start >= figure.spot.sentence.start and not self.figures[i].cell
        ]  # fmt: skip
        lender = next((i for i in earlier if self.figures[i].name is name), None)
        behind = self.figures[index + 1 : index + 2]
        if lender is None and name.rule != words.rule and behind and behind[0].name is name:
            lender = index + 1  # 2357户3702人享受低保
        if lender is not None or (name.rule or "").startswith("people of"):
            lender = lender if lender is not None else earlier[0]
            source, taken_from = "another figure", self.columns["figure_id"][lender]
        elif (name.indicator, name.rule) == (words.indicator, words.rule):
            source = "words" if name.rule else "none"
        elif name.indicator is None:
            source = "dropped"
        else:
            source = "heading" if name.rule == "heading" else "list"
        label = self._label(name.indicator)
        return Naming(
            name.indicator, label, name.series, name.rule, name.confidence, subject, source, taken_from,
            self._ranked(own[1], in_text=True),
        )  # fmt: skip

    def _naming_in_table(self, index: int) -> Naming:
        """Read a cell as extraction does: as a clause of its row, its column, and the line over the table."""
        figure = self.figures[index]
        name, at = figure.name, figure.spot.start
        grid = next(grid for grid in self.grids if grid.start <= at < grid.end)
        caption, unit_line = captions(grid, self.layout)
        cell = next(cell for cell in number_cells(grid, unit_line) if cell.cell.start == at)
        seen: list[Weighed] = []
        for lead in (*cell.names, f"{caption},{cell.name}"):
            clause = f"{lead}{cell.cell.text}{cell.unit.text if cell.unit else ''}"
            first = len(lead) - 1
            found = next((c for c in find_candidates(clause) if c.number_start >= first), None)
            if found is None:
                continue
            spot, seen = spot_of(lay_out(clause), found, 0, len(clause)), []
            said = name_figure(Terms(self.namer, clause), spot, figure.role.name, seen)
            if (said.indicator, said.rule) == (name.indicator, name.rule):
                source = "words" if name.rule else "none"
                break
        else:
            source = "another figure"
        same_row = index > 0 and self.figures[index - 1].cell and source == "another figure"
        return Naming(
            name.indicator, self._label(name.indicator), name.series, name.rule, name.confidence, cell.name or None,
            source, self.columns["figure_id"][index - 1] if same_row else None, self._ranked(seen, in_text=False),
        )  # fmt: skip

    def _ranked(self, seen: list[Weighed], *, in_text: bool) -> tuple[Weighing, ...]:
        """Put the rules that can hold first, each kind from the highest score down."""
        ranked = sorted(seen, key=lambda w: (w.against is not None or w.score < MINIMUM, -w.score))
        return tuple(self._weighing(weighed, in_text=in_text) for weighed in ranked)

    def _weighing(self, weighed: Weighed, *, in_text: bool) -> Weighing:
        rule, hit, place, unit, score, done, against, words = weighed
        noun = None
        if hit:
            noun = self._words(hit.start, hit.end) if in_text else Words(hit.word)
        if against is None and score < MINIMUM:
            against = "weak"
        fits = unit is not None
        return Weighing(
            rule.id, rule.indicator or None, self._label(rule.indicator), noun, tuple(sorted(done)),
            round(place, 2), unit, round(score - place - (unit or 0.0), 2) if fits else None,
            round(score, 2) if fits else None, against, tuple(sorted(words)),
        )  # fmt: skip

    def _label(self, indicator: str | None) -> str | None:
        known = self.namer.catalogue.indicators.get(indicator or "")
        return known.labels[self.locale] if known else None

    def _role_in_table(self, figure: Figure) -> Acting:
        role = figure.role
        source = "column" if role.name in ("change", "target") else usual(role)
        return Acting(role.name, role.direction, role.per, source, None)

    def _role(self, figure: Figure, before: Figure | None) -> Acting:
        spot, role = figure.spot, figure.role
        same_clause = before is not None and before.spot.start >= spot.clause_start
        source, words = decisive(self.layout, spot, role, before.role if before and same_clause else None)
        return Acting(role.name, role.direction, role.per, source, self._words(*words) if words else None)


def _passed_over(text: str, match: re.Match[str]) -> Candidate:
    """Read a numeral that the search for numbers does not stop at: 2026年, 第3, 一手."""
    start, end = match.span()
    unit = re.compile(unit_pattern()).match(text, end)
    return Candidate(
        start, unit.end() if unit else end, "number", match[0], start, end,
        unit_start=unit.start() if unit else 0, unit_end=unit.end() if unit else 0, unit=unit[0] if unit else "",
    )  # fmt: skip


def _word_start(text: str, at: int, end: int) -> int:
    """Give where the fixed word begins that ends at `end` and holds the numeral at `at`."""
    for before, word in fixed_words().inside.get(text[at], ()):
        if at - before + len(word) == end and text.startswith(word, max(0, at - before)):
            return at - before
    return at


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a span touches one of others, which are sorted and apart."""
    index = bisect_right(spans, (start, end))
    return any(s < end and start < e for s, e in spans[max(0, index - 1) : index + 1])


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
