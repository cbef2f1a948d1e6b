"""The study of the national yearly reports is what its command gives."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from benchmarks.state_council import report, study

if TYPE_CHECKING:
    from pathlib import Path

YEARS = {
    2001: "粮食产量45264万吨，比上年减产954万吨。城镇新增就业700多万人。",
    2002: "2001年粮食产量45264万吨。2001年城镇新增就业735万人。今年城镇新增就业800万人以上。",
    2003: "2002年粮食产量45706万吨，比上年增产442万吨。财政收入继续增长。",
}


def test_a_study_tells_values_reasons_and_claims(root: Path, tmp_path: Path) -> None:
    """Of three made-up years it gives the values with their offsets, why others are missing, and the claims."""
    source = tmp_path / "reports.txt"
    source.write_text("".join(f"{year}\t{text}\n" for year, text in YEARS.items()), encoding="utf-8")
    found = study(source, root / "docs" / "state-council" / "analysis.toml")
    grain = found.table[found.table["indicator"] == "grain_output"].set_index("year")
    assert grain.loc[2002, "value"] == 457_060_000
    assert YEARS[2003][grain.loc[2002, "offset"] :].startswith("45706")
    reasons = found.missing.set_index(["indicator", "year"])["reason"]
    assert reasons["gdp", 2002] == "not named"
    assert reasons["fiscal_revenue", 2002] == "named without a number"
    claims = found.claims.set_index(["indicator", "report"])
    assert claims.loc[("grain_output", "2003.txt"), "verdict"] == "agrees"
    assert "| grain_output |" in report(found)


def test_the_page_in_docs_is_what_the_reports_give(root: Path) -> None:
    """The committed values, with report and offset, are those of the reports beside the checkout."""
    source = root / "../shared/corpus/state-council/gov_reports1954-2019.txt"
    if not source.is_file():
        pytest.skip("../shared/corpus/state-council is not here")
    folder = root / "docs" / "state-council"
    found = study(source, folder / "analysis.toml")
    assert len(found.years) == 30
    assert found.table["indicator"].nunique() >= 5
    fresh = pd.read_csv(io.StringIO(found.table.to_csv(index=False)))
    pd.testing.assert_frame_equal(fresh, pd.read_csv(folder / "values.csv"))
