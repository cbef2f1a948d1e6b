"""Tables on a terminal, and as plain aligned text elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.explaining import Explanation
    from analysis.extraction.traced import Said, Stated, Weighing
    from analysis.health import Check
    from analysis.project import Project
    from analysis.rerun.typed import Parameter

_COLOURS = {
    "up": "green",
    "down": "red",
    "uncertain": "yellow",
    "missing": "dim",
    "not_comparable": "dim",
    "serious": "red",
    "warning": "yellow",
}
_RULES_SHOWN = 12
# What speaks against a naming rule, and what decided, in words.
_AGAINST = {
    "unit": "the unit does not fit",
    "share": "not what the share or change is of",
    "close": "words stand between the noun and the number",
    "without": "forbidden: {}",
    "done": "missing, one of: {}",
    "near": "missing near by, one of: {}",
    "weak": "the score is too low",
}
_SOURCES = {
    "words": "from its own words",
    "list": "from its place in a list",
    "another figure": "taken over from another figure",
    "dropped": "the sentence says that it is another thing",
    "none": "no rule holds",
    "nothing": "nothing says otherwise",
    "unit": "the unit says so",
    "column": "the column of the table says so",
    "heading": "the heading over it says so",
    "lead-in": "the sentence over the list says so",
    "figure before": "as the figure before it",
}


def print_rows(rows: pd.DataFrame, form: str) -> None:
    """Print rows as a table, CSV or JSON lines, without headings where there are none."""
    if form != "table":
        from analysis.tables import write_figures

        write_figures(rows, form)
    elif len(rows):
        cells = rows.astype(object).where(rows.notna(), "").astype(str)
        print_table(list(rows.columns), cells.to_numpy().tolist())


def print_comparisons(comparisons: pd.DataFrame, project: Project) -> None:
    """Print a table of comparisons: one line a place and one a total, by indicator."""
    if comparisons.empty:
        return
    from analysis.catalogue import load_catalogue
    from analysis.comparison.words import in_script

    indicators = load_catalogue(project.settings.get("indicators")).indicators
    total = {"zh-Hant": "合計", "zh-Hans": "合计"}.get(project.locale, "total")
    rows: list[list[str]] = []
    for row in comparisons.astype(object).where(comparisons.notna(), None).to_dict("records"):
        known = indicators.get(row["indicator"])
        label = known.labels[project.locale] if known else row["indicator"]
        rows.append(
            [
                f"{label} {in_script(row['series'], project.locale)}" if row["series"] else label,
                row["place"] or " ".join([total, *_coverage(row)]),
                _number(row["value"], row["low"], row["high"]),
                _number(row["baseline_value"], row["baseline_low"], row["baseline_high"]),
                in_script(row["unit"] or "", project.locale),
                _signed(row["change"]),
                _signed(row["percent"], "%"),
                row["verdict"],
                row["reason"] or "",
            ]
        )
    first = comparisons.iloc[0]
    names = [
        "indicator",
        "place",
        first["period"],
        first["baseline"],
        "unit",
        "change",
        "percent",
        "verdict",
        "reason",
    ]
    print_table(names, rows, right={2, 3, 5, 6}, colour_by=7)


def _coverage(row: dict[Any, Any]) -> list[str]:
    """Say how many places a total covers in the period, and in the baseline where that is not the same."""
    return [" | ".join(dict.fromkeys(filter(None, (row["coverage"], row["baseline_coverage"]))))]


def print_findings(findings: pd.DataFrame) -> None:
    """Print a table of findings: how grave, of what kind, when and where, and the sentence."""
    if findings.empty:
        return
    columns = ["severity", "kind", "period", "place", "message", "remedy"]
    plain = findings[columns].astype(object).where(findings[columns].notna(), "")
    rows = [[str(cell) for cell in row] for row in plain.to_numpy().tolist()]
    print_table(columns, rows, colour_by=0)


def print_revisions(revisions: pd.DataFrame, project: Project) -> None:
    """Print a table of revisions: what a number was, what it became, and in which report."""
    if revisions.empty:
        return
    from analysis.catalogue import load_catalogue
    from analysis.comparison.words import in_script

    indicators = load_catalogue(project.settings.get("indicators")).indicators
    rows: list[list[str]] = []
    for row in revisions.astype(object).where(revisions.notna(), None).to_dict("records"):
        known = indicators.get(row["indicator"])
        label = known.labels[project.locale] if known else row["indicator"]
        rows.append(
            [
                f"{label} {in_script(row['series'], project.locale)}" if row["series"] else label,
                row["place"] or row["place_id"],
                row["period"],
                row["basis"],
                _number(row["previous_value"], row["previous_low"], row["previous_high"]),
                _number(row["value"], row["low"], row["high"]),
                in_script(row["unit"] or "", project.locale),
                _signed(row["change"]),
                _signed(row["percent"], "%"),
                "" if row["vintage"] is None else str(row["vintage"]),
                row["path"] or "",
            ]
        )
    names = ["indicator", "place", "period", "basis", "before", "after", "unit", "change", "percent"]
    print_table([*names, "received", "report"], rows, right={4, 5, 7, 8})


def print_found(found: pd.DataFrame) -> None:
    """Print what a search has found: the figure's key, where it is, and the sentence, each sentence once."""
    if found.empty:
        return
    plain = found.astype(object).where(found.notna(), "")
    again = (plain["sentence"] == plain["sentence"].shift()) & (plain["report"] == plain["report"].shift())
    plain["sentence"] = plain["sentence"].mask(again, "〃")
    rows = [[str(cell) for cell in row] for row in plain.to_numpy().tolist()]
    print_table(["figure", "report", "place", "period", "indicator", "text", "sentence"], rows)


def print_explanation(explanation: Explanation, *, form: str) -> None:
    """Print why a number is, or is not, a figure: as text with a table of rules, or as one JSON object."""
    if form == "json":
        import json
        from dataclasses import asdict

        sys.stdout.write(json.dumps(asdict(explanation), ensure_ascii=False, indent=2) + "\n")
        return
    number = explanation.number
    facts = {
        "report": f"{explanation.report}, characters {number.start} to {number.end}",
        "read": _read(number.said),
        "value": _number(number.said.value, number.said.low, number.said.high)
        + (f" ({number.said.approx})" if number.said.approx else ""),
        "not a figure": (number.reason or "") + (f": {number.word}" if number.word else ""),
        **(_facts(number.figure) if number.figure else {}),
    }
    width = max(len(name) for name, said in facts.items() if said)
    lines = [explanation.sentence, *(f"{name:<{width}}  {said}" for name, said in facts.items() if said)]
    sys.stdout.write("".join(line + "\n" for line in lines))
    if number.figure and number.figure.name.rules:
        sys.stdout.write("\nrules, the best first\n")
        rules = number.figure.name.rules
        names = ["rule", "indicator", "noun", "at", "verb", "place", "unit", "own", "score", "why not"]
        print_table(names, [_rule(rule) for rule in rules[:_RULES_SHOWN]], right={5, 6, 7, 8})
        if len(rules) > _RULES_SHOWN:
            sys.stdout.write(f"and {len(rules) - _RULES_SHOWN} more; all of them with --format json\n")


def _read(said: Said) -> str:
    parts = [f"numeral {said.numeral}", f"unit {said.unit}" if said.unit else "no unit"]
    return ", ".join([*parts, f"vague by {'、'.join(said.vague)}"] if said.vague else parts)


def _facts(figure: Stated) -> dict[str, str]:
    """Say what is known of a figure, a line a fact."""
    name, role, period = figure.name, figure.role, figure.period
    called = " ".join(part for part in (name.label, name.series) if part) or "no indicator"
    named = [
        f"rule {name.rule}" if name.rule else "",
        f"confidence {name.confidence}" if name.indicator else "",
    ]
    named += [_SOURCES[name.source], f"figure {name.taken_from}" if name.taken_from else ""]
    decided = f"「{role.words.text}」" if role.words else _SOURCES[role.source]
    acted = [role.role, role.direction, f"per {role.per}" if role.per else ""]
    dated = [f"「{period.words.text}」" if period.words else "", f"from the {period.source}"]
    return {
        "figure": figure.figure_id + (f", cell {figure.cell}" if figure.cell else ""),
        "indicator": called
        + (f" ({name.indicator})" if name.indicator else "")
        + "; "
        + ", ".join(filter(None, named)),
        "subject": name.subject or "",
        "role": " ".join(filter(None, acted)) + f"; {decided}",
        "period": f"{period.period}; " + ", ".join(filter(None, dated)) if period.period else "unknown",
        "since": period.since or "",
        "place": f"{figure.place}; from the {figure.place_source}" if figure.place else "unknown",
        "scope": figure.scope or "",
        "repeats": f"figure {figure.duplicate_of}" if figure.duplicate_of else "",
    }


def _rule(rule: Weighing) -> list[str]:
    noun = rule.noun
    return [
        rule.rule,
        rule.label or "none",
        noun.text if noun else "",
        str(noun.start) if noun and noun.start is not None else "",
        "、".join(rule.verbs),
        f"{rule.place:.2f}",
        *("" if part is None else f"{part:.2f}" for part in (rule.unit, rule.own, rule.score)),
        _AGAINST[rule.against].format("、".join(rule.words)) if rule.against else "",
    ]


def print_checks(checks: Sequence[Check]) -> None:
    """Print what the doctor has looked at."""
    rows = [
        [
            check.name,
            "ok" if check.ok else "NO" if check.essential else "no",
            check.found,
            "" if check.ok else check.mend,
        ]
        for check in checks
    ]
    print_table(["what", "works", "found", "how to mend"], rows)


def print_parameters(parameters: Sequence[Parameter]) -> None:
    """Print what a notebook's parameter cell declares."""
    rows = [[p.name, p.kind, "" if p.default is None else str(p.default), p.help] for p in parameters]
    print_table(["parameter", "kind", "default", "what it is"], rows)


def print_table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: frozenset[int] | set[int] = frozenset(),
    colour_by: int | None = None,
) -> None:
    """Print a table: drawn by rich on a terminal, else in columns with two blanks between them.

    Parameters
    ----------
    names : of the columns.
    rows : cells as text.
    right : numbers of columns to align right.
    colour_by : number of the column whose word gives the line its colour.
    """
    if not sys.stdout.isatty():
        sys.stdout.write("".join(line + "\n" for line in aligned(names, rows, right)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        style = _COLOURS.get(row[colour_by], "") if colour_by is not None else ""
        # As Text: brackets in a sentence are no markup.
        table.add_row(*(Text(cell) for cell in row), style=style)
    Console().print(table)


def aligned(
    names: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] | set[int] = frozenset()
) -> list[str]:
    """Set cells in columns by their width on screen, where a Chinese character takes two places.

    Examples
    --------
    >>> aligned(["place", "value"], [["青山社區", "9"]], right={1})
    ['place     value', '青山社區      9']
    """
    from rich.cells import cell_len

    every = [list(names), *map(list, rows)]
    widths = [max(map(cell_len, column)) for column in zip(*every, strict=True)]
    lines = []
    for row in every:
        cells = []
        for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            cells.append(space + cell if number in right else cell + space)
        lines.append("  ".join(cells).rstrip())
    return lines


def _number(value: float | None, low: float | None, high: float | None) -> str:
    """Say a value with its interval where the words were vague."""
    if value is None and low is None and high is None:
        return ""
    said = "" if value is None else plain_number(value)
    if low == high == value:
        return said
    return f"{said} [{_bound(low)}, {_bound(high)}]".strip()


def _bound(value: float | None) -> str:
    return "…" if value is None else plain_number(value)


def _signed(value: float | None, sign: str = "") -> str:
    if not value:
        return "" if value is None else f"0{sign}"
    if sign:
        return f"{value:+,.1f}{sign}"
    return ("+" if value > 0 else "") + plain_number(value)


def plain_number(value: float) -> str:
    """Write a number without an exponent, with four decimals at most.

    Examples
    --------
    >>> plain_number(8e11), plain_number(18.5)
    ('800,000,000,000', '18.5')
    """
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text if text != "-0" else "0"
