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
from analysis.language.mentions import find_periods
from analysis.language.periods import parse_period, period_of, range_period, year_period
from analysis.language.script import fold
from analysis.reading.naming import named_place, nation_of_words, place_in_title, place_of_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.language.periods import Period

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:\.\.|[-~—至到])((?:19|20)\d\d)(?!\d)")
_LABEL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:[-_. ]?(?P<part>H[12]|Q[1-4])(?![A-Za-z0-9])|[-_. ](?P<week>W\d\d)(?!\d)"
    r"|(?P<sign>[-_. ]?)(?P<month>1[0-2]|0[1-9])(?:(?P=sign)(?P<day>[0-2]\d|3[01]))?(?!\d))",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BARE_MONTH = re.compile(r"(1[0-2]|0?[1-9])月?份?")
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


def find_period(pieces: tuple[str, ...], title: str | None, text: str) -> tuple[Period | None, str | None]:
    """Find a report's period: in its file name, its folders, its title, then its text.

    Parameters
    ----------
    pieces : the path's parts to look at, outermost folder first, the file name without extension last.
    title, text : of the report.

    Returns
    -------
    The period and its source (name, folder, title, text), or two None.

    Examples
    --------
    >>> period, source = find_period(("2026-03", "青山社區"), None, "")
    >>> str(period), source
    ('2026-03', 'folder')
    """
    for i in range(len(pieces) - 1, -1, -1):
        found = period_in_name(pieces[i]) or _month_in_year(pieces[i], pieces[i - 1] if i else "")
        if found:
            return found, "name" if i == len(pieces) - 1 else "folder"
    head = fold(text[:_HEAD])
    issue = _ISSUE.search(head)
    year = int(issue["year"]) if issue else None
    told = _told_period(fold(title or ""), year)
    if told:
        return told, "title"
    signed = find_date(text)
    for match in _REPORTED.finditer(fold(text[: 4 * _HEAD])):
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
        rest = match["part"] or match["week"] or match["month"]
        label = f"{year}-{rest.upper()}" + (f"-{match['day']}" if match["day"] else "")
        try:
            return parse_period(label)
        except UsageError:
            return None
    bare = _BARE_YEAR.search(folded)
    return told or (year_period(int(bare[0])) if bare else None)


def _month_in_year(name: str, folder: str) -> Period | None:
    """Read 2026/03 and 2026年/3月: a month whose folder is the year."""
    month = _BARE_MONTH.fullmatch(fold(name).strip())
    year = re.fullmatch(r"((?:19|20)\d\d)年?度?", fold(folder).strip())
    return parse_period(f"{year[1]}-{int(month[1]):02d}") if month and year else None


def _told_period(words: str, year: int | None) -> Period | None:
    """Give the first span of time that words name with its year, or within the year that is known."""
    reference = year_period(year) if year else None
    for mention in find_periods(words, reference):
        if mention.kind != "during" or mention.period is None or mention.period.kind not in _SPAN_KINDS:
            continue
        if year or _WITH_YEAR.search(words[mention.start : mention.end]):
            return mention.period
    return None


def _opening_period(head: str, year: int | None) -> Period | None:
    """Give the first time that an opening names with its year; of a day, 截至2020年12月31日, its month."""
    for mention in find_periods(head, year_period(year) if year else None):
        if mention.kind not in {"during", "as_of"} or mention.period is None:
            continue
        if year or _WITH_YEAR.search(head[mention.start : mention.end]):
            return period_of(mention.period.end, "month") if mention.period.kind == "day" else mention.period
    return None


def find_place(pieces: tuple[str, ...], title: str | None, text: str) -> tuple[str | None, str | None]:
    """Find the name of a report's place as first written: file name, folder, title, then text.

    Parameters
    ----------
    pieces : the path's parts to look at, outermost folder first, the file name without extension last.
    title, text : of the report.

    Returns
    -------
    The name and its source (name, folder, title, text), or two None.

    Examples
    --------
    >>> find_place(("2026-03", "青山社區-更正"), None, "")
    ('青山社區', 'name')
    >>> find_place((), "青山街道青山社區2026年3月份工作報告", "")
    ('青山社區', 'title')
    """
    for i in range(len(pieces) - 1, -1, -1):
        found = named_place(unicodedata.normalize("NFC", pieces[i]))
        if found:
            return found, "name" if i == len(pieces) - 1 else "folder"
    if title and (found := place_in_title(title)):
        return found, "title"
    found = place_of_words(text) or nation_of_words(text)
    return (found, "text") if found else (None, None)


def find_date(text: str) -> date | None:
    r"""Find the day a report was signed: a full date that ends one of its last or first lines.

    Examples
    --------
    >>> find_date("工作總結……\n青山社區居民委員會\n2026年4月5日")
    datetime.date(2026, 4, 5)
    """
    for part in (text[-_TAIL:], text[:_HEAD]):
        for match in reversed(list(_dates(fold(part)))):
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
