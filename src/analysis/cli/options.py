"""Options that several commands share."""

from __future__ import annotations

import click

PROJECT = click.option(
    "--project",
    "project",
    default=".",
    metavar="DIR",
    help="A folder in the project; the current one by default.",
)
PERIOD = click.option("--period", metavar="P", help="Such as 2026-08, 2026-Q3, 2026; the newest by default.")
BASELINE = click.option(
    "--baseline",
    metavar="B",
    help="A period, previous, last-year or year-to-date.",
)
AS_OF = click.option(
    "--as-of", metavar="DATE", help="Only what had been received by this day, such as 2026-07-10."
)
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
