"""What the tables look like: one description, from which every check and every document is made.

`columns.toml` beside this module says for each table which columns it has, of what type, in what
unit and with what meaning. Here it becomes `Table` values, dtypes and pandera schemas.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.errors import DataError

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

LIST_SEPARATOR = ";"
_DAY = r"\d{4}(?:-(?:H[12]|Q[1-4]|W\d{2}|\d{2}(?:-\d{2})?))?"
PERIOD_PATTERN = rf"{_DAY}(?:\.\.{_DAY})?"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, and what may not stand in it."""

    name: str
    type: str
    meaning: str
    unit: str | None = None
    required: bool = False
    unique: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    list: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in their order, and the columns that are its key."""

    name: str
    title: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Give the column of a name."""
        return next(column for column in self.columns if column.name == name)


def _column(name: str, entry: dict[str, Any]) -> Column:
    fields = dict(entry)
    if fields.pop("period", False):
        fields["pattern"] = PERIOD_PATTERN
    fields["allowed"] = tuple(fields.get("allowed", ()))
    return Column(name=name, **fields)


@cache
def _described() -> tuple[str, dict[str, Table]]:
    text = files("analysis.tables").joinpath("columns.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    version = str(entries.pop("schema_version"))
    tables = {
        name: Table(
            name=name,
            title=entry["title"],
            meaning=entry["meaning"],
            key=tuple(entry["key"]),
            columns=tuple(_column(column, fields) for column, fields in entry["columns"].items()),
        )
        for name, entry in entries.items()
    }
    return version, tables


def schema_version() -> str:
    """Give the version of the tables' layout; tables of another version are rebuilt."""
    return _described()[0]


def tables() -> dict[str, Table]:
    """Give the description of every table, by name.

    Examples
    --------
    >>> tables()["places"].key
    ('place_id',)
    """
    return _described()[1]


def dtype_of(column: Column) -> Any:
    """Give the pandas dtype of a column: nullable, so that missing is always <NA>."""
    import pandas as pd

    if column.type == "date":
        import pyarrow as pa

        return pd.ArrowDtype(pa.date32())
    kinds = {"string": pd.StringDtype(), "integer": pd.Int64Dtype(), "number": pd.Float64Dtype()}
    return kinds.get(column.type, pd.BooleanDtype())


def empty(name: str) -> pd.DataFrame:
    """Give a table without rows, with all its columns and dtypes."""
    return conform({}, name)


def conform(data: Any, name: str) -> pd.DataFrame:
    """Bring columns into the layout of a table: order, dtypes, absent columns as missing.

    Parameters
    ----------
    data : a DataFrame or a mapping of column name to values. Columns unknown to the table are dropped.
    name : the table's name.

    Errors
    ------
    DataError where a column cannot be brought into its type.
    """
    import pandas as pd

    given: Any = data if isinstance(data, pd.DataFrame) else dict(data)
    size = len(data) if isinstance(data, pd.DataFrame) else len(next(iter(given.values()), ()))
    columns = {}
    for column in tables()[name].columns:
        dtype = dtype_of(column)
        values = given.get(column.name)
        try:
            columns[column.name] = _nothing(size, dtype) if values is None else _cast(values, column, dtype)
        except (TypeError, ValueError, OverflowError) as error:
            raise _cast_error(name, column, values) from error
    # Arrays rather than Series: aligning forty of them costs more than a short report's extraction.
    return pd.DataFrame(columns, index=pd.RangeIndex(size), copy=False)


def _nothing(size: int, dtype: Any) -> Any:
    import pandas as pd

    return pd.array([None] * size, dtype=dtype)


def _cast(values: Any, column: Column, dtype: Any) -> Any:
    """Give values as an array of a column's dtype."""
    import pandas as pd

    if isinstance(values, list):
        return _cast_list(values, column, dtype)
    if getattr(values, "dtype", None) == dtype:
        return values.array.copy() if isinstance(values, pd.Series) else values.copy()
    series: pd.Series[Any] = pd.Series(values)
    if column.type == "date":
        # Days before 1678 and after 2262 exist too: seconds reach farther than the default nanoseconds.
        series = pd.to_datetime(series, format="ISO8601").astype("datetime64[s]")
    if column.type == "string" and series.dtype == object:
        return pd.array(series.to_numpy(), dtype=dtype)
    if column.type != "date" and series.isna().all():
        return _nothing(len(series), dtype)
    return series.astype(dtype).array


def _cast_list(values: list[Any], column: Column, dtype: Any) -> Any:
    """Give a list of Python's own values, None among them, as an array: no type has to be guessed."""
    import numpy as np
    import pandas as pd

    if column.type == "date" and not any(isinstance(value, str) for value in values):
        import pyarrow as pa

        try:
            return pd.array(pa.array(values, pa.date32(), from_pandas=True), dtype=dtype)
        except pa.ArrowInvalid:
            pass  # times with a part of a day, say: pandas knows what to do with them
    if values.count(None) == len(values):
        return _nothing(len(values), dtype)
    listed = np.empty(len(values), dtype=object)
    listed[:] = values
    return _cast(pd.Series(listed), column, dtype) if column.type == "date" else pd.array(listed, dtype=dtype)


def _cast_error(name: str, column: Column, values: Any) -> DataError:
    for row, value in enumerate(values):
        try:
            _cast([value], column, dtype_of(column))
        except (TypeError, ValueError, OverflowError):
            return _data_error(name, column.name, row, value, f"a {column.type}")
    return _data_error(name, column.name, 0, None, f"a {column.type}")


def _data_error(name: str, column: str, row: object, value: object, wanted: str) -> DataError:
    return DataError(
        f"table {name}, column {column}: {wanted} is wanted",
        where=f"{name}.{column}, row {row}",
        seen=repr(value.item() if hasattr(value, "item") else value),
        todo="the table was not written; correct the value or the rule that made it",
    )


@cache
def pandera_schema(name: str) -> pa.DataFrameSchema:
    """Give the pandera schema of a table."""
    import pandera.pandas as pa

    def checks(column: Column) -> list[pa.Check]:
        found = []
        if column.allowed:
            found.append(pa.Check.isin(list(column.allowed), name="one of " + ", ".join(column.allowed)))
        if column.pattern:
            found.append(pa.Check(_matches(column.pattern), name=_wanted(column.pattern)))
        elif column.type == "string" and not column.allowed:
            found.append(pa.Check(_not_empty, name='null instead of ""'))
        if column.minimum is not None:
            found.append(pa.Check.ge(column.minimum, name=f"at least {column.minimum}"))
        if column.maximum is not None:
            found.append(pa.Check.le(column.maximum, name=f"at most {column.maximum}"))
        if column.type == "number":
            found.append(pa.Check(_finite, name="a finite number"))
        return found

    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                dtype_of(column), checks(column), nullable=not column.required, unique=column.unique
            )
            for column in tables()[name].columns
        },
        strict=True,
        ordered=True,
        name=name,
    )


def _wanted(pattern: str) -> str:
    if pattern == PERIOD_PATTERN:
        return "a period such as 2026, 2026-H1, 2026-Q3, 2026-08, 2026-W35, 2026-08-31 or A..B"
    return f"text like {pattern}"


def _matches(pattern: str) -> Any:
    return lambda values: values.str.fullmatch(pattern)


def _not_empty(values: pd.Series[Any]) -> pd.Series[Any]:
    return values != ""


def _finite(values: pd.Series[Any]) -> pd.Series[Any]:
    return values.abs() != float("inf")


def check(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Check a table against its schema and give it back.

    Errors
    ------
    DataError naming the table, the column, the row and the value of the first mistake.
    """
    import pandera.errors

    try:
        pandera_schema(name).validate(frame)
    except pandera.errors.SchemaError as error:
        raise _explained(error, name) from error
    _check_key(frame, name)
    return frame


def _explained(error: Any, name: str) -> DataError:
    column = getattr(error.schema, "name", None) or ""
    cases = error.failure_cases
    wanted = str(getattr(error.check, "name", None) or error.check or error.reason_code)
    if "not_nullable" in wanted:
        wanted = "a value"
    if "unique" in wanted:
        wanted = "a value that occurs once"
    if hasattr(cases, "columns") and len(cases):
        first = cases.iloc[0]
        return _data_error(name, str(column), first.get("index"), first.get("failure_case"), wanted)
    return _data_error(name, str(column), "-", cases, wanted)


def _check_key(frame: pd.DataFrame, name: str) -> None:
    key = list(tables()[name].key)
    twice = frame.duplicated(key)
    if twice.any():
        row = int(twice.to_numpy().argmax())
        seen = tuple(frame.loc[row, key])
        raise _data_error(name, "+".join(key), row, seen, "a key that occurs once")
