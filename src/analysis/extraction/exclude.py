"""Which candidates are no figures: dates, ordinals, list marks, addresses, articles, masks.

The rules are data (catalogue/refusals.toml); each gives its reason, so that a refused number can be
explained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.language.knowledge import table
from analysis.language.terms import written_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.extraction.find import Candidate

_REACH = 8
# A letter for each piece that a candidate may have: 多, 以上, 半, a range, 近, a multiplier behind 多.
_PIECES = "vahrpm"
_NO_PIECES = (False,) * len(_PIECES)
_LETTERS = {"vague": "v", "ranged": "r", "preceded": "p", "multiplied": "m"}
_LONGEST_UNIT_IN_WORD = 2
# Where words stand around a candidate: before it, behind its number, behind all of it.
_BEFORE, _AFTER, _BEHIND = 1, 2, 4
# A character of a pattern that may be missing.
_OPTION = re.compile(r"(\[[^\]]+\]|\\.|[^\\()|?*+\[\]])\?(?![?+])")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One rule of refusals.toml, compiled; a pattern of None always holds, an `unless` of None never does."""

    reason: str
    kinds: frozenset[str]
    arabic: bool | None
    units: frozenset[str] | None
    unless_units: frozenset[str]
    without: frozenset[str]
    signed: bool
    number: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    unless_number: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    unless_behind: re.Pattern[str] | None
    reach: int

    def takes(self, number: str) -> bool:
        """Tell whether the rule may hold for a number by what it says of numbers alone."""
        return (self.number is None or self.number.fullmatch(number) is not None) and not (
            self.unless_number and self.unless_number.fullmatch(number)
        )

    def holds(self, text: str, c: Candidate) -> bool:
        """Tell whether the rule refuses a candidate of its kind, numeral, unit and pieces."""
        # What stands behind is tried first: it costs one place, a search among what stands before many.
        if (
            (self.after and not self.after.match(text, c.number_end))
            or (self.behind and not self.behind.match(text, c.end))
            or (self.number and not self.number.fullmatch(c.number))
        ):
            return False
        start = c.start
        first = start - self.reach if start > self.reach else 0
        return not (
            (self.before and not self.before.search(text, first, start))
            or (self.signed and (c.sign or "$" in c.unit))
            or (self.unless_number and self.unless_number.fullmatch(c.number))
            or (self.unless_behind and self.unless_behind.match(text, c.end))
            or (self.unless_before and self.unless_before.search(text, first, start))
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for candidates of one sort; most of them are ruled out by a look at what stands around.

    Attributes
    ----------
    by_need : the rules that may hold, in their order, by which words stand around a candidate: the sum of
        _BEFORE, _AFTER and _BEHIND where any rule finds there what it needs first.
    just_before, before, after, behind : finds what any rule needs there; None where none needs anything.
        What stands before a candidate is looked back for where its length is fixed, which is faster than a search.
    reach : how far before a candidate such words may begin.
    """

    by_need: tuple[tuple[Refusal, ...], ...]
    just_before: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    reach: int

    @classmethod
    def of(cls, rules: Iterable[Refusal]) -> Rules:
        """Put the patterns of rules together."""
        needs = [(rule, _first_need(rule)) for rule in rules]
        just_before, further_before = _ends(rule.before for rule, need in needs if need == _BEFORE)
        return cls(
            tuple(
                tuple(rule for rule, need in needs if not need or need & there)
                for there in range(_BEFORE + _AFTER + _BEHIND + 1)
            ),
            just_before, further_before,
            _any(rule.after for rule, need in needs if need == _AFTER),
            _any(rule.behind for rule, need in needs if need == _BEHIND),
            max((rule.reach for rule, need in needs if need == _BEFORE), default=0),
        )  # fmt: skip

    def around(self, text: str, c: Candidate) -> tuple[Refusal, ...]:
        """Give the rules that may hold by what stands around a candidate."""
        start = c.start
        first = start - self.reach if start > self.reach else 0
        there = 0
        if (self.just_before is not None and self.just_before.match(text, start)) or (
            self.before is not None and self.before.search(text, first, start)
        ):
            there = _BEFORE
        if self.after is not None and self.after.match(text, c.number_end):
            there += _AFTER
        if self.behind is not None and self.behind.match(text, c.end):
            there += _BEHIND
        return self.by_need[there]


def _first_need(rule: Refusal) -> int:
    """Give where a rule needs words that are looked for first; 0 where it needs none."""
    if rule.before:
        return _BEFORE
    if rule.after:
        return _AFTER
    return _BEHIND if rule.behind else 0


def _any(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str] | None:
    said = [pattern.pattern for pattern in patterns if pattern]
    return re.compile("|".join(said)) if said else None


def _ends(
    patterns: Iterable[re.Pattern[str] | None],
) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Give a pattern that looks back from where others must end, and one to search for those without a fixed length."""
    fixed: list[str] = []
    others: list[str] = []
    for pattern in patterns:
        for part in _parts(pattern.pattern.removesuffix("$")) if pattern else ():
            forms = _forms(part)
            if all(_compiles(f"(?<={form})") for form in forms):
                fixed += forms
            else:
                others.append(part)
    looking_back = re.compile("|".join(_of_one_length(fixed))) if fixed else None
    return looking_back, re.compile(f"(?:{'|'.join(others)})$") if others else None


def _forms(part: str) -> list[str]:
    r"""Write a pattern out with and without each single character that it may lack: No, No. for No\.?."""
    option = _OPTION.search(part)
    if option is None:
        return [part]
    before, behind = part[: option.start()], part[option.end() :]
    return [form for said in ("", option[1]) for form in _forms(before + said + behind)]


def _of_one_length(fixed: Iterable[str]) -> list[str]:
    """Give patterns that look back, one for all patterns of a length."""
    groups: list[str] = []
    for pattern in dict.fromkeys(fixed):
        for i, group in enumerate(groups):
            if _compiles(f"(?<={group}|{pattern})"):
                groups[i] = f"{group}|{pattern}"
                break
        else:
            groups.append(pattern)
    return [f"(?<={group})" for group in groups]


def _parts(pattern: str) -> list[str]:
    """Split the alternatives of a pattern, where that can be done without looking inside of it."""
    inner = pattern[3:-1] if pattern.startswith("(?:") and pattern.endswith(")") else pattern
    parts = inner.split("|")
    return parts if all(map(_compiles, parts)) else [pattern]


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def refuse(text: str, candidate: Candidate) -> str | None:
    """Give the reason why a candidate is no figure, or None when it may be one."""
    if candidate.kind == "ratio":
        return None
    c = candidate
    pieces = _NO_PIECES
    if c.vague or c.after or c.half or c.second or c.before or c.multiplier:
        pieces = (
            c.vague != "",
            c.after != "",
            c.half != "",
            c.second != "",
            c.before != "",
            c.multiplier != "",
        )
    number = c.number
    rules = _rules_for(c.kind, number[0] <= "9", number if len(number) == 1 else "", c.unit, pieces)
    for rule in rules.around(text, c):
        if rule.holds(text, c):
            return rule.reason
    return "the unit is part of a word" if _unit_is_word(text, candidate) else None


def _unit_is_word(text: str, candidate: Candidate) -> bool:
    """Tell whether the unit is only the start of a longer word (次干道, 周年); see word_tails.toml."""
    unit = candidate.unit
    if not unit or len(unit) > _LONGEST_UNIT_IN_WORD or candidate.after or candidate.half:
        return False
    always, chinese = _word_tails()
    tails = always.get(unit[-1])
    if tails and tails.match(text, candidate.unit_end):
        return True
    single = (
        len(candidate.number) == 1
        and candidate.number[0] > "9"
        and candidate.number_end == candidate.unit_start
    )
    tails = chinese.get(unit[-1]) if single else None
    return bool(tails and tails.match(text, candidate.unit_end))


@cache
def _word_tails() -> tuple[dict[str, re.Pattern[str]], ...]:
    data = table("word_tails.toml")
    return tuple(
        {unit: re.compile("|".join(tails)) for unit, tails in data[kind]["tails"].items()}
        for kind in ("always", "chinese")
    )


@cache
def _rules() -> tuple[Refusal, ...]:
    return tuple(_refusal(entry) for entry in table("refusals.toml")["refusal"])


@cache
def _rules_for(kind: str, arabic: bool, single: str, unit: str, pieces: tuple[bool, ...]) -> Rules:  # noqa: FBT001 - a key
    """Give the rules that can hold for such a candidate.

    Parameters
    ----------
    kind, unit : of the candidate.
    arabic, single : whether its number is in Arabic figures, and the number itself where it is one character.
    pieces : in the order of _PIECES, which it has.
    """
    return Rules.of(
        rule
        for rule in _rules()
        if kind in rule.kinds
        and rule.arabic in (None, arabic)
        and (rule.units is None or unit in rule.units)
        and unit not in rule.unless_units
        and (single == "" or rule.takes(single))
        and not any(has and piece in rule.without for has, piece in zip(pieces, _PIECES, strict=True))
    )


def _refusal(entry: dict[str, Any]) -> Refusal:
    def pattern(key: str, ending: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{written_out(entry[key])}){ending}") if key in entry else None

    numeral = entry.get("numeral")
    without = "vahr" if entry.get("plain") else ""
    without += "".join(letter for key, letter in _LETTERS.items() if not entry.get(key, True))
    everywhere = ("number", "fraction", "few", "lone") if numeral is None else ("number",)
    return Refusal(
        reason=entry["reason"], kinds=frozenset(entry.get("kinds", everywhere)),
        arabic=None if numeral is None else numeral == "arabic",
        units=frozenset(entry["units"]) if "units" in entry else None, unless_units=frozenset(entry.get("unless_units", ())), without=frozenset(without),
        signed=entry.get("unless_number_signed", False), number=pattern("number"),
        before=pattern("before", "$"), after=pattern("after"), behind=pattern("behind"), unless_number=pattern("unless_number"),
        unless_before=pattern("unless_before", "$"), unless_behind=pattern("unless_behind"), reach=entry.get("reach", _REACH),
    )  # fmt: skip
