"""Tables on disk: complete, checked, the same bytes every time, and readable again."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError, DataError
from analysis.tables import Tables, load_tables, tables, write_tables
from analysis.tables.csv_text import BOM, read_csv, to_csv
from analysis.tables.files import write_file
from analysis.tables.guard import guarded, unguarded
from analysis.tables.schema import conform

if TYPE_CHECKING:
    from tests.tables.conftest import Folder


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_promised_file_is_written(built: Tables, folder: Any) -> None:
    """Parquet and CSV of each table, the workbook, the description and the texts."""
    assert write_tables(built, folder) == []
    names = {f"{name}.{kind}" for name in tables() for kind in ("parquet", "csv")} - {"unreadable.parquet"}
    assert set(_bytes(folder.processed)) == names | {
        "figures.xlsx",
        "datapackage.json",
        "00000001.txt",
        "00000002.txt",
    }


def test_the_same_tables_give_the_same_bytes(
    built: Tables, folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the clock nor an earlier run shows in a file."""
    write_tables(built, folder)
    first = _bytes(folder.processed)
    for path in folder.processed.rglob("*.*"):
        path.unlink()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_tables(built, folder)
    assert _bytes(folder.processed) == first


def test_parquet_and_csv_give_the_tables_back(built: Tables, folder: Any) -> None:
    """Values, types and missing values survive both formats."""
    write_tables(built, folder)
    loaded = load_tables(folder)
    for name, frame in built.named().items():
        pd.testing.assert_frame_equal(loaded.named()[name], frame)
        pd.testing.assert_frame_equal(read_csv(folder.processed / f"{name}.csv", name), frame)
    assert dict(loaded.texts) == dict(built.texts)


def test_csv_is_for_excel_and_missing_is_empty(built: Tables, folder: Any) -> None:
    """A BOM at the beginning, LF at the end of lines, and no word for missing."""
    write_tables(built, folder)
    content = (folder.processed / "figures.csv").read_bytes()
    assert content.startswith(BOM + b"figure_id,")
    assert b"nan" not in content.lower()
    assert b"<NA>" not in content
    assert b"2026-08-31" in content


def test_text_that_looks_like_a_formula_is_guarded_and_numbers_are_not(built: Tables, folder: Any) -> None:
    """Text such as -3.19‰ and =1+1 gets an apostrophe, the value -3.19 and Parquet do not."""
    write_tables(built, folder)
    raw = pd.read_csv(folder.processed / "figures.csv")
    assert raw["text"].to_list()[1] == "'-3.19‰"
    assert raw["sentence"].to_list()[1].startswith("'=1+1")
    assert raw["value"].to_list()[1] == -3.19
    assert pd.read_parquet(folder.processed / "figures.parquet")["text"].to_list()[1] == "-3.19‰"


@given(st.lists(st.text("'=+-@＝\t\n\r\"x,戶", min_size=1, max_size=6), min_size=1))
def test_guarded_text_is_never_a_formula_and_comes_back(texts: list[str]) -> None:
    """Whatever a report says, no cell begins with a sign that runs, and nothing is lost."""
    given_texts = pd.Series(texts, dtype="string")
    safe = guarded(given_texts)
    assert not safe.str.match(r"[=+\-@\t\r\n＝＋－＠]").any()
    assert unguarded(safe).to_list() == texts


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_numbers_come_back_from_csv(numbers: list[float | None]) -> None:
    """Every double is written with enough digits."""
    frame = pd.DataFrame({"value": pd.array(numbers, dtype="Float64"), "n": 1})
    lines = to_csv(frame, bom=False).decode().splitlines()[1:]
    cells = [line.split(",")[0] for line in lines]
    assert [float(cell) if cell else None for cell in cells] == [None if n is None else n for n in numbers]


def test_a_table_against_its_schema_is_not_written(built: Tables, folder: Any) -> None:
    """One wrong value, and nothing at all is written."""
    wrong = conform(built.figures.assign(role="guess"), "figures")
    with pytest.raises(DataError, match=r"figures\.role, row 0.*guess"):
        write_tables(dataclasses.replace(built, figures=wrong), folder)
    assert not folder.processed.exists()


def test_the_description_covers_every_column(built: Tables, folder: Any) -> None:
    """datapackage.json names each file's columns in order, with type and meaning."""
    write_tables(built, folder)
    package = json.loads((folder.processed / "datapackage.json").read_text(encoding="utf-8"))
    assert package["schema_version"]
    for resource in package["resources"]:
        content = (folder.processed / resource["path"]).read_bytes()
        header = content.decode("utf-8-sig").split("\n", 1)[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")
        assert all(field["type"] and field["description"] for field in resource["schema"]["fields"])
        assert resource["bytes"] == len(content)
    assert {resource["name"] for resource in package["resources"]} == set(tables())


def test_schema_version_is_in_the_parquet_metadata(built: Tables, folder: Any) -> None:
    """A table says which layout it has, and one of another layout asks to be rebuilt."""
    import pyarrow.parquet as pq

    write_tables(built, folder)
    path = folder.processed / "places.parquet"
    table = pq.read_table(path)
    assert table.schema.metadata[b"schema_version"]
    pq.write_table(table.replace_schema_metadata({b"schema_version": b"0"}), path)
    with pytest.raises(DataError, match="analysis run"):
        load_tables(folder)


def test_tables_that_are_not_built_say_how_to_build_them(folder: Any) -> None:
    """Loading before the first run names the command."""
    with pytest.raises(AnalysisError, match="analysis run"):
        load_tables(folder)


def test_a_locked_target_is_written_beside_and_said(
    built: Tables, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook open in Excel is left alone; the new one stands beside it and the warning names it."""
    project: Any = folder
    target = folder.processed / "figures.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"open")
    replace = Path.replace

    def locked(source: Path, destination: Path) -> Path:
        if destination == target:
            raise PermissionError(13, "in use")
        return replace(source, destination)

    monkeypatch.setattr(Path, "replace", locked)
    warnings = write_tables(built, project)
    assert target.read_bytes() == b"open"
    assert (folder.processed / "figures (2).xlsx").read_bytes().startswith(b"PK")
    assert len(warnings) == 1
    assert "figures (2).xlsx" in warnings[0]
    assert not list(folder.processed.glob(".*"))


def test_a_folder_that_may_not_be_written_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no file to be locked, the refusal is not hidden."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write_file(tmp_path / "x.csv", b"1")


def test_texts_keep_their_line_ends_and_leave_with_their_report(built: Tables, folder: Any) -> None:
    """CRLF stays two characters; the text of a report that is gone is removed, other files stay."""
    write_tables(built, folder)
    texts = folder.processed / "texts"
    (texts / "notes.txt").write_text("mine", encoding="utf-8")
    assert (texts / "00000001.txt").read_bytes().endswith(b"\r\n")
    write_tables(dataclasses.replace(built, texts={"00000002": "有11802戶"}), folder)
    assert {path.name for path in texts.iterdir()} == {"00000002.txt", "notes.txt"}
