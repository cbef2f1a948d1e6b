"""From a report to its figures: find, refuse, measure, name, date and place each one."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.extraction.context import Layout, lay_out
from analysis.extraction.exclude import fixed_spans, refuse
from analysis.extraction.find import Candidate, find_candidates
from analysis.extraction.grid import Grid, NumberCell, find_grids, number_cells
from analysis.extraction.inherit import inherited
from analysis.extraction.measure import Measure, measure
from analysis.extraction.name import Name, Namer, Neighbours, name_figure
from analysis.extraction.noise import Clean, clean
from analysis.extraction.role import Role, find_role
from analysis.extraction.when import When, find_when, mentions_of, year_reviewed
from analysis.extraction.where import Where, find_where, places_of
from analysis.language.units import unit_of

if TYPE_CHECKING:
    from analysis.catalogue import Catalogue
    from analysis.language.mentions import PeriodMention
    from analysis.reading import Report

COLUMNS = (
    "figure_id", "report_id", "page", "sheet", "cell", "block", "start", "end", "text", "sentence", "heading", "subject",
    "indicator", "series", "confidence", "rule", "value", "low", "high", "approx", "unit", "dimension", "value_base",
    "unit_base", "role", "direction", "scope", "since", "period_text", "period", "period_start", "period_end", "period_source",
    "place_id", "place_source", "duplicate_of", "decision",
)  # fmt: skip

# How many figures back a figure may take over a name: one scan of them all would not be linear.
_REACH = 12
_OF_WHICH = re.compile(r"其中|当中|包括|[(（]含|含")
_CUMULATIVE = re.compile(r"累计|自?开展以来|历年")
_namers: dict[int, tuple[Catalogue, Namer]] = {}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with all that was found about it, in offsets of the clean text."""

    candidate: Candidate
    measure: Measure
    role: Role
    name: Name
    when: When
    where: Where
    scope: str | None
    cell: str | None = None


def namer_for(catalogue: Catalogue) -> Namer:
    """Give a catalogue's compiled look-up; compiled once for each catalogue."""
    known = _namers.get(id(catalogue))
    if known is None or known[0] is not catalogue:
        known = (catalogue, Namer.of(catalogue))
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
    cleaned = clean(report.text)
    layout = lay_out(cleaned.text)
    figures = _figures(layout, namer_for(catalogue), report)
    rows = [_row(report, cleaned, layout, figure) for figure in figures]
    _mark_duplicates(rows)
    return {column: [row[column] for row in rows] for column in COLUMNS}


def kept_candidates(text: str) -> list[Candidate]:
    """Give the candidates of a clean text that may be figures."""
    spans = fixed_spans(text)
    starts = [start for start, _ in spans]
    kept = []
    for candidate in find_candidates(text):
        index = bisect_right(starts, candidate.number_start) - 1
        if index >= 0 and candidate.number_start < spans[index][1]:
            continue
        if refuse(text, candidate) is None:
            kept.append(candidate)
    return kept


def _figures(layout: Layout, namer: Namer, report: Report) -> list[_Figure]:
    text = layout.text
    hits = namer.hits(text)
    mentions = mentions_of(text, report.period)
    reviewed = year_reviewed(text, report.period)
    places = places_of(text)
    grids = find_grids(text)
    in_grid = [cell for grid in grids for cell in _cells(grid, layout, namer, mentions, report)]
    measured = [
        (c, m) for c in kept_candidates(text) if not _inside(c, grids) and (m := measure(c)) is not None
    ]
    figures: list[_Figure] = []
    for i, (candidate, worth) in enumerate(measured):
        before = figures[-1] if figures else None
        previous_end = before.candidate.end if before else 0
        next_start = measured[i + 1][0].start if i + 1 < len(measured) else len(text)
        role = _role(layout, candidate, before)
        name = name_figure(namer, layout, hits, candidate, Neighbours(previous_end, next_start), role.name)
        clause, sentence = layout.clause(candidate.start), layout.sentence(candidate.start)
        earlier = [(f.candidate, f.name) for f in figures[-_REACH:] if f.candidate.start >= sentence[0]]
        name = inherited(text, clause[0], earlier, candidate, role.name, name)
        when = _flow_period(
            find_when(layout, mentions, candidate.start, role.name, report.period, reviewed),
            name,
            namer,
            report,
        )
        where = find_where(layout, places, candidate.start, report.place_id, report.title or "")
        figures.append(
            _Figure(candidate, worth, role, name, when, where, _scope(layout, candidate, role, when))
        )
    return sorted([*figures, *in_grid], key=lambda f: f.candidate.start)


def _inside(candidate: Candidate, grids: list[Grid]) -> bool:
    return any(grid.start <= candidate.start < grid.end for grid in grids)


def _cells(
    grid: Grid, layout: Layout, namer: Namer, mentions: list[PeriodMention], report: Report
) -> list[_Figure]:
    """Read each number of a table as if its row, column and unit stood in one clause."""
    return [
        f
        for cell in number_cells(grid)
        if (f := _cell(cell, grid, layout, namer, mentions, report)) is not None
    ]


def _cell(
    cell: NumberCell, grid: Grid, layout: Layout, namer: Namer, mentions: list[PeriodMention], report: Report
) -> _Figure | None:
    number = cell.cell.text.rstrip("余多")
    vague = cell.cell.text[len(number) :]
    clause = f"{cell.name}{number}{vague}{cell.unit.text if cell.unit else ''}"
    found = [c for c in find_candidates(clause) if c.number_start >= len(cell.name)]
    worth = measure(found[0]) if found else None
    if worth is None:
        return None
    small = lay_out(clause)
    role = find_role(found[0], cell.name, cell.name, cell.name, "", ratio=False)
    name = name_figure(namer, small, namer.hits(clause), found[0], Neighbours(0, len(clause)), role.name)
    unit = cell.unit
    here = replace(
        found[0], start=cell.cell.start, end=cell.cell.end, unit_start=unit.start if unit else cell.cell.end - 1, unit_end=unit.end if unit else cell.cell.end,
    )  # fmt: skip
    header = cell.header
    own = [m for m in mentions if header and header.start <= m.start < header.end] or (
        [] if cell.total else _lead_in(layout, mentions, grid)
    )
    period = own[-1].period if own else None
    when = When(
        own[-1] if own else None,
        period or report.period,
        "header" if period else ("report" if report.period else None),
        None,
    )
    where = Where(report.place_id, "report" if report.place_id else None)
    return _Figure(
        here,
        worth,
        role,
        replace(name, subject=None),
        when,
        where,
        "cumulative" if cell.total else None,
        cell.address,
    )


def _lead_in(layout: Layout, mentions: list[PeriodMention], grid: Grid) -> list[PeriodMention]:
    """Give the words of time in the sentence that leads to a table: 情况如下表(截至2020年底)."""
    before = layout.text[: grid.start].rstrip()
    begin = max(before.rfind("\n"), 0)
    return [m for m in mentions if begin <= m.start < grid.start]


def _role(layout: Layout, candidate: Candidate, before: _Figure | None) -> Role:
    text, start = layout.text, candidate.start
    previous_end = before.candidate.end if before else 0
    clause, sentence = layout.clause(start), layout.sentence(start)
    return find_role(
        candidate,
        left=text[max(clause[0], min(previous_end, start)) : start],
        clause_left=text[clause[0] : start],
        sentence_left=text[sentence[0] : start],
        heading="\n".join(heading for _, heading in layout.sections(start)),
        ratio=candidate.kind == "ratio",
        before=before.role if before and before.candidate.start >= clause[0] else None,
    )


def _flow_period(when: When, name: Name, namer: Namer, report: Report) -> When:
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
    return when if stock or not own.start <= when.period.end <= own.end else replace(when, period=own)


def _scope(layout: Layout, candidate: Candidate, role: Role, when: When) -> str | None:
    if role.per:
        return f"per_{role.per.removeprefix('每') or role.per}"
    text = layout.text
    sentence = layout.sentence(candidate.start)
    left = text[max(sentence[0], text.rfind(";", sentence[0], candidate.start) + 1) : candidate.start]
    clause = text[layout.clause(candidate.start)[0] : candidate.start]
    mark = None
    for mark in _OF_WHICH.finditer(left):  # noqa: B007 - the last one is what counts
        pass
    if mark and "。" not in left[mark.end() :] and left.count(")", mark.end()) <= left.count("(", mark.end()):
        return "of_which"
    if when.since or (_CUMULATIVE.search(clause) and not _monthly(when)):
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


def _row(report: Report, cleaned: Clean, layout: Layout, figure: _Figure) -> dict[str, Any]:
    candidate, worth, name, when = figure.candidate, figure.measure, figure.name, figure.when
    start, end = cleaned.origin(candidate.start, candidate.end)
    text = report.text[start:end]
    written = _unit(report.text, cleaned, candidate)
    unit = unit_of(written)
    mention = when.mention
    return {
        "figure_id": hashlib.sha256(f"{report.report_id}\0{start}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "report_id": report.report_id, "page": None, "sheet": None, "cell": figure.cell, "block": _block(report, start),
        "start": start, "end": end, "text": text,
        "sentence": _quote(report.text, cleaned, *layout.sentence(candidate.start)),
        "heading": layout.section(candidate.start)[1] or None,
        "subject": _quote(report.text, cleaned, *name.subject) if name.subject else None,
        "indicator": name.indicator, "series": name.series, "confidence": name.confidence, "rule": name.rule,
        "value": worth.value, "low": worth.low, "high": worth.high, "approx": worth.approx,
        "unit": written, "dimension": unit.dimension if unit else ("fraction" if candidate.kind in ("fraction", "ratio") else "number"),
        "value_base": None if worth.value is None else _scaled(worth.value, unit.factor if unit else 1.0), "unit_base": unit.base if unit else None,
        "role": figure.role.name, "direction": figure.role.direction, "scope": figure.scope, "since": when.since,
        "period_text": _quote(report.text, cleaned, mention.start, mention.end) if mention else None,
        "period": when.period.label if when.period else None,
        "period_start": when.period.start if when.period else None, "period_end": when.period.end if when.period else None,
        "period_source": when.source, "place_id": figure.where.place_id, "place_source": figure.where.source,
        "duplicate_of": None, "decision": None,
    }  # fmt: skip


def _scaled(value: float, factor: float) -> float:
    return round(value * factor, 9)


def _unit(original: str, cleaned: Clean, candidate: Candidate) -> str | None:
    """Give the unit as the report writes it, without spaces; 百分之 and 千分之 are % and ‰."""
    if candidate.whole in ("百", "千"):
        return "%" if candidate.whole == "百" else "‰"
    if not candidate.unit:
        return None
    start, end = cleaned.origin(candidate.unit_start, candidate.unit_end)
    return "".join(original[start:end].split())


def _quote(original: str, cleaned: Clean, start: int, end: int) -> str | None:
    if end <= start:
        return None
    first, last = cleaned.origin(start, end)
    return original[first:last].strip() or None


def _block(report: Report, start: int) -> int | None:
    index = bisect_right([block.start for block in report.blocks], start) - 1
    return index if index >= 0 else None


def _mark_duplicates(rows: list[dict[str, Any]]) -> None:
    """Mark a figure that the same report has stated before: same thing, same number, same time."""
    seen: dict[tuple[Any, ...], str] = {}
    for row in rows:
        if row["indicator"] is None:
            continue
        key = tuple(
            row[c]
            for c in (
                "indicator",
                "series",
                "value",
                "low",
                "high",
                "unit_base",
                "role",
                "scope",
                "period",
                "place_id",
                "subject",
            )
        )
        first = seen.setdefault(key, row["figure_id"])
        if first != row["figure_id"]:
            row["duplicate_of"] = first
