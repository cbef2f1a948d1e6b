"""Every total of a briefing with a number of its own, and the sentences that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.office.wording import office
from analysis.briefing.sources import sources
from analysis.charts.naming import naming, records, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from analysis.briefing.content import Content
    from analysis.charts.naming import Naming

Key = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class Located:
    """A figure in its sentence, and where that stands.

    Attributes
    ----------
    figure_id : key of the figure.
    before, figure, after : the sentence in three parts.
    place, period : of the figure, in words.
    path : the report's file.
    position : where in the file: page, sheet and cell, or character.
    script : script of the report: hant, hans or mixed.
    """

    figure_id: str
    before: str
    figure: str
    after: str
    place: str
    period: str
    path: str
    position: str
    script: str

    @property
    def sentence(self) -> str:
        """The sentence with its figure between 【 and 】."""
        return f"{self.before}【{self.figure}】{self.after}"

    @property
    def where(self) -> str:
        """File and position in one line."""
        return f"{self.path} · {self.position}" if self.position else self.path


@dataclass(frozen=True, slots=True)
class Reference:
    """A total under its number.

    Attributes
    ----------
    number : counted from 1; headlines come first. It is the same in workbook, document and slides.
    label : what is counted, with its unit where two totals differ in nothing else.
    total : the row of `comparisons`.
    places : the rows of its places.
    headline : its sentence, where it is a headline.
    """

    number: int
    label: str
    total: Mapping[str, Any]
    places: tuple[Mapping[str, Any], ...]
    headline: str | None

    @property
    def key(self) -> Key:
        """Indicator, series and dimension."""
        return key_of(self.total)


@dataclass(frozen=True)
class Evidence:
    """What stands behind the numbers of a briefing.

    Attributes
    ----------
    names : names and locale.
    references : the totals, in order of their numbers.
    located : the figures by figure_id, with their sentences.
    """

    names: Naming
    references: tuple[Reference, ...]
    located: Mapping[str, Located]

    def sentences(self, *cells: str | None) -> list[Located]:
        """Give the sentences of cells that hold figure_ids, in their order, each once."""
        return [self.located[name] for name in dict.fromkeys(listed_ids(*cells)) if name in self.located]

    def behind(self, reference: Reference) -> list[Located]:
        """Give the sentences of a total: those of the period first, each by place."""
        rows = reference.places or (reference.total,)
        now = self.sentences(*(row["figure_ids"] for row in rows), reference.total["figure_ids"])
        then = self.sentences(
            *(row["baseline_figure_ids"] for row in rows), reference.total["baseline_figure_ids"]
        )
        return list(dict.fromkeys([*now, *then]))


def key_of(row: Mapping[str, Any]) -> Key:
    """Give what tells one series of numbers from another."""
    return row["indicator"], row["series"], row["dimension"]


def listed_ids(*cells: str | None) -> list[str]:
    """Read cells that hold several figure_ids.

    Examples
    --------
    >>> listed_ids("a;b", None, "c")
    ['a', 'b', 'c']
    """
    return [name for cell in cells if cell for name in str(cell).split(";")]


def evidence(content: Content, *, headlines: int = 8) -> Evidence:
    """Number the totals of a briefing and find the sentences behind all its numbers.

    Parameters
    ----------
    content : the briefing.
    headlines : most sentences that are headlines.
    """
    tables = content.tables
    names = naming(tables.indicators, tables.places, content.locale)
    rows = records(tables.comparisons)
    said = {
        (row["indicator"], row["figure_ids"]): row["sentence"]
        for row in records(content.headlines(headlines))
    }
    order = {found: number for number, found in enumerate(said)}
    totals = [row for row in rows if row["row_kind"] == "total"]
    # Python's sort keeps the order of the catalogue among those that are no headline.
    totals.sort(key=lambda row: order.get((row["indicator"], row["figure_ids"]), len(order)))
    places: dict[Key, list[dict[str, Any]]] = {}
    for row in rows:
        if row["row_kind"] == "place":
            places.setdefault(key_of(row), []).append(row)
    references = tuple(
        Reference(
            number, label, row, tuple(places.get(key_of(row), ())),
            said.get((row["indicator"], row["figure_ids"])),
        )
        for number, (label, row) in enumerate(zip(told_apart(totals, names), totals, strict=True), start=1)
    )  # fmt: skip
    return Evidence(names, references, _located(content, names))


def _located(content: Content, names: Naming) -> dict[str, Located]:
    figures, reports = content.tables.figures, content.tables.reports
    known = figures["indicator"].notna()
    wanted = set(figures.loc[known, "figure_id"])
    where = _positions(figures[known], content.locale)
    scripts = dict(zip(reports["path"], reports["script"].fillna("mixed"), strict=True))
    mask = mask_of(content)
    found = {}
    for listed in sources(figures, reports, wanted, names).values():
        for source in listed:
            # The sentence is masked as a whole: a number may go across the ends of the figure.
            text = mask(source.before + source.figure + source.after)
            start, end = len(source.before), len(source.before) + len(source.figure)
            found[source.figure_id] = Located(
                source.figure_id, text[:start], text[start:end], text[end:], source.place, source.period,
                source.path, where[source.figure_id], scripts.get(source.path, "mixed"),
            )  # fmt: skip
    return found


def mask_of(content: Content) -> Callable[[str], str]:
    """Give what masks telephone and identity numbers, or leaves text alone where the project says so."""
    if not content.redact:
        return str
    from analysis.briefing.redact import redacted

    return redacted


def _positions(figures: pd.DataFrame, locale: str) -> dict[str, str]:
    columns = ["figure_id", "page", "sheet", "cell", "start"]
    return {row["figure_id"]: _position(row, locale) for row in records(figures[columns])}


def _position(row: Mapping[str, Any], locale: str) -> str:
    """Say where in its file a figure stands: what a person would look for first."""
    parts = [
        office(f"at_{part}", locale, at=row[part])
        for part in ("page", "sheet", "cell")
        if row[part] is not None
    ]
    return " ".join(parts or [office("at_character", locale, at=f"{row['start'] + 1:,}")])


def numbers_of(references: Iterable[Reference]) -> dict[Key, int]:
    """Give the number of each series."""
    return {reference.key: reference.number for reference in references}
