"""What a report is about: its place, period and date, from file name, folder, title and text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.language.mentions import find_periods
from analysis.language.periods import month_period, parse_period, year_period
from analysis.language.places import find_places
from analysis.language.script import fold

if TYPE_CHECKING:
    from analysis.language.periods import Period

_PLACE_KINDS = "社区|街道|村|镇|乡|区|县|市|省|里|邨|屯|居委会"
_STEM_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2,20}}?(?:{_PLACE_KINDS})")
_PERIOD_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_.年]?(?P<month>1[0-2]|0[1-9]|(?<=年)[1-9])(?:月|(?!\d))|[-_]?(?P<part>[HQ][1-4]))?(?!\d)")
_ISSUE = re.compile(r"\((?P<year>(?:19|20)\d\d)年第(?P<number>\d{1,2})期")
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?P<month>1[0-2]|0?[1-9])月(?P<day>[12]\d|3[01]|0?[1-9])日")
_HEAD, _TAIL = 400, 200


@dataclass(frozen=True, slots=True)
class Found:
    """Something found out about a report, and what said so."""

    value: str | Period | None
    source: str | None


def find_period(path: str, title: str | None, text: str) -> tuple[Period | None, str | None]:
    """Find a report's period: in its file name, its folders, its title, then its text."""
    pure = PurePosixPath(path.replace("\\", "/"))
    for piece, source in [(pure.stem, "name"), *((part, "folder") for part in reversed(pure.parts[:-1]))]:
        period = _named_period(piece)
        if period:
            return period, source
    folded_title = fold(title or "")
    head = fold(text[:_HEAD])
    issue = _ISSUE.search(head)
    for words, source in ((folded_title, "title"), (head, "text")):
        period = _told_period(words, issue)
        if period:
            return period, source
    return None, None


def _named_period(piece: str) -> Period | None:
    match = _PERIOD_IN_NAME.search(fold(piece))
    if not match:
        return None
    year = int(match["year"])
    try:
        if match["month"]:
            return month_period(year, int(match["month"]))
        return parse_period(f"{year}-{match['part']}") if match["part"] else year_period(year)
    except (ValueError, UsageError):
        return None


def _told_period(words: str, issue: re.Match[str] | None) -> Period | None:
    """Give the first period that a title or opening names with its year (2026年3月份, 2022年上半年)."""
    year = re.search(r"(?:19|20)\d\d(?=年)", words)
    reference = year_period(int(year[0])) if year else (year_period(int(issue["year"])) if issue else None)
    for mention in find_periods(words, reference):
        has_year = bool(re.search(r"\d{3,4}|零|民国", words[mention.start : mention.end])) or reference is not None
        if mention.kind in ("during", "as_of") and mention.period and has_year:
            return month_period(mention.period.end.year, mention.period.end.month) if mention.period.kind == "day" else mention.period
    return None


def find_place(path: str, title: str | None, text: str) -> tuple[str | None, str | None]:
    """Find the name of a report's place as first written: file name, folder, title, then text."""
    pure = PurePosixPath(path.replace("\\", "/"))
    for piece, source in [(pure.stem, "name"), *((part, "folder") for part in reversed(pure.parts[:-1]))]:
        folded = fold(piece)
        match = _STEM_PLACE.match(re.sub(r"^[\d\-_.年月 ]+", "", folded))
        if match:
            start = folded.index(match[0])
            return piece[start : start + len(match[0])], source
    if title and (named := _most_specific(title)):
        return named, "title"
    head = text[:_HEAD]
    names = Counter(m.name for m in find_places(fold(text)) if not m.own)
    first = next((m for m in find_places(fold(head)) if not m.own and names[m.name] > 1), None)
    return (head[first.start : first.end], "text") if first else (None, None)


def _most_specific(title: str) -> str | None:
    mentions = [m for m in find_places(fold(title)) if not m.own]
    return title[mentions[-1].start : mentions[-1].end] if mentions else None


def find_date(text: str) -> date | None:
    """Find the day a report was issued: a full date on a line near its end or its beginning."""
    folded = fold(text[-_TAIL:])
    matches = list(_DATE.finditer(folded)) or list(re.finditer(_DATE.pattern + r"(?=[)\n])", fold(text[:_HEAD])))
    if not matches:
        return None
    match = matches[-1]
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
