"""The words of charts and of the page, in every locale."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from analysis.catalogue import load_catalogue
from analysis.charts.fonts import find_font
from analysis.charts.layout import text_width, wrapped
from analysis.charts.numbers import axis_number, number, stated
from analysis.charts.periods import axis_words, pair_words, period_words
from analysis.charts.words import entries, series_word
from analysis.errors import UsageError
from analysis.language.periods import parse_period

LOCALES = {"zh-Hant", "zh-Hans", "en"}


@pytest.mark.parametrize("package", ["analysis.charts", "analysis.briefing", "analysis.briefing.page"])
def test_every_phrase_is_there_in_every_locale(package: str) -> None:
    """Each phrase has all locales, and none of them uses a field that Traditional Chinese does not have."""
    for section, phrases in entries(package).items():
        if section in {"months", "magnitudes", "units", "series", "understood"}:
            continue
        for key, said in phrases.items():
            assert set(said) == LOCALES, f"{section}.{key}"
            fields = {name: {f[1] for f in string.Formatter().parse(text)} for name, text in said.items()}
            assert fields["zh-Hans"] == fields["zh-Hant"], f"{section}.{key}"
            # A number with a measure word in Chinese may stand without one in English.
            allowed = fields["zh-Hant"] | {None} | ({"number"} if "value" in fields["zh-Hant"] else set())
            assert fields["en"] <= allowed, f"{section}.{key}"


@pytest.mark.parametrize(
    ("label", "hant", "english"),
    [
        ("2018", "2018年", "2018"),
        ("2026-H1", "2026年上半年", "H1 2026"),
        ("2026-Q3", "2026年第3季", "Q3 2026"),
        ("2026-08", "2026年8月", "August 2026"),
        ("2026-W35", "2026年第35週", "week 35 of 2026"),
        ("2026-08-31", "2026年8月31日", "31 August 2026"),
        ("2026-01..2026-05", "2026年1月至5月", "January to May 2026"),
    ],
)
def test_periods_in_words(label: str, hant: str, english: str) -> None:
    """Every kind of period has its words."""
    assert period_words(parse_period(label), "zh-Hant") == hant
    assert period_words(parse_period(label), "en") == english


def test_years_are_said_where_they_differ() -> None:
    """Two periods of one year are said without it, those of two years with it."""
    january, december, july = (parse_period(label) for label in ("2026-01", "2025-12", "2026-07"))
    assert pair_words(july, january, "zh-Hant") == ("7月", "1月")
    assert pair_words(january, december, "zh-Hant") == ("2026年1月", "2025年12月")
    assert axis_words([december, january], "en") == ["Dec\n2025", "Jan\n2026"]


def test_large_numbers_are_said_in_the_locale() -> None:
    """Round large numbers take 萬 or million, others stay exact."""
    assert number(1234567, "zh-Hant") == "1,234,567"
    assert number(123_456_789, "zh-Hans") == "1.23亿"
    assert number(82_712_200_000_000, "zh-Hant") == "827,122億"
    assert number(82_000_000_000_000, "en") == "82 trillion"
    assert axis_number(50_000_000_000_000, "zh-Hant", 90_000_000_000_000) == "50萬億"
    assert axis_number(1_500_000, "en", 4_000_000) == "1.5 million"


def test_one_is_said_in_the_singular() -> None:
    """English says 1 time, but 2 times and 1–2 times."""
    assert stated(1, 1, 1, "次", "en") == "1 occasion"
    assert stated(2, 2, 2, "次", "en") == "2 occasions"
    assert stated(None, 1, 2, "次", "en") == "1–2 occasions"
    assert stated(1, 1, 1, "次", "zh-Hant") == "1次"


def test_open_ranges_are_said_in_words() -> None:
    """A range without an end is said as at least or at most."""
    assert stated(1200, 1200, None, "张", "zh-Hant") == "至少1,200張"
    assert stated(None, None, 5, "%", "en") == "at most 5%"


def test_lines_break_where_the_language_allows() -> None:
    """No line is wider than asked or begins with a closing mark, and no English word is cut."""
    font = find_font()
    for text in (
        "青山社區、東湖社區，柳河社區（三處）合計清運垃圾八十三噸。" * 3,
        "No word of English is ever cut. " * 4,
    ):
        lines = wrapped(text, 10, 2.0, font)
        assert all(text_width(line, 10, font) <= 2.0 for line in lines)
        assert not any(line[0] in "，。、）" for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert set(" ".join(lines).split()) <= set(text.split()) or not text.isascii()


def test_a_wrong_font_setting_is_wrong_usage(tmp_path: Path) -> None:
    """A font that is not there, or has no Chinese, is named."""
    with pytest.raises(UsageError, match="no such font file"):
        find_font(tmp_path / "none.ttf")
    empty = tmp_path / "empty.ttf"
    empty.write_bytes(b"no font")
    with pytest.raises(UsageError, match="no font file with Chinese characters"):
        find_font(empty)


def test_every_series_of_the_catalogue_has_an_english_name() -> None:
    """No member that the catalogue names stays Chinese in English, and none shares its name with another."""
    for indicator in load_catalogue().indicators.values():
        names = [series_word(series, "en") for series in indicator.series]
        assert all(name.isascii() for name in names), indicator.id
        assert len(set(names)) == len(names), indicator.id
