"""From a report's text to its figures: find, refuse, measure, name, date and place each one."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from analysis.catalogue import load_catalogue
from analysis.extraction.context import lay_out
from analysis.extraction.exclude import fixed_spans, refuse
from analysis.extraction.find import Candidate, find_candidates
from analysis.extraction.measure import measure
from analysis.extraction.name import Name, Namer, Neighbours, inherits, name_figure
from analysis.extraction.noise import clean
from analysis.extraction.role import find_role

if TYPE_CHECKING:
    from analysis.catalogue import Catalogue


def kept(text: str) -> list[Candidate]:
    spans = fixed_spans(text)
    starts = [s for s, _ in spans]
    result = []
    for candidate in find_candidates(text):
        index = bisect_right(starts, candidate.number_start) - 1
        if index >= 0 and candidate.number_start < spans[index][1]:
            continue
        if refuse(text, candidate) is None:
            result.append(candidate)
    return result


def extract_text_rows(original: str, catalogue: Catalogue | None = None) -> list[dict[str, Any]]:
    cleaned = clean(original)
    text = cleaned.text
    layout = lay_out(text)
    namer = Namer.of(catalogue or load_catalogue())
    hits = namer.hits(text)
    candidates = [(c, m) for c in kept(text) if (m := measure(c)) is not None]
    rows = []
    before, before_name, before_role = None, None, None
    for i, (c, m) in enumerate(candidates):
        next_start = candidates[i + 1][0].start if i + 1 < len(candidates) else len(text)
        previous_end = before.end if before else 0
        clause, sentence = layout.clause(c.start), layout.sentence(c.start)
        section_start, heading = layout.section(c.start)
        left = text[max(clause[0], previous_end) : c.start]
        role = find_role(c, left, text[clause[0] : c.start], text[sentence[0] : c.start], heading, ratio=False)
        name = name_figure(namer, layout, hits, c, Neighbours(previous_end, next_start), role.name)
        how = inherits(text, before, c) if before else None
        if how and before_name and before_name.indicator:
            if how == "people":
                name = Name("population" if before_name.indicator == "households" else before_name.indicator, before_name.series, before_name.subject, 0.8, "people of households")
            elif not left.strip("、和及与,"):
                name = before_name
        elif role.name == "change" and not name.indicator and before_name and before and sentence[0] <= before.start:
            name = before_name
        start, end = cleaned.origin(c.start, c.end)
        unit = None
        if c.unit:
            us, ue = cleaned.origin(c.unit_start, c.unit_end)
            unit = "".join(original[us:ue].split())
        elif c.whole in ("百", "千"):
            unit = "%" if c.whole == "百" else "‰"
        rows.append(dict(start=start, end=end, text=original[start:end], value=m.value, low=m.low, high=m.high, approx=m.approx, unit=unit, role=role.name, indicator=name.indicator, series=name.series, subject=name.subject))
        before, before_name, before_role = c, name, role
    return rows
