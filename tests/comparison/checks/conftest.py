"""Projects made of a few sentences, and what the checks find in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import analysis

if TYPE_CHECKING:
    import pandas as pd

Find = Callable[..., "pd.DataFrame"]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Give a function that makes a project of reports (path to text) and gives its findings."""

    def found(
        reports: Mapping[str, str], manifest: str = "", places: str = "", locale: str = "zh-Hans"
    ) -> Any:
        folder = tmp_path / "project"
        for name, text in reports.items():
            path = folder / "data" / "raw" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
        if manifest:
            header = "path,place,period,received,supersedes,note\n"
            (folder / "data" / "raw" / "manifest.csv").write_text(header + manifest, encoding="utf-8")
        if places:
            (folder / "data" / "places.toml").write_text(places, encoding="utf-8")
        (folder / "analysis.toml").write_text(f'name = "测试"\nlocale = "{locale}"\n', encoding="utf-8")
        return analysis.check(folder)

    return found


def monthly(*sentences: str, place: str = "东湖社区", first: int = 1) -> dict[str, str]:
    """Give reports of one place in months running, one sentence a month."""
    return {
        f"2026-{month:02d}/{place}.txt": f"{place}2026年{month}月工作汇报\n\n{sentence}"
        for month, sentence in enumerate(sentences, start=first)
    }
