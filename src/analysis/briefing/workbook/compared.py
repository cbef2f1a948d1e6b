"""The sheets of what is claimed: headlines, totals, places, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.briefing.office.drawn import percent_ends
from analysis.briefing.office.references import listed_ids
from analysis.briefing.office.wording import office, office_words, pair
from analysis.briefing.workbook.sheet import Column, Link, Sheet
from analysis.charts.naming import records
from analysis.charts.words import say, unit_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.briefing.content import Content
    from analysis.briefing.office.references import Evidence, Reference

# Where a table of totals or places has its sides; charts are drawn from these columns.
NOW, THEN, PERCENT = 3, 6, 12


def plain_sheet(
    key: str, content: Content, columns: Sequence[Column], rows: Sequence[Sequence[Any]], *,
    notes: str = "", anchors: Mapping[str, int] | None = None, frozen: int = 0,
) -> Sheet:  # fmt: skip
    """Make a sheet with its words."""
    locale = content.locale
    when, baseline = pair(content)
    count = office("notes.rows" if rows else "notes.none", locale, count=f"{len(rows):,}")
    return Sheet(
        key=key,
        name=office(f"sheets.{key}", locale),
        title=office(f"titles.{key}", locale, when=when, baseline=baseline, title=content.title),
        about=office(f"about.{key}", locale),
        notes=" ".join(filter(None, [count, notes])),
        columns=columns,
        rows=rows,
        anchors=anchors or {},
        frozen=frozen,
    )


def headline_sheet(content: Content, found: Evidence) -> Sheet:
    """Make the sheet of the sentences of a briefing."""
    word = office_words("columns", content.locale)
    columns = [
        Column(word["number"], "whole"), Column(word["sentence"], "long"), Column(word["source"], "narrow"),
        Column(word["indicator"]), Column(word["verdict"], "narrow"), Column(pair(content)[0], "number"),
        Column(word["unit"], "narrow"), Column(word["change"], "signed"), Column(word["percent"], "percent"),
        Column(word["coverage"], "narrow"),
    ]  # fmt: skip
    rows = []
    for reference in found.references:
        row = reference.total
        if reference.headline is None:
            continue
        exact = row["low"] == row["value"] == row["high"]
        sure = row["change_low"] == row["change_high"]
        rows.append(
            [
                reference.number,
                reference.headline,
                _link(content, row["figure_ids"], row["baseline_figure_ids"]),
                reference.label,
                say(f"verdicts.{row['verdict']}", content.locale),
                row["value"] if exact else None,
                unit_name(row["unit"], content.locale),
                row["change"] if sure else None,
                row["percent"] if sure else None,
                row["coverage"],
            ]
        )
    return plain_sheet("headlines", content, columns, rows)


def total_sheet(content: Content, found: Evidence) -> Sheet:
    """Make the sheet of totals, in order of their percent."""
    word = office_words("columns", content.locale)
    chosen = sorted(found.references, key=_rank)
    columns = [
        Column(word["number"], "whole"), Column(word["indicator"]), Column(word["unit"], "narrow"),
        *_sides(content), Column(word["verdict"], "narrow"), Column(word["coverage"], "narrow"),
        Column(word["common"], "whole"), Column(word["note"], "note"),
    ]  # fmt: skip
    rows = [
        [
            reference.number, reference.label, unit_name(reference.total["unit"], content.locale),
            *_measured(reference.total), say(f"verdicts.{reference.total['verdict']}", content.locale),
            reference.total["coverage"], reference.total["common_places"], reference.total["reason"],
        ]
        for reference in chosen
    ]  # fmt: skip
    anchors = {f"total-{reference.number}": at for at, reference in enumerate(chosen)}
    notes = office("notes.measure", content.locale)
    return plain_sheet("totals", content, columns, rows, notes=notes, anchors=anchors, frozen=2)


def judged(row: Mapping[str, Any]) -> bool:
    """Tell whether a row may be drawn as a change in percent."""
    return row["verdict"] in {"up", "down", "unchanged"} and row["percent"] is not None


def _rank(reference: Reference) -> tuple[bool, float]:
    """Order totals: those that can be drawn first, by their change in percent."""
    return not judged(reference.total), -(reference.total["percent"] or 0.0)


def place_sheet(content: Content, found: Evidence) -> Sheet:
    """Make the sheet of places, by total."""
    word = office_words("columns", content.locale)
    columns = [
        Column(word["indicator"]), Column(word["place"]), Column(word["unit"], "narrow"),
        *_sides(content), Column(word["verdict"], "narrow"), Column(word["number"], "whole"),
        Column(word["note"], "note"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    anchors: dict[str, int] = {}
    for reference in found.references:
        for row in reference.places:
            for figure in listed_ids(row["figure_ids"], row["baseline_figure_ids"]):
                anchors.setdefault(f"figure-{figure}", len(rows))
            anchors.setdefault(f"total-{reference.number}", len(rows))
            rows.append(
                [
                    reference.label,
                    row["place"] or row["place_id"],
                    unit_name(row["unit"], content.locale),
                    *_measured(row),
                    say(f"verdicts.{row['verdict']}", content.locale),
                    Link(reference.number, "totals", (f"total-{reference.number}",)),
                    row["reason"],
                ]
            )
    notes = office("notes.measure", content.locale)
    return plain_sheet("by_place", content, columns, rows, notes=notes, anchors=anchors, frozen=2)


def _sides(content: Content) -> list[Column]:
    """Give the columns of both periods, of the change and of the percent, each with its range."""
    word = office_words("columns", content.locale)
    when, baseline = pair(content)
    kinds = ((when, "number"), (baseline, "number"), (word["change"], "signed"), (word["percent"], "percent"))
    found: list[Column] = []
    for what, kind in kinds:
        found += [
            Column(what, kind),  # type: ignore[arg-type]
            Column(word["lowest"].format(what=what), kind),  # type: ignore[arg-type]
            Column(word["highest"].format(what=what), kind),  # type: ignore[arg-type]
        ]
    return found


def _measured(row: Mapping[str, Any]) -> list[Any]:
    """Give the cells of `_sides`: levels lead to their figures, changes to those of both periods."""
    ids, earlier = row["figure_ids"], row["baseline_figure_ids"]
    levels = [_leading(row[name], ids) for name in ("value", "low", "high")]
    levels += [_leading(row[f"baseline_{name}"], earlier) for name in ("value", "low", "high")]
    changes = [row["change"], row["change_low"], row["change_high"], row["percent"], *percent_ends(row)]
    return [*levels, *(_leading(change, ids, earlier) for change in changes)]


def _leading(value: Any, *cells: str | None) -> Any:
    """Let a value lead to the figures that cells of a table list; it stays plain where there are none."""
    names = tuple(dict.fromkeys(listed_ids(*cells)))
    return value if value is None or not names else Link(value, "figures", names)


def _link(content: Content, *cells: str | None) -> Link | None:
    found = _leading(office("columns.link", content.locale), *cells)
    return found if isinstance(found, Link) else None


def finding_sheet(content: Content, found: Evidence) -> Sheet:
    """Make the sheet of findings, the grave ones first."""
    from analysis.briefing.office.findings import told_findings

    word = office_words("columns", content.locale)
    columns = [
        Column(word["severity"], "narrow"), Column(word["kind"]), Column(word["period"], "narrow"),
        Column(word["place"]), Column(word["indicator"]), Column(word["source"], "narrow"),
        Column(word["message"], "long"), Column(word["remedy"], "long"),
    ]  # fmt: skip
    listed = told_findings(content, found)
    rows = [
        [
            item.severity, item.kind, item.period, item.place, item.indicator,
            _link(content, ";".join(item.figure_ids)), item.message, item.remedy,
        ]
        for item in listed
    ]  # fmt: skip
    anchors: dict[str, int] = {}
    for at, item in enumerate(listed):
        for figure in item.figure_ids:
            anchors.setdefault(f"figure-{figure}", at)
    return plain_sheet("findings", content, columns, rows, anchors=anchors)


def left_out_sheet(content: Content) -> Sheet:
    """Make the sheet of what was left out."""
    columns = [Column(office("columns.what", content.locale), "long")]
    return plain_sheet("left_out", content, columns, [[line] for line in content.omitted()])


def report_sheet(content: Content, found: Evidence) -> Sheet:
    """Make the sheet of the reports that were read."""
    word = office_words("columns", content.locale)
    columns = [
        Column(word["place"]), Column(word["period"], "narrow"), Column(word["received"], "date"),
        Column(word["count"], "whole"), Column(word["path"], "long"), Column(word["note"]),
    ]  # fmt: skip
    reports = content.tables.reports
    counts = content.tables.figures["report_id"].value_counts()
    listed = records(reports.sort_values(["period", "place_id", "path"], na_position="last"))
    rows = [
        [
            found.names.place(row["place_id"]) if row["place_id"] else None, row["period"], row["received"],
            int(counts.get(row["report_id"], 0)), row["path"],
            None if row["is_latest"] else word["superseded"],
        ]
        for row in listed
    ]  # fmt: skip
    anchors = {str(row["path"]): at for at, row in enumerate(listed)}
    return plain_sheet("reports", content, columns, rows, anchors=anchors)
