"""What a figure counts: the indicator, by the noun that is counted and the verb that was done to it.

The nouns of all rules are found in one pass. For each figure, those of its own clause weigh most (before
it, or behind the classifier), then those that the sentence carries over; a rule counts only where
its unit fits.
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from analysis.catalogue import Rule
from analysis.extraction.beside import FILLER, FILLER_ENDS, is_close, is_head, noun_behind, nouns_around
from analysis.extraction.find import Candidate
from analysis.extraction.vocabulary import SHARES, Fitting, Hit, Terms, Vocabulary, takes_unit
from analysis.language.knowledge import table
from analysis.language.terms import pattern_of
from analysis.language.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.catalogue import Indicator
    from analysis.extraction.spot import Spot

MINIMUM = 3.0  # a lower score is no name
# A noun that weighs more by its place stands in the figure's own clause.
_OWN_CLAUSE = 2.0
# What a rule without nouns weighs in the place of one.
_UNNAMED = 2.5
_SUBJECT_IN_LIST = re.compile(r"[^、,和及与以]+(?=[、和及与以]|分别|$)")
# What a share or a growth of the thing counts less than a figure of the thing itself.
_SHARED = -0.4
# How much further than other figures a bare sum of money looks back in its sentence for its name.
_MONEY_REACHES = 0.6
_SUM_WORDS = re.compile(
    r"合计|共计|总计|累计|分别|每[名人户位所家个]|各|发给|补助|金额|共|计|为|达|约|[、,:()和及与 ]"
)


class Weighed(NamedTuple):
    """A rule as it was weighed for a figure.

    Attributes
    ----------
    rule, hit : the rule, and the noun that called it up; None for a rule without nouns.
    place, unit : what the noun's place and the unit add to the score; `unit` None where it does not fit.
    score : the sum of these and of what the rule itself is worth; 0 where the unit does not fit.
    done : which of the rule's verbs stand there.
    against : why the rule cannot hold: unit, share, close, without, done or near; None where it can.
    words : of `without` those that stand there, of `done` and `near` those of which one is missing.
    """

    rule: Rule
    hit: Hit | None
    place: float
    unit: float | None
    score: float
    done: frozenset[str]
    against: str | None
    words: frozenset[str]


class Name(NamedTuple):
    """What a figure counts, how surely, by which rule, and the span of the words that say so.

    `own` tells that the noun stands in the figure's own clause, not in one before it.
    """

    indicator: str | None
    series: str | None
    subject: tuple[int, int] | None
    confidence: float
    rule: str | None
    own: bool = False


def dimension_of(candidate: Candidate) -> str:
    """Give the dimension of a candidate; "none" without a unit, "fraction" for 三分之二."""
    if candidate.kind == "ratio":
        return "ratio"
    if candidate.kind == "fraction":
        return "percent" if candidate.whole in ("百", "千") else "fraction"
    unit = unit_of(candidate.unit)
    return unit.dimension if unit else "none"


def name_figure(names: Terms, spot: Spot, role: str, seen: list[Weighed] | None = None) -> Name:
    """Choose what a figure counts among all rules whose noun and unit fit.

    Parameters
    ----------
    names, spot, role : the words of the text, the figure's place in it, and its role.
    seen : takes every rule that is weighed, for those who ask why.
    """
    namer, text, candidate = names.vocabulary, names.text, spot.candidate
    begin, stop = spot.sentence.start, spot.sentence.end
    dimension = dimension_of(candidate)
    hits, fits = names.hits(begin, stop, spot.clause_end), namer.fits(candidate.unit, dimension)
    if seen is None:
        hits = [hit for hit in hits if fits[hit[2]]]
    nouns = nouns_around(text, hits, spot)
    best: tuple[float, Hit | None, Rule | None] = (0.0, None, None)
    if seen is None and not nouns and not fits[""]:
        return _named(namer, best, text, candidate, spot.left_start)
    own_end = _own_end(text, spot)
    clause = text[spot.item_start : own_end]
    apart = spot.left_start > spot.item_start and "、" not in text[spot.left_start : spot.start]
    part_start, part = _part(text, spot)
    done = "" if seen is None else _governing(names, spot, part_start, own_end)
    for hit, place in reversed(nouns):
        # A percentage has a subject of its own: a clause that names nothing is for `inherited` to judge.
        if dimension in SHARES and hit.start < spot.item_start:
            fitting: tuple[tuple[Rule, bool], ...] = ()
        else:
            fitting = fits[hit.word]
        if seen is not None:
            fitted = [rule for rule, exact in fitting if exact or place > _OWN_CLAUSE or role == "change"]
            others = (rule for rule in hit.rules if rule not in fitted)
            seen += [_weighed(rule, hit, place, None, 0.0, "unit", clause, done) for rule in others]
        for rule, exact in fitting:
            if exact:
                fit = 0.0
            elif place > _OWN_CLAUSE or role == "change":
                fit = _SHARED
            else:
                continue
            score = place + fit + rule.weight + 0.1 * len(hit.word) + (0.5 if rule.done else 0.0)
            if score <= best[0] and seen is None:
                continue
            head = exact or is_head(text, hit, candidate)
            if rule.done and not done:
                done = _governing(names, spot, part_start, own_end)
            # 出动车辆38车次清运垃圾20吨: what stands before the figure before is said of that one.
            own = text[spot.left_start : own_end] if apart and hit.start >= spot.left_start else clause
            against = _words_against(rule, own, part, done) if head else "share"
            if rule.close and against is None and not is_close(text, hit, candidate):
                against = "close"
            if seen is not None:
                seen.append(_weighed(rule, hit, place, fit, score, against, clause, done))
            if against is None and score > best[0]:
                best = (score, hit, rule)
    if best[1] and (
        (best[1].end <= spot.item_start and _is_known(text, spot, hits, fits))
        or (best[1].end < spot.start and _opens_item(text, spot, dimension))
    ):
        best = (0.0, None, None)
    if (
        best[0] < MINIMUM
        and best[0] + _MONEY_REACHES >= MINIMUM
        and _is_bare_sum(names.text, spot, dimension)
    ):
        best = (MINIMUM, *best[1:])
    if best[0] < MINIMUM:
        unnamed = _unnamed(fits, clause, part, seen)
        best = max([best, *unnamed], key=itemgetter(0))
    return _named(namer, best, text, candidate, spot.left_start)


def _part(text: str, spot: Spot) -> tuple[int, str]:
    """Give the part of a sentence, between semicolons, that a figure stands in, and where it begins."""
    begin, stop = spot.sentence.start, spot.sentence.end
    start, end = max(begin, text.rfind(";", begin, spot.start) + 1), text.find(";", spot.end, stop)
    return start, text[start : end if end >= 0 else stop]


def _own_end(text: str, spot: Spot) -> int:
    """Give where the item of a list that a figure stands in ends; without one, its clause."""
    item_end = text.find("、", spot.end, min(spot.next_start, spot.clause_end))
    return item_end if item_end >= 0 else spot.clause_end


def _governing(names: Terms, spot: Spot, part_start: int, own_end: int) -> str:
    """Give the words whose verb governs a figure: one of an earlier clause counts only where the own item has none."""
    text = names.text
    governed = names.vocabulary.verbs.search(text, spot.item_start, own_end)
    return text[spot.item_start if governed else part_start : spot.clause_end]


def _is_known(text: str, spot: Spot, hits: list[Hit], fits: Fitting) -> bool:
    """Tell whether a noun right before a number says what is counted, though no rule of it holds.

    In 新增垃圾桶5个,参与住户620户 the households are no bins: the nearest noun counts, even without a name.
    """
    return any(
        len(hit.word) > 1
        and spot.left_start <= hit.start
        and hit.end <= spot.start
        and is_close(text, hit, spot.candidate)
        and any(exact and not rule.done and not rule.near for rule, exact in fits[hit.word])
        for hit in hits
    )


def _opens_item(text: str, spot: Spot, dimension: str) -> bool:
    """Tell whether a number opens an item of a list, or ends one, and its noun follows.

    安装路灯3盏、5条强弱电网整修; 小墩塘等5口当家塘.
    """
    return (
        dimension.startswith("count of ")
        and text[spot.start - 1] in ("、", "等")
        and noun_behind(text, spot.candidate) - spot.end > 1
    )


def name_respectively(names: Terms, spot: Spot, number: int, count: int) -> Name | None:
    """Name one figure of a list by its own subject: 办结率、满意率分别为99.1%和94.35%.

    Parameters
    ----------
    names, spot : as for `name_figure`.
    number, count : which of how many figures of the list it is.

    Returns
    -------
    None when the words before 分别 are no list of as many subjects, or its subject has no name.
    """
    text, candidate = names.text, spot.candidate
    at = text.rfind("分别", spot.clause_start, spot.start)
    if at < 0:
        return None
    subjects = [m.span() for m in _SUBJECT_IN_LIST.finditer(text, spot.clause_start, at)]
    if len(subjects) != count or number >= count:
        return None
    start, end = subjects[number]
    dimension = dimension_of(candidate)
    best: tuple[float, Hit | None, Rule | None] = (0.0, None, None)
    for hit in names.hits(spot.sentence.start, spot.sentence.end, spot.clause_end):
        if not start <= hit.start < hit.end <= end:
            continue
        for rule in hit.rules:
            # A share of a subject (居民分别增长…) may be of what a later subject ends with: not decided here.
            if not takes_unit(rule, dimension, candidate.unit):
                continue
            score = 2.9 - 0.05 * (end - hit.end) + rule.weight + 0.1 * len(hit.word)
            subject, before = text[start:end], text[spot.clause_start : at]
            if score > best[0] and _words_against(rule, subject, subject, before) is None:
                best = (score, hit, rule)
    return (
        _named(names.vocabulary, best, text, candidate, start)._replace(subject=(start, end))
        if best[2]
        else None
    )


def _is_bare_sum(text: str, spot: Spot, dimension: str) -> bool:
    """Tell whether a sum of money says itself nothing of what it is: 核发奖学金,甲27名,合计29万元."""
    return dimension == "money" and not _SUM_WORDS.sub("", text[spot.left_start : spot.start])


def _words_against(rule: Rule, clause: str, part: str, done: str) -> str | None:
    """Give which words of a rule the clause, the part of the sentence or what stands up to the clause's end break."""
    if rule.without and _finder(rule.without)(clause):
        return "without"
    if rule.done and not _finder(rule.done)(done):
        return "done"
    if rule.near and not _finder(rule.near)(part):
        return "near"
    return None


@cache
def _finder(words: frozenset[str]) -> Callable[[str], re.Match[str] | None]:
    """Give what finds any of some words in a text; a pattern does so faster than one search a word."""
    return re.compile(pattern_of(sorted(words))).search


def _weighed(
    rule: Rule, hit: Hit | None, place: float, unit: float | None, score: float, against: str | None,
    clause: str, done: str,
) -> Weighed:  # fmt: skip
    there = frozenset(filter(clause.__contains__, rule.without))
    broken = {"without": there, "done": rule.done, "near": rule.near}
    words = broken.get(against or "", frozenset())
    said = frozenset(filter(done.__contains__, rule.done))
    return Weighed(rule, hit, place, unit, score, said, against, words)


def _unnamed(
    fits: Fitting, clause: str, part: str, seen: list[Weighed] | None
) -> list[tuple[float, Hit | None, Rule | None]]:
    fitting: list[tuple[float, Hit | None, Rule | None]] = []
    for rule, _ in fits[""]:
        score = _UNNAMED + rule.weight
        against = _words_against(rule, clause, part, part)
        if against is None:
            fitting.append((score, None, rule))
        if seen is not None:
            seen.append(_weighed(rule, None, _UNNAMED, 0.0, score, against, clause, part))
    return fitting


def _named(
    namer: Vocabulary,
    best: tuple[float, Hit | None, Rule | None],
    text: str,
    candidate: Candidate,
    left_start: int,
) -> Name:
    score, hit, rule = best
    subject = _subject(text, candidate, left_start, hit)
    if rule is None or score < MINIMUM:
        return Name(None, None, subject, 0.0, None)
    if not rule.indicator:
        return Name(None, None, subject, 0.0, rule.id, hit is not None and hit.start >= left_start)
    indicator = namer.catalogue.indicators[rule.indicator]
    own = hit is not None and hit.start >= left_start
    return Name(
        indicator.id,
        _series(indicator, text[left_start : candidate.start], hit),
        subject,
        round(min(1.0, score / 5), 2),
        rule.id,
        own,
    )


def _series(indicator: Indicator, left: str, hit: Hit | None) -> str | None:
    place, found = -1, None
    for name, words in indicator.series.items():
        for word in words:
            at = max(left.rfind(word), hit.word.rfind(word) if hit else -1)
            if at > place:
                place, found = at, name
    if indicator.series_by == "noun" and hit:
        return f"{hit.word}·{found}" if found else hit.word
    return found


def _subject(text: str, candidate: Candidate, left_start: int, hit: Hit | None) -> tuple[int, int] | None:
    """Give the span of the words that say what is counted: the noun phrase behind the classifier, or the one before."""
    if hit and hit.start >= candidate.end:
        return candidate.end, hit.end
    left = text[left_start : candidate.start]
    filler = FILLER.search(left) if left[-1:] in FILLER_ENDS else None
    end = candidate.start - (len(left) - filler.start() if filler else 0)
    start = left_start + len(left) - len(left.lstrip("、,:和及与 ()\n"))
    ends, pattern = _deeds()
    if end > start and text[end - 1] in ends and (deeds := pattern.search(text, start, end)):
        # 建成100个“美丽街区”: what was done is no subject, and what is counted stands behind.
        end = deeds.start()
    if end > start:
        return max(start, end - 24), end
    if hit:
        return hit.start, hit.end
    behind = noun_behind(text, candidate) if candidate.unit else candidate.end
    return (candidate.end, behind) if behind > candidate.end else None


@cache
def _deeds() -> tuple[frozenset[str], re.Pattern[str]]:
    """Compile the words that say what was done, where they end what stands before a number, and their last characters."""
    words = table("subject_words.toml")["deeds"]["words"]
    return frozenset(word[-1] for word in words), re.compile(f"{pattern_of(words)}+$")
