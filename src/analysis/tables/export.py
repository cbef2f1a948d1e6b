"""Tables for other programs: JSON lines, CSV, Parquet or xlsx, to a file or to standard output."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError
from analysis.tables.csv_text import to_csv
from analysis.tables.files import write_file

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

FORMATS = ("jsonl", "csv", "parquet", "xlsx")
_TEXT = ("jsonl", "csv")


def write_figures(frame: pd.DataFrame, format: str = "jsonl", output: Path | None = None) -> list[str]:  # noqa: A002
    """Write figures, or any other table, in a format.

    Parameters
    ----------
    frame : the table; its columns are written as they are.
    format : "jsonl", "csv", "parquet" or "xlsx".
    output : the file to write; without it, jsonl and csv go to standard output.

    Returns
    -------
    Warnings, such as that the file was open elsewhere and was written beside.

    Errors
    ------
    UsageError for an unknown format, and for parquet or xlsx without a file.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format}", todo="use one of " + ", ".join(FORMATS))
    if output is None:
        if format not in _TEXT:
            raise UsageError(
                f"{format} cannot be written to standard output", todo="name a file with --output"
            )
        _print(to_jsonl(frame) if format == "jsonl" else to_csv(frame, bom=False))
        return []
    content = {"jsonl": to_jsonl, "csv": to_csv, "parquet": _parquet, "xlsx": _xlsx}[format](frame)
    warning = write_file(output, content)[1]
    return [warning] if warning else []


def to_jsonl(frame: pd.DataFrame) -> bytes:
    r"""Give a table as JSON lines in UTF-8: one object a row, null for missing, ISO dates.

    Examples
    --------
    >>> import pandas as pd
    >>> to_jsonl(pd.DataFrame({"value": pd.array([11800.0, None], dtype="Float64")}))
    b'{"value": 11800}\n{"value": null}\n'
    """
    names = list(frame.columns)
    columns = [_cells(frame[name]) for name in names]
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    lines = [encode(dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace") if lines else b""


def _cells(values: pd.Series[Any]) -> list[Any]:
    from datetime import date

    cells: list[Any] = [
        None if missing else cell for cell, missing in zip(values, values.isna(), strict=True)
    ]
    for row, cell in enumerate(cells):
        if isinstance(cell, float) and cell.is_integer():
            cells[row] = int(cell)
        elif isinstance(cell, date):
            cells[row] = cell.isoformat()
        elif hasattr(cell, "item"):
            cells[row] = cell.item()
    return cells


def _parquet(frame: pd.DataFrame) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    from analysis.tables.schema import schema_version

    table = pa.Table.from_pandas(frame, preserve_index=False)
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"schema_version": schema_version().encode()}), sink)
    return sink.getvalue()


def _xlsx(frame: pd.DataFrame) -> bytes:
    from analysis.tables.workbook import frame_workbook

    return frame_workbook(frame, "figures")


def _print(content: bytes) -> None:
    """Write UTF-8 whatever the terminal's own encoding is; a pipe that closes early is no error."""
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(content.decode())
        else:
            sys.stdout.flush()
            stream.write(content)
            stream.flush()
    except BrokenPipeError:
        # Python would complain once more when it closes the stream at its end.
        sys.stdout = None
