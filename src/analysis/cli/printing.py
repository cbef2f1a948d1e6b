"""Tables on a terminal, and as plain aligned text elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.health import Check
    from analysis.project import Project

_COLOURS = {"up": "green", "down": "red", "uncertain": "yellow", "missing": "dim", "not_comparable": "dim"}


def print_comparisons(comparisons: pd.DataFrame, project: Project) -> None:
    """Print a table of comparisons: one line a place and one a total, by indicator."""
    if comparisons.empty:
        return
    from analysis.catalogue import load_catalogue

    indicators = load_catalogue(project.settings.get("indicators")).indicators
    total = {"zh-Hant": "合計", "zh-Hans": "合计"}.get(project.locale, "total")
    rows: list[list[str]] = []
    for row in comparisons.astype(object).where(comparisons.notna(), None).to_dict("records"):
        known = indicators.get(row["indicator"])
        label = known.labels[project.locale] if known else row["indicator"]
        rows.append(
            [
                f"{label} {row['series']}" if row["series"] else label,
                row["place"] or total + (f" {row['coverage']}" if row["coverage"] else ""),
                _number(row["value"], row["low"], row["high"]),
                _number(row["baseline_value"], row["baseline_low"], row["baseline_high"]),
                row["unit"] or "",
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


def print_found(found: pd.DataFrame) -> None:
    """Print what a search has found: the figure's key, where it is, and the sentence, each sentence once."""
    if found.empty:
        return
    plain = found.astype(object).where(found.notna(), "")
    again = (plain["sentence"] == plain["sentence"].shift()) & (plain["report"] == plain["report"].shift())
    plain["sentence"] = plain["sentence"].mask(again, "〃")
    rows = [[str(cell) for cell in row] for row in plain.to_numpy().tolist()]
    print_table(["figure", "report", "place", "period", "indicator", "text", "sentence"], rows)


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
