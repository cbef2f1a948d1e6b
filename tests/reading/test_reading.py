"""Files and folders to reports: paths, keys, blocks and everything that goes wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import AnalysisError, UnreadableError
from analysis.reading import Report, Unreadable, iter_reports, read, report_from_text

TEXT = "青山街道青山社區2026年3月份工作報告\n\n一、環境\n清運垃圾18.5噸，走訪居民174戶。\n- 清理樓道47棟\n"


def _put(root: Path, name: str, content: str | bytes = TEXT) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_reads_a_file_within_a_project(tmp_path: Path) -> None:
    """Within a root the path is inner with forward slashes, and name and folder tell place and period."""
    file = _put(tmp_path, "2026-03/青山社區-更正.txt")
    report = read(file, root=tmp_path)
    assert (report.path, report.reader, report.encoding) == ("2026-03/青山社區-更正.txt", "text", "utf-8")
    assert (report.place, report.place_id) == ("青山社區", "青山社区")
    assert (str(report.period), report.title, report.script) == ("2026-03", TEXT.splitlines()[0], "hant")
    assert (report.received, report.supersedes, report.note) == (None, None, None)


def test_path_outside_a_project_is_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a root a report's path is what the user wrote."""
    _put(tmp_path, "in/青山社區.txt")
    monkeypatch.chdir(tmp_path)
    (report,) = iter_reports(["in"])
    assert report.path == str(Path("in/青山社區.txt"))


def test_key_depends_on_path_and_bytes(tmp_path: Path) -> None:
    """A report's key is 12 hexadecimal digits, the same for the same inner path and bytes only."""
    first = read(_put(tmp_path, "one/a.txt"), root=tmp_path / "one")
    same = read(_put(tmp_path, "two/a.txt"), root=tmp_path / "two")
    other_path = read(_put(tmp_path, "one/b.txt"), root=tmp_path / "one")
    other_bytes = read(_put(tmp_path, "two/a.txt", TEXT + "。"), root=tmp_path / "two")
    assert len(first.report_id) == 12
    assert int(first.report_id, 16) >= 0
    assert first.report_id == same.report_id
    assert len({first.report_id, other_path.report_id, other_bytes.report_id}) == 3


def test_key_is_the_same_by_command_and_by_run(tmp_path: Path) -> None:
    """A file of a project has one key, whether it is named alone or read with its project."""
    _put(tmp_path, "analysis.toml", "")
    raw = tmp_path / "data" / "raw"
    file = _put(raw, "2026-03/青山社區.txt")
    assert read(file).report_id == read(file, root=raw).report_id


def test_manifest_comes_first(tmp_path: Path) -> None:
    """What the manifest says beats name, folder, title and text; what it leaves empty does not."""
    _put(tmp_path, "2026-03/青山社區.txt", TEXT + "\n2026年4月1日\n")
    _put(tmp_path, "2026-03/東湖社區.txt", TEXT + "\n2026年4月1日\n")
    header = "path,place,period,received,supersedes,note\n"
    row = "2026-03/青山社區.txt,松林社區,2026-Q1,2026-04-09,x.txt,註\n"
    manifest = _put(tmp_path, "manifest.csv", header + row)
    lake, hill = (
        r for r in iter_reports([tmp_path], root=tmp_path, manifest=manifest) if isinstance(r, Report)
    )
    assert (hill.place, hill.place_source) == ("松林社區", "manifest")
    assert (str(hill.period), hill.period_source) == ("2026-Q1", "manifest")
    assert (hill.received, hill.supersedes, hill.note) == (date(2026, 4, 9), "x.txt", "註")
    assert (lake.place, lake.place_source, lake.received) == ("東湖社區", "name", date(2026, 4, 1))


def test_skips_what_is_no_report_and_sorts(tmp_path: Path) -> None:
    """Hidden files, ~$ files, Thumbs.db and manifest.csv are skipped; the rest comes in one order."""
    for name in ("b/z.txt", "a/y.md", "c.TXT"):
        _put(tmp_path, name)
    for name in (".hidden.txt", "~$y.docx", "Thumbs.db", ".git/x.txt", "a/desktop.ini"):
        _put(tmp_path, name)
    _put(tmp_path, "manifest.csv", "path\n")
    assert [item.path for item in iter_reports([tmp_path], root=tmp_path)] == ["a/y.md", "b/z.txt", "c.TXT"]


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    """Every file that cannot be read is listed with a reason and what to do; all others are read."""
    _put(tmp_path, "a.txt", b"")
    _put(tmp_path, "b.txt", b"%PDF-1.7")
    _put(tmp_path, "c.txt", b"\xff\xff\xff\xfa\xc1")
    _put(tmp_path, "d.docx", b"PK\x03\x04")
    _put(tmp_path, "e", TEXT)
    _put(tmp_path, "f.txt")
    items = list(iter_reports([tmp_path, tmp_path / "gone.txt"], root=tmp_path))
    bad = [item for item in items if isinstance(item, Unreadable)]
    assert [item.path for item in bad] == ["a.txt", "b.txt", "c.txt", "d.docx", "e", "gone.txt"]
    assert all(item.reason and item.todo for item in bad)
    assert "damaged" in bad[3].reason
    assert "format not supported" in bad[4].reason
    assert ".txt" in bad[4].todo
    assert [item.path for item in items if isinstance(item, Report)] == ["f.txt"]


def test_folder_without_reports(tmp_path: Path) -> None:
    """A folder without any file to read is an error that names it and what is read."""
    _put(tmp_path, ".gitkeep", "")
    with pytest.raises(AnalysisError, match=r"no reports in this folder.*\.txt \.md") as caught:
        list(iter_reports([tmp_path]))
    assert str(caught.value).startswith(str(tmp_path))


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """A file given by itself and with its folder counts once."""
    file = _put(tmp_path, "a.txt")
    assert len(list(iter_reports([tmp_path, file]))) == 1


def test_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    """A link that leads out of the folder of reports is not followed, and listed."""
    _put(tmp_path, "in/a.txt")
    outside = _put(tmp_path, "out/b.txt")
    try:
        (tmp_path / "in/b.txt").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no links")
    read_one, refused = iter_reports([tmp_path / "in"], root=tmp_path / "in")
    assert isinstance(read_one, Report)
    assert isinstance(refused, Unreadable)
    assert (refused.path, refused.reason) == ("b.txt", "a link that leads out of the folder")


def test_missing_file_raises_alone(tmp_path: Path) -> None:
    """Reading one file that is gone is an error with its name."""
    with pytest.raises(UnreadableError, match=r"gone\.txt: cannot be opened"):
        read(tmp_path / "gone.txt", root=tmp_path)


def test_blocks_point_into_the_text() -> None:
    """Blocks hold the lines without white space around, in order, also with CRLF."""
    text = TEXT.replace("\n", "\r\n").replace("清運", "　清運")
    report = report_from_text(text)
    assert [(b.kind, text[b.start : b.end]) for b in report.blocks] == [
        ("title", "青山街道青山社區2026年3月份工作報告"),
        ("heading", "一、環境"),
        ("paragraph", "清運垃圾18.5噸，走訪居民174戶。"),
        ("item", "- 清理樓道47棟"),
    ]
    assert report.text == text


def test_markdown_headings() -> None:
    """A Markdown title and headings come without their marks, with their levels."""
    text = "# 青山社區2026年3月工作報告\n\n## 一、環境\n\n### 垃圾\n清運18.5噸。\n"
    blocks = [(b.kind, b.level, text[b.start : b.end]) for b in report_from_text(text).blocks]
    assert blocks == [
        ("title", 0, "青山社區2026年3月工作報告"),
        ("heading", 2, "一、環境"),
        ("heading", 3, "垃圾"),
        ("paragraph", 0, "清運18.5噸。"),
    ]


def test_web_page_path_is_no_title() -> None:
    """What a web page or printer put above a title is not the title."""
    for above in ("當前位置:首頁 - 總結", "第 1 頁 共 9 頁", "附件2"):
        assert report_from_text(f"{above}\n\n青山社區工作總結\n清運垃圾。").title == "青山社區工作總結"


def test_single_sentence_has_no_title() -> None:
    """A text of one line is what it says, not a title."""
    report = report_from_text("清運垃圾18.5噸")
    assert report.title is None
    assert [block.kind for block in report.blocks] == ["paragraph"]
    assert (report.place, report.period, report.received) == (None, None, None)


def test_empty_text() -> None:
    """An empty text at hand is a report that says nothing."""
    report = report_from_text("")
    assert (report.blocks, report.title, report.noise) == ((), None, 0)


def test_counts_damage() -> None:
    """Glosses, masks and invisible characters are counted, and stay in the text."""
    report = report_from_text("認(rèn)識\u200b到* * *建築\ufffd")
    assert report.noise == 5 + 1 + 5 + 1
    assert report.text == "認(rèn)識\u200b到* * *建築\ufffd"


def test_damage_is_counted_in_linear_time() -> None:
    """An endless run of masks costs no time."""
    assert report_from_text("x" * 100_000).noise == 0
