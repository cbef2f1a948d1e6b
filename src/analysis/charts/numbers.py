"""Numbers as people of a locale write them: with what precision, sign, unit and range."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.charts.words import entries, say, told_unit, unit_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DECIMALS = 2
# From here on a round number is said in 萬 or millions; any other from a hundred times that.
_LARGE = 1e5
_VERY_LARGE = 1e7
# Numbers of this magnitude are rounded in the next lower one: 827,122億 says more than 82.71萬億.
_NEVER_ROUNDED = 1e12
MINUS = "\N{MINUS SIGN}"


@cache
def _magnitudes(locale: str) -> tuple[tuple[float, str], ...]:
    return tuple((float(m["factor"]), str(m["word"])) for m in entries()["magnitudes"][locale])


def _plain(value: float, decimals: int = _DECIMALS) -> str:
    if value and abs(value) < 10**-decimals:
        decimals = 1 - math.floor(math.log10(abs(value)))
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", "0"} else text.replace("-", MINUS)


def number(value: float, locale: str) -> str:
    """Write a number for a title or a label.

    Examples
    --------
    >>> number(35000, "zh-Hant"), number(368000, "zh-Hant"), number(368000, "en"), number(82.40000001, "en")
    ('35,000', '36.8萬', '368,000', '82.4')
    """
    for factor, word in _magnitudes(locale):
        share = value / factor
        enough = abs(value) >= max(_LARGE, factor)
        exact = math.isclose(share, round(share, 2), rel_tol=1e-9)
        if enough and (exact or (abs(value) >= _VERY_LARGE and factor < _NEVER_ROUNDED)):
            return _plain(share) + word
    return _plain(value)


def axis_number(value: float, locale: str, top: float) -> str:
    """Write a number beside an axis that ends at `top`: short, all in one magnitude.

    Examples
    --------
    >>> axis_number(35000, "zh-Hant", 40000), axis_number(2500, "zh-Hant", 4000), axis_number(0, "en", 5e6)
    ('3.5萬', '2,500', '0')
    """
    for factor, word in _magnitudes(locale):
        if abs(top) >= 2 * factor and value:
            return _plain(value / factor, 3) + word
    return _plain(value, 4)


def signed(value: float, locale: str) -> str:
    """Write a change with its sign.

    Examples
    --------
    >>> signed(6.1, "en"), signed(-3, "en"), signed(0, "en")
    ('+6.1', '−3', '0')
    """
    text = number(value, locale)
    return "+" + text if value > 0 and text != "0" else text


def percent(value: float) -> str:
    """Write a change in percent, with its sign and one decimal.

    Examples
    --------
    >>> percent(8.004), percent(-0.52), percent(0.0), percent(1234.5)
    ('+8.0%', '−0.5%', '0.0%', '+1,234.5%')
    """
    text = f"{value:+,.1f}%"
    return "0.0%" if text in {"+0.0%", "-0.0%"} else text.replace("-", MINUS)


def spanned(
    low: float | None, high: float | None, locale: str, write: Callable[[float], str] | None = None
) -> str:
    """Write a range; an open side is said in words, and a range of one number as that number.

    Parameters
    ----------
    low, high : the sides of the range; None is open.
    locale : zh-Hant, zh-Hans or en.
    write : how to write a number; with it the two are joined by a word, as signed numbers need.

    Examples
    --------
    >>> spanned(260, 269, "zh-Hant"), spanned(260, None, "zh-Hant"), spanned(5, 5, "en")
    ('260–269', '至少260', '5')
    >>> spanned(None, -25, "en", lambda value: signed(value, "en"))
    '−25 or lower'
    """
    first, last = (None if v is None else write(v) if write else number(v, locale) for v in (low, high))
    # "At most −25" would be taken for a fall of 25 at most.
    at_most, at_least = ("or_lower", "or_higher") if write else ("at_most", "at_least")
    if first is None:
        return "?" if last is None else say(at_most, locale, text=last)
    if last is None:
        return say(at_least, locale, text=first)
    if first == last:
        return first
    return say("to", locale, first=first, last=last) if write else f"{first}–{last}"


def with_unit(text: str, unit: str | None, locale: str) -> str:
    """Put the unit behind a number.

    Examples
    --------
    >>> with_unit("82.4", "吨", "zh-Hant"), with_unit("82.4", "吨", "en"), with_unit("95", "%", "en")
    ('82.4噸', '82.4 t', '95%')
    """
    word = unit_word(unit, locale, one=text == "1")
    if word == "%":
        return text + word
    return say("measured", locale, number=text, unit=word).strip()


def stated_of(row: Mapping[str, Any], locale: str, side: str = "") -> str:
    """Write the number of a row of `comparisons` where its label is said; "–" where there is none.

    Parameters
    ----------
    row : the row.
    locale : zh-Hant, zh-Hans or en.
    side : "" for the period, "baseline_" for the baseline.

    Examples
    --------
    >>> stated_of({"value": 817, "low": 817, "high": 817, "unit": "人次"}, "en")
    '817'
    """
    value, low, high = (row[f"{side}{end}"] for end in ("value", "low", "high"))
    if value is None and low is None and high is None:
        return "–"
    return stated(value, low, high, told_unit(row["unit"], locale), locale)


def stated(value: float | None, low: float | None, high: float | None, unit: str | None, locale: str) -> str:
    """Write a value with its unit; where the words are vague, the range that they allow.

    Examples
    --------
    >>> stated(260, 260, 269, "栋", "zh-Hant"), stated(82.4, 82.4, 82.4, "吨", "en")
    ('260–269棟', '82.4 t')
    """
    if value is not None and low == value == high:
        return with_unit(number(value, locale), unit, locale)
    return with_unit(spanned(low, high, locale), unit, locale)
