"""Files that are really encrypted, by the programs that people protect them with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from analysis.errors import UnreadableError
from analysis.reading import read, read_bytes
from tests.formats.conftest import to_docx, to_pptx, to_xls, to_xlsx

# What is protected: from which file, and the name of the filter in LibreOffice.
_PROTECTED = {
    "docx": ("a.docx", "MS Word 2007 XML"),
    "xlsx": ("a.xlsx", "Calc MS Excel 2007 XML"),
    "pptx": ("a.pptx", "Impress MS PowerPoint 2007 XML"),
    "odt": ("a.docx", "writer8"),
    "doc": ("a.docx", "MS Word 97"),
    "xls": ("a.xlsx", "MS Excel 97"),
}
_WRITERS = {"a.docx": to_docx, "a.xlsx": to_xlsx, "a.pptx": to_pptx}
_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Protect(source As String, target As String, filter As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  Dim saved(1) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = filter
  If InStr(filter, "2007") Then
    Dim how(1) As New com.sun.star.beans.NamedValue
    how(0).Name = "CryptoType" : how(0).Value = "StrongEncryptionDataSpace"
    how(1).Name = "OOXPassword" : how(1).Value = "secret"
    saved(1).Name = "EncryptionData" : saved(1).Value = how()
  Else
    saved(1).Name = "Password" : saved(1).Value = "secret"
  End If
  document.storeToURL(ConvertToURL(target), saved())
  document.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the report as LibreOffice protects it in each format, by ending."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("protected")
    profile = folder / "profile"

    def run(*arguments: str) -> None:
        subprocess.run(
            [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip

    for name, write in _WRITERS.items():
        (folder / name).write_bytes(write())
    # Its first start makes the profile, with an empty module for macros.
    run("--convert-to", "txt:Text", "--outdir", str(folder), str(folder / "a.docx"))
    (profile / "user/basic/Standard/Module1.xba").write_text(_MACRO, encoding="utf-8")
    made = {}
    for ending, (source, how) in _PROTECTED.items():
        made[ending] = folder / f"protected.{ending}"
        run(f'macro:///Standard.Module1.Protect("{folder / source}", "{made[ending]}", "{how}")')
    return made


@pytest.mark.slow
def test_protected_by_libreoffice(protected: dict[str, Path]) -> None:
    """Files that LibreOffice has encrypted are called protected in every format, old and new."""
    for ending, file in protected.items():
        assert file.stat().st_size > 4_000, ending
        with pytest.raises(UnreadableError, match="protected with a password; open it with its password"):
            read(file)


def test_protected_pdf() -> None:
    """A PDF that needs a password to be opened is called protected; one that only limits printing is read."""
    from fpdf import FPDF

    for user, owner in (("user", "owner"), ("", "owner")):
        document = FPDF()
        document.set_encryption(owner, user)
        document.set_font("Helvetica", size=12)
        document.add_page()
        document.cell(0, 8, "18.5 t of rubbish")
        data = bytes(document.output())
        if user:
            with pytest.raises(UnreadableError, match="protected with a password"):
                read_bytes(data, "a.pdf")
        else:
            assert "18.5 t" in read_bytes(data, "a.pdf").text


def test_old_workbook() -> None:
    """An old workbook is read, and protected where a record behind its first one says so."""
    plain = to_xls()
    assert "18.5" in read_bytes(plain, "a.xls").text
    second = plain.index(b"\x09\x08\x10\0\0\x06\x05\0") + 20
    locked = plain[:second] + b"\x2f\0" + plain[second + 2 :]
    with pytest.raises(UnreadableError, match="protected with a password"):
        read_bytes(locked, "a.xls")
