"""What a report is about: its place, period and date, from file name, folder, title and text.

Nothing is guessed: a title that names two communities names no place, a month without a year no period.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.language.mentions import each_period, find_periods
from analysis.language.periods import month_period, parse_period, period_of, range_period, year_period
from analysis.language.script import fold
from analysis.reading.naming import named_place, nation_of_words, place_in_title, place_of_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.language.periods import Period

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:\.\.|[-~—至到])((?:19|20)\d\d)(?!\d)")
_LABEL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:[-_. ]?(?P<part>H[12]|Q[1-4])(?![A-Za-z0-9])|[-_. ](?P<week>W\d\d)(?!\d)"
    r"|(?P<sign>[-_. ]?)(?P<month>1[0-2]|0[1-9]|(?<=[-_.])[1-9])"
    r"(?:(?P=sign)(?P<day>[0-2]\d|3[01]|(?<=[-_.])[1-9]))?(?!\d))",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BARE_MONTH = re.compile(r"(1[0-2]|0?[1-9])月?份?")
# The year of a title: 潔淨服務報告(2018), 石門鎮112年統計簡報.
_TITLE_YEAR = re.compile(r"\((?P<year>(?:19|20)\d\d)(?:年度?)?\)|(?<!\d)(?P<roc>1[01]\d)年(?![来间以的])")
_NUMBERED = re.compile(r"第?\d{1,3}期|第[一二三四五六七八九十]+期")
_PLANNED = re.compile(r"目标|计划|打算|安排|展望")
_SPACED = re.compile(r"(?:\S[ \u00a0\u3000]{1,3}){5,}\S?")
_ISSUE = re.compile(r"\((?P<year>(?:19|20)\d\d)年第\d{1,3}期")
_WITH_YEAR = re.compile(r"\d{3,4}|[零二][零一二三四五六七八九]{3}|民国|(?<!\d)1\d\d年")
_REPORTED = re.compile(r"(?:现将|兹将|现就|现把)[^。\n]{0,60}?(?:如下|汇报|报告|通报)")
_DATE_LINE = re.compile(
    r"^[^\n,;:。!?]{0,30}?[ (\[]*"
    r"((?:[12]\d{3}|民国\d{2,3}|[一二零][零一二三四五六七八九]{3})年[^\n,。]{1,4}月[^\n,。]{1,3}[日号])"
    r"[ )\]。]*$",
    re.MULTILINE,
)
_SPAN_KINDS = frozenset({"year", "half", "quarter", "month", "week", "range"})
_HEAD, _TAIL = 400, 200
_OPENING_LINES = 3


def find_period(pieces: tuple[str, ...], title: str | None, folded: str) -> tuple[Period | None, str | None]:
    """Find a report's period: in its file name, its folders, its title, then its text.

    Parameters
    ----------
    pieces : the path's parts to look at, outermost folder first, the file name without extension last.
    title : of the report.
    folded : its text in folded form (see `analysis.language.script`).

    Returns
    -------
    The period and its source (name, folder, title, text), or two None.

    Examples
    --------
    >>> period, source = find_period(("2026-03", "青山社區"), None, "")
    >>> str(period), source
    ('2026-03', 'folder')
    """
    words = fold(_unspaced(title or ""))
    for i in range(len(pieces) - 1, -1, -1):
        found = period_in_name(pieces[i])
        if found:
            inner = _within_year(pieces[i + 1 :], words, found.start.year) if found.kind == "year" else None
            return inner or (found, "name" if i == len(pieces) - 1 else "folder")
    head = _AROUND_NUMBERS.sub("", folded[:_HEAD])
    issue = _ISSUE.search(head)
    year = int(issue["year"]) if issue else None
    told = _told_period(words, year) or _title_year(words)
    if told:
        return told, "title"
    for match in _REPORTED.finditer(_AROUND_NUMBERS.sub("", folded[: 4 * _HEAD])):
        signed = None if year else find_date(folded)
        told = _told_period(match[0], year or (signed.year if signed else None))
        if told:
            return told, "text"
    told = _opening_period(head, year)
    return (told, "text") if told else (None, None)


def period_in_name(name: str) -> Period | None:
    """Read the period of a file or folder name.

    Examples
    --------
    >>> [str(period_in_name(n)) for n in ("2026-03", "月報202603", "2026年3月工作報告", "state-2018", "a")]
    ['2026-03', '2026-03', '2026-03', '2018', 'None']
    """
    folded = fold(name)
    years = _YEARS.search(folded)
    if years and years[1] < years[2]:
        return range_period(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31))
    told = _told_period(folded, None)
    if told and told.kind != "year":
        return told
    match = _LABEL.search(folded)
    if match:
        year = match["year"]
        rest = match["part"] or match["week"] or match["month"].zfill(2)
        label = f"{year}-{rest.upper()}" + (f"-{match['day'].zfill(2)}" if match["day"] else "")
        try:
            return parse_period(label)
        except UsageError:
            return None
    bare = _BARE_YEAR.search(folded)
    if told or not bare:
        return told
    part = _told_period(folded, int(bare[0]))
    return part if part and part.kind != "year" else year_period(int(bare[0]))


def _within_year(pieces: tuple[str, ...], title: str, year: int) -> tuple[Period, str] | None:
    """Read what stands within the year of a folder or file: 2026/03, 2026/青山社區3月, a title of 3月."""
    for i in range(len(pieces) - 1, -1, -1):
        folded = fold(pieces[i]).strip()
        month = _BARE_MONTH.fullmatch(folded)
        told = month_period(year, int(month[1])) if month else _part_of_year(folded, year)
        if told:
            return told, "name" if i == len(pieces) - 1 else "folder"
    told = _part_of_year(title, year)
    return (told, "title") if told else None


def _part_of_year(words: str, year: int) -> Period | None:
    """Give the part of a year that words name without a year of their own."""
    told = _told_period(words, year)
    if told is None or told.kind == "year" or _WITH_YEAR.search(words):
        return None
    return told


def _title_year(words: str) -> Period | None:
    match = _TITLE_YEAR.search(words)
    return year_period(int(match["year"] or int(match["roc"]) + 1911)) if match else None


def _unspaced(title: str) -> str:
    """Take out the spaces of a title: all, where one is between all characters, else those around numbers."""
    return (
        re.sub(r"[ \u00a0\u3000]", "", title) if _SPACED.fullmatch(title) else _AROUND_NUMBERS.sub("", title)
    )


def _told_period(words: str, year: int | None) -> Period | None:
    """Give the first span of time that words name with its year, or within the year that is known."""
    reference = year_period(year) if year else None
    for mention in each_period(words, reference, 0, len(words)):
        if (
            mention.kind not in {"during", "lately"}
            or mention.period is None
            or mention.period.kind not in _SPAN_KINDS
        ):
            continue
        if mention.period.kind == "year" and _NUMBERED.match(words, mention.end):
            continue
        if year or _WITH_YEAR.search(words[mention.start : mention.end]):
            return mention.period
    return None


def _opening_period(head: str, year: int | None) -> Period | None:
    """Give the first time that an opening names with its year; of a day, 截至2020年12月31日, its month."""
    lines = [line for line in re.split(r"[\r\n]+", head) if line.strip()]
    for line in lines[:_OPENING_LINES]:
        for mention in each_period(line, year_period(year) if year else None, 0, len(line)):
            words = line[mention.start : mention.end]
            if mention.kind not in {"during", "as_of"} or mention.period is None:
                continue
            if not (year or _WITH_YEAR.search(words)) or _NUMBERED.match(line, mention.end):
                continue
            if _PLANNED.search(line, 0, mention.start):
                continue
            if mention.period.kind != "day":
                return mention.period
            return period_of(mention.period.end, "year" if words.endswith(("年底", "年末")) else "month")
    return None


def find_place(
    pieces: tuple[str, ...], title: str | None, text: str, folded: str
) -> tuple[str | None, str | None]:
    """Find the name of a report's place as first written: file name, folder, title, then text.

    Parameters
    ----------
    pieces : the path's parts to look at, outermost folder first, the file name without extension last.
    title, text, folded : of the report; the last is its text in folded form.

    Returns
    -------
    The name and its source (name, folder, title, text), or two None.

    Examples
    --------
    >>> find_place(("2026-03", "青山社區-更正"), None, "", "")
    ('青山社區', 'name')
    >>> find_place((), "青山街道青山社區2026年3月份工作報告", "", "")
    ('青山社區', 'title')
    """
    for i in range(len(pieces) - 1, -1, -1):
        found = named_place(unicodedata.normalize("NFC", pieces[i]))
        if found:
            return found, "name" if i == len(pieces) - 1 else "folder"
    if title and (found := place_in_title(_unspaced(title))):
        return found, "title"
    found = nation_of_words(folded) or place_of_words(text, folded)
    return (found, "text") if found else (None, None)


# 2026 年 1 月: converters put spaces between numbers and words.
_AROUND_NUMBERS = re.compile(
    r"[ \u00a0\u3000](?:(?<=[\u4e00-\u9fff].)(?=[0-9０-９])|(?<=[0-9０-９].)(?=[\u4e00-\u9fff]))"
)


def find_date(folded: str) -> date | None:
    r"""Find the day a report was signed: a full date that ends one of the last or first lines of its folded text.

    Examples
    --------
    >>> find_date("工作总结……\n青山社区居民委员会\n2026年4月5日")
    datetime.date(2026, 4, 5)
    """
    for part in (folded[-_TAIL:], folded[:_HEAD]):
        for match in reversed(list(_dates(_AROUND_NUMBERS.sub("", part)))):
            return match
    return None


def _dates(folded: str) -> Iterator[date]:
    lines = folded.replace("\r", "")
    for match in _DATE_LINE.finditer(lines):
        for mention in find_periods(match[1]):
            if mention.period is not None and mention.period.kind == "day":
                yield mention.period.start


def pieces_of(inner: str, *, folders: int | None = None) -> tuple[str, ...]:
    r"""Give the parts of a path that may tell a place or period.

    Parameters
    ----------
    inner : a path, with / or \.
    folders : how many of the innermost folders count; None counts all.
    """
    if not inner:
        return ()
    pure = PurePosixPath(inner.replace("\\", "/"))
    outer = pure.parts[:-1]
    kept = outer if folders is None else outer[max(0, len(outer) - folders) :]
    return (*(part for part in kept if part not in {"/", ".", ".."}), pure.stem)
