"""The planted events of whole series are found, and nothing else is called serious."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import analysis

SHARED = Path("../shared/corpus")


def test_the_sample_has_its_planted_events_and_nothing_serious(root: Path, tmp_path: Path) -> None:
    """A missing month, a revision, a merger, another unit and vague words are found; nothing is serious."""
    for name in ("analysis.toml", "data/places.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(root / name, tmp_path / name)
    shutil.copytree(root / "data" / "raw", tmp_path / "data" / "raw")
    found = analysis.check(tmp_path)
    assert not (found["severity"] == "serious").any()
    events = {(row.kind, row.period, row.place_id) for row in found.itertuples()}
    assert {
        ("missing_report", "2026-04", "青山街道东湖社区"),
        ("revision", "2026-03", "青山街道青山社区"),
        ("boundary_change", "2026-05", "青山街道柳桥社区"),
        ("unit_change", "2026-06", "青山街道松林社区"),
    } <= events
    assert (found["kind"] == "vague").any()
    assert set(found["kind"]) <= {
        "missing_report", "revision", "boundary_change", "unit_change", "vague", "target_missed",
    }  # fmt: skip


def check_series(texts: list[Path], folder: Path) -> None:
    """Hold the six months of one community against the faults that were planted in them."""
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    for path in texts:
        shutil.copyfile(path, raw / path.name)
    (folder / "analysis.toml").write_text('name = "六个月"\nlocale = "zh-Hans"\n', encoding="utf-8")
    found = analysis.check(folder)
    serious = found[found["severity"] == "serious"]
    assert list(serious["kind"]) == ["claim_change"]
    assert serious["found"].iloc[0] == 9.2
    assert round(serious["expected"].iloc[0], 1) == 6.2
    revised = found[found["kind"] == "revision"].iloc[0]
    assert (revised["period"], revised["found"], revised["expected"]) == ("2023-02", 38, 35)
    assert set(found.loc[found["kind"] == "unit_change", "period"]) == {"2023-05", "2023-01..2023-05"}
    assert list(found.loc[found["kind"] == "boundary_change", "period"]) == ["2023-04"]
    assert set(found["kind"]) == {"claim_change", "revision", "unit_change", "boundary_change"}


def test_faults_of_six_months_are_found(root: Path, tmp_path: Path) -> None:
    """Revision, unit, merger and the wrong growth are found in the series; running totals accuse nobody."""
    texts = sorted((root / "benchmarks" / "gold").glob("dev-1[0-5]-*.txt"))
    assert len(texts) == 6
    check_series(texts, tmp_path)


def test_faults_of_six_months_are_found_beside_the_checkout(root: Path, tmp_path: Path) -> None:
    """The same on the files beside the checkout."""
    folder = root / SHARED / "dev"
    if not folder.is_dir():
        pytest.skip("../shared/corpus/dev is not here")
    check_series(sorted(folder.glob("dev-1[0-5]-*.txt")), tmp_path)
