"""A finding: what does not fit, with both sides and what would make them agree."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analysis.comparison.checks.fact import Fact

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
    fields : what the sentences need.
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
def codes() -> dict[str, dict[str, Any]]:
    """Give every code of a finding: its kind, when it applies, its message and remedy by locale."""
    text = files("analysis.comparison.checks").joinpath("findings.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["codes"])


@cache
def kinds() -> dict[str, str]:
    """Give the severity of every kind of finding.

    Examples
    --------
    >>> kinds()["claim_change"], kinds()["missing_report"], kinds()["revision"]
    ('serious', 'warning', 'note')
    """
    text = files("analysis.comparison.checks").joinpath("findings.toml").read_text(encoding="utf-8")
    listed: dict[str, list[str]] = tomllib.loads(text)["severities"]
    return {kind: severity for severity in SEVERITIES for kind in listed[severity]}
