"""Whole phrases in another language: what others have said already, looked up in a book of this package."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def said_in(text: str, locale: str, *, book: str, spoken: str) -> str | None:
    """Say a text in another language.

    Parameters
    ----------
    text : the text; white space around it does not matter.
    locale : zh-Hant, zh-Hans or en: the language wanted.
    book : a file of this package: tables `[[phrase]]`, each a text by locale; {…} is whatever stands there.
    spoken : the language of the text.

    Returns
    -------
    The text in that language; None where the book does not have it.

    Examples
    --------
    >>> said_in("too large", "zh-Hans", book="left_out.toml", spoken="en")
    '太大'
    """
    stripped = text.strip()
    if locale == spoken:
        return stripped
    for pattern, said in _phrases(book, spoken, locale):
        if found := pattern.fullmatch(stripped):
            return said.format(**found.groupdict())
    return None


@cache
def _phrases(book: str, spoken: str, locale: str) -> list[tuple[re.Pattern[str], str]]:
    text = files("analysis.briefing").joinpath(book).read_text(encoding="utf-8")
    found = []
    for entry in tomllib.loads(text)["phrase"]:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(entry[spoken].strip()))
        found.append((re.compile(pattern), entry[locale].strip()))
    return found
