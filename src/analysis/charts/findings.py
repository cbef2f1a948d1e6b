"""What may be said of a comparison, as one sentence: never more than its verdict allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.charts.numbers import percent, signed, spanned, stated, with_unit
from analysis.charts.periods import pair_words
from analysis.charts.words import bracketed, entries, say, told_unit
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analysis.charts.naming import Naming

_JUDGED = ("up", "down", "unchanged", "uncertain")


def finding(row: Mapping[str, Any], names: Naming) -> str:
    """Say one row of the table `comparisons`.

    Parameters
    ----------
    row : a row as a mapping, None for what is missing.
    names : names and locale.

    Returns
    -------
    One sentence without a full stop, such as 8月清運垃圾共82.4噸，比7月增加6.1噸（+8.0%）.
    """
    locale, verdict = names.locale, str(row["verdict"])
    when, baseline = pair_words(parse_period(row["period"]), parse_period(row["baseline"]), locale)
    label, unit = _label_and_unit(row, names)
    fields = {"when": when, "baseline": baseline, "label": label, "whose": _whose(row, names)}
    has_value = any(row[side] is not None for side in ("value", "low", "high"))
    if verdict == "missing" and not has_value:
        return say("findings.not_stated", locale, **fields)
    if verdict == "not_comparable" and not has_value:
        return say("findings.not_comparable_without_value", locale, **fields)
    value = stated(row["value"], row["low"], row["high"], unit, locale)
    if row["row_kind"] == "total" and (row["common_places"] or 0) > 1:
        open_side = row["low"] is None or row["high"] is None
        value = say("findings.sum_open" if open_side else "findings.sum", locale, value=value)
    change = amount(row, locale, unit=unit) if verdict in {"up", "down"} else ""
    key = f"rate_{verdict}" if change and row["unit"] == "%" else verdict
    return say(f"findings.{key}", locale, value=value, change=change, **fields)


def _label_and_unit(row: Mapping[str, Any], names: Naming) -> tuple[str, str | None]:
    """Give label and unit of a sentence, which says what is counted only once.

    In Chinese the measure word stays behind the number, in English the label tells what is counted.
    """
    label, unit = names.indicator(row), row["unit"]
    counted = entries()["understood"].get(unit)
    if counted is None or names.locale == "en":
        return label, told_unit(unit, names.locale)
    short = label.removesuffix(counted[names.locale])
    return (short if len(short) > 1 else label), unit


def _whose(row: Mapping[str, Any], names: Naming) -> str:
    """Say whose number it is, where that is not all places together."""
    if row["row_kind"] == "place":
        return say("findings.whose_place", names.locale, place=row["place"] or row["place_id"])
    common = row["common_places"]
    if row["verdict"] not in _JUDGED or not common or common == reported(row)[1]:
        return ""
    return say("findings.common", names.locale, places=names.counted(common))


def reported(row: Mapping[str, Any]) -> tuple[int, int]:
    """Read the coverage of a total row: places with a value, and all places."""
    some, _, every = str(row["coverage"] or "0/0").partition("/")
    return int(some), int(every)


def coverage_words(some: int, every: int, names: Naming) -> str:
    """Say how many of the places reported.

    Parameters
    ----------
    some, every : places with a number, and all places.
    names : names and locale.
    """
    key = "coverage" if some < every else "coverage_one" if every == 1 else "coverage_all"
    return say(f"findings.{key}", names.locale, all=every, some=some, kind=names.kind)


def amount(row: Mapping[str, Any], locale: str, *, unit: str | None) -> str:
    """Say how much a number went up or down, without its sign, and in brackets the percent.

    Parameters
    ----------
    row : a row of `comparisons` whose verdict is up or down.
    locale : zh-Hant, zh-Hans or en.
    unit : what is said behind the number; None for nothing.
    """
    low, high = row["change_low"], row["change_high"]
    if row["verdict"] == "down":
        low, high = (None if side is None else -side for side in (high, low))
    if row["unit"] == "%":
        points = say("points", locale)
        return say("measured", locale, number=spanned(low, high, locale), unit=points)
    said = with_unit(spanned(low, high, locale), unit, locale)
    if high is None:
        # "Down at least 25 (at most −2.9%)" would have to be read twice.
        share = row["percent_low" if row["verdict"] == "up" else "percent_high"]
        least = say("at_least", locale, text=percent(abs(share)).lstrip("+")) if share is not None else ""
        return said + bracketed(least, locale)
    return said + bracketed(percent_words(row, locale), locale)


def percent_words(row: Mapping[str, Any], locale: str) -> str:
    """Say the change in percent, as a range where the words are vague; "" where there is none."""
    # What is open as a number is open as a percentage, although it cannot fall by more than 100%.
    low = None if row["change_low"] is None else row["percent_low"]
    high = None if row["change_high"] is None else row["percent_high"]
    if low is None and high is None:
        return ""
    return spanned(low, high, locale, percent)


def change_words(row: Mapping[str, Any], locale: str) -> str:
    """Say a change with its sign, or the range that the words allow; "" where there is none.

    Parameters
    ----------
    row : a row of `comparisons`.
    locale : zh-Hant, zh-Hans or en.
    """
    low, high = row["change_low"], row["change_high"]
    if low is None and high is None:
        return ""
    return spanned(low, high, locale, lambda value: signed(value, locale))


def change_in_full(row: Mapping[str, Any], locale: str) -> str:
    """Say a change with sign and percent: +2.1（+11.4%）; that of a percentage in points."""
    said = change_words(row, locale)
    if row["unit"] == "%":
        return say("measured", locale, number=said, unit=say("points", locale))
    return said + bracketed(percent_words(row, locale), locale)


def tally(verdicts: Iterable[str], names: Naming, *, of: str) -> str:
    """Count verdicts in words: 3個社區增加、1個減少.

    Parameters
    ----------
    verdicts : values of the column verdict.
    names : names and locale.
    of : "places" or "items", what is counted.
    """
    found = list(verdicts)
    counts = {verdict: found.count(verdict) for verdict in _JUDGED}
    counts["none"] = len(found) - sum(counts.values())
    said = [
        say(f"findings.{of}_{verdict}", names.locale, count=count, kind=names.kind)
        for verdict, count in counts.items()
        if count
    ]
    return say("list", names.locale).join(said)


def title_of(rows: list[dict[str, Any]], names: Naming) -> str:
    """Say the finding of one indicator's rows: of its total, of its only place, or a count of verdicts.

    Parameters
    ----------
    rows : the rows of one indicator, series and dimension; at least one.
    names : names and locale.
    """
    totals = [row for row in rows if row["row_kind"] == "total" and row["verdict"] in _JUDGED]
    places = [row for row in rows if row["row_kind"] == "place"]
    if totals or len(places) == 1:
        return finding((totals or places)[0], names)
    row = (places or rows)[0]
    when, baseline = pair_words(parse_period(row["period"]), parse_period(row["baseline"]), names.locale)
    said = tally((row["verdict"] for row in places), names, of="places")
    return say(
        "findings.tally", names.locale, when=when, baseline=baseline, label=names.indicator(row), tally=said
    )
