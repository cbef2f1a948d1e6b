"""Pages of a PDF: more lines than are asked for at once, pages that are broken, words beyond two bytes."""

from __future__ import annotations

from fpdf import FPDF

from analysis.reading import read_bytes
from analysis.reading.formats import pdf
from tests.reading import hostile_files as hostile

_PAIRS = 700


def test_page_of_more_lines_than_are_asked_for_at_once() -> None:
    """On a long page each line that is full goes on with the next, down to the last one."""
    document = FPDF(format=(200, _PAIRS * 8 + 50))
    document.set_auto_page_break(auto=False)
    document.set_font("Courier", size=8)
    document.add_page()
    for number in range(_PAIRS):
        for line in (
            f"Block {number:04} of the street was cleaned by some people",
            f"who took {number:04} t away.",
        ):
            document.cell(0, 4, line, new_x="LMARGIN", new_y="NEXT")
    lines = read_bytes(bytes(document.output()), "a.pdf").text.splitlines()
    assert lines == [
        f"Block {n:04} of the street was cleaned by some people who took {n:04} t away."
        for n in range(_PAIRS)
    ]


def test_broken_page_is_noted() -> None:
    """A page that pdfium cannot open is noted with its number, and the others are read."""
    data = hostile.many_pages(3)
    broken = data.replace(b"/Type /Page /Parent", b"/Type /Pagf /Parent", 1)
    report = read_bytes(broken, "a.pdf")
    assert report.notes == ("page 1 cannot be read (Failed to load page.)",)
    assert "page 3" in report.text


def test_words_of_a_line() -> None:
    """Marks of a divided word are left out; of signs beyond two bytes only the first place is known."""
    assert pdf._said(" re\ufffe\r\n \r\nquest\r\n") == (["re", "quest"], [1, 9], [3, 13])
    assert pdf._said("\U00020000甲\r\n乙丙") == (["\U00020000甲", "乙丙"], [0, 4], [0, 4])
