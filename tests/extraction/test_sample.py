"""The sample reports against what was planted in them."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import analysis

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "sample" / "expected.csv"


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    """All figures of the sample reports, in the order of their files."""
    return analysis.extract(ROOT / "data" / "raw")


@pytest.fixture(scope="module")
def expected() -> pd.DataFrame:
    """What the sample reports state, file by file in the order of the text."""
    rows = list(csv.DictReader(EXPECTED.read_text(encoding="utf-8").splitlines()))
    frame = pd.DataFrame(rows)
    return frame.sort_values("path", kind="stable").reset_index(drop=True)


def joined(found: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Put found and expected figures side by side; both are in file order."""
    inner = found["report"].str.partition("data/raw/")[2].rename("path")
    left = found.assign(path=inner).sort_values("path", kind="stable").reset_index(drop=True)
    return left.join(expected.add_suffix("_expected"))


def test_every_figure_is_found_and_nothing_else(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """The texts of all figures are those planted, one for one."""
    both = joined(found, expected)
    assert len(found) == len(expected)
    assert (both["text"] == both["text_expected"]).all()


@pytest.mark.parametrize("column", ["role", "approx", "unit", "indicator"])
def test_words_are_right(found: pd.DataFrame, expected: pd.DataFrame, column: str) -> None:
    """Role, vagueness, unit and indicator of each figure are those planted."""
    both = joined(found, expected)
    wrong = both[both[column].fillna("").astype(str) != both[f"{column}_expected"].fillna("")]
    assert wrong.empty, wrong[["path", "text", column]].to_string()


@pytest.mark.parametrize("column", ["value", "low", "high"])
def test_numbers_are_right(found: pd.DataFrame, expected: pd.DataFrame, column: str) -> None:
    """Value and interval of each figure are those planted; an open bound stays open."""
    both = joined(found, expected)
    wanted = pd.to_numeric(both[f"{column}_expected"].replace("", None)).astype("Float64")
    same = (both[column].isna() & wanted.isna()) | ((both[column] - wanted).abs() < 1e-6).fillna(value=False)
    assert same.all(), both.loc[~same, ["path", "text", column]].to_string()


def test_periods_are_right(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Each figure belongs to the month that its sentence means; a stock may name the day."""
    both = joined(found, expected)
    right = [str(a).startswith(str(b)) for a, b in zip(both["period"], both["period_expected"], strict=True)]
    assert all(right), both.loc[
        [not r for r in right], ["path", "text", "period", "period_expected"]
    ].to_string()
