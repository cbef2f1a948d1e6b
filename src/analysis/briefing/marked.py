"""Reports as a page with every number marked: the figures coloured by indicator, the others in grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.briefing.render import render
from analysis.charts.fonts import find_font
from analysis.charts.words import entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from analysis.catalogue import Catalogue
    from analysis.extraction.traced import Trace, Traced
    from analysis.reading import Report

_PACKAGE = "analysis.briefing"
# How many colours marked.css has; further indicators begin with the first again.
_COLOURS = 12


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page as HTML in `text`, and the report_ids of its reports with figures in `stating`."""

    text: str
    stating: frozenset[str]


def marked_page(
    reports: Iterable[Report],
    catalogue: Catalogue,
    *,
    locale: str = "zh-Hant",
    font: str | Path | None = None,
) -> MarkedPage:
    """Give a page of reports with every number marked.

    Parameters
    ----------
    reports : the reports, in the order of the page.
    catalogue : the indicators to look for.
    locale : the language of the page's own words: zh-Hant, zh-Hans or en.
    font : font file, see `find_font`; its used glyphs go into the page.

    Returns
    -------
    The page and the reports that state figures. The page is a section a report with its whole text. A figure
    has the colour of its indicator, and says on hover or focus what it was read as; a number that is no
    figure is grey and says why. No script, nothing from elsewhere.
    """
    from analysis.extraction.trace import trace_report

    words = {key: said[locale] for key, said in entries(_PACKAGE)["marked"].items()}
    refused = {key: said[locale] for key, said in entries(_PACKAGE)["refused"].items()}
    page = _Page(words, refused)
    sections = [page.section(report, trace_report(report, catalogue)) for report in reports]
    context = {"locale": locale, "words": words, "sections": sections}
    return MarkedPage(render("marked", context, find_font(font)), frozenset(page.stating))


class _Page:
    """The words of one page, and the colours given on it so far."""

    def __init__(self, words: Mapping[str, str], refused: Mapping[str, str]) -> None:
        self.words, self.refused = words, refused
        self.colours: dict[str, int] = {}
        self.stating: set[str] = set()

    def section(self, report: Report, trace: Trace) -> dict[str, Any]:
        """Give the report's text in pieces, and how often each indicator is in it."""
        pieces = list(self._pieces(report.text, trace.numbers))
        legend: dict[str, dict[str, Any]] = {}
        for piece in pieces:
            if piece.get("kind") == "figure":
                entry = legend.setdefault(piece["label"], {"colour": piece["colour"], "count": 0})
                entry["count"] += 1
        count = sum(entry["count"] for entry in legend.values())
        if count:
            self.stating.add(report.report_id)
        return {
            "path": report.path,
            "pieces": pieces,
            "legend": sorted(legend.items(), key=lambda item: -item[1]["count"]),
            "summary": self.words["summary"].format(figures=count, refused=self._refused(pieces)),
        }

    @staticmethod
    def _refused(pieces: Sequence[Mapping[str, Any]]) -> int:
        return sum(piece.get("kind") == "refused" for piece in pieces)

    def _pieces(self, text: str, numbers: Sequence[Traced]) -> Iterator[dict[str, Any]]:
        # Where two numbers share characters the figure is shown, since it says more.
        kept: list[Traced] = []
        covered: set[int] = set()
        for number in sorted(numbers, key=lambda n: (n.figure is None, n.start)):
            characters = range(number.start, number.end)
            if covered.isdisjoint(characters):
                kept.append(number)
                covered.update(characters)
        at = 0
        for number in sorted(kept, key=lambda n: n.start):
            yield {"text": text[at : number.start]}
            yield self._number(text, number)
            at = number.end
        yield {"text": text[at:]}

    def _number(self, text: str, number: Traced) -> dict[str, Any]:
        piece: dict[str, Any] = {"text": text[number.start : number.end], "id": f"n{number.start}"}
        figure = number.figure
        if figure is None:
            reason = number.reason or ""
            why = self.refused.get(reason, reason)
            lines = [(self.words["refused"], f"{why}: {number.word}" if number.word else why)]
            return piece | {"kind": "refused", "lines": lines}
        said, name = number.said, figure.name
        label = name.label or self.words["unnamed"]
        colour = self.colours.setdefault(label, len(self.colours) % _COLOURS) if name.label else "none"
        worth = _plain(said.value)
        if said.low != said.value or said.high != said.value:
            worth += f" [{_plain(said.low, '-∞')}, {_plain(said.high, '∞')}]"
        read: list[tuple[str, str | None]] = [
            (self.words["indicator"], " · ".join(part for part in (label, name.series) if part)),
            (self.words["value"], f"{worth} {said.unit or ''}".strip()),
            (self.words["subject"], name.subject),
            (self.words["role"], self.words.get(f"role_{figure.role.role}", figure.role.role)),
            (self.words["period"], figure.period.period),
            (self.words["place"], figure.place),
            (self.words["rule"], name.rule),
        ]
        return piece | {
            "kind": "figure",
            "label": label,
            "colour": colour,
            "lines": [(what, value) for what, value in read if value],
        }


def _plain(number: float | None, missing: str = "") -> str:
    return missing if number is None else f"{number:,.10g}"
