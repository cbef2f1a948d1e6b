"""Hostile and broken files: one clear line, bounded time and memory, and nothing lost of the rest."""

from __future__ import annotations

import io
import os
import random
import signal
import time
import zipfile
from pathlib import Path

import pytest

from analysis.errors import UnreadableError
from analysis.reading import Limits, Report, Unreadable, child, iter_reports, opening, read, read_bytes
from analysis.reading.formats import KINDS, read_document
from analysis.reading.formats.compound import fault
from tests.formats.conftest import WRITERS, to_docx, to_pdf_fpdf2, to_xlsx
from tests.reading import hostile_files as hostile
from tests.reading.hostile_files import TEXT
from tests.reading.small_files import SMALL as SMALL_FILES

SMALL = Limits(seconds=20, file_megabytes=4, text_megabytes=2, archive_megabytes=10, archive_files=20)


def _items(folder: Path, limits: Limits = SMALL) -> dict[str, Report | Unreadable]:
    return {item.path: item for item in iter_reports([folder], root=folder, limits=limits)}


def _refused(data: bytes, name: str, limits: Limits = SMALL) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, name, limits=limits)
    line = str(caught.value)
    assert line.startswith(name)
    assert caught.value.todo
    assert "\n" not in line
    assert len(line) < 400
    return line


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"report.html", "report.mhtml", "report.csv"}))
def test_truncated(name: str) -> None:
    """The first half of a file of any binary format is damaged, or what is whole of it is read."""
    whole = WRITERS[name]()
    half = whole[: len(whole) // 2]
    if name.endswith(".pdf"):
        # pdfium finds the objects of a document that lost its list of them; without pages there is no text.
        half = whole[:600]
    line = _refused(half, name)
    assert any(why in line for why in ("damaged", "no text", "not supported"))


def test_password() -> None:
    """Files protected with a password are called so in every format that knows one."""
    from fpdf import FPDF

    document = FPDF()
    document.set_encryption("owner", "user")
    document.add_page()
    ole = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1000)
    )
    for data, name in ((bytes(document.output()), "a.pdf"), (ole, "a.docx"), (ole, "a.xlsx")):
        assert "protected with a password" in _refused(data, name)


def test_archive(tmp_path: Path) -> None:
    """Each file of an archive, and of an archive within it, is a report with a path that leads to it."""
    inner = hostile.zipped({"深/b.txt": TEXT, "c.docx": to_docx()})
    packed = {"2026-03/a.txt": TEXT, "inner.zip": inner, "x.exe": b"MZ", "__MACOSX/._a.txt": b"junk"}
    (tmp_path / "all.zip").write_bytes(hostile.zipped(packed))
    items = _items(tmp_path)
    assert {path: type(item) for path, item in items.items()} == {
        "all.zip/2026-03/a.txt": Report,
        "all.zip/inner.zip/深/b.txt": Report,
        "all.zip/inner.zip/c.docx": Report,
        "all.zip/x.exe": Unreadable,
    }
    assert len({item.report_id for item in items.values() if isinstance(item, Report)}) == 3


@pytest.mark.parametrize("codec", ["gbk", "big5", "utf-8"])
def test_names_in_old_encodings(tmp_path: Path, codec: str) -> None:
    """Names that an old program packed in GBK or Big5, without saying so, are read as they were written."""
    names = ("青山街道/清運垃圾匯報.txt", "青山街道/志願者服務.txt")
    (tmp_path / "a.zip").write_bytes(hostile.zipped_names({name.encode(codec): TEXT for name in names}))
    assert list(_items(tmp_path)) == [f"a.zip/{name}" for name in names]


def test_name_of_nothing(tmp_path: Path) -> None:
    """A file whose name in its archive is empty stops nothing."""
    (tmp_path / "a.zip").write_bytes(hostile.zipped_names({b"\0.txt": TEXT, b"b.txt": TEXT}))
    items = _items(tmp_path)
    assert isinstance(items["a.zip/b.txt"], Report)
    assert len(items) == 2


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """Two files of one name in an archive are two reports."""
    (tmp_path / "a.zip").write_bytes(
        hostile.zipped_names({b"x.txt": TEXT, b"X.txt": TEXT}).replace(b"X", b"x")
    )
    assert list(_items(tmp_path)) == ["a.zip/x.txt", "a.zip/x (2).txt"]


@pytest.mark.parametrize("name", ["../../etc/cron.txt", "/etc/cron.txt", "C:/cron.txt", "..\\..\\cron.txt"])
def test_path_traversal(tmp_path: Path, name: str) -> None:
    """A name that leads out of its archive is refused, writes nothing, and the archive's others are read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.zip").write_bytes(hostile.zipped_names({name.encode(): TEXT, b"good.txt": TEXT}))
    bad, good = _items(tmp_path / "in").values()
    assert isinstance(bad, Unreadable)
    assert "leads out of the archive" in bad.reason
    assert ".." not in bad.path
    assert isinstance(good, Report)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_archive_with_a_password(tmp_path: Path) -> None:
    """An archive that is protected is one line, not one for each of its files."""
    (tmp_path / "a.zip").write_bytes(hostile.encrypted({f"{i}.txt": TEXT for i in range(5)}))
    (item,) = _items(tmp_path).values()
    assert isinstance(item, Unreadable)
    assert (item.path, item.reason) == ("a.zip", "protected with a password")


def test_zip_bombs(tmp_path: Path) -> None:
    """A bomb stops at the limit, whether it is one large file, many files or archives within archives."""
    zeros = bytes(5 << 20)
    nested = hostile.zipped({"a.txt": TEXT})
    for depth in range(5):
        nested = hostile.zipped({f"{depth}.zip": nested})
    bombs = {
        "deep.zip": nested,
        "large.zip": hostile.zipped({"a.txt": TEXT, "zeros.txt": zeros}),
        "many.zip": hostile.zipped({f"{i:02}.txt": TEXT for i in range(50)}),
        "wide.zip": hostile.zipped({"a.txt": TEXT, **{f"{i}.bin": zeros[: 3 << 20] for i in range(9)}}),
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_bytes(TEXT)
    items = _items(tmp_path)
    said = {path: item.reason for path, item in items.items() if isinstance(item, Unreadable)}
    assert "archives within archives" in next(
        why for path, why in said.items() if path.startswith("deep.zip")
    )
    assert "too large (found: 5 MB" in said["large.zip/zeros.txt"]
    assert "more than 20 files (found: 30 of its files not read)" in said["many.zip"]
    assert "unpacks to more than 10 MB (found: 6 of its files not read)" in said["wide.zip"]
    read_well = {path for path, item in items.items() if isinstance(item, Report)}
    assert {"large.zip/a.txt", "wide.zip/a.txt", "many.zip/00.txt", "z.txt"} <= read_well


def test_bomb_within_a_document() -> None:
    """A Word document whose body is gigabytes of elements ends at the limit of memory; the next is read."""
    body = hostile.word_body("<w:p/>" * 12_000_000)
    begin = time.monotonic()
    line = _refused(
        hostile.with_part(to_docx(), "word/document.xml", body), "a.docx", Limits(memory_megabytes=400)
    )
    assert "memory" in line
    assert time.monotonic() - begin < 60
    assert read_bytes(to_docx(), "b.docx").place == "青山社區"


def _with_words(kind: str, words: str, declaration: str) -> bytes:
    """Give a file of some format whose text is XML of our own making."""
    inner = f"清運垃圾18.5噸{words}"
    if kind == "docx":
        body = hostile.word_body(hostile.word_paragraph(inner), declaration)
        return hostile.with_part(to_docx(), "word/document.xml", body)
    if kind == "xlsx":
        cell = f'<c r="A1" t="inlineStr"><is><t>{inner}</t></is></c>'
        sheet = declaration.encode() + hostile.sheet(f"<row r='1'>{cell}</row>")
        return hostile.with_part(to_xlsx(), "xl/worksheets/sheet1.xml", sheet)
    part = {"odt": "content.xml", "pptx": "ppt/slides/slide1.xml"}[kind]
    package = WRITERS[f"report.{kind}"]()
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        old = opened.read(part).decode()
    head, _, rest = old.rpartition("?>") if old.startswith("<?xml") else ("", "", old)
    start = f"{head}?>" if head else ""
    return hostile.with_part(package, part, f"{start}{declaration}{rest.replace('一、', inner, 1)}".encode())


@pytest.mark.parametrize("kind", ["docx", "odt", "pptx", "xlsx"])
def test_entities(tmp_path: Path, kind: str) -> None:
    """Entities of a document are not expanded, neither those that grow nor those that read a file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret 4711", encoding="utf-8")
    # The way in is right: without an entity the words are read.
    assert "清運垃圾18.5噸" in read_bytes(_with_words(kind, "", ""), f"a.{kind}", limits=SMALL).text
    for declaration, name in ((hostile.entity_bomb(), "&i;"), (hostile.external_entity(str(secret)), "&x;")):
        data = _with_words(kind, name, declaration)
        try:
            text = read_bytes(data, f"a.{kind}", limits=SMALL).text
        except UnreadableError as error:
            text = str(error)
        assert "4711" not in text
        assert text.count("垃圾") < 20


def test_large_text_is_refused_unread(tmp_path: Path) -> None:
    """A text of 1 GB is refused by its size, at once and without memory for it."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(1 << 30)
    begin = time.monotonic()
    (item,) = _items(tmp_path, Limits()).values()
    assert isinstance(item, Unreadable)
    assert item.reason == "too large (found: 1,024 MB, at most 200 are read)"
    assert "file_megabytes" in item.todo
    assert time.monotonic() - begin < 1
    assert "text_megabytes" in _refused(TEXT * 50_000, "b.txt")


@pytest.mark.slow
def test_many_pages() -> None:
    """A PDF of 10,000 pages is read whole; one that takes longer than it may is ended; the next is read."""
    data = hostile.many_pages(10_000)
    report = read_bytes(data, "a.pdf", limits=Limits(seconds=60))
    assert report.pages == 10_000
    assert "Line 3 of page 10000 holds 9999.5 t" in report.text
    begin = time.monotonic()
    assert "takes longer than 1 s" in _refused(data, "a.pdf", Limits(seconds=1))
    assert time.monotonic() - begin < 5
    assert read_bytes(to_docx(), "b.docx").place == "青山社區"


def test_empty_cells() -> None:
    """A cell at the end of a sheet, a million empty cells and a file of commas cost what they may."""
    one, empty = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>', '<c r="{}{}" s="0"/>'
    last = f"<row r='1'>{one.format('A1', '清運垃圾18.5噸')}</row>"
    last += f"<row r='1048576'>{one.format('XFD1048576', '1')}</row>"
    many = last.split("<row r='1048576'>", maxsplit=1)[0] + "".join(
        f"<row r='{r}'>{''.join(empty.format(c, r) for c in 'ABCDEFGHIJ')}</row>" for r in range(2, 100_002)
    )
    limits = Limits(seconds=60, memory_megabytes=600, file_megabytes=50)
    part = "xl/worksheets/sheet1.xml"
    line = _refused(hostile.with_part(to_xlsx(), part, hostile.sheet(last)), "a.xlsx", limits)
    assert "memory" in line
    data = hostile.with_part(to_xlsx(), part, hostile.sheet(many))
    assert read_bytes(data, "b.xlsx", limits=limits).text == "清運垃圾18.5噸\n"
    commas = TEXT + b"," * 5_000_000
    assert "清運垃圾18.5噸" in read_bytes(commas, "c.csv", limits=Limits(text_megabytes=10)).text


def test_workbooks_whose_sectors_go_in_circles() -> None:
    """An old workbook whose chains of sectors are broken is refused before its reader follows them."""
    whole = WRITERS["report.xls"]()
    assert fault(whole) == ""
    first = int.from_bytes(whole[48:52], "little")
    table = 512 * (1 + int.from_bytes(whole[76:80], "little"))
    circle = bytearray(whole)
    circle[table + 4 * first : table + 4 * first + 4] = first.to_bytes(4, "little")
    many = whole[:44] + b"\xff\xff\xff\x0f" + whole[48:]
    for data in (bytes(circle), many):
        assert "the file is damaged (found: " in _refused(data, "a.xls")


def test_words_over_the_border_of_a_cell() -> None:
    """A word that reaches over the border of its cell is read whole, as text, and that is noted."""
    from fpdf import FPDF

    document = FPDF()
    document.set_font("Helvetica", size=12)
    document.add_page()
    for row in (("Place", "Households"), ("First", "12345678901234567890")):
        for word in row:
            document.cell(30, 8, word, border=1)
        document.ln()
    report = read_bytes(bytes(document.output()), "a.pdf")
    assert "12345678901234567890" in report.text
    assert "words leave their cells" in report.notes[0]


def test_merge_over_a_billion_columns() -> None:
    """A merge that claims a billion columns is a table like any other."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>{}</w:tc>'
    rows = [(("項目", 1000000000), ("數量", 1)), (("低保戶", 1000000000), ("21", 1))]
    xml = "".join(
        "<w:tr>" + "".join(cell.format(n, hostile.word_paragraph(text)) for text, n in row) + "</w:tr>"
        for row in rows
    )
    data = hostile.with_part(to_docx(), "word/document.xml", hostile.word_body(f"<w:tbl>{xml}</w:tbl>"))
    report = read_bytes(data, "a.docx", limits=SMALL)
    assert [cell.column for cell in report.tables[0].cells] == [0, 1, 0, 1]


def test_names_with_line_breaks_and_of_no_encoding(tmp_path: Path) -> None:
    """Names that hold a line break, or bytes of no encoding, are read; an error about them is one line."""
    (tmp_path / "a\nb.txt").write_bytes(TEXT)
    (tmp_path / "c\nd.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / os.fsdecode(b"\xc7\xe0.txt")).write_bytes(TEXT)
    items = list(_items(tmp_path).values())
    assert [type(item) for item in items] == [Report, Unreadable, Report]
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "c\nd.docx")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["report.docx", "report.xlsx", "report.html", "fpdf2.pdf"])
@pytest.mark.parametrize("ending", [".txt", ".pdf", ".xlsx", ".png"])
def test_wrong_endings(name: str, ending: str) -> None:
    """A file is read as what it is, whatever its name says."""
    assert "18.5" in read_bytes(WRITERS[name](), "a" + ending).text


def test_text_that_is_none() -> None:
    """Lone surrogates, NULs and two encodings in one file are refused, or read without loss."""
    lone = b"\xff\xfe" + "垃圾".encode("utf-16-le") + b"\x00\xd8" + "18.5噸".encode("utf-16-le")
    for data in (lone, TEXT + b"\0\0" + TEXT):
        _refused(data, "a.txt")
    mixed = TEXT * 3 + TEXT.decode().encode("gb18030")
    assert "text in no known encoding" in _refused(mixed, "a.txt")


def test_scripts_of_a_page_are_no_text() -> None:
    """What a script says or writes, and pages nested a hundred thousand deep, do no harm."""
    page = f"<html><body><p>{TEXT.decode()}</p><script>document.write('垃圾99噸')</script></body></html>"
    text = read_bytes(page.encode(), "a.html").text
    assert "18.5" in text
    assert "99" not in text

    def deep(levels: int) -> str:
        return "<html><body>" + "<div>" * levels + TEXT.decode()

    assert "18.5" in read_bytes(deep(1000).encode(), "b.html", limits=SMALL).text
    assert "2,000 deep" in _refused(deep(100_000).encode(), "c.html")


def test_file_that_vanishes(tmp_path: Path) -> None:
    """A file that is deleted after the folder was listed is a line, and the rest is read."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_bytes(TEXT)
    items = iter_reports([tmp_path], root=tmp_path)
    first = next(items)
    (tmp_path / "b.txt").unlink()
    second, third = items
    assert isinstance(first, Report)
    assert isinstance(second, Unreadable)
    assert second.reason.startswith("cannot be opened")
    assert isinstance(third, Report)


def test_file_that_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes once while it is read is read again; one that goes on changing is a line."""
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT)
    calls = 0

    def growing(handle: int, times: int) -> os.stat_result:
        nonlocal calls
        calls += 1
        if calls <= times:
            with file.open("ab") as more:
                more.write("本月走訪居民174戶。\n".encode())
        return real(handle)

    real = os.fstat
    monkeypatch.setattr(opening.os, "fstat", lambda handle: growing(handle, 2))
    assert read(file).text == file.read_text(encoding="utf-8")
    calls = 0
    monkeypatch.setattr(opening.os, "fstat", lambda handle: growing(handle, 99))
    with pytest.raises(UnreadableError, match="changes while it is read"):
        read(file)


def test_links_and_pipes(tmp_path: Path) -> None:
    """Links to nothing and to folders, and pipes, are lines; none is waited for."""
    inside = tmp_path / "in"
    (inside / "2026-03").mkdir(parents=True)
    (inside / "2026-03/a.txt").write_bytes(TEXT)
    (inside / "again").symlink_to(inside / "2026-03")
    (inside / "gone.txt").symlink_to(inside / "nothing.txt")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "out").symlink_to(tmp_path)
    os.mkfifo(inside / "pipe.txt")
    said = {path: item.reason for path, item in _items(inside).items() if isinstance(item, Unreadable)}
    assert said == {
        "again": "a link to a folder",
        "gone.txt": "a link to nothing",
        "loop.txt": "a link to nothing",
        "out": "a link that leads out of the folder",
        "pipe.txt": "not a file",
    }


def test_child_that_dies_is_replaced() -> None:
    """A child that was killed while it waited is replaced, and no file is lost for it."""
    read_bytes(to_docx(), "a.docx")
    (waiting,) = child._idle
    os.kill(waiting._process.pid, signal.SIGKILL)
    waiting._process.wait()
    assert read_bytes(to_docx(), "b.docx").place == "青山社區"


def test_child_is_kept_and_finds_nothing_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One child reads file after file; a module that lies among the reports is never imported."""
    child.end_children()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docx.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    read_bytes(to_docx(), "a.docx")
    (first,) = child._idle
    read_bytes(to_pdf_fpdf2(), "b.pdf")
    assert child._idle == [first]
    child.end_children()


def test_package_with_a_broken_mimetype() -> None:
    """A package whose first part has a name as long as half the file, or is not packed as it says, is one line."""
    noise = random.Random(1).randbytes(3_000)  # noqa: S311 - no secret
    whole = hostile.zipped({"mimetype": b"application/vnd.oasis.opendocument.text" * 9, "content.xml": noise})
    assert whole[26:28] == b"\x08\x00"
    start = 30 + len("mimetype")
    for damaged in (whole[:26] + b"\x00\x04" + whole[28:], whole[:start] + b"\xff" * 8 + whole[start + 8 :]):
        assert "damaged" in _refused(damaged, "a.odt")


def test_slides_whose_properties_are_of_another_kind() -> None:
    """Slides whose title and author lie in a part that is none of properties are refused by their own reader."""
    with zipfile.ZipFile(io.BytesIO(SMALL_FILES["pptx"][1][0]())) as whole:
        parts = {entry: whole.read(entry) for entry in whole.namelist()}
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"coreProperties", b"otherProperties")
    with pytest.raises(UnreadableError, match="damaged"):
        read_document(hostile.zipped(parts), "a.pptx", KINDS["pptx"])
