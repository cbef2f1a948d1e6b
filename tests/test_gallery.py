"""The gallery shows what the program makes of the sample today."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

import analysis


@pytest.mark.slow
def test_gallery_is_not_stale(root: Path, tmp_path: Path) -> None:
    """Its sentences, titles, captions, alt texts and data are those of today, and each picture is there."""
    for name in ("data/raw", "data/places.toml", "analysis.toml"):
        source, target = root / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    sys.path.insert(0, str(root / "docs"))
    try:
        from gallery import charts_of, page
    finally:
        sys.path.pop(0)
    tables = analysis.load(tmp_path)
    drawn = charts_of(tables)
    assert all(chart.check() == [] for chart in drawn.values())
    written = (root / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert written == page(tables, drawn), "run `make gallery` and look at the pictures"
    pictures = set(re.findall(r"\(gallery/(.+?)\.png\)", written))
    assert pictures == {path.stem for path in (root / "docs" / "gallery").glob("*.png")} == set(drawn)


def test_gallery_is_small(root: Path) -> None:
    """All pictures together take less than 600 kB."""
    sizes = [path.stat().st_size for path in (root / "docs" / "gallery").glob("*.png")]
    assert 0 < sum(sizes) < 600_000
