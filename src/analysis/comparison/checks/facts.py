"""From the tables to facts: sentence by sentence, and filed as levels by what they count and when."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from analysis.comparison.checks.claim_words import has_words
from analysis.comparison.checks.fact import Fact, label_period, slot_of, step_of
from analysis.language.script import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.comparison.checks.fact import Key
    from analysis.language.periods import Period

# A full stop, a semicolon or a new line ends what one claim can be about.
_ENDS = re.compile(r"[。！？!?；;\n]")
_LONGEST_BEFORE = 60
_COLUMNS = (
    "figure_id", "report_id", "start", "end", "text", "subject", "indicator", "series", "value", "low",
    "high", "approx", "unit", "dimension", "value_base", "unit_base", "role", "direction", "scope", "period",
    "place_id", "cell", "duplicate_of", "decision",
)  # fmt: skip


@dataclass
class Facts:
    """All facts of a project.

    Parameters
    ----------
    sentences : facts sentence by sentence, in reading order.
    kinds : kind of each indicator (stock, flow, rate, share, money).
    names : names of places by place_id.
    labels : names of indicators by id.
    """

    sentences: list[list[Fact]]
    kinds: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def all(self) -> list[Fact]:
        """Every fact, in reading order."""
        return [fact for sentence in self.sentences for fact in sentence]

    @cached_property
    def levels(self) -> dict[Key, dict[str, list[Fact]]]:
        """Levels by what they count, then by slot, each in the order of their reports."""
        filed: dict[Key, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in self.all:
            if is_level(fact) and fact.key is not None and fact.slot is not None:
                filed[fact.key][fact.slot].append(fact)
        for slots in filed.values():
            for found in slots.values():
                found.sort(key=lambda fact: (fact.order, fact.start))
        return filed

    @cached_property
    def _by_report(self) -> dict[tuple[str, str], list[Fact]]:
        filed: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self.all:
            if is_level(fact) and fact.key is not None and fact.slot is not None:
                filed[fact.report_id, fact.slot].append(fact)
        return filed

    def in_report(self, report_id: str, slot: str) -> list[Fact]:
        """Give all levels of one time that a report states, in reading order."""
        return self._by_report.get((report_id, slot), [])

    @cached_property
    def plans(self) -> dict[tuple[Key, str | None], list[Fact]]:
        """Targets by what they count and their slot, in reading order."""
        filed: dict[tuple[Key, str | None], list[Fact]] = defaultdict(list)
        for fact in self.all:
            if fact.role == "target" and fact.key is not None and fact.value:
                filed[fact.key, fact.slot].append(fact)
        return filed

    def level(self, key: Key | None, slot: str) -> list[Fact]:
        """Give all levels stated for one thing and time; none where nothing was stated."""
        return self.levels.get(key, {}).get(slot, []) if key else []

    def known(self, key: Key | None, slot: str, order: int) -> list[Fact]:
        """Give the levels that were known when a report was written, or else all that came later."""
        stated = self.level(key, slot)
        return [fact for fact in stated if fact.order <= order] or stated


def is_level(fact: Fact) -> bool:
    """Tell whether a fact is what was reached: no change, no target, no part, nothing withdrawn."""
    return (
        fact.role in {"actual", "share", "rate"}
        and fact.scope != "of_which"
        and not (fact.value is None and fact.low is None)
        and not has_words("withdrawn", fact.before[-8:])
        and not (fact.scope is None and has_words("running", fact.before[-8:]))
    )


def gather(
    figures: pd.DataFrame,
    reports: pd.DataFrame,
    places: pd.DataFrame,
    indicators: pd.DataFrame,
    *,
    texts: Mapping[str, str],
    locale: str,
) -> Facts:
    """Make facts of the tables.

    Parameters
    ----------
    figures, reports, places, indicators : the tables of a project.
    texts : the reports' texts by report_id, which offsets point into.
    locale : language of the indicators' names.
    """
    from analysis.comparison.observations import additions_as_flows

    kinds = dict(zip(indicators["id"], indicators["kind"], strict=True))
    label = "label_" + locale.lower().replace("-", "_")
    names = {
        "" if row is None else row[0]: row[1] for row in places[["place_id", "place"]].itertuples(index=False)
    }
    labels = indicators[["id", label]].dropna()
    order = _orders(reports)
    filed = reports[["report_id", "path", "period_kind", "reader"]]
    about = {row["report_id"]: row for row in _records(filed)}
    rows = _records(additions_as_flows(figures, kinds)[list(_COLUMNS)])
    by_report: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["decision"] != "rejected":
            by_report[row["report_id"]].append(row)
    sentences: list[list[Fact]] = []
    for report_id, found in by_report.items():
        report = about.get(report_id, {"path": report_id, "period_kind": None, "reader": None})
        read = _Reader(fold(texts.get(report_id, "")), report, order.get(report_id, 0), kinds)
        sentences += read.sentences(sorted(found, key=lambda row: row["start"]))
    return Facts(sentences, kinds, names, dict(zip(labels["id"], labels[label], strict=True)))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _orders(reports: pd.DataFrame) -> dict[str, int]:
    """Rank reports in time: by their period's end, then by the day they were received, then by path."""
    days = reports[["period_end", "received"]].astype("string").fillna("")
    by_time = sorted(
        zip(days["period_end"], days["received"], reports["path"], reports["report_id"], strict=True)
    )
    return {row[3]: rank for rank, row in enumerate(by_time)}


@dataclass
class _Reader:
    """Reads the facts of one report."""

    text: str
    report: Mapping[str, Any]
    order: int
    kinds: Mapping[str, str]

    def sentences(self, rows: list[dict[str, Any]]) -> list[list[Fact]]:
        """Give the facts of the report, sentence by sentence."""
        ends = [match.end() for match in _ENDS.finditer(self.text)]
        found: dict[int, list[Fact]] = defaultdict(list)
        before = 0
        for row in rows:
            number = bisect_right(ends, row["start"])
            opening = max(ends[number - 1] if number else 0, before, row["start"] - _LONGEST_BEFORE)
            if row["dimension"] is not None:
                found[number].append(self._fact(row, number, opening))
            before = row["end"]
        return list(found.values())

    def _fact(self, row: dict[str, Any], sentence: int, opening: int) -> Fact:
        value, base = row["value"], row["value_base"]
        # The last digits of a quotient are noise: 4畝 and 7畝 are of one unit.
        factor = float(f"{base / value:.12g}") if value and base is not None else _factor(row["unit"])
        period = _period(row["period"])
        line = self.text.rfind("\n", 0, row["start"]) + 1
        text = _folded(row["text"])
        return Fact(
            figure_id=row["figure_id"], report_id=row["report_id"], path=self.report["path"],
            order=self.order, sentence=sentence, place_id=row["place_id"], indicator=row["indicator"],
            series=row["series"], dimension=row["dimension"], role=row["role"] or "actual",
            direction=row["direction"],
            scope=row["scope"], period=period,
            slot=slot_of(period, self.kinds.get(row["indicator"]), self.report["period_kind"]),
            value=base if base is not None else value, low=_times(row["low"], factor),
            high=_times(row["high"], factor), approx=row["approx"] or "exact",
            step=step_of(text, base, row["dimension"], factor), text=row["text"], unit=row["unit"],
            base_unit=row["unit_base"] or "", factor=factor, subject=_folded(row["subject"] or ""),
            before=self.text[opening : row["start"]], line=self.text[line : min(row["start"], line + 20)],
            cell=row["cell"], start=row["start"], end=row["end"],
            repeated=row["duplicate_of"] is not None, entered=self.report["reader"] == "entered",
        )  # fmt: skip


def _period(label: str | None) -> Period | None:
    return None if label is None else label_period(label)


# Reports repeat their words: each is folded once.
_folded = lru_cache(1 << 16)(fold)


def _factor(unit: str | None) -> float:
    from analysis.language.units import factor_of

    return float(factor_of(unit))


def _times(bound: float | None, factor: float) -> float | None:
    return None if bound is None else float(f"{bound * factor:.12g}")
