"""manifest.csv: what it says, and how its mistakes are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.reading.manifest import load_manifest

HEAD = "path,place,period,received,supersedes,note\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_reads_rows(tmp_path: Path, codec: str) -> None:
    """Rows come by path with forward slashes; an empty cell is None; Excel's dates are understood."""
    file = tmp_path / "manifest.csv"
    row = '2026-03\\青山.txt,青山社區,2026-03,2026/4/14,2026-03\\舊.txt,"改,正"\n\n2026-03/b.txt,,,,,\n'
    file.write_bytes((HEAD + row).replace("\n", "\r\n").encode(codec))
    entries = load_manifest(file)
    entry = entries["2026-03/青山.txt"]
    assert (entry.place, str(entry.period), entry.received) == ("青山社區", "2026-03", date(2026, 4, 14))
    assert (entry.supersedes, entry.note) == ("2026-03/舊.txt", "改,正")
    empty = entries["2026-03/b.txt"]
    assert (empty.place, empty.period, empty.received, empty.supersedes, empty.note) == (None,) * 5


def test_needs_only_paths(tmp_path: Path) -> None:
    """Columns may be left out and stand in any order."""
    file = tmp_path / "manifest.csv"
    file.write_text("received,path\n2026-04-05,a.txt\n", encoding="utf-8")
    assert load_manifest(file)["a.txt"].received == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEAD + "a.txt,,2026-13,,,\n", ("row 2", "column period", "2026-13", "2026-Q3")),
        (HEAD + "a.txt,,,,,\nb.txt,,,yesterday,,\n", ("row 3", "column received", "yesterday", "2026-08-31")),
        (HEAD + "a.txt,,,2026-02-30,,\n", ("row 2", "column received")),
        (HEAD + ",青山社區,,,,\n", ("row 2", "column path")),
        (HEAD + "a.txt,,,,,\na.txt,,,,,\n", ("row 3", "also in row 2")),
        (HEAD + "a.txt,,,,,one,two\n", ("row 2", "more cells")),
        (HEAD + 'a.txt,"open\n', ("row 2", "quotation")),
        ("path;place\n", ("row 1", "no column path", "commas")),
        ("path,plaec\n", ("row 1", "unknown column", "plaec", "place")),
        ("path,path\n", ("row 1", "twice")),
        ("", ("row 1", "no column path")),
    ],
)
def test_names_what_is_wrong(tmp_path: Path, content: str, words: tuple[str, ...]) -> None:
    """A mistake is named with file, row and column, and what would be right."""
    file = tmp_path / "manifest.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_manifest(file)
    line = str(caught.value)
    assert line.startswith("manifest.csv")
    for word in words:
        assert word in line


def test_refuses_other_encodings(tmp_path: Path) -> None:
    """A manifest that is not UTF-8 is not guessed at."""
    file = tmp_path / "manifest.csv"
    file.write_bytes((HEAD + "a.txt,青山社區,,,,\n").encode("gb18030"))
    with pytest.raises(DataError, match="CSV UTF-8"):
        load_manifest(file)
