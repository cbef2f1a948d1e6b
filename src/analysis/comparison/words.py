"""The words of a reason, from `reasons.toml`, in the locale of the project."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOCALES = ("zh-Hant", "zh-Hans", "en")
_NAMES_SHOWN = 6


@cache
def _entries() -> dict[str, Any]:
    return tomllib.loads(files("analysis.comparison").joinpath("reasons.toml").read_text(encoding="utf-8"))


def reasons() -> dict[str, dict[str, str]]:
    """Give every reason code with its sentences by locale, and `when` it applies."""
    return dict(_entries()["reasons"])


def check_locale(locale: str) -> str:
    """Give the locale back.

    Errors
    ------
    UsageError where it is not one of zh-Hant, zh-Hans and en.
    """
    if locale not in LOCALES:
        raise UsageError(f"unknown locale {locale}", todo="use one of " + ", ".join(LOCALES))
    return locale


def reason(code: str, locale: str, fields: Mapping[str, object]) -> str:
    """Say a reason in a locale.

    Parameters
    ----------
    code : a key of `reasons`.
    locale : zh-Hant, zh-Hans or en.
    fields : what its sentence needs.

    Examples
    --------
    >>> reason("missing_figure", "en", {"place": "青山社區", "absent": "2026-07"})
    '青山社區 does not state this number for 2026-07'
    """
    return str(_entries()["reasons"][code][locale]).format(**fields)


def word(kind: str, key: str, locale: str) -> str:
    """Give a word of `reasons.toml`, such as that of a basis."""
    return str(_entries()["words"][kind][key][locale])


def joined(names: Sequence[str], locale: str) -> str:
    """Join names as the locale does; a long list is cut and says how many there are.

    Examples
    --------
    >>> joined(["青山社區", "東湖社區"], "zh-Hant")
    '青山社區、東湖社區'
    """
    text = word("list", "separator", locale).join(names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        text += word("list", "more", locale).format(count=len(names))
    return text


@cache
def in_script(simplified: str, locale: str) -> str:
    """Write a Simplified unit or word in the script of a locale.

    Examples
    --------
    >>> in_script("吨", "zh-Hant")
    '噸'
    """
    return str(_to_traditional().convert(simplified)) if locale == "zh-Hant" else simplified


@cache
def _to_traditional() -> Any:
    """Open the converter once: its word lists take a third of a second."""
    from opencc import OpenCC

    return OpenCC("s2t")
