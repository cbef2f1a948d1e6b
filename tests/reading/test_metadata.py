"""Place, period and date of a report, and which source wins."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.reading import report_from_text
from analysis.reading.metadata import find_date, period_in_name
from analysis.reading.naming import named_place, place_in_title


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("青山社區", "青山社區"),
        ("青山社區-更正", "青山社區"),
        ("青山社區(2)", "青山社區"),
        ("青山社区_v2", "青山社区"),
        ("2026-03-青山村", "青山村"),
        ("202603_青山社區", "青山社區"),
        ("青山社區2026年3月份工作報告", "青山社區"),
        ("青山街道青山社區", "青山社區"),
        ("上河村", "上河村"),
        ("年豐村", "年豐村"),
        ("永和社區", "永和社區"),
        ("翠怡邨", "翠怡邨"),
        ("state-2018", None),
        ("工作總結", None),
        ("社區", None),
        ("2026-03", None),
    ],
)
def test_place_of_a_file_name(name: str, place: str | None) -> None:
    """A file name tells its place, whatever was added to it; other names tell none."""
    assert named_place(name) == place


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("青山街道青山社區2026年3月份工作報告", "青山社區"),
        ("青埔鎮和順里民國113年3月份里務工作月報", "和順里"),
        ("清湖里社区2022年上半年工作总结", "清湖里社区"),
        ("關於青山社區創建情況的匯報", "青山社區"),
        ("关于鹿鸣社区、丹霞社区创建工作的汇报", None),
        ("社區城市創建工作報告", None),
        ("政府工作報告", None),
    ],
)
def test_place_of_a_title(title: str, place: str | None) -> None:
    """The most specific name of a title is the place; two communities leave it open."""
    assert place_in_title(title) == place


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("2026-03", "2026-03"),
        ("202603", "2026-03"),
        ("2026年3月", "2026-03"),
        ("2026年三月份", "2026-03"),
        ("2026年上半年", "2026-H1"),
        ("2026Q3", "2026-Q3"),
        ("2026-W35", "2026-W35"),
        ("2026-03-05", "2026-03-05"),
        ("state-2018", "2018"),
        ("2018", "2018"),
        ("2026-13", "2026"),
        ("12026", None),
        ("電話13812026345", None),
        ("青山社區", None),
    ],
)
def test_period_of_a_name(name: str, label: str | None) -> None:
    """A file or folder name tells its period in any usual form; longer numbers are none."""
    period = period_in_name(name)
    assert (str(period) if period else None) == label


def test_order_of_sources() -> None:
    """File name beats folder, folder beats title, title beats text."""
    text = "松林社區2026年5月工作報告\n現將2026年6月工作總結如下。清運垃圾18.5噸。"
    by_name = report_from_text(text, path="2026-03/青山社區2026-04.txt")
    assert (str(by_name.period), by_name.period_source) == ("2026-04", "name")
    assert (by_name.place, by_name.place_source) == ("青山社區", "name")
    by_folder = report_from_text(text, path="青山社區/2026-03/月報.txt")
    assert (str(by_folder.period), by_folder.period_source) == ("2026-03", "folder")
    assert (by_folder.place, by_folder.place_source) == ("青山社區", "folder")
    by_title = report_from_text(text)
    assert (str(by_title.period), by_title.period_source) == ("2026-05", "title")
    assert (by_title.place, by_title.place_source) == ("松林社區", "title")
    by_text = report_from_text(text.partition("\n")[2])
    assert (str(by_text.period), by_text.period_source) == ("2026-06", "text")


def test_month_folder_within_a_year() -> None:
    """A folder 03 or 3月 within a folder 2026 is March 2026."""
    for folder in ("03", "3月"):
        assert str(report_from_text("清運垃圾。", path=f"2026/{folder}/青山社區.txt").period) == "2026-03"


def test_month_without_a_year_is_no_period() -> None:
    """A month alone is never given a year that nobody wrote."""
    report = report_from_text("青山社區五月份工作簡報\n清運垃圾18.5噸。")
    assert report.period is None
    assert report.period_source is None


def test_place_that_signs_the_text() -> None:
    """An office's signature tells place and date where nothing else does."""
    report = report_from_text("清運垃圾18.5噸。\n\n青山社區居民委員會\n2026年4月5日\n")
    assert (report.place, report.place_source) == ("青山社區", "text")
    assert report.place_id == "青山社区"
    assert report.received == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("總結。\n二〇二六年四月五日", date(2026, 4, 5)),
        ("總結。\r\n2026年4月5日\r\n", date(2026, 4, 5)),
        ("2026年4月5日開展大掃除3次。", None),
        ("總結。\n2026年2月30日", None),
        ("", None),
    ],
)
def test_date_of_a_text(text: str, day: date | None) -> None:
    """Only a date that ends a line of its own says when a report was signed."""
    assert find_date(text) == day


def test_long_names_are_quick() -> None:
    """A title of one endless line costs no time."""
    assert place_in_title("青山" * 50_000) is None
    assert named_place("青" * 20_000) is None
    assert report_from_text("社區村" * 30_000).place is None
