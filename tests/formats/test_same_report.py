"""One report in every format gives one table of figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.reading import read

# Where a figure stands differs with the format; what it says does not.
_SOURCE = [
    "report", "figure_id", "report_id", "page", "sheet", "cell", "block", "start", "end", "duplicate_of",
    "ocr_confidence",
]  # fmt: skip


def _figures(folder: Path, name: str, data: bytes) -> pd.DataFrame:
    file = folder / name
    file.write_bytes(data)
    return analysis.extract(file)


def _said(frame: pd.DataFrame) -> list[dict[str, object]]:
    repeats = frame["duplicate_of"].notna()
    return (
        frame.drop(columns=_SOURCE)
        .assign(repeats=repeats)
        .astype(object)
        .where(lambda f: f.notna(), None)
        .to_dict("records")
    )


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, plain: str) -> list[dict[str, object]]:
    """Give what the report says as plain text."""
    said = _said(_figures(tmp_path_factory.mktemp("plain"), "report.txt", plain.encode()))
    assert len(said) == 27
    return said


def test_every_encoding(
    tmp_path: Path, encoded: tuple[str, str, bytes], expected: list[dict[str, object]]
) -> None:
    """As text in any encoding the figures are the same, and the encoding is told."""
    codec, name, data = encoded
    assert _said(_figures(tmp_path, f"{codec}.txt", data)) == expected
    report = read(tmp_path / f"{codec}.txt")
    assert report.encoding == name
    assert report.encoding_confidence is not None
    assert report.encoding_confidence > 0.5


def test_every_format(tmp_path: Path, written: tuple[str, bytes], expected: list[dict[str, object]]) -> None:
    """In any format the figures are the same but for where they stand, and their texts are in the report's."""
    frame = _figures(tmp_path, *written)
    assert _said(frame) == expected
    report = read(tmp_path / written[0])
    assert [report.text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame[
        "text"
    ].tolist()
    assert (report.place, str(report.period), str(report.received)) == ("青山社區", "2026-03", "2026-04-02")


@pytest.mark.slow
def test_every_scan(tmp_path: Path, scanned: tuple[str, bytes], plain_hans: str) -> None:
    """Of a scan at least 95 of 100 figures are the same, each with how surely it was recognised."""
    expected = _said(_figures(tmp_path, "report.txt", plain_hans.encode()))
    frame = _figures(tmp_path, *scanned)
    keys = ["value", "low", "high", "unit", "indicator", "series", "period", "role", "place_id"]
    wanted = Counter(tuple(row[key] for key in keys) for row in expected)
    got = Counter(tuple(row[key] for key in keys) for row in _said(frame))
    assert (wanted & got).total() >= 0.95 * len(expected), (wanted - got, got - wanted)
    assert frame["ocr_confidence"].between(0.3, 1).all()
    assert (frame["page"] == 1).all()
