"""What a trace says of the numbers of a report, as plain values; offsets count characters of the report's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the report, and where they stand in its text; without a place where a table says them."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was read of a number: the numeral, its unit, the words that make it vague, and what it is worth."""

    numeral: str
    unit: str | None
    vague: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    approx: str | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """One naming rule that was looked at.

    Attributes
    ----------
    rule, indicator, label : its id; its indicator with its label, None for what is counted by no indicator.
    noun : the noun that called it up; None for a rule that needs none.
    verbs : which of the rule's verbs stand there.
    place, unit, own, score : what the noun's place, the unit and the rule itself (weight, length of the noun,
        verb) add, and their sum. `unit` and what depends on it are None where the unit does not fit.
    against : why it cannot hold: unit, share, without, done, near, or weak for a score below the least.
    words : the words of the report that it forbids (without), or those of which it misses one (done, near).
    """

    rule: str
    indicator: str | None
    label: str | None
    noun: Words | None
    verbs: tuple[str, ...]
    place: float
    unit: float | None
    own: float | None
    score: float | None
    against: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a figure counts and how that was decided.

    `source` is words (its own), list (its place behind 分别), another figure (`taken_from` is its key), heading,
    dropped (the sentence says that the name of its words is not its own) or none.
    """

    indicator: str | None
    label: str | None
    series: str | None
    rule: str | None
    confidence: float
    subject: str | None
    source: str
    taken_from: str | None
    rules: tuple[Weighing, ...]


@dataclass(frozen=True, slots=True)
class Acting:
    """A figure's role; `source` is words, heading, lead-in, figure before, unit, column or nothing (the usual one)."""

    role: str
    direction: str | None
    per: str | None
    source: str
    words: Words | None


@dataclass(frozen=True, slots=True)
class Dating:
    """A figure's period; `source` is sentence, section, header or report, `words` say so in the text."""

    period: str | None
    start: str | None
    end: str | None
    since: str | None
    source: str | None
    words: Words | None


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of a number that is a figure; `place_source` is sentence, section or report."""

    figure_id: str
    dimension: str
    name: Naming
    role: Acting
    period: Dating
    place: str | None
    place_source: str | None
    scope: str | None
    cell: str | None
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class Traced:
    """A number of a report.

    Attributes
    ----------
    start, end, text : all of it, with what is attached to the numeral.
    sentence : the span of its sentence.
    said : what was read.
    reason : why it is no figure; None for a figure.
    word : the fixed word that its numeral belongs to, where that is the reason.
    figure : what is known of a figure; None for what is none.
    """

    start: int
    end: int
    text: str
    sentence: tuple[int, int]
    said: Said
    reason: str | None
    word: str | None
    figure: Stated | None


@dataclass(frozen=True, slots=True)
class Trace:
    """All numbers of one report in their order."""

    report_id: str
    path: str
    numbers: tuple[Traced, ...]
