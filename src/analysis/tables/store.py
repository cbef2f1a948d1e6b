"""The tables of a project on disk: data/processed, and back."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from analysis.errors import AnalysisError, DataError
from analysis.tables.collection import Tables
from analysis.tables.csv_text import to_csv
from analysis.tables.datapackage import data_package
from analysis.tables.files import write_files
from analysis.tables.schema import check, conform, dtype_of, schema_version, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from analysis.project import Project

_VERSION = b"schema_version"
_TEXT_NAME = re.compile(r"[0-9a-f]{8,}")


def to_parquet(frame: pd.DataFrame, name: str) -> bytes:
    """Give a table as the bytes of a Parquet file, with schema_version in its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, schema=arrow_schema(name), preserve_index=False)
    sink = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({_VERSION: schema_version().encode(), b"table": name.encode()}), sink
    )
    return sink.getvalue()


def arrow_schema(name: str) -> Any:
    """Give the Arrow schema of a table, with the meaning of each column as its metadata."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    return pa.schema(
        [
            pa.field(
                column.name,
                types.get(column.type, pa.bool_()),
                nullable=not column.required,
                metadata={"meaning": column.meaning} | ({"unit": column.unit} if column.unit else {}),
            )
            for column in tables()[name].columns
        ]
    )


def read_parquet(path: Path, name: str, *, threads: bool = True) -> pd.DataFrame:
    """Read a table back from its Parquet file.

    Parameters
    ----------
    path : the file.
    name : the table's name.
    threads : whether the library may start threads, which a process that forks later must not have.

    Errors
    ------
    DataError where the file is of another schema_version or not a Parquet file: run `analysis run` again.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    todo = "run `analysis run` to build the tables again"
    try:
        table = pq.read_table(path) if threads else _read_alone(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(
            "this table cannot be read", where=path.name, seen=str(error)[:80], todo=todo
        ) from error
    version = (table.schema.metadata or {}).get(_VERSION, b"none").decode()
    if version != schema_version():
        raise DataError(
            "the table has another layout", where=path.name, seen=f"schema_version {version}", todo=todo
        )
    columns = {column.name: dtype_of(column) for column in tables()[name].columns}
    by_type = {pa.string(): "string", pa.int64(): "Int64", pa.float64(): "Float64", pa.bool_(): "boolean"}
    dtypes = {arrow: dtype_of_name(kind) for arrow, kind in by_type.items()} | {
        pa.date32(): next((d for d in columns.values() if "date32" in str(d)), None)
    }
    return conform(
        table.replace_schema_metadata(None).to_pandas(types_mapper=dtypes.get, use_threads=threads), name
    )


def _read_alone(path: Path) -> Any:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        return file.read(use_threads=False)


def dtype_of_name(name: str) -> Any:
    """Give a pandas dtype by its name."""
    import pandas as pd

    return pd.api.types.pandas_dtype(name)


def write_tables(built: Tables, project: Project) -> list[str]:
    """Check all tables and write them to data/processed of a project.

    Parameters
    ----------
    built : the tables.
    project : the project they belong to.

    Returns
    -------
    Warnings, such as that a file was open elsewhere and was written beside.

    Errors
    ------
    DataError where a table does not follow its schema; nothing has been written then.
    """
    from analysis.tables.workbook import figures_workbook

    for name, frame in built.named().items():
        check(frame, name)
    folder = project.processed
    contents: dict[str, bytes] = {}
    described: dict[str, tuple[str, bytes, int]] = {}
    for name, frame in built.named().items():
        content = to_csv(frame)
        contents[f"{name}.csv"] = content
        described[name] = (f"{name}.csv", content, len(frame))
        if name != "unreadable":
            contents[f"{name}.parquet"] = to_parquet(frame, name)
    workbook, warnings = figures_workbook(built, title=project.name, locale=project.locale)
    contents["figures.xlsx"] = workbook
    contents["datapackage.json"] = data_package(described, title=project.name)
    # The texts as decoded: CRLF stays two characters.
    for report_id, text in built.texts.items():
        contents[f"texts/{report_id}.txt"] = text.encode("utf-8", "surrogatepass")
    warnings += write_files(folder, contents)
    _drop_texts(built.texts, folder / "texts")
    return warnings


def _drop_texts(texts: Mapping[str, str], folder: Path) -> None:
    """Drop the texts of reports that are gone."""
    for path in folder.glob("*.txt") if texts and folder.is_dir() else ():
        if path.stem not in texts and _TEXT_NAME.fullmatch(path.stem):
            path.unlink(missing_ok=True)


def load_tables(project: Project) -> Tables:
    """Read the tables of a project from data/processed.

    Errors
    ------
    AnalysisError where they have not been built yet, DataError where they have another layout.
    """
    return read_tables(project.processed)


def read_tables(folder: Path, *, threads: bool = True) -> Tables:
    """Read the tables that lie in a folder.

    Parameters
    ----------
    folder : such as data/processed.
    threads : see `read_parquet`.

    Errors
    ------
    As `load_tables`.
    """
    from analysis.tables.csv_text import read_csv

    found: dict[str, pd.DataFrame] = {}
    for name in tables():
        path = folder / file_name(name)
        if not path.is_file():
            raise AnalysisError(
                "the tables are not built yet",
                where=path.name,
                todo="run `analysis run` in the project first",
            )
        found[name] = (
            read_csv(path, name) if name == "unreadable" else read_parquet(path, name, threads=threads)
        )
    known = set(found["reports"]["report_id"])
    texts = {
        path.stem: path.read_bytes().decode("utf-8", "surrogatepass")
        for path in sorted((folder / "texts").glob("*.txt"))
        if path.stem in known
    }
    return Tables(**found, texts=texts)


def file_name(table: str) -> str:
    """Give the name of the file in data/processed that a table is read back from."""
    return f"{table}.csv" if table == "unreadable" else f"{table}.parquet"
