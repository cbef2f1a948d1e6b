"""From a report to its figures: find, refuse, measure, name, date and place each one."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from analysis.extraction.cells import figures_of_grid
from analysis.extraction.collection import without_collection
from analysis.extraction.context import Layout, lay_out
from analysis.extraction.exclude import refuse
from analysis.extraction.figure import Figure
from analysis.extraction.find import Candidate, find_candidates
from analysis.extraction.fixed import fixed_words
from analysis.extraction.grid import Grid, prose
from analysis.extraction.inherit import inherited, of_section, pair_behind
from analysis.extraction.marked import grids_of
from analysis.extraction.measure import measure
from analysis.extraction.name import Name, name_figure, name_respectively
from analysis.extraction.noise import Clean, clean
from analysis.extraction.role import Role, Roles, find_roles
from analysis.extraction.spot import Spot, spots_of
from analysis.extraction.times import Times
from analysis.extraction.vocabulary import Terms, Vocabulary
from analysis.extraction.when import When, find_whens
from analysis.extraction.where import Places
from analysis.language.units import unit_of
from analysis.reading.document import Spot as Source

if TYPE_CHECKING:
    from analysis.catalogue import Catalogue
    from analysis.reading import Report

COLUMNS = (
    "figure_id", "report_id", "page", "sheet", "cell", "block", "start", "end", "text", "sentence", "heading", "subject",
    "indicator", "series", "confidence", "rule", "value", "low", "high", "approx", "unit", "dimension", "value_base",
    "unit_base", "role", "direction", "scope", "since", "period_text", "period", "period_start", "period_end", "period_source",
    "place_id", "place_source", "duplicate_of", "decision", "row_header", "column_header", "total", "ocr_confidence",
)  # fmt: skip

# A sentence at least so long that is said twice is a repeated passage, not a coincidence.
_LONG_ENOUGH = 12
# How many figures back a figure may take over a name: one scan of them all would not be linear.
_REACH = 12
_IN_LIST = re.compile(r"[、,和及与]{1,2}以?及?")
_OF_WHICH = re.compile("其中|当中|包括|含")
# A sentence that opens so is of what the one before it counts.
_GOES_ON = re.compile(
    r"\s*(?:其中|当中|其余|余下|剩余|主要(?:是|为|集中|反映|涉及)|(?:问题|投诉|诉求|反映|案件|纠纷|类型)[^,。]{0,6}(?:集中|涉及)|[按从][^,。]{1,10}[分看][,:])"
)
_CUMULATIVE = re.compile(r"累计|自?开展以来|历年")
_NOWHERE = Source()
_namers: dict[int, tuple[Catalogue, Vocabulary]] = {}


def namer_for(catalogue: Catalogue) -> Vocabulary:
    """Give a catalogue's compiled look-up; compiled once for each catalogue."""
    known = _namers.get(id(catalogue))
    if known is None or known[0] is not catalogue:
        known = (catalogue, Vocabulary.of(catalogue))
        _namers[id(catalogue)] = known
    return known[1]


def extract_report(report: Report, catalogue: Catalogue) -> dict[str, list[Any]]:
    """Find all figures of one report.

    Returns
    -------
    The columns of the figures table (see COLUMNS), one list each, in the order of the text.

    Examples
    --------
    >>> from analysis.catalogue import load_catalogue
    >>> from analysis.reading import report_from_text
    >>> figures = extract_report(report_from_text("清運垃圾18.5噸"), load_catalogue())
    >>> figures["value"], figures["unit"], figures["indicator"]
    ([18.5], ['噸'], ['garbage_removed'])
    """
    with without_collection():
        cleaned = clean(report.text, report.folded)
        layout = lay_out(cleaned.text)
        figures = _figures(cleaned, layout, namer_for(catalogue), report)
        rows = _rows(report, cleaned, layout, figures)
        return dict(
            zip(COLUMNS, map(list, zip(*rows, strict=True)) if rows else [[] for _ in COLUMNS], strict=True)
        )


def kept_candidates(text: str) -> list[Candidate]:
    """Give the candidates of a clean text that may be figures."""
    fixed = fixed_words()
    candidates = find_candidates(text)
    ends = [fixed.end(text, candidate.number_start) for candidate in candidates]
    free: list[Candidate] = []
    taken = 0
    for candidate, word_end in zip(candidates, ends, strict=True):
        at = candidate.number_start
        if at < taken:
            continue
        # 十分钟 is longer than 十分
        if not candidate.unit or candidate.end <= word_end:
            taken = max(taken, word_end)
        if at >= taken:
            free.append(candidate)
    return [candidate for candidate in free if refuse(text, candidate) is None]


def _figures(cleaned: Clean, layout: Layout, namer: Vocabulary, report: Report) -> list[Figure]:
    text = layout.text
    names, times, places = Terms(namer, text), Times(layout, report.period), Places(text, report)
    grids = grids_of(cleaned, report)
    in_grid = [figure for grid in grids for figure in figures_of_grid(grid, layout, namer, times, places.own)]
    measured = [(c, m) for c in _outside(kept_candidates(text), grids) if (m := measure(c)) is not None]
    candidates = [candidate for candidate, _ in measured]
    # One kind of question after the other, each for all figures: what answers it stays at hand for the processor.
    spots = spots_of(layout, candidates)
    listed = [_place_in_list(text, spot, candidates, i) for i, spot in enumerate(spots)]
    roles = find_roles(Roles(layout, times.coming), spots)
    named = _names(names, spots, listed, roles)
    whens = _whens(times, spots, roles, named, namer, report)
    wheres = [places.of(spot, place) for spot, place in zip(spots, listed, strict=True)]
    scopes = [_scope(text, *told) for told in zip(spots, roles, whens, strict=True)]
    worths = [worth for _, worth in measured]
    figures = list(map(Figure, spots, worths, roles, named, whens, wheres, scopes))
    return sorted([*figures, *in_grid], key=lambda f: f.spot.start) if in_grid else figures


def _names(
    names: Terms, spots: list[Spot], listed: list[tuple[int, int] | None], roles: list[Role]
) -> list[Name]:
    """Give the name of each figure; one may take over that of a figure before it in its sentence."""
    for spot, following in zip_longest(spots, spots[1:]):
        # Each sentence is looked through once, up to its last figure.
        if following is None or following.sentence.start != spot.sentence.start:
            names.hits(spot.sentence.start, spot.sentence.end, spot.clause_end)
    shared = [
        name_respectively(names, spot, *place) if place else None
        for spot, place in zip(spots, listed, strict=True)
    ]
    own = [
        name or name_figure(names, spot, role.name)
        for name, spot, role in zip(shared, spots, roles, strict=True)
    ]
    found: list[Name] = []
    first = 0
    for i, (spot, name) in enumerate(zip(spots, own, strict=True)):
        if spots[first].sentence.start != spot.sentence.start and not (
            first < i and _goes_on(names.text, spots[i - 1], spot)
        ):
            first = i
        if first == i or shared[i]:
            found.append(name)
            continue
        earlier = [(spots[j].candidate, found[j]) for j in range(max(first, i - _REACH), i)]
        taken = inherited(names.text, spot, earlier, roles[i].name, name)
        # 旅客吞吐量达8500万人次,突破…: a clause that names nothing goes on with the subject before it.
        found.append(taken if taken.subject else taken._replace(subject=found[-1].subject))
    for i, name in enumerate(found):
        if name.rule is not None:
            continue
        unit = spots[i].candidate.unit
        if unit == "元":
            found[i] = of_section(name, spots[i])
        elif unit == "户" and i + 1 < len(found):
            found[i] = pair_behind(names.text, spots[i], name, spots[i + 1], found[i + 1])
    return found


def _goes_on(text: str, before: Spot, spot: Spot) -> bool:
    """Tell whether a figure's sentence goes on with that of the figure before it: 受理投诉101件。其中噪音21件."""
    begin = spot.sentence.start
    if before.sentence.start == begin:
        return True
    return "\n" not in text[before.end : begin] and _GOES_ON.match(text, begin, spot.start) is not None


def _whens(
    times: Times, spots: list[Spot], roles: list[Role], names: list[Name], namer: Vocabulary, report: Report
) -> list[When]:
    """Give the period of each figure."""
    found = find_whens(times, spots, [role.name for role in roles])
    return [_flow_period(when, name, namer, report) for when, name in zip(found, names, strict=True)]


def _place_in_list(text: str, spot: Spot, candidates: list[Candidate], index: int) -> tuple[int, int] | None:
    """Give which of how many figures behind 分别 a figure is; None when it stands in no such list."""
    at = text.rfind("分别", spot.clause_start, spot.start)
    if at < 0:
        return None
    first, last = index, index
    lowest, highest = max(0, index - _REACH), min(len(candidates) - 1, index + _REACH)
    while first > lowest and candidates[first - 1].start > at and _follows(text, candidates, first):
        first -= 1
    while last < highest and _follows(text, candidates, last + 1):
        last += 1
    return (index - first, last - first + 1) if last > first else None


def _follows(text: str, candidates: list[Candidate], index: int) -> bool:
    return _IN_LIST.fullmatch(text, candidates[index - 1].end, candidates[index].start) is not None


def _outside(candidates: list[Candidate], grids: list[Grid]) -> list[Candidate]:
    """Leave out what stands inside a table, but not the sentences of its cells."""
    if not grids:
        return candidates
    starts = [grid.start for grid in grids]
    told = [span for grid in grids for span in prose(grid)]
    begins = [start for start, _ in told]

    def inside(candidate: Candidate) -> bool:
        index = bisect_right(starts, candidate.start)
        if not index or candidate.start >= grids[index - 1].end:
            return False
        cell = bisect_right(begins, candidate.start)
        return not (cell and candidate.end <= told[cell - 1][1])

    return [candidate for candidate in candidates if not inside(candidate)]


def _flow_period(when: When, name: Name, namer: Vocabulary, report: Report) -> When:
    """Give a flow the whole of the report's period when only its last day is named.

    「截至7月31日,本月清運垃圾13.8噸」 happened in July, not on its last day; a stock keeps the day.
    """
    own = report.period
    if (
        own is None
        or when.mention is None
        or when.mention.kind != "as_of"
        or when.period is None
        or name.indicator is None
    ):
        return when
    stock = namer.catalogue.indicators[name.indicator].kind == "stock"
    return when if stock or not own.start <= when.period.end <= own.end else when._replace(period=own)


def _scope(text: str, spot: Spot, role: Role, when: When) -> str | None:
    if role.per:
        return f"per_{role.per.removeprefix('每') or role.per}"
    begin = spot.sentence.start
    if _OF_WHICH.search(text, begin, spot.start):
        begin = max(begin, text.rfind(";", begin, spot.start) + 1)
        mark = None
        for mark in _OF_WHICH.finditer(text, begin, spot.start):  # noqa: B007 - the last one is what counts
            pass
        if mark and text.count(")", mark.end(), spot.start) <= text.count("(", mark.end(), spot.start):
            return "of_which"
    if when.since or (_CUMULATIVE.search(text, spot.clause_start, spot.start) and not _monthly(when)):
        return "cumulative"
    return None


def _monthly(when: When) -> bool:
    """累计 within a month (全月累计清运) is only a total of that month."""
    return (
        when.mention is not None
        and when.mention.kind == "during"
        and when.period is not None
        and when.period.kind in ("month", "week", "day")
    )


def _rows(report: Report, cleaned: Clean, layout: Layout, figures: list[Figure]) -> list[tuple[Any, ...]]:
    """Put figures into rows, the values in the order of COLUMNS."""
    original, origin = report.text, cleaned.origin
    identity = hashlib.sha256(f"{report.report_id}\0".encode())
    blocks = [block.start for block in report.blocks]
    seen: dict[tuple[Any, ...], dict[str | None, str]] = {}
    repeated: dict[tuple[str, int], str] = {}
    quoted: tuple[Any, str | None] = (None, None)
    rows = []
    begins = [begin for begin, _ in report.sources]
    for spot, worth, role, name, when, where, scope, cell, row_header, column_header, total in figures:
        candidate = spot.candidate
        start, end = origin(spot.start, spot.end)
        text = original[start:end]
        source = _source(report, begins, start, end)
        key = identity.copy()
        key.update(f"{start}\0{text}".encode("utf-8", "surrogatepass"))
        figure_id = key.hexdigest()[:16]
        if quoted[0] is not spot.sentence:
            quoted = (spot.sentence, _quote(original, cleaned, spot.sentence.start, spot.sentence.end))
        written = _unit(original, cleaned, candidate)
        unit = unit_of(written)
        base = unit.base if unit else None
        subject = _quote(original, cleaned, *name.subject) if name.subject else None
        mention, period = when.mention, when.period
        first = None
        if name.indicator is not None:
            # The same report has stated it before: same thing, same number, same time; a table says no subject.
            same = (
                name.indicator, name.series, worth.value, worth.low, worth.high, base, role.name, scope,
                period.label if period else None, where.place_id,
            )  # fmt: skip
            told = seen.setdefault(same, {})
            first = told.get(subject) or (next(iter(told.values()), None) if cell else told.get(None))
            told.setdefault(None if cell else subject, figure_id)
        elif spot.end - spot.sentence.start >= _LONG_ENOUGH:
            # What has no name is the same only where its whole sentence is said again.
            said = (layout.text[spot.sentence.start : spot.sentence.end], spot.start - spot.sentence.start)
            first = repeated.setdefault(said, figure_id)
        rows.append((
            figure_id, report.report_id, source.page, source.sheet, cell or source.cell, bisect_right(blocks, start) - 1 if blocks and start >= blocks[0] else None,
            start, end, text, quoted[1], spot.section.heading if spot.section else None, subject,
            name.indicator, name.series, name.confidence, name.rule, worth.value, worth.low, worth.high, worth.approx, written,
            unit.dimension if unit else ("fraction" if candidate.kind in ("fraction", "ratio") else "number"),
            None if worth.value is None else _scaled(worth.value, unit.factor if unit else 1.0), base,
            role.name, role.direction, scope, when.since,
            _quote(original, cleaned, mention.start, mention.end) if mention else None,
            period.label if period else None, period.start if period else None, period.end if period else None,
            when.source, where.place_id, where.source, first if first != figure_id else None, None,
            row_header, column_header, total, source.confidence,
        ))  # fmt: skip
    return rows


def _source(report: Report, begins: list[int], start: int, end: int) -> Source:
    """Give where a figure stands in its file; one that two lines of a scan share is as sure as the less sure."""
    if not begins:
        return _NOWHERE
    first, last = bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1
    source = report.sources[first][1]
    if first != last and source.confidence is not None:
        surest = [s.confidence for _, s in report.sources[first : last + 1] if s.confidence is not None]
        return source._replace(confidence=min(surest))
    return source


def _scaled(value: float, factor: float) -> float:
    if factor == 1.0:
        return float(value)
    scaled = value * factor
    # What is whole needs no rounding.
    return scaled if scaled.is_integer() else round(scaled, 9)


def _unit(original: str, cleaned: Clean, candidate: Candidate) -> str | None:
    """Give the unit as the report writes it, without spaces; 百分之 and 千分之 are % and ‰."""
    if candidate.whole in ("百", "千"):
        return "%" if candidate.whole == "百" else "‰"
    if not candidate.unit:
        return None
    start, end = cleaned.origin(candidate.unit_start, candidate.unit_end)
    written = original[start:end]
    return written if end - start == 1 else "".join(written.split())


def _quote(original: str, cleaned: Clean, start: int, end: int) -> str | None:
    if end <= start:
        return None
    first, last = cleaned.origin(start, end)
    return original[first:last].strip() or None
