"""Place, period and date of a report, and which source wins."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.language.script import fold
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
        ("2026年3月青山社區工作報告", "青山社區"),
        ("关于2026年第一季度青山社区工作情况的报告", "青山社区"),
        ("2025年上海市政府工作报告", "上海市"),
        ("在青山社区党员大会上的讲话", "青山社区"),
        ("青山街道青山社區居民委員會2026年8月工作報告", "青山社區"),
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
        ("青山社區2026.3", "2026-03"),
        ("2026-3-5", "2026-03-05"),
        ("2026上半年", "2026-H1"),
        ("民國113年", "2024"),
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


@pytest.mark.parametrize(
    ("path", "title", "label", "source"),
    [
        ("2026年/青山社區/3月.txt", "工作報告", "2026-03", "name"),
        ("2026/青山社區3月份工作報告.txt", "工作報告", "2026-03", "name"),
        ("民國113年/3月/青山里.txt", "工作報告", "2024-03", "folder"),
        ("2026/青山社區.txt", "三月份工作報告", "2026-03", "title"),
        ("2026/青山社區.txt", "2025年三月份工作報告", "2026", "folder"),
        ("2026/青山社區.txt", "工作報告", "2026", "folder"),
    ],
)
def test_part_of_a_named_year(path: str, title: str, label: str, source: str) -> None:
    """Where a folder tells only the year, the month comes from what stands within it."""
    report = report_from_text(f"{title}\n\n清運垃圾18.5噸。", path=path)
    assert (str(report.period), report.period_source) == (label, source)


@pytest.mark.parametrize(
    ("text", "label", "source"),
    [
        ("灣 景 區 潔 淨 服 務 報 告 ( 2 0 1 8 )\n\n清運垃圾。", "2018", "title"),
        ("石門鎮112年人口統計簡報\n\n戶數21894戶。", "2023", "title"),
        ("青山社區概況\n\n各小區情況(截至2020年底):戶數836戶。", "2020", "text"),
        ("2026年第5期\n\n青山社區清運垃圾18.5噸。", "None", None),
        ("青山社區要點\n\n一、目標(2026年)\n\n清運垃圾18.5噸。", "None", None),
        ("青山社區通訊\n\n甲。\n乙。\n丙。\n2025年清運垃圾18.5噸。", "None", None),
    ],
)
def test_year_of_a_title_or_opening(text: str, label: str, source: str | None) -> None:
    """The year of a title or opening counts; issue numbers, plans and years named later do not."""
    report = report_from_text(text)
    assert (str(report.period), report.period_source) == (label, source)


def test_place_named_again_and_again() -> None:
    """A text that speaks of 我社區 and names one community clearly most often is that community's."""
    named = "青山社區清運垃圾。" * 4
    assert report_from_text(f"工作報告\n\n我社區努力。{named}").place == "青山社區"
    assert report_from_text(f"工作報告\n\n我社區努力。{named}" + "松林社區清掃。" * 3).place is None
    assert report_from_text(f"工作報告\n\n{named}").place is None


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
    assert find_date(fold(text)) == day


def test_long_names_are_quick() -> None:
    """A title of one endless line costs no time."""
    assert place_in_title("青山" * 50_000) is None
    assert named_place("青" * 20_000) is None
    assert report_from_text("社區村" * 30_000).place is None
