"""Files damaged by chance: each is read without loss, or refused in one line; no reader falls over or hangs."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import UnreadableError
from analysis.reading import Limits, Report, iter_reports, read_bytes
from tests.reading.mutation import mutated
from tests.reading.oracles import ORACLES, signs
from tests.reading.small_files import SMALL

MUTATIONS = 2_000
# hypothesis takes as long to choose a number as some readers for their file: ten are made of each.
_AT_ONCE = 10
# Recognising noise would take seconds a picture; that a picture is decoded, and then refused, is tried here.
LIMITS = Limits(seconds=60, scans=False)
# What the process that reads says when it did not come to an end by itself. A cell that claims to be the last of
# four billion takes all memory that it may, and no reader of old workbooks can be told before.
_FELL = ("its reader stopped", "takes longer")
_MEMORY = {"xls": "needs more than 1536 MB of memory (found: SIGABRT)"}
_MOST_ENDED = MUTATIONS // 100
# Of damaged pictures, each takes a second or more.
_RECOGNISED = 8


def _read(data: bytes, name: str, kind: str, ended: list[str]) -> Report | None:
    """Read a file in the process that reads hostile files; None where it is refused as it should be."""
    try:
        return read_bytes(data, name, limits=LIMITS)
    except UnreadableError as error:
        refused = error
    line = str(refused)
    if any(fell in refused.what for fell in _FELL):
        assert _MEMORY.get(kind, line + "!") in line
        ended.append(line)
    assert line.startswith(name), line
    assert "\n" not in line
    assert len(line) < 400
    assert refused.todo
    return None


def _lost(report: Report, data: bytes, kind: str) -> int:
    """Count the characters that another program finds in a file, and its report neither has nor has counted."""
    said = signs(ORACLES[kind](data)) if kind in ORACLES else signs("")
    return (said - signs(report.text)).total() - sum(report.left_out.values())


def check(kind: str, seed: int, ended: list[str]) -> bool:
    """Damage a file of some kind and read it; tell whether it still could be read."""
    ending, writers = SMALL[kind]
    data = mutated(_example(kind, seed % len(writers)), seed)
    report = _read(data, f"a{ending}", kind, ended)
    if report is None:
        return False
    assert report.text.strip()
    # Slides cost the other program as much as this one: every fourth is compared.
    if report.reader == kind and (kind != "pptx" or seed % 4 == 0):
        assert _lost(report, data, kind) <= 0
    if report.reader in {"text", "markdown"}:
        assert "\ufffd" in data.decode(_codec(report), "replace") or "\ufffd" not in report.text
    return True


def _codec(report: Report) -> str:
    return {"big5": "cp950", "big5-hkscs": "big5hkscs"}.get(report.encoding or "", report.encoding or "utf-8")


_examples: dict[tuple[str, int], bytes] = {}


def _example(kind: str, number: int) -> bytes:
    if (kind, number) not in _examples:
        _examples[kind, number] = SMALL[kind][1][number]()
    return _examples[kind, number]


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(set(SMALL) - {"zip"}))
def test_damaged_files(kind: str) -> None:
    """Of 2,000 damaged files of a format each is read without loss or refused, and some of both happen."""
    seen: dict[int, bool] = {}
    ended: list[str] = []

    @settings(
        max_examples=MUTATIONS // _AT_ONCE + 20, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.integers(0, 2**40))
    def each(start: int) -> None:
        for seed in range(start * _AT_ONCE, (start + 1) * _AT_ONCE):
            seen[seed] = check(kind, seed, ended)

    each()
    assert len(seen) >= MUTATIONS
    assert not all(seen.values())
    assert len(ended) <= _MOST_ENDED
    # A picture is never read here; of any other format some files still can be.
    assert kind == "image" or sum(seen.values()) > MUTATIONS // 200


@pytest.mark.slow
def test_damaged_archives(tmp_path: Path) -> None:
    """Of 2,000 damaged archives each gives reports or lines, and what is whole in it is read."""
    file = tmp_path / "a.zip"
    whole = 0
    for seed in range(MUTATIONS):
        file.write_bytes(mutated(_example("zip", 0), seed))
        items = list(iter_reports([file], root=tmp_path, limits=LIMITS))
        assert items
        assert all(isinstance(item, Report) or (item.reason and item.todo) for item in items)
        assert len({item.path for item in items}) == len(items)
        whole += sum(isinstance(item, Report) for item in items)
    assert whole > MUTATIONS // 10


@pytest.mark.slow
def test_damaged_pictures_are_recognised() -> None:
    """Damaged pictures that can still be opened are recognised, or refused: what noise looks like is no crash."""
    ended: list[str] = []
    tried = 0
    for seed in range(200):
        data = mutated(_example("image", seed % len(SMALL["image"][1])), seed)
        if not _opens(data):
            continue
        tried += 1
        try:
            assert read_bytes(data, "a.png").text.strip()
        except UnreadableError as error:
            ended += [str(error)] if any(fell in error.what for fell in _FELL) else []
        if tried == _RECOGNISED:
            break
    assert tried == _RECOGNISED
    assert not ended


def _opens(data: bytes) -> bool:
    import PIL.Image

    try:
        with warnings.catch_warnings(action="ignore"), PIL.Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError):
        return False
    return True
