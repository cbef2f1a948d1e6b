"""The national government's yearly reports as a project of their own: values, years, offsets and findings.

    python -m benchmarks.state_council ../shared/corpus/state-council/gov_reports1954-2019.txt docs/state-council

reads a file of one report a line (year, tab, text), makes a project of the years since 1990 with the
analysis.toml of docs/state-council in a temporary folder, and writes README.md, values.csv, missing.csv and
findings.csv. No sentence of the reports is written.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.comparison.checks import claims_checked
from analysis.language.script import fold
from analysis.project import open_project
from analysis.tables.build import build_tables

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

PLACE = "全国"
FIRST = 1990
NEAR = 30
PERCENT = {"percent", "percentage points"}
_NUMBER = re.compile(r"[0-9]|[一二三四五六七八九十百千万][一二三四五六七八九十百千万亿]+")
_STOP = re.compile(r"[。;!?\n]")
_WORTH = ((1e8, "亿"), (1e4, "万"))


@dataclass(frozen=True)
class Study:
    """What the reports say: values found, years without one, findings, and growth claims checked."""

    years: list[int]
    table: pd.DataFrame
    missing: pd.DataFrame
    findings: pd.DataFrame
    claims: pd.DataFrame


def write_project(source: Path, folder: Path, settings: Path, first: int = FIRST) -> list[int]:
    """Make a project of the yearly reports and give the years that are there.

    Parameters
    ----------
    source : one report a line: year, tab, text.
    folder : where the project is made.
    settings : its analysis.toml.
    first : first year to take.
    """
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copyfile(settings, folder / "analysis.toml")
    years = []
    rows = ["path,place,period,received,supersedes,note"]
    for line in source.read_text(encoding="utf-8").split("\n"):
        year, _, text = line.partition("\t")
        if year.isdigit() and int(year) >= first:
            (raw / f"{year}.txt").write_text(text, encoding="utf-8", newline="")
            rows.append(f"{year}.txt,{PLACE},{year},{year}-03-05,,")
            years.append(int(year))
    (raw / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return years


def study(source: Path, settings: Path) -> Study:
    """Read the reports and find, for every indicator and every year before a report, its value or why not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "state-council"
        years = write_project(source, folder, settings)
        project = open_project(folder)
        tables = build_tables(project)
        nouns = {
            key: [fold(noun) for rule in entry["rules"] for noun in rule["of"]]
            for key, entry in project.settings["indicators"].items()
        }
    values = _values(tables, list(nouns))
    own = tables.findings["indicator"].isin(list(nouns))
    return Study(
        years,
        values,
        _missing(tables, values, nouns, years),
        tables.findings[own].reset_index(drop=True),
        _claims(tables, list(nouns)),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def _values(tables: Tables, own: list[str]) -> pd.DataFrame:
    """Give the newest value of each indicator and year, with the report and offset it was read at."""
    import pandas as pd

    rows = tables.observations
    rows = rows[rows["indicator"].isin(own) & rows["is_latest"] & (rows["place_id"] == PLACE)]
    kind = dict(zip(tables.indicators["id"], tables.indicators["kind"], strict=True))
    starts = tables.figures.set_index("figure_id")["start"]
    paths = tables.reports.set_index("report_id")["path"]
    found = []
    for row in _records(rows):
        share = kind[row["indicator"]] == "share"
        if row["basis"] in {"target", "cumulative"} or (row["dimension"] in PERCENT) != share:
            continue
        year = str(row["period_end"])[:4]
        if row["period_kind"] not in {"year", "day"} or (
            row["period_kind"] == "day" and str(row["period_end"])[5:] != "12-31"
        ):
            continue
        found.append(
            {
                "indicator": row["indicator"], "year": int(year), "value": row["value"], "low": row["low"],
                "high": row["high"], "unit": row["unit"], "report": paths[row["report_id"]],
                "offset": int(starts[row["figure_ids"]]), "figure_id": row["figure_ids"],
            }
        )  # fmt: skip
    frame = pd.DataFrame(found).sort_values(["indicator", "year", "offset"], kind="stable")
    return frame.drop_duplicates(["indicator", "year"]).reset_index(drop=True)


def _missing(
    tables: Tables, values: pd.DataFrame, nouns: dict[str, list[str]], years: list[int]
) -> pd.DataFrame:
    """Say of every indicator and year without a value why: from the words of the next year's report."""
    import pandas as pd

    texts = {int(row["path"][:4]): fold(tables.texts[row["report_id"]]) for row in _records(tables.reports)}
    ids = {int(row["path"][:4]): row["report_id"] for row in _records(tables.reports)}
    have = set(zip(values["indicator"], values["year"], strict=True))
    figures = tables.figures[tables.figures["indicator"].isin(list(nouns))]
    longest = sorted({word for words in nouns.values() for word in words}, key=len, reverse=True)
    every = re.compile("|".join(map(re.escape, longest)))
    rows = []
    for indicator, words in nouns.items():
        for year in range(years[0] - 1, years[-1]):
            if (indicator, year) in have:
                continue
            own = figures[(figures["report_id"] == ids.get(year + 1)) & (figures["indicator"] == indicator)]
            rows.append(
                {
                    "indicator": indicator,
                    "year": year,
                    "reason": _reason(texts.get(year + 1), words, every, own),
                }
            )
    return pd.DataFrame(rows)


def _reason(text: str | None, words: list[str], every: re.Pattern[str], figures: pd.DataFrame) -> str:
    if text is None:
        return "no report"
    # 出口总额 inside 进出口总额 is not named: the longest noun of all indicators counts.
    at = [match.end() for match in every.finditer(text) if match[0] in words]
    if not at:
        return "not named"
    clauses = [_STOP.split(text[end : end + NEAR])[0] for end in at]
    if figures.empty:
        return "number not read as this" if any(map(_NUMBER.search, clauses)) else "named without a number"
    roles = Counter(
        "target" if row["role"] == "target"
        else "only a change" if row["role"] == "change" or row["dimension"] in PERCENT
        else f"of {row['period']}"
        for row in _records(figures)
    )  # fmt: skip
    return "stated otherwise: " + ", ".join(sorted(roles))


def _claims(tables: Tables, own: list[str]) -> pd.DataFrame:
    """Give the stated changes of the indicators and what the series says of each."""
    checked = claims_checked(
        tables.figures, tables.reports, tables.places, tables.indicators, texts=tables.texts
    )
    return checked[checked["indicator"].isin(own)].reset_index(drop=True)


def report(found: Study) -> str:
    """Write the study as a page: values by year, why years are missing, and the claims."""
    names = list(dict.fromkeys([*found.table["indicator"], *found.missing["indicator"]]))
    span = range(found.years[0] - 1, found.years[-1])
    cell = {(row["indicator"], row["year"]): row for row in _records(found.table)}
    lines = [
        "# Thirty years of yearly reports", "",
        f"The national government's work reports of {found.years[0]} to {found.years[-1]}, {len(found.years)} of them, each",
        "mostly about the year before, as a project of its own:",
        "[analysis.toml](analysis.toml) holds its ten indicators. Made by", "", "```console",
        "$ .venv/bin/python -m benchmarks.state_council ../shared/corpus/state-council/gov_reports1954-2019.txt docs/state-council",
        "```", "",
        "[values.csv](values.csv) has every value with its report and offset, [missing.csv](missing.csv) why a year has none,",
        "[claims.csv](claims.csv) every stated change and what the series says of it, [findings.csv](findings.csv) what does not fit.",
        "The reports themselves are not part of this project.", "", "## Years found", "",
        f"Of the {len(span)} years {span[0]} to {span[-1]}:", "",
        "| indicator | found | why the others are missing |", "| --- | ---: | --- |",
    ]  # fmt: skip
    for name in names:
        why = Counter(
            row["reason"].split(":")[0] for row in _records(found.missing) if row["indicator"] == name
        )
        listed = "; ".join(f"{reason} {count}" for reason, count in why.most_common())
        lines.append(f"| {name} | {sum((name, year) in cell for year in span)} | {listed} |")
    lines += [
        "", "*not named*: the report of the year after does not use the words. *named without a number*: it does, with no",
        "number in the clause. *stated otherwise*: a number is there, but it is a target, only a change, or of several years.",
        "*number not read as this*: a number stands near, and is taken for something else or not read.", "",
        "## Values", "", "| year | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names),
    ]  # fmt: skip
    for year in span:
        cells = [_shown(cell.get((name, year))) for name in names]
        lines.append(f"| {year} | " + " | ".join(cells) + " |")
    verdicts = Counter(found.claims["verdict"])
    lines += [
        "", "≥ stands for words such as 以上, 突破, 多: the value is the lowest one. 亿 is 10⁸, 万 10⁴.", "",
        "## Stated changes against the series", "",
        _agreement(len(found.claims), verdicts), "",
        "| why not checked | changes |", "| --- | ---: |",
        *(f"| {why} | {n} |" for why, n in Counter(found.claims["reason"].dropna()).most_common()), "",
        "| indicator | of | report | offset | stated | from the series | verdict |", "| --- | --- | --- | ---: | ---: | ---: | --- |",
    ]  # fmt: skip
    for row in _records(found.claims[found.claims["verdict"] != "unchecked"]):
        lines.append(
            f"| {row['indicator']} | {row['period']} | {row['report']} | {row['offset']} | {_plain(row['stated'])} {row['unit']} "
            f"| {_plain(row['expected'])} {row['unit']} | {row['verdict']} |"
        )
    kinds = Counter(found.findings["kind"])
    lines += [
        "", "## Findings", "",
        "Of these indicators: " + (", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())) or "none") + ".", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _agreement(count: int, verdicts: Counter[str]) -> str:
    return (
        f"{count} changes are stated of these indicators. With the series agree {verdicts['agrees']}; "
        f"{verdicts['differs']} differ; {verdicts['unchecked']} cannot be checked."
    )


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:.5g}"


def _shown(row: dict[str, Any] | None) -> str:
    if row is None:
        return ""
    value = row["value"] if row["value"] is not None else row["low"]
    vague = row["low"] != row["high"]
    worth, word = next((pair for pair in _WORTH if abs(value) >= pair[0]), (1.0, ""))
    return ("≥ " if vague else "") + f"{value / worth:,.6g} {word}{row['unit'] or ''}".strip()


def main() -> int:
    """Make the study and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="one report a line: year, tab, text")
    parser.add_argument("folder", type=Path, help="holds analysis.toml; the results are written there")
    options = parser.parse_args()
    found = study(options.source, options.folder / "analysis.toml")
    found.table.to_csv(options.folder / "values.csv", index=False, lineterminator="\n")
    found.missing.to_csv(options.folder / "missing.csv", index=False, lineterminator="\n")
    found.claims.to_csv(options.folder / "claims.csv", index=False, lineterminator="\n")
    columns = ["kind", "severity", "period", "indicator", "expected", "found", "unit", "sources", "code"]
    found.findings[columns].to_csv(options.folder / "findings.csv", index=False, lineterminator="\n")
    notes = options.folder / "misread.md"
    said = notes.read_text(encoding="utf-8") if notes.is_file() else ""
    (options.folder / "README.md").write_text(report(found) + said, encoding="utf-8")
    print(f"{len(found.table)} values, {len(found.missing)} missing, {len(found.claims)} claims")
    return 0


if __name__ == "__main__":
    sys.exit(main())
