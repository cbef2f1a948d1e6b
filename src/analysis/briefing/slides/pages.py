"""The slides of a briefing, one after the other; each title says what its slide finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.office.drawn import drawn_ids, over_time, places_drawn, trend_drawn, utmost
from analysis.briefing.office.findings import shown_findings
from analysis.briefing.office.gallery import gallery
from analysis.briefing.office.look import SOFT_RGB
from analysis.briefing.office.wording import office, office_words, overall, pair, received, subtitle, told
from analysis.briefing.slides.charts import add_bars, add_lines, add_percents, chart_title
from analysis.briefing.slides.deck import (
    Box,
    above_note,
    add_note,
    add_run,
    describe,
    frame_of,
    pages,
    take_place,
    titled,
)
from analysis.briefing.slides.table import Cell, add_table, fitting
from analysis.charts.findings import percent_words
from analysis.charts.periods import axis_words
from analysis.charts.words import say, unit_name
from analysis.language.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence, Located, Reference
    from analysis.briefing.slides.deck import Deck

_MOST_PLACES, _MOST_LINES, _MOST_PERCENTS, _ROWS, _SENTENCES = 10, 8, 16, 10, 12
# Of a sentence on a slide so many characters stand before and after the figure; the notes have all.
_AROUND = 17
_SHARES = (0.12, 0.08, 0.52, 0.18, 0.1)


class Slides:
    """The slides while they are made."""

    def __init__(self, deck: Deck, content: Content, found: Evidence) -> None:
        self.deck, self.content, self.found = deck, content, found
        self.locale = content.locale
        self.findings, self.others = shown_findings(content, found)
        self.periods, self.lines = over_time(content)

    def make(self) -> None:
        """Make all slides, then set the links between them."""
        self._cover()
        self._headlines()
        self._percents()
        for reference in self.found.references:
            if reference.headline is not None:
                self._indicator(reference)
        self._changes()
        self._found()
        self._coverage()
        self._left_out()
        for reference in self.found.references:
            label = office("table_sources", self.locale, number=reference.number, label=reference.label)
            name, behind = f"source-{reference.number}", self.found.behind(reference)
            self._source(name, label, behind, "changes", earlier=self._earlier(reference))
        for number, item in enumerate(self.findings, start=1):
            listed = self.found.sentences(";".join(item.figure_ids))
            if listed:
                label = office("table_sources", self.locale, number=f"F{number}", label=item.kind)
                self._source(f"finding-{number}", label, listed, "findings")
        self.deck.settle()

    def _say(self, key: str, **fields: object) -> str:
        return office(key, self.locale, **fields)

    def _cover(self) -> None:
        slide, boxes = self.deck.add("cover", self.content.title)
        frame = frame_of(slide, boxes[0])
        add_run(frame.paragraphs[0], subtitle(self.content), self.locale)
        add_run(frame.add_paragraph(), received(self.content), self.locale)

    def _bullets(
        self, title: str, texts: Sequence[tuple[str, str | None, str | None]], name: str
    ) -> list[tuple[Any, list[int]]]:
        """Make slides of bullets: text, what its link says, and where that leads."""
        probe = self.deck.text_size()
        shared: list[list[int]] = [[]]
        made = []
        slide, boxes = self.deck.add("one", title)
        shared = pages([f"{text}{mark or ''}" for text, mark, _ in texts], boxes[0], probe)
        for number, listed in enumerate(shared, start=1):
            if number > 1:
                slide, boxes = self.deck.add("one", title)
            if len(shared) > 1:
                said = self._say("part", title=title, number=number, count=len(shared))
                self.deck.title(slide, said)
            frame = frame_of(slide, boxes[0])
            for at, which in enumerate(listed):
                paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
                text, mark, target = texts[which]
                add_run(paragraph, f"{text} " if mark else text, self.locale, size=probe)
                if mark and target:
                    self.deck.link(slide, add_run(paragraph, mark, self.locale, size=probe), target)
            self.deck.named.setdefault(name, slide)
            made.append((slide, listed))
        return made

    def _headlines(self) -> None:
        said = [reference for reference in self.found.references if reference.headline]
        title = overall(self.content, self.found.names)
        if not said:
            self._bullets(title, [(self._say("no_headlines"), None, None)], "headlines")
            return
        texts = [(str(each.headline), f"[{each.number}]", f"source-{each.number}") for each in said]
        for slide, listed in self._bullets(title, texts, "headlines"):
            self.deck.click(slide, titled(slide), "changes")
            self._notes(slide, [self._say("how_to_read")])
            for at in listed:
                self._add_notes(slide, said[at])

    def _percents(self) -> None:
        drawn = [
            reference
            for reference in self.found.references
            if reference.total["verdict"] in {"up", "down", "unchanged"}
            and reference.total["percent"] is not None
        ]
        if not drawn:
            return
        chosen = sorted(drawn, key=lambda reference: -abs(reference.total["percent"]))[:_MOST_PERCENTS]
        chosen.sort(key=lambda reference: -reference.total["percent"])
        totals = [each.total for each in self.found.references]
        ends = [
            self._say(key, label=each.label, percent=percent_words(each.total, self.locale))
            for each in drawn
            for key in ("most_up", "most_down")
            if utmost(each.total, totals, key.removeprefix("most_"))
        ]
        title = say("stop", self.locale).join(ends) or overall(self.content, self.found.names)
        slide, boxes = self.deck.add("one", title)
        rows = [(f"[{each.number}] {each.label}", each.total) for each in chosen]
        drawing = add_percents(slide, above_note(boxes[0]), rows, self._say("percent_axis"), self.locale)
        for pressed in (titled(slide), drawing):
            self.deck.click(slide, pressed, "changes")
        note = self._say("label_percent")
        left = len(self.found.references) - len(drawn)
        note += self._say("unlisted_percent", count=left) if left else ""
        if len(chosen) < len(drawn):
            note += self._say("chart_largest", shown=len(chosen), count=len(drawn))
        paragraph = add_note(slide, boxes[0], f"{note} ", self.locale, SOFT_RGB)
        self.deck.link(slide, add_run(paragraph, self._say("changes"), self.locale, size=11), "changes")
        for each in chosen:
            add_run(paragraph, " ", self.locale, size=11)
            mark = add_run(paragraph, f"[{each.number}]", self.locale, size=11)
            self.deck.link(slide, mark, f"source-{each.number}")

    def _indicator(self, reference: Reference) -> None:
        rows, note = places_drawn(reference, self.content, _MOST_PLACES, note="label_places")
        total = reference.total
        lines = self.lines.get((total["indicator"], total["series"], total["unit"], total["basis"]), {})
        trend = len(self.periods) > 1 and len(lines) > 0
        slide, boxes = self.deck.add("two" if trend and rows else "one", str(reference.headline))
        unit, target = unit_name(total["unit"], self.locale), f"source-{reference.number}"
        self.deck.click(slide, titled(slide), target)
        if rows:
            title = chart_title(reference.label, unit, "by_place", self.locale)
            periods = pair(self.content)
            bars = add_bars(
                slide, above_note(boxes[0]), rows, periods=periods, title=title, locale=self.locale
            )
            self.deck.click(slide, bars, target)
            add_note(slide, boxes[0], note, self.locale, SOFT_RGB)
        if trend:
            title = chart_title(reference.label, unit, "trend", self.locale)
            drawn, note = self._trend(slide, above_note(boxes[-1]), lines, title)
            self.deck.click(slide, drawn, target)
        paragraph = add_note(slide, boxes[-1], f"{note} " if trend else "", self.locale, SOFT_RGB)
        mark = self._say("to_sources", number=reference.number)
        self.deck.link(slide, add_run(paragraph, mark, self.locale, size=11), target)
        self._add_notes(slide, reference)

    def _trend(
        self, slide: Any, box: Box, lines: dict[str, list[float | None]], title: str
    ) -> tuple[Any, str]:
        places = list(lines)
        chosen, note = trend_drawn([lines[place] for place in places], self.content, _MOST_LINES)
        drawn = {self.found.names.place(places[at]): lines[places[at]] for at in chosen}
        labels = [
            text.replace("\n", " ")
            for text in axis_words([parse_period(p) for p in self.periods], self.locale)
        ]
        made = add_lines(slide, box, periods=labels, lines=drawn, title=title, locale=self.locale)
        return made, note

    def _changes(self) -> None:
        if not self.found.references:
            return
        when, baseline = pair(self.content)
        word = office_words("columns", self.locale)
        header = [
            word["indicator"],
            when,
            baseline,
            word["change"],
            word["percent"],
            word["verdict"],
            word["coverage"],
            word["number"],
        ]
        rows = []
        for reference in self.found.references:
            row = told(reference.total, self.found.names)
            target = f"source-{reference.number}"
            rows.append(
                [
                    Cell([(reference.label, False)]),
                    *(
                        Cell([(text, False)], target if text != "–" else None)
                        for text in (row.now, row.then, row.change, row.percent)
                    ),
                    Cell([(row.verdict, False)]),
                    Cell([(row.coverage, False)], target),
                    Cell([(f"[{reference.number}]", False)], target),
                ]
            )
        title = self._say("table_changes", when=when, baseline=baseline)
        self._table(title, header, rows, (0.18, 0.15, 0.14, 0.13, 0.17, 0.09, 0.085, 0.055))

    def _table(
        self,
        title: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        shares: Sequence[float],
    ) -> None:
        """Make slides of a table, as many rows on each as fit."""
        parts: list[Sequence[Sequence[Cell]]] = []
        slides = []
        while sum(map(len, parts)) < len(rows):
            slide, boxes = self.deck.add("one", title)
            left = rows[sum(map(len, parts)) :]
            parts.append(left[: fitting(left, shares, boxes[0], most=_ROWS)])
            frame = add_table(
                self.deck, slide, boxes[0], header=header, rows=parts[-1], shares=shares, locale=self.locale
            )
            describe(frame, title)
            self.deck.named.setdefault("changes", slide)
            slides.append(slide)
        if len(slides) > 1:
            for number, slide in enumerate(slides, start=1):
                said = self._say("part", title=title, number=number, count=len(slides))
                self.deck.title(slide, said)

    def _found(self) -> None:
        title = self._say("findings")
        texts: list[tuple[str, str | None, str | None]] = []
        for number, item in enumerate(self.findings, start=1):
            kind = self._say("finding_kind", severity=item.severity, kind=item.kind)
            text = f"{kind}{item.message} → {item.remedy}"
            mark = f"[F{number}]" if item.figure_ids else None
            texts.append((text, mark, f"finding-{number}"))
        if self.others:
            texts.append((self._say("other_findings", count=self.others), None, None))
        self._bullets(title, texts or [(self._say("no_findings"), None, None)], "findings")

    def _coverage(self) -> None:
        picture = next((made for made in gallery(self.content, self.found) if made.kind == "coverage"), None)
        if picture is None:
            return
        slide, boxes = self.deck.add("one", received(self.content))
        box = above_note(boxes[0])
        drawn = slide.shapes.add_picture(str(picture.path), box.left, box.top, height=box.height)
        if drawn.width > box.width:
            drawn.height = int(drawn.height * box.width / drawn.width)
            drawn.width = box.width
        drawn.left = box.left + (box.width - drawn.width) // 2
        take_place(drawn, box)
        describe(drawn, picture.alt_text)
        add_note(slide, boxes[0], self._say("coverage_how"), self.locale, SOFT_RGB)
        self._notes(slide, [picture.caption, self._say("coverage_how")])

    def _left_out(self) -> None:
        texts = [(line, None, None) for line in self.content.omitted()]
        self._bullets(
            self._say("left_out"), texts or [(self._say("nothing_left_out"), None, None)], "left_out"
        )

    def _earlier(self, reference: Reference) -> list[Located]:
        """Give the sentences of the earlier points of a trend, where one is drawn."""
        if reference.headline is None:
            return []
        known = set(self.found.behind(reference))
        ids = drawn_ids(self.content, reference.total, self.periods)
        return [at for at in self.found.sentences(*ids) if at not in known]

    def _source(
        self, name: str, title: str, listed: Sequence[Located], back: str, *, earlier: Sequence[Located] = ()
    ) -> None:
        """Make the slide of the sentences behind a number; its notes have them all in full."""
        word = office_words("columns", self.locale)
        header = [word["place"], word["period"], word["marked"], word["path"], word["position"]]
        rows = [
            [
                Cell([(at.place, False)]), Cell([(at.period, False)]), Cell(_shortened(at), script=at.script),
                Cell([(at.path, False)]), Cell([(at.position, False)]),
            ]
            for at in listed
        ]  # fmt: skip
        slide, boxes = self.deck.add("one", title)
        shown = rows[: fitting(rows, _SHARES, above_note(boxes[0]), most=_SENTENCES)]
        if shown:
            frame = add_table(
                self.deck, slide, above_note(boxes[0]), header=header, rows=shown,
                shares=_SHARES, locale=self.locale,
            )  # fmt: skip
            describe(frame, title)
        more = len(listed) - len(shown) + len(earlier)
        left = self._say("more_sentences", count=more) if more else ""
        if not listed:
            left = self._say("no_sentences")
        paragraph = add_note(slide, boxes[0], f"{left} ", self.locale, SOFT_RGB)
        self.deck.link(slide, add_run(paragraph, f"↑ {self._say('back')}", self.locale, size=11), back)
        self.deck.named[name] = slide
        lines = [f"{at.sentence} — {at.where}" for at in listed]
        if earlier:
            lines += [
                self._say("earlier"),
                *(f"{at.place} {at.period} {at.sentence} — {at.where}" for at in earlier),
            ]
        self._notes(slide, lines)

    def _add_notes(self, slide: Any, reference: Reference) -> None:
        lines = [f"[{reference.number}] {reference.label}"]
        lines += [f"{at.sentence} — {at.where}" for at in self.found.behind(reference)]
        self._notes(slide, lines)

    def _notes(self, slide: Any, lines: Sequence[str]) -> None:
        from analysis.briefing.slides.deck import clean

        frame = slide.notes_slide.notes_text_frame
        if frame is None or not lines:
            return
        text = "\n".join(filter(None, [frame.text, *lines]))
        frame.text = clean(text)


def _shortened(at: Located) -> list[tuple[str, bool]]:
    """Give a sentence around its figure, which is marked; the notes have it in full."""
    before, after = at.before, at.after
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return [(before, False), (at.figure, True), (after, False)]
