"""Reports, figures and indicators as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.tables.schema import conform, empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from analysis.catalogue import Catalogue
    from analysis.reading import Report, Unreadable


def figures_frame(reports: Iterable[Report], catalogue: Catalogue) -> pd.DataFrame:
    """Extract the figures of reports as the table `figures`.

    Parameters
    ----------
    reports : reports as `analysis.reading` gives them.
    catalogue : indicators to look for, see `analysis.catalogue.load_catalogue`.

    Returns
    -------
    One row a figure, in the order of the reports and of their texts.
    """
    from analysis.extraction import extract_report

    return joined_columns(extract_report(report, catalogue) for report in reports)


def joined_columns(parts: Iterable[Any]) -> pd.DataFrame:
    """Put the columns that extraction gives, report by report, into one table `figures`.

    Parameters
    ----------
    parts : for each report a mapping of column name to list, or a list of rows.
    """
    columns: dict[str, list[Any]] = {}
    count = 0
    for part in parts:
        given = part if isinstance(part, dict) else _columns_of(part)
        size = len(next(iter(given.values()), ()))
        for name, values in given.items():
            columns.setdefault(name, [None] * count).extend(values)
        count += size
        for values in columns.values():
            values.extend([None] * (count - len(values)))
    return conform(columns, "figures") if count else empty("figures")


def _columns_of(rows: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    listed = list(rows)
    names = dict.fromkeys(name for row in listed for name in row)
    return {name: [row.get(name) for row in listed] for name in names}


def reports_frame(reports: Iterable[Report], place_of: Callable[[str | None], str | None]) -> pd.DataFrame:
    """Make the table `reports`, with what replaces what.

    Parameters
    ----------
    reports : reports as read.
    place_of : gives the place_id of a place_id as read, such as `Register.resolve`.
    """
    import pandas as pd

    rows = [_report_row(report, place_of) for report in reports]
    if not rows:
        return empty("reports")
    frame = conform(pd.DataFrame(rows).drop_duplicates("report_id"), "reports")
    return with_succession(frame.sort_values(["path", "report_id"]).reset_index(drop=True))


def _report_row(report: Report, place_of: Callable[[str | None], str | None]) -> dict[str, Any]:
    period = report.period
    return {
        "report_id": report.report_id,
        "path": report.path,
        "reader": report.reader,
        "encoding": report.encoding,
        "encoding_confidence": report.encoding_confidence,
        "script": report.script,
        "title": report.title or None,
        "place_id": place_of(report.place_id),
        "place": report.place or None,
        "period": period.label if period else None,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "period_kind": period.kind if period else None,
        "period_source": report.period_source,
        "place_source": report.place_source,
        "received": report.received,
        "supersedes": report.supersedes,
        "supersedes_source": "manifest" if report.supersedes else None,
        "is_latest": True,
        "note": report.note or None,
        "characters": len(report.text),
        "noise": report.noise,
        "pages": report.pages,
        "left_out": ";".join(f"{kind}={count}" for kind, count in sorted(report.left_out.items())) or None,
        "unread": ";".join(note.replace(";", ",") for note in report.notes) or None,
    }


def with_succession(reports: pd.DataFrame) -> pd.DataFrame:
    """Say which report replaces which: by the manifest, else the later received of one place and period.

    What was entered by hand replaces no report.
    """
    import pandas as pd

    ids = dict(zip(reports["path"], reports["report_id"], strict=True))
    said = reports["supersedes"].map(lambda name: ids.get(name, name), na_action="ignore").astype("string")
    # A manifest may name a file that is not there; that replaces nothing.
    said = said.where(said.isin(reports["report_id"]))
    dated = reports[reports[["place_id", "period", "received"]].notna().all(axis=1)]
    dated = dated[(dated["reader"] != "entered").fillna(value=True)]
    dated = dated.sort_values(["place_id", "period", "received", "path"], kind="stable")
    grouped = dated.groupby(["place_id", "period"], sort=False)
    before, day = grouped["report_id"].shift(), grouped["received"].shift()
    # Two reports of one day replace neither the other.
    before = before.where((day < dated["received"]).fillna(value=False).astype(bool)).reindex(reports.index)
    inferred = before.astype("string").where(said.isna())
    source = pd.Series(pd.NA, index=reports.index, dtype="string").mask(said.notna(), "manifest")
    source = source.mask(inferred.notna(), "received")
    replaced = set(said.dropna()) | set(inferred.dropna())
    return reports.assign(
        supersedes=said.fillna(inferred),
        supersedes_source=source,
        is_latest=(~reports["report_id"].isin(replaced)).astype("boolean"),
    )


def unreadable_frame(files: Iterable[Unreadable]) -> pd.DataFrame:
    """Make the table `unreadable` of the files that could not be read."""
    import pandas as pd

    rows = [{"path": file.path, "reason": file.reason, "todo": file.todo or None} for file in files]
    return conform(pd.DataFrame(rows).sort_values("path"), "unreadable") if rows else empty("unreadable")


def indicators_frame(catalogue: Catalogue) -> pd.DataFrame:
    """Make the table `indicators` of a catalogue, in its order."""
    import pandas as pd

    rows = [
        {
            "id": name,
            "label_zh_hant": entry.labels.get("zh-Hant"),
            "label_zh_hans": entry.labels.get("zh-Hans"),
            "label_en": entry.labels.get("en"),
            "definition": _definition(entry.definition),
            "units": ";".join(f"{dimension}={unit}" for dimension, unit in dict(entry.units or {}).items())
            or None,
            "kind": entry.kind,
            "better": entry.better,
            "origin": entry.origin,
        }
        for name, entry in catalogue.indicators.items()
    ]
    return conform(pd.DataFrame(rows), "indicators") if rows else empty("indicators")


def _definition(definition: Any) -> str | None:
    """Give one text of a definition, which may be written in several languages."""
    if isinstance(definition, str) or definition is None:
        return definition or None
    return next(
        (definition[locale] for locale in ("zh-Hant", "zh-Hans", "en") if definition.get(locale)), None
    )
