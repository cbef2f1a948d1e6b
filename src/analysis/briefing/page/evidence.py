"""Every figure of a project with the passage it stands in, as columns that a page reads fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.page.passages import Passages
from analysis.briefing.page.said import in_each, plain, words
from analysis.briefing.redact import redacted
from analysis.charts.naming import records
from analysis.charts.numbers import stated
from analysis.language.periods import parse_period
from analysis.language.script import fold

if TYPE_CHECKING:
    from analysis.briefing.page.said import Said, Texts
    from analysis.charts.naming import Naming
    from analysis.tables import Tables

_NEEDED = [
    "figure_id", "report_id", "start", "end", "text", "sentence", "indicator", "series", "role", "value",
    "low", "high", "unit", "value_base", "period", "place_id", "duplicate_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of a page.

    Parameters
    ----------
    data : columns `ids`, `indicators`, `places`, `periods`, `reports`, `roles`, `read` (numbers of texts),
        `value` (for sorting) and `spots` (one for each part of a `Spot`: columns are packed in a third of the
        space of rows), each in the order of the rows; beside them the lists `report` (path, received, title)
        and `passages` that they refer to.
    rows : number of the row by figure_id.
    """

    data: dict[str, Any]
    rows: Mapping[str, int]

    def rows_of(self, ids: object) -> list[int]:
        """Give the rows of figure_ids that a cell of a table lists."""
        return [self.rows[part] for part in str(ids or "").split(";") if part in self.rows]


def spans(rows: Sequence[int]) -> str:
    """Write numbers of rows as an element of the page names them.

    >>> spans([3, 7, 8, 9, 5])
    '3 7-9 5'
    """
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def gather(
    tables: Tables, names: Mapping[str, Naming], texts: Texts, *, period: str, redact: bool
) -> Evidence:
    """Collect all figures: those of the page's period first, then the newest, by place and report.

    Parameters
    ----------
    tables : the tables of a project.
    period : label of the page's period.
    names : names by locale.
    texts : takes the texts.
    redact : whether telephone and identity numbers are masked.
    """
    masked = redacted if redact else str
    passages = Passages(tables.texts, masked)
    reports = {row["report_id"]: row for row in records(tables.reports)}
    order = {report: number for number, report in enumerate(reports)}
    rows = [{**row, "number": number} for number, row in enumerate(_ordered(tables, reports, period))]
    one = next(iter(names.values()))
    said_roles = {
        role: texts.number(words(f"role_{role}")) for role in ("actual", "target", "change", "rate", "share")
    }
    columns: dict[str, Any] = {
        "ids": " ".join(row["figure_id"] for row in rows),
        "indicators": [texts.number(_label(row, names)) for row in rows],
        "places": [
            texts.number(plain(one.place(row["place_id"]) if row["place_id"] else "–")) for row in rows
        ],
        "periods": [texts.number(plain(row["period"] or "–")) for row in rows],
        "reports": [order.get(row["report_id"], -1) for row in rows],
        "roles": [said_roles.get(row["role"], said_roles["actual"]) for row in rows],
        "read": [texts.number(_read(row)) for row in rows],
        "value": [_sortable(row) for row in rows],
        "spots": list(zip(*(passages.spot(row) for row in rows), strict=True)),
        "again": [row["number"] for row in rows if row["duplicate_of"]],
    }
    listed = [[row["path"], _day(row), masked(row["title"] or "")] for row in reports.values()]
    data = columns | {"report": listed, "passages": passages.listed()}
    return Evidence(data, {row["figure_id"]: row["number"] for row in rows})


def _ordered(tables: Tables, reports: Mapping[str, Any], period: str) -> list[dict[str, Any]]:
    rank = {place: number for number, place in enumerate(tables.places["place_id"])}
    here = parse_period(period)
    spans = {label: parse_period(label) for label in tables.figures["period"].dropna().unique()}
    far = {
        label: (not here.start <= span.end <= here.end, -span.end.toordinal(), -span.start.toordinal())
        for label, span in spans.items()
    }
    rows = records(tables.figures[_NEEDED])
    rows.sort(
        key=lambda row: (reports.get(row["report_id"], {}).get("path") or "", row["start"], row["figure_id"])
    )
    rows.sort(key=lambda row: rank.get(row["place_id"], len(rank)))
    rows.sort(key=lambda row: far.get(row["period"], (True, 0, 0)))
    return rows


def _label(row: Mapping[str, Any], names: Mapping[str, Naming]) -> Said:
    if not row["indicator"]:
        return words("unnamed")
    # The series tells members of a family apart; the basis is told by the role.
    bare = {"indicator": row["indicator"], "series": row["series"], "basis": None}
    return in_each(lambda locale: names[locale].indicator(bare))


def _read(row: Mapping[str, Any]) -> Said:
    """Say how the words were read: the number, or the range that they allow, with the unit as written."""
    numbers = [row[side] for side in ("value", "low", "high")]
    if all(number is None for number in numbers):
        return plain("–")
    unit = fold(row["unit"] or "")
    return in_each(lambda locale: stated(numbers[0], numbers[1], numbers[2], unit, locale))


def _sortable(row: Mapping[str, Any]) -> float | None:
    value = row["value_base"]
    if value is None:
        value = next((row[side] for side in ("value", "low", "high") if row[side] is not None), None)
    return None if value is None else float(f"{value:.12g}")


def _day(row: Mapping[str, Any]) -> str:
    return row["received"].isoformat() if row["received"] else ""
