"""A finding: what does not fit, with both sides and what would make them agree."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.comparison.checks.fact import plain
from analysis.comparison.words import in_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analysis.comparison.checks.fact import Fact

_POINTS = "个百分点"
SEVERITIES = ("serious", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding before it is put into words.

    Parameters
    ----------
    code : entry of `findings.toml`, which gives kind and sentences.
    period : label of the period it belongs to; None where there is none.
    place_id, indicator, series : what it is about, as far as known.
    facts : the figures on both sides, the claim first.
    expected, found : the number that would agree, and the one that was stated, in unit.
    fields : what the sentences need; a fact is shown as `said` gives it.
    """

    code: str
    period: str | None
    place_id: str | None = None
    indicator: str | None = None
    series: str | None = None
    facts: tuple[Fact, ...] = ()
    expected: float | None = None
    found: float | None = None
    unit: str | None = None
    reports: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


def about(fact: Fact, code: str, against: Iterable[Fact] = (), **more: Any) -> Finding:
    """Make a finding about a fact, filed under its place, indicator and slot.

    Parameters
    ----------
    fact : the claim.
    against : the figures it does not agree with.
    more : fields of `Finding`, of which `fields` may lack the claim itself.
    """
    more.setdefault("period", fact.slot)
    return Finding(
        code=code, place_id=fact.place_id, indicator=fact.indicator, series=fact.series,
        facts=(fact, *against), reports=(fact.report_id,), **more,
    )  # fmt: skip


@cache
def _document() -> dict[str, Any]:
    text = files("analysis.comparison.checks").joinpath("findings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def phrase(name: str, locale: str, **fields: object) -> str:
    """Say a phrase of `findings.toml` that stands inside messages.

    Examples
    --------
    >>> phrase("named", "zh-Hant", label="各類達成率", series="辦結率")
    '各類達成率（辦結率）'
    """
    return str(_document()["phrases"][name][locale]).format(**fields)


def moved(number: float | None, unit: str, locale: str) -> str:
    """Say a change with its direction, in percent or in a unit.

    Examples
    --------
    >>> moved(-18.6, "%", "zh-Hant"), moved(3.0, "吨", "zh-Hant"), moved(0.0, "%", "en")
    ('下降 18.6%', '增加 3噸', 'no change')
    """
    if number is None:
        return ""
    if not number:
        return phrase("level", locale)
    how = ("rise" if number > 0 else "fall") + {"%": "_percent", _POINTS: "_points"}.get(unit, "")
    return phrase(how, locale, size=plain(abs(number)), unit=in_script(unit, locale))


def said(fact: Fact, locale: str) -> str:
    """Give a level as a message shows it: as written, with its time, and whether no report states it.

    Examples
    --------
    A level of 58吨 in 2023-06 is shown as 「58吨」（2023-06） in Traditional characters.
    """
    name = "entered" if fact.entered else "stated"
    return phrase(name, locale, text=" ".join(fact.text.split()), period=fact.slot or "?")


@cache
def codes() -> dict[str, dict[str, Any]]:
    """Give every code of a finding: its kind, when it applies, its message and remedy by locale."""
    return dict(_document()["codes"])


@cache
def kinds() -> dict[str, str]:
    """Give the severity of every kind of finding.

    Examples
    --------
    >>> kinds()["claim_change"], kinds()["missing_report"], kinds()["revision"]
    ('serious', 'warning', 'note')
    """
    listed: dict[str, list[str]] = _document()["severities"]
    return {kind: severity for severity in SEVERITIES for kind in listed[severity]}
