"""One description of the tables, from which checks and documents are made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from analysis.errors import DataError
from analysis.tables.schema import check, conform, empty, tables

if TYPE_CHECKING:
    import pandas as pd

_PROMISED = {
    "reports": "report_id path encoding script title place_id period period_start period_end period_kind "
    "period_source place_source received supersedes characters noise",
    "figures": "figure_id report_id page sheet cell block start end text sentence heading subject indicator "
    "series confidence rule value low high approx unit dimension value_base unit_base role direction "
    "scope since period_text period period_start period_end period_source place_id place_source duplicate_of "
    "decision row_header column_header total ocr_confidence",
    "observations": "indicator series dimension place_id period basis value low high unit figure_ids vintage "
    "is_latest",
    "comparisons": "row_kind indicator series unit place_id place period baseline value low high "
    "baseline_value baseline_low baseline_high "
    "change change_low change_high percent percent_low percent_high coverage "
    "baseline_coverage common_places verdict reason",
    "indicators": "id definition units kind better origin",
    "places": "place_id names kind parent valid_from valid_to predecessors",
}


@pytest.mark.parametrize("name", sorted(_PROMISED))
def test_promised_columns_are_there(name: str) -> None:
    """Columns that other people's scripts rely on exist."""
    assert set(_PROMISED[name].split()) <= set(tables()[name].names)


def test_the_columns_of_figures_have_their_order() -> None:
    """The order of the figures' columns is part of the interface."""
    assert tables()["figures"].names == _PROMISED["figures"].split()


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_column_has_a_meaning(name: str) -> None:
    """No column is undocumented: each meaning is a sentence, and keys are columns."""
    table = tables()[name]
    assert table.meaning.endswith(".")
    assert set(table.key) <= set(table.names)
    for column in table.columns:
        assert column.meaning.endswith("."), column.name
        assert column.type in {"string", "integer", "number", "date", "boolean"}


@pytest.mark.parametrize("name", sorted(tables()))
def test_a_table_without_rows_is_valid(name: str) -> None:
    """An empty project has valid, empty tables."""
    assert check(empty(name), name).empty


def _place(**fields: Any) -> pd.DataFrame:
    import pandas as pd

    row = {"place_id": "青山社区", "place": "青山社區", "origin": "register", "reports": 1} | fields
    return conform(pd.DataFrame([row, row | {"place_id": "东湖社区"}]), "places")


@pytest.mark.parametrize(
    ("fields", "column", "seen"),
    [
        ({"origin": "guess"}, "origin", "guess"),
        ({"reports": -1}, "reports", "-1"),
        ({"place": None}, "place", "None|NA|nan"),
        ({"kind": ""}, "kind", "''"),
        ({"valid_from": "May"}, "valid_from", "May"),
    ],
)
def test_a_mistake_names_table_column_row_and_value(fields: dict[str, Any], column: str, seen: str) -> None:
    """The error says where the value stands, what it is and what is wanted."""
    with pytest.raises(DataError, match=rf"places\.{column}, row \d.*({seen})"):
        check(_place(**fields), "places")


def test_a_key_occurs_once() -> None:
    """Two rows with the same key are refused."""
    import pandas as pd

    twice = pd.concat([_place(), _place()], ignore_index=True)
    with pytest.raises(DataError, match="occurs once"):
        check(twice, "places")


def test_a_wrong_type_is_named() -> None:
    """A word in a column of numbers is refused with its row."""
    with pytest.raises(DataError, match=r"places\.reports, row 0.*'many'"):
        _place(reports="many")


def test_missing_is_null_in_every_type() -> None:
    """None and NaN both become missing, in columns of text, numbers and dates."""
    frame = conform({"value": [1.5, float("nan")], "low": [None, None], "text": ["1", None]}, "figures")
    assert frame["value"].isna().to_list() == [False, True]
    assert frame.loc[1, ["text", "period_start", "low"]].isna().all()
    dated = conform({"period_start": [date(2026, 1, 1), None]}, "figures")
    assert dated["period_start"].to_list()[0] == date(2026, 1, 1)
