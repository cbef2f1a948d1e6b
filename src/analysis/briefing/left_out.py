"""What takes no part, in the language of a briefing: a run says it in English."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_SEEN = re.compile(r"(?P<what>.*?) \(found: (?P<seen>.*)\)")
_FOUND = {"zh-Hant": "{what}（{seen}）", "zh-Hans": "{what}（{seen}）"}


def left_out_in(line: str, locale: str) -> str:
    """Say why a file takes no part in the language of a briefing.

    Parameters
    ----------
    line : what the run says: path, reason, and what to do.
    locale : zh-Hant, zh-Hans or en.

    Returns
    -------
    The line; of a reason that has no other words, those of the run.

    Examples
    --------
    >>> left_out_in("2026-08/甲村.txt: the file is empty; ask for it again, or delete it", "zh-Hant")
    '2026-08/甲村.txt：檔案是空的；請重新索取，或刪去'
    """
    path, colon, reasons = line.partition(": ")
    if locale == "en" or not colon:
        return line
    return f"{path}：{'；'.join(_part(reason, locale) for reason in reasons.split('; '))}"


def _part(text: str, locale: str) -> str:
    for pattern, said in _phrases(locale):
        if found := pattern.fullmatch(text):
            return said.format(**found.groupdict())
    if found := _SEEN.fullmatch(text):
        return _FOUND[locale].format(what=_part(found["what"], locale), seen=found["seen"])
    return text


@cache
def _phrases(locale: str) -> list[tuple[re.Pattern[str], str]]:
    text = files("analysis.briefing").joinpath("left_out.toml").read_text(encoding="utf-8")
    return [
        (re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(entry["en"]))), entry[locale])
        for entry in tomllib.loads(text)["phrase"]
    ]
