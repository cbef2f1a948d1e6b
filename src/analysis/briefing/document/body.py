"""What a document says, section by section, each number with a way to its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.document.oxml import (
    add_bookmark,
    add_field,
    add_link,
    begin_field,
    clean,
    describe,
    end_field,
)
from analysis.briefing.document.table import Piece, Row, add_table, room
from analysis.briefing.office.findings import shown_findings
from analysis.briefing.office.gallery import gallery
from analysis.briefing.office.wording import office, office_words, overall, pair, received, subtitle, told
from analysis.charts.naming import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from analysis.briefing.content import Content
    from analysis.briefing.office.findings import ToldFinding
    from analysis.briefing.office.references import Evidence, Located

_SECTIONS = ("headlines", "charts", "changes", "findings", "coverage", "left_out", "sources")
# A picture with its caption has to fit on a page.
_TALLEST = 0.82


class Body:
    """A document while it is written: what has been numbered so far."""

    def __init__(self, document: Document, content: Content, found: Evidence) -> None:
        self.document, self.content, self.found = document, content, found
        self.locale = content.locale
        self.bookmarks, self.figures, self.tables = 0, 0, 0
        self.findings, self.others = shown_findings(content, found)

    def write(self) -> None:
        """Write all sections."""
        self._opening()
        self._headlines()
        self._charts()
        self._changes()
        self._findings()
        self._coverage()
        self._left_out()
        self._sources()

    def _say(self, key: str, **fields: object) -> str:
        return office(key, self.locale, **fields)

    def _paragraph(self, text: str, style: str | None = None) -> Paragraph:
        return self.document.add_paragraph(clean(text), style=style)

    def _heading(self, key: str) -> None:
        made = self._paragraph(self._say(key), "Heading 1")
        self._mark(made, f"part_{key}")

    def _mark(self, paragraph: Paragraph, name: str) -> None:
        self.bookmarks += 1
        add_bookmark(paragraph, name, self.bookmarks)

    def _table(self, header: Sequence[str], rows: Sequence[Row], shares: Sequence[float]) -> None:
        add_table(self.document, header, rows, shares, first=self.bookmarks + 1)
        self.bookmarks += len(rows)

    def _caption(self, label: str, number: int, text: str) -> Paragraph:
        """Write a caption whose number Word counts by itself."""
        made = self._paragraph("", "Caption")
        made.paragraph_format.keep_together = True
        word = self._say(label)
        made.add_run(word if self.locale == "en" else f"{word} ")
        add_field(made, f"SEQ {label} \\* ARABIC", str(number))
        made.add_run(clean(f"  {text}"))
        return made

    def _table_caption(self, text: str) -> None:
        self.tables += 1
        self._caption("table_label", self.tables, text).paragraph_format.keep_with_next = True

    def _opening(self) -> None:
        self._paragraph(self.content.title, "Title")
        self._paragraph(subtitle(self.content), "Subtitle")
        self._paragraph(received(self.content))
        self._paragraph(self._say("contents"), "TOC Heading")
        for number, key in enumerate(_SECTIONS):
            made = self._paragraph("", "toc 1")
            if number == 0:
                begin_field(made, 'TOC \\o "1-1" \\n \\h \\z')
            add_link(made, self._say(key), f"part_{key}", style=None)
            if number == len(_SECTIONS) - 1:
                end_field(made)

    def _headlines(self) -> None:
        self._heading("headlines")
        said = [reference for reference in self.found.references if reference.headline]
        if not said:
            self._paragraph(self._say("no_headlines"))
            return
        self._paragraph(overall(self.content, self.found.names)).runs[0].bold = True
        for reference in said:
            made = self._paragraph(f"{reference.headline} ", "List Bullet")
            add_link(made, f"[{reference.number}]", f"source_{reference.number}")
        self._paragraph(self._say("how_to_read"), "Caption")

    def _charts(self) -> None:
        self._heading("charts")
        pictures = gallery(self.content, self.found)
        if not pictures:
            self._paragraph(self._say("no_charts"))
        width, height = room(self.document)
        for picture in pictures:
            place = self._paragraph("")
            place.paragraph_format.keep_with_next = True
            drawn: Any = place.add_run().add_picture(str(picture.path), width=width)
            most = int(height * _TALLEST)
            if drawn.height > most:
                drawn.width, drawn.height = int(drawn.width * most / drawn.height), most
            describe(drawn, picture.title, picture.alt_text)
            self.figures += 1
            text = self._say("caption", title=picture.title, note=picture.caption)
            made = self._caption("figure_label", self.figures, f"{text} ")
            if picture.number is not None:
                add_link(made, f"[{picture.number}]", f"source_{picture.number}")
            else:
                key = "coverage" if picture.kind == "coverage" else "changes"
                add_link(made, self._say(key), f"part_{key}")

    def _changes(self) -> None:
        self._heading("changes")
        if not self.found.references:
            self._paragraph(self._say("no_headlines"))
            return
        when, baseline = pair(self.content)
        word = office_words("columns", self.locale)
        self._table_caption(self._say("table_changes", when=when, baseline=baseline))
        header = [
            word["indicator"], when, baseline, word["change"], word["percent"], word["verdict"],
            word["coverage"], word["number"],
        ]  # fmt: skip
        rows = []
        for reference in self.found.references:
            row = told(reference.total, self.found.names)
            texts = [reference.label, row.now, row.then, row.change, row.percent, row.verdict, row.coverage]
            link = Piece(f"[{reference.number}]", link=f"source_{reference.number}")
            rows.append(Row([*([Piece(text)] for text in texts), [link]], f"change_{reference.number}"))
        self._table(header, rows, (0.155, 0.13, 0.13, 0.12, 0.15, 0.135, 0.12, 0.06))
        noted = [reference for reference in self.found.references if reference.total["reason"]]
        for reference in noted:
            made = self._paragraph("", "Caption")
            add_link(made, f"[{reference.number}]", f"source_{reference.number}")
            made.add_run(clean(self._say("noted", label=reference.label, reason=reference.total["reason"])))

    def _findings(self) -> None:
        self._heading("findings")
        if not self.findings:
            self._paragraph(self._say("no_findings"))
        for number, item in enumerate(self.findings, start=1):
            made = self._paragraph("", "List Bullet")
            kind = self._say("finding_kind", severity=item.severity, kind=item.kind)
            made.add_run(clean(kind)).bold = True
            made.add_run(clean(f"{item.message} → {item.remedy} "))
            if item.figure_ids:
                add_link(made, f"[F{number}]", f"finding_{number}")
        if self.others:
            self._paragraph(self._say("other_findings", count=self.others))

    def _coverage(self) -> None:
        self._heading("coverage")
        self._paragraph(received(self.content))
        expected = self.content.tables.expected
        listed = records(expected[expected["period"] == self.content.period].sort_values("place_id"))
        if not listed:
            return
        self._table_caption(self._say("table_coverage", when=pair(self.content)[0]))
        word, states = office_words("columns", self.locale), office_words("states", self.locale)
        reports = self.content.tables.reports
        paths = dict(zip(reports["report_id"], reports["path"], strict=True))
        rows = [
            Row(
                [
                    [Piece(text)]
                    for text in (
                        row["place"] or row["place_id"], states[row["state"]],
                        row["received"].isoformat() if row["received"] else "–",
                        paths.get(row["report_id"], "–"),
                    )
                ]
            )
            for row in listed
        ]  # fmt: skip
        header = [word["place"], word["state"], word["received"], word["path"]]
        self._table(header, rows, (0.3, 0.15, 0.2, 0.35))

    def _left_out(self) -> None:
        self._heading("left_out")
        for line in self.content.omitted():
            self._paragraph(line, "List Bullet")
        if not self.content.left_out:
            self._paragraph(self._say("nothing_left_out"))

    def _sources(self) -> None:
        self._heading("sources")
        self._paragraph(self._say("sources_how"))
        for reference in self.found.references:
            made = self._paragraph(f"[{reference.number}] {reference.label}", "Heading 2")
            self._mark(made, f"source_{reference.number}")
            self._sentences(self.found.behind(reference), f"change_{reference.number}")
        for number, item in enumerate(self.findings, start=1):
            if item.figure_ids:
                self._behind_finding(number, item)

    def _behind_finding(self, number: int, item: ToldFinding) -> None:
        made = self._paragraph(f"[F{number}] {item.kind} {item.place or ''}".rstrip(), "Heading 2")
        self._mark(made, f"finding_{number}")
        self._sentences(self.found.sentences(";".join(item.figure_ids)), "part_findings")

    def _sentences(self, listed: Sequence[Located], back: str) -> None:
        """List sentences with their files, and the way back to the number."""
        if not listed:
            self._paragraph(self._say("no_sentences"))
            return
        word = office_words("columns", self.locale)
        rows = [
            Row(
                [
                    [Piece(at.place), Piece(f" {at.period}")],
                    [
                        Piece(at.before, script=at.script),
                        Piece(at.figure, marked=True, script=at.script),
                        Piece(at.after, script=at.script),
                    ],
                    [Piece("\n".join(filter(None, [at.path, at.position])))],
                ]
            )
            for at in listed
        ]
        heads = (("place", "period"), ("path", "position"))
        ends = [" / ".join(word[part] for part in both) for both in heads]
        header = [ends[0], word["marked"], ends[1]]
        self._table(header, rows, (0.18, 0.55, 0.27))
        add_link(self._paragraph("", "Caption"), f"↑ {self._say('back')}", back)
