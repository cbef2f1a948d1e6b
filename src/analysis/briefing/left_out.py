"""What takes no part, in the language of a briefing: a run says it in English."""

from __future__ import annotations

import re

from analysis.briefing.phrases import said_in

_SEEN = re.compile(r"(?P<what>.*?) \(found: (?P<seen>.*)\)")


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
    return f"{path}：{reason_in(reasons, locale)}"


def reason_in(reasons: str, locale: str) -> str:
    """Say a reason, without the path, in the language of a briefing.

    Examples
    --------
    >>> reason_in("no figures found in it", "zh-Hans")
    '里面没有找到数字'
    """
    return reasons if locale == "en" else "；".join(_part(part, locale) for part in reasons.split("; "))


def _part(text: str, locale: str) -> str:
    said = said_in(text, locale, book="left_out.toml", spoken="en")
    if said is None and (found := _SEEN.fullmatch(text)):
        return f"{_part(found['what'], locale)}（{found['seen']}）"
    return text if said is None else said
