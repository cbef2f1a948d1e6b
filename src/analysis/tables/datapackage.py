"""datapackage.json: every file and column described, after the Data Package standard, version 2."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from analysis.tables.schema import LIST_SEPARATOR, PERIOD_PATTERN, Column, schema_version, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_GUARD = (
    "UTF-8 with a byte order mark, LF, ISO dates, missing is an empty cell. Text that begins with = + - @, a "
    "tab or a line break (after any apostrophes) has one apostrophe more before it, so that no spreadsheet "
    "runs it; numbers are untouched. The Parquet file of the same name has every text as it is."
)


def field_of(column: Column) -> dict[str, Any]:
    """Describe a column as a field of a table schema."""
    described: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.unit:
        described["unit"] = column.unit
    if column.list:
        described |= {"type": "list", "itemType": "string", "delimiter": LIST_SEPARATOR}
    if column.type == "date":
        described["format"] = "default"
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.pattern and not column.list:
        constraints["pattern"] = column.pattern if column.pattern != PERIOD_PATTERN else f"^{PERIOD_PATTERN}$"
    for name in ("minimum", "maximum"):
        if getattr(column, name) is not None:
            constraints[name] = getattr(column, name)
    return described | ({"constraints": constraints} if constraints else {})


def data_package(contents: Mapping[str, tuple[str, bytes, int]], *, title: str) -> bytes:
    """Describe the CSV files of a project.

    Parameters
    ----------
    contents : for each table its file name, its bytes and its number of rows.
    title : name of the project.

    Returns
    -------
    The bytes of datapackage.json; the same tables give the same bytes.
    """
    resources = []
    for name, (path, content, rows) in contents.items():
        table = tables()[name]
        # A primary key may hold no null; a key with an open part, such as a series, is a key all the same.
        key = list(table.key)
        strict = all(table.column(part).required for part in key)
        resources.append({
            "name": name,
            "type": "table",
            "path": path,
            "title": table.title,
            "description": f"{table.meaning} {_GUARD}",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
            "bytes": len(content),
            "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
            "rows": rows,
            "schema": {
                "fields": [field_of(column) for column in table.columns],
                "missingValues": [""],
                **({"primaryKey": key} if strict else {"uniqueKeys": [key]}),
                **_links(name),
            },
        })  # fmt: skip
    package = {
        "$schema": _PROFILE,
        "name": "report-figures",
        "title": title,
        "description": "Figures of work reports as tidy tables, with what is concluded and compared.",
        "schema_version": schema_version(),
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _links(name: str) -> dict[str, Any]:
    """Say which columns point into other tables."""
    targets = {"report_id": ("reports", "report_id"), "indicator": ("indicators", "id")} | {
        "place_id": ("places", "place_id")
    }
    found = [
        {"fields": [column], "reference": {"resource": resource, "fields": [field]}}
        for column, (resource, field) in targets.items()
        if resource != name and column in tables()[name].names
    ]
    return {"foreignKeys": found} if found else {}
