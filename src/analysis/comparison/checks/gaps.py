"""What is not there, and what cannot be filed: missing and undated reports, unknown places, merged ones."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from analysis.comparison.boundaries import change_of, lives
from analysis.comparison.checks.claim_words import all_words, has_words
from analysis.comparison.checks.finding import Finding
from analysis.language.periods import parse_period, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from analysis.comparison.boundaries import Life

_REGULAR = ("year", "half", "quarter", "month", "week")
_NEAR = 12


def gaps(
    reports: pd.DataFrame, places: pd.DataFrame, expected: pd.DataFrame, texts: Mapping[str, str]
) -> Iterator[Finding]:
    """Find what is missing of the reports that are expected, and what cannot be filed.

    Parameters
    ----------
    reports, places, expected : the tables.
    texts : the reports' texts, for words of a merger and for two files of one content.
    """
    known = lives(places)
    # A figure that a person entered (data/entered.csv) is no report that could be missing or twice.
    sent = reports[(reports["reader"] != "entered").fillna(value=True)]
    rows = sent.astype(object).where(sent.notna(), None).to_dict("records")
    yield from _unfiled(rows)
    yield from _undated_rivals(rows)
    yield from _copies(rows, texts)
    yield from _awaited(expected)
    yield from _registered_changes(known, rows)
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


def _awaited(expected: pd.DataFrame) -> Iterator[Finding]:
    """Find reports of the grid of expected ones that are missing, or came late."""
    rows = expected[expected["state"] != "received"]
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        if row["state"] == "missing":
            yield Finding("missing_report", row["period"], row["place_id"])
        else:
            yield Finding(
                "late_report", row["period"], row["place_id"], reports=(row["report_id"],),
                found=float(row["days"]), fields={"days": row["days"], "received": row["received"]},
            )  # fmt: skip


def _registered_changes(known: Mapping[str, Life], rows: list[dict[Any, Any]]) -> Iterator[Finding]:
    """Find merged, split and renamed places of the list; a split is told once, of what was split."""
    kinds = Counter(row["period_kind"] for row in rows if row["period_kind"] in _REGULAR)
    kind = max(_REGULAR, key=lambda name: kinds[name])

    def finding(code: str, life: Life, others: tuple[str, ...], when: str) -> Finding:
        start = parse_period(when).start
        names = "、".join(known[place].name if place in known else place for place in others)
        fields = {"names": names, "when": start}
        return Finding(code, period_of(start, kind).label, life.place_id, fields=fields)

    for life in known.values():
        if life.predecessors and not life.siblings and life.valid_from:
            how = change_of(life, begins=True)
            yield finding(f"boundary_{how}", life, life.predecessors, life.valid_from)
        if len(life.successors) > 1 and life.merged_in:
            yield finding("boundary_split", life, life.successors, life.merged_in)


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
    names = dict(zip(places["place_id"], places["place"], strict=True))
    for row in places[places["origin"] == "proposed"].itertuples(index=False):
        if not row.reports:
            continue
        near = names.get(row.similar_to) if isinstance(row.similar_to, str) else None
        code, fields = ("similar_place", {"near": near}) if near else ("unknown_place", {})
        yield Finding(code, None, str(row.place_id), fields={"name": row.place} | fields)
