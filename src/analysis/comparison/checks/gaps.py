"""What is not there, and what cannot be filed: missing and undated reports, unknown places, merged ones."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.comparison.boundaries import lives
from analysis.comparison.checks.claim_words import all_words, has_words
from analysis.comparison.checks.finding import Finding
from analysis.language.periods import parse_period, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from analysis.comparison.boundaries import Life
    from analysis.language.periods import Period

_REGULAR = ("year", "half", "quarter", "month", "week")
_MOST = 2000
_NEAR = 12


def gaps(reports: pd.DataFrame, places: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Find what is missing between the first and the last report of each place, and what cannot be filed.

    Parameters
    ----------
    reports, places : the tables.
    texts : the reports' texts, for words of a merger and for two files of one content.
    """
    known = lives(places)
    # A figure that a person entered (data/entered.csv) is no report that could be missing or twice.
    sent = reports[(reports["reader"] != "entered").fillna(value=True)]
    rows = sent.astype(object).where(sent.notna(), None).to_dict("records")
    yield from _unfiled(rows)
    yield from _undated_rivals(rows)
    yield from _copies(rows, texts)
    yield from _missing(rows, known)
    yield from _registered_mergers(known, rows)
    yield from _told_mergers(rows, known, texts)
    yield from _unlisted(places)


def _unfiled(rows: list[dict[Any, Any]]) -> Iterator[Finding]:
    for row in rows:
        for code, lacks in (("undated", row["period"]), ("placeless", row["place_id"])):
            if lacks is None:
                yield Finding(
                    code, row["period"], row["place_id"], reports=(row["report_id"],),
                    fields={"path": row["path"]},
                )  # fmt: skip


def _undated_rivals(rows: list[dict[Any, Any]]) -> Iterator[Finding]:
    """Two reports of one place and period, and no day that says which came later."""
    first: dict[tuple[str, str], dict[Any, Any]] = {}
    for row in rows:
        if row["place_id"] is None or row["period"] is None:
            continue
        other = first.setdefault((row["place_id"], row["period"]), row)
        if other is not row and not (row["received"] and other["received"]) and row["is_latest"]:
            yield Finding(
                "rivals", row["period"], row["place_id"], reports=(other["report_id"], row["report_id"]),
                fields={"one": other["path"], "other": row["path"]},
            )  # fmt: skip


def _copies(rows: list[dict[Any, Any]], texts: Mapping[str, str]) -> Iterator[Finding]:
    first: dict[str, dict[Any, Any]] = {}
    for row in rows:
        text = texts.get(row["report_id"])
        if not text:
            continue
        other = first.setdefault(text, row)
        if other is not row:
            yield Finding(
                "duplicate", row["period"], row["place_id"], reports=(other["report_id"], row["report_id"]),
                fields={"one": other["path"], "other": row["path"]},
            )  # fmt: skip


def _missing(rows: list[dict[Any, Any]], known: Mapping[str, Life]) -> Iterator[Finding]:
    """Each place is expected in every period from its first report, or its founding, to the newest of all."""
    kinds = Counter(row["period_kind"] for row in rows if row["period_kind"] in _REGULAR)
    if not kinds:
        return
    kind = max(_REGULAR, key=lambda name: kinds[name])
    seen: dict[str, dict[str, Period]] = {}
    for row in rows:
        if row["period_kind"] == kind and row["place_id"] is not None:
            seen.setdefault(row["place_id"], {})[row["period"]] = parse_period(row["period"])
    if not seen:
        return
    newest = max(period for periods in seen.values() for period in periods.values())
    listed = {place for place, life in known.items() if life.valid_from or life.valid_to or life.merged_in}
    for place, periods in sorted(seen.items()):
        life = known.get(place)
        # A place that is not on the list may simply have ended: only holes between its reports are sure.
        several = len(seen) > 1 and (place in listed or life is not None)
        last = newest if several else max(periods.values())
        for period in _from_to(min(periods.values()), last):
            there = life is None or (life.first <= period.start and life.last >= period.end)
            if period.label not in periods and there:
                yield Finding("missing_report", period.label, place, fields={"period": period.label})


def _from_to(first: Period, last: Period) -> Iterator[Period]:
    period = first
    for _ in range(_MOST):
        if period.start > last.start:
            return
        yield period
        period = period_of(type(period.end).fromordinal(period.end.toordinal() + 1), first.kind)


def _registered_mergers(known: Mapping[str, Life], rows: list[dict[Any, Any]]) -> Iterator[Finding]:
    kinds = Counter(row["period_kind"] for row in rows if row["period_kind"] in _REGULAR)
    kind = max(_REGULAR, key=lambda name: kinds[name])
    for life in known.values():
        if life.predecessors and life.valid_from:
            start = parse_period(life.valid_from).start
            names = "、".join(known[place].name if place in known else place for place in life.predecessors)
            yield Finding(
                "boundary",
                period_of(start, kind).label,
                life.place_id,
                fields={"names": names, "when": start},
            )


def _told_mergers(
    rows: list[dict[Any, Any]], known: Mapping[str, Life], texts: Mapping[str, str]
) -> Iterator[Finding]:
    """A report that tells of a merger which the list of places does not hold."""
    from analysis.language.script import fold

    told: set[str] = set()
    merged = {life.place_id for life in known.values() if life.predecessors or life.merged_in}
    for row in sorted(rows, key=lambda row: (str(row["period_end"]), row["path"])):
        place = row["place_id"]
        text = fold(texts.get(row["report_id"], ""))
        if place is None or place in merged or place in told:
            continue
        said = [match for match in all_words("merged", text) if not _planned(match, text)]
        if said:
            told.add(place)
            yield Finding(
                "boundary_told", row["period"], place, reports=(row["report_id"],),
                fields={"path": row["path"], "word": said[-1][0]},
            )  # fmt: skip


def _planned(match: re.Match[str], text: str) -> bool:
    """Tell whether a merger is only announced: 拟于4月1日并入."""
    return has_words("not_yet", text[max(0, match.start() - _NEAR) : match.end()])


def _unlisted(places: pd.DataFrame) -> Iterator[Finding]:
    """Only where a list of places is kept is a name that it lacks worth a word."""
    if not (places["origin"] == "register").any():
        return
    for row in places[places["origin"] == "proposed"].itertuples(index=False):
        if row.reports:
            yield Finding("unknown_place", None, str(row.place_id), fields={"name": row.place})
