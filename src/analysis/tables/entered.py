"""data/entered.csv: figures that somebody knew without a report, such as by telephone.

place,period,indicator,series,value,low,high,unit,role,source,received,note
青山社區,2026-04,garbage_removed,,17.5,,,吨,,電話：青山社區王主任,2026-05-20,
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError, DataError, UsageError
from analysis.language.periods import parse_period
from analysis.language.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import pandas as pd

    from analysis.comparison import Register

PATH = "data/entered.csv"
READER = "entered"
_NUMBERS = ("value", "low", "high")
COLUMNS = ("place", "period", "indicator", "series", *_NUMBERS, "unit", "role", "source", "received", "note")
_NEEDED = ("place", "period", "indicator", "unit", "source", "received")
_ROLES = ("actual", "target", "rate", "share")


@dataclass(frozen=True, slots=True)
class Entered:
    """Lines of data/entered.csv as rows of the tables reports and figures, and their texts by report_id."""

    reports: pd.DataFrame
    figures: pd.DataFrame
    texts: dict[str, str]


def load_entered(path: Path, register: Register, indicators: Collection[str]) -> Entered:
    """Read the figures that were entered by hand; without the file there are none.

    Parameters
    ----------
    path : data/entered.csv of a project, in UTF-8.
    register : the list of places, which knows their other names.
    indicators : ids of the known indicators.

    Returns
    -------
    One report row (reader "entered") and one figure row (rule "entered") a line. The text of each is its
    source and its number, so that a figure leads back to who said it.

    Errors
    ------
    DataError naming the row and the column of what is wrong, and what would be right.
    """
    import pandas as pd

    from analysis.tables.schema import conform, empty

    reports, figures, texts = [], [], {}
    for number, line in _lines(path):
        report, figure, text = _entry(line, f"{PATH}, row {number}", number, register, indicators)
        if report["report_id"] in texts:
            raise DataError("the same line twice", where=f"{PATH}, row {number}", todo="keep one of them")
        reports.append(report)
        figures.append(figure)
        texts[report["report_id"]] = text
    if not reports:
        return Entered(empty("reports"), empty("figures"), {})
    return Entered(
        conform(pd.DataFrame(reports), "reports"), conform(pd.DataFrame(figures), "figures"), texts
    )


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            "not UTF-8", where=PATH, seen=f"byte {error.start}", todo="save it as CSV UTF-8"
        ) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    unknown = sorted(set(reader.fieldnames or ()) - set(COLUMNS))
    absent = [name for name in (*_NEEDED, "value") if name not in (reader.fieldnames or ())]
    if unknown or absent:
        raise DataError(
            "other columns are wanted", where=f"{PATH}, row 1", seen=", ".join(unknown or absent),
            todo="write the columns " + ",".join(COLUMNS),
        )  # fmt: skip
    return [
        (number, {name: (row.get(name) or "").strip() for name in COLUMNS})
        for number, row in enumerate(reader, start=2)
        if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))
    ]


def _entry(
    line: dict[str, str], where: str, number: int, register: Register, indicators: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any], str]:
    for name in _NEEDED:
        if not line[name]:
            raise DataError(f"{name} is empty", where=where, todo=f"say its {name}")
    if line["indicator"] not in indicators:
        raise DataError(
            "unknown indicator", where=f"{where}, indicator", seen=line["indicator"],
            todo="use an id of the table indicators",
        )  # fmt: skip
    role = line["role"] or "actual"
    if role not in _ROLES:
        raise DataError("unknown role", where=f"{where}, role", seen=role, todo="use " + ", ".join(_ROLES))
    try:
        period = parse_period(line["period"])
    except AnalysisError as error:
        raise DataError(error.what, where=f"{where}, period", seen=line["period"], todo=error.todo) from None
    value, low, high = (_number(line[name], f"{where}, {name}") for name in _NUMBERS)
    if value is None and low is None and high is None:
        raise DataError("no number", where=f"{where}, value", todo="give a value, or low and high")
    exact = value is not None and low is None and high is None
    if not _ordered(value, low, high):
        raise DataError("low, value and high are not in order", where=where, todo="correct the bounds")
    unit = unit_of(line["unit"])
    assert unit is not None
    stated = line["value"] or f"{line['low']}-{line['high']}"
    text = f"{line['source']}：{stated}{line['unit']}"
    start = len(line["source"]) + 1
    report_id = hashlib.sha256("\x1f".join([PATH, *line.values()]).encode()).hexdigest()[:16]
    place_id = register.resolve(line["place"])
    dated = {
        "period": period.label,
        "period_start": period.start,
        "period_end": period.end,
        "period_source": READER,
        "place_id": place_id,
        "place_source": READER,
        "report_id": report_id,
    }
    report = dated | {
        "path": f"{PATH}:{number}",
        "reader": READER,
        "title": line["source"],
        "place": line["place"],
        "period_kind": period.kind,
        "received": _day(line["received"], f"{where}, received"),
        "is_latest": True,
        "note": line["note"] or None,
        "characters": len(text),
        "noise": 0,
    }
    figure = dated | {
        "figure_id": hashlib.sha256(f"{report_id}{start}{text}".encode()).hexdigest()[:16],
        "start": start,
        "end": len(text),
        "text": text[start:],
        "sentence": text,
        "indicator": line["indicator"],
        "series": line["series"] or None,
        "confidence": 1.0,
        "rule": READER,
        "value": value,
        "low": value if exact else low,
        "high": value if exact else high,
        "approx": "exact" if exact else "range",
        "unit": line["unit"],
        "dimension": unit.dimension,
        "value_base": None if value is None else value * unit.factor,
        "unit_base": unit.base,
        "role": role,
    }
    return report, figure, text


def _number(cell: str, where: str) -> float | None:
    if not cell:
        return None
    try:
        number = float(cell.replace(",", ""))
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        raise DataError("not a number", where=where, seen=cell, todo="write it in digits, such as 17.5")
    return number


def _ordered(value: float | None, low: float | None, high: float | None) -> bool:
    known = [number for number in (low, value, high) if number is not None]
    return known == sorted(known)


def _day(cell: str, where: str) -> date:
    from analysis.tables.past import as_day

    try:
        return as_day(cell.replace("/", "-"))
    except UsageError as error:
        raise DataError(error.what, where=where, seen=cell, todo=error.todo) from None
