"""The study of the national yearly reports is what its command gives, and what is known to be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from benchmarks.state_council import report, study

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.state_council import Study

YEARS = {
    2001: "粮食产量45264万吨，比上年减产954万吨。城镇新增就业700多万人。",
    2002: "2001年粮食产量45264万吨。2001年城镇新增就业735万人。今年城镇新增就业800万人以上。",
    2003: "2002年粮食产量45706万吨，比上年增产442万吨。财政收入继续增长。",
}
# What the yearly reports are known to say of a year, in the base unit: tonnes, people, yuan, US dollars.
TRUE = {
    ("fiscal_revenue", 2001): 1.6371e12,
    ("fiscal_revenue", 2002): 1.8914e12,
    ("fiscal_revenue", 2007): 5.13e12,
    ("fiscal_revenue", 2008): 6.13e12,
    ("foreign_trade", 2002): 6.208e11,
    ("foreign_trade", 2005): 1.42e12,
    ("foreign_trade", 2008): 2.56e12,
    ("fx_reserves", 2001): 2.122e11,
    ("fx_reserves", 2003): 4.033e11,
    ("gdp", 2001): 9.5933e12,
    ("gdp", 2004): 13.65e12,
    ("grain_output", 1991): 4.3524e8,
    ("grain_output", 2004): 4.6947e8,
    ("urban_income", 2006): 11_759,
    ("urban_income", 2009): 17_175,
    ("urban_jobs", 2003): 8.59e6,
    ("urban_jobs", 2006): 1.184e7,
    ("urban_jobs", 2009): 1.102e7,
}
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{6,}|[。；]")

_FIGURE = re.compile(r"(?:突破|超过|近)?[0-9０-９一二三四五六七八九十百千万亿]")


def check_true(values: pd.DataFrame) -> None:
    """Hold a table of values against what is known, and against what every value must have."""
    by_year = values.set_index(["indicator", "year"])
    assert by_year.index.is_unique
    for key, value in TRUE.items():
        assert by_year.loc[key, "value"] == pytest.approx(value), key
        assert by_year.loc[key, "report"] == f"{key[1] + 1}.txt"
    assert values["indicator"].nunique() >= 5
    assert values[["low", "unit", "report", "offset", "figure_id"]].notna().all().all()
    assert (values.groupby("indicator").size() >= 10).sum() >= 5


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


def test_the_page_in_docs_is_true_and_whole(root: Path) -> None:
    """Every indicator has each of thirty years once, with its value or the reason; known values are right."""
    folder = root / "docs" / "state-council"
    values, missing = pd.read_csv(folder / "values.csv"), pd.read_csv(folder / "missing.csv")
    check_true(values)
    both = pd.concat([values, missing])[["indicator", "year"]]
    spans = both[both["year"].between(1989, 2018)].groupby("indicator")["year"]
    assert (spans.nunique() == 30).all()
    assert missing["reason"].notna().all()
    claims = pd.read_csv(folder / "claims.csv")
    assert {"agrees", "unchecked"} <= set(claims["verdict"])
    assert claims.loc[claims["verdict"] == "unchecked", "reason"].notna().all()
    page = (folder / "README.md").read_text(encoding="utf-8")
    counted = values[values["year"].between(1989, 2018)].groupby("indicator").size()
    assert all(f"| {name} | {count} |" in page for name, count in counted.items())


def test_the_page_in_docs_holds_no_sentence(root: Path) -> None:
    """Of reports that are not ours to hand on, numbers and places are kept, and no words."""
    folder = root / "docs" / "state-council"
    for name in ("values.csv", "missing.csv", "claims.csv", "findings.csv"):
        assert not _SENTENCE.search((folder / name).read_text(encoding="utf-8")), name


@pytest.fixture(scope="module")
def fresh(root: Path) -> tuple[Study, dict[int, str]]:
    """Give the study made anew of the reports beside the checkout, and their texts by year."""
    source = root / "../shared/corpus/state-council/gov_reports1954-2019.txt"
    if not source.is_file():
        pytest.skip("../shared/corpus/state-council is not here")
    rows = [line.partition("\t")[::2] for line in source.read_text(encoding="utf-8").split("\n")]
    texts = {int(year): text for year, text in rows if year.isdigit()}
    return study(source, root / "docs" / "state-council" / "analysis.toml"), texts


def test_the_reports_still_give_what_is_known(fresh: tuple[Study, dict[int, str]]) -> None:
    """Made anew with today's rules, the study has thirty reports and the known values in their places."""
    found, texts = fresh
    assert len(found.years) == 30
    check_true(found.table)
    starts = {texts[int(row.report[:4])][row.offset :][:12] for row in found.table.itertuples()}
    assert not [start for start in starts if not _FIGURE.match(start)]


def test_the_page_in_docs_is_not_far_from_todays_rules(
    root: Path, fresh: tuple[Study, dict[int, str]]
) -> None:
    """A rule may read more, or one number better, than on the day the page was made; it may not lose many.

    Where this fails, look at what changed, and make the page anew: `make state-council`.
    """
    kept = pd.read_csv(root / "docs" / "state-council" / "values.csv")
    both = kept.merge(fresh[0].table, on=["indicator", "year"], suffixes=("", "_now"), how="left")
    same = (both["low"] == both["low_now"]) & (both["offset"] == both["offset_now"])
    assert same.mean() >= 0.9, both[~same][["indicator", "year", "low", "low_now"]].to_string()
    assert len(fresh[0].table) >= 0.95 * len(kept)
