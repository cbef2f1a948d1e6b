"""What a page says in all its languages: each text three times over, and each of them once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from analysis.charts.words import entries, say
from analysis.comparison.words import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = "analysis.briefing.page"

Said = tuple[str, ...]
"""One text in every locale, in the order of `LOCALES`."""


def in_each(speak: Callable[[str], str]) -> Said:
    """Say something in each locale.

    Examples
    --------
    >>> in_each(lambda locale: say("verdicts.up", locale))
    ('增加', '增加', 'up')
    """
    return tuple(speak(locale) for locale in LOCALES)


def plain(text: str) -> Said:
    """Give a text that is the same in every language, such as a name."""
    return (text,) * len(LOCALES)


def words(key: str, **fields: object) -> Said:
    """Say a phrase of this page's `words.toml` in each locale.

    Examples
    --------
    >>> words("changes")
    ('各項變動', '各项变动', 'Changes')
    """
    return in_each(lambda locale: say(f"page.{key}", locale, package=PACKAGE, **fields))


@cache
def all_words() -> dict[str, Said]:
    """Give every phrase by its key; the script fills in fields itself."""
    phrases = entries(PACKAGE)["page"]
    return {key: tuple(str(said[locale]) for locale in LOCALES) for key, said in phrases.items()}


class Texts:
    """The texts that the page's data refers to by number."""

    def __init__(self) -> None:
        self._numbers: dict[Said, int] = {}

    def number(self, said: Said) -> int:
        """Give the number of a text; the same text has the same one."""
        return self._numbers.setdefault(said, len(self._numbers))

    def listed(self) -> list[str | list[str]]:
        """Give all texts in order: a string where all languages say the same, else one a language."""
        return [said[0] if len(set(said)) == 1 else list(said) for said in self._numbers]
