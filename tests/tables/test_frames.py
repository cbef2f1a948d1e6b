"""Reports, figures and indicators as tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.language.periods import Period, parse_period
from analysis.tables.frames import indicators_frame, joined_columns, reports_frame, unreadable_frame
from analysis.tables.schema import check

_JULY = parse_period("2026-07")


@dataclass(frozen=True)
class Read:
    """Stands for a report as it was read."""

    report_id: str
    path: str
    period: Period | None = _JULY
    received: date | None = None
    supersedes: str | None = None
    place_id: str | None = "青山社区"
    place: str | None = "青山社區"
    text: str = "全文"
    reader: str = "text"
    encoding: str = "utf-8"
    encoding_confidence: float = 1.0
    script: str = "hant"
    title: str | None = None
    period_source: str | None = "path"
    place_source: str | None = "path"
    note: str | None = None
    noise: int = 0
    pages: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def _table(*reports: Any) -> dict[str, dict[str, Any]]:
    frame = check(reports_frame(reports, lambda name: name), "reports")
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {row["report_id"]: row for row in rows}


def test_the_later_received_report_replaces_the_earlier() -> None:
    """Of two reports of one place and month the later received one counts."""
    rows = _table(
        Read("a1", "1.txt", received=date(2026, 8, 1)), Read("a2", "2.txt", received=date(2026, 8, 9))
    )
    assert (rows["a2"]["supersedes"], rows["a2"]["supersedes_source"]) == ("a1", "received")
    assert (rows["a1"]["is_latest"], rows["a2"]["is_latest"]) == (False, True)


@pytest.mark.parametrize("named", ["1.txt", "a1"])
def test_a_manifest_may_name_the_replaced_report_by_path_or_id(named: str) -> None:
    """What the manifest says needs no dates."""
    rows = _table(Read("a1", "1.txt"), Read("a2", "2.txt", supersedes=named))
    assert (rows["a2"]["supersedes"], rows["a2"]["supersedes_source"]) == ("a1", "manifest")
    assert rows["a1"]["is_latest"] is False


def test_undated_reports_and_those_of_one_day_replace_nothing() -> None:
    """Without an order of receipt both reports stay."""
    undated = _table(Read("a1", "1.txt"), Read("a2", "2.txt", supersedes="gone.txt"))
    day = date(2026, 8, 1)
    same = _table(Read("a1", "1.txt", received=day), Read("a2", "2.txt", received=day))
    for rows in (undated, same):
        assert all(row["is_latest"] and row["supersedes"] is None for row in rows.values())


def test_a_report_without_date_or_place_is_listed() -> None:
    """What is not known is null."""
    row = _table(Read("a1", "1.txt", period=None, place_id=None, place=None, title=""))["a1"]
    assert [row[name] for name in ("period", "period_start", "place_id", "place", "title")] == [None] * 5


def test_columns_of_reports_are_joined_whatever_they_leave_out() -> None:
    """A column that one report does not have is missing there, not shifted."""
    first = {"figure_id": ["a"], "report_id": ["r"], "start": [1], "end": [2], "text": ["1"], "value": [1]}
    second = first | {"figure_id": ["b"], "series": ["办结"]}
    frame = check(joined_columns([first, {}, [], second]), "figures")
    assert frame["series"].isna().to_list() == [True, False]
    assert frame["figure_id"].to_list() == ["a", "b"]


def test_no_figures_make_an_empty_table() -> None:
    """A project without figures has the table with all its columns."""
    assert check(joined_columns([]), "figures").empty
    assert check(reports_frame([], lambda name: name), "reports").empty


def test_unreadable_files_are_listed_by_path() -> None:
    """Each file that could not be read says why and what to do."""
    files: Any = [SimpleNamespace(path=path, reason="binary", todo="") for path in ("b.txt", "a.txt")]
    frame = check(unreadable_frame(files), "unreadable")
    assert frame["path"].to_list() == ["a.txt", "b.txt"]
    assert frame["todo"].isna().all()


def test_indicators_have_their_labels_and_units() -> None:
    """Labels of three locales are three columns, units are dimension=unit."""
    entry = SimpleNamespace(
        labels={"zh-Hant": "清運垃圾", "en": "Rubbish removed"},
        definition={"zh-Hant": "清走的垃圾"},
        units={"mass": "吨", "load": "车"},
        kind="flow",
        better=None,
        origin="package",
    )
    catalogue: Any = SimpleNamespace(indicators={"garbage_removed": entry})
    row = check(indicators_frame(catalogue), "indicators").iloc[0]
    assert (row["units"], row["label_zh_hant"], row["definition"]) == (
        "mass=吨;load=车",
        "清運垃圾",
        "清走的垃圾",
    )
