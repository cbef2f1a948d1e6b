"""Fill the sentences of the reasons from the rows they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison.composed import parts_of
from analysis.comparison.words import in_script, joined, reason, word

if TYPE_CHECKING:
    import pandas as pd

    from analysis.comparison.boundaries import Life
    from analysis.language.periods import Period


def with_reasons(
    rows: pd.DataFrame, known: dict[str, Life], now: Period, then: Period, locale: str
) -> pd.DataFrame:
    """Add the columns place, unit and reason to judged rows.

    Parameters
    ----------
    rows : rows of places or totals with a reason_code.
    known : the lives of the places, by place_id.
    now, then : period and baseline.
    locale : language of the reasons.
    """
    import pandas as pd

    names = {place: life.name for place, life in known.items()}
    unit = rows["unit"].fillna(rows["unit_b"])
    place = rows["place_id"].map(names).astype("string").fillna(rows["place_id"])
    rows = rows.assign(
        unit=unit, place=place, basis=rows["basis"].fillna(rows["basis_b"]), _basis=rows["basis"]
    )
    met = rows["other"].astype("Int64")
    for name in ("unit", "series"):
        rows[f"_other_{name}"] = met.map(rows[name], na_action="ignore").astype("string")
    said = rows[rows["reason_code"].notna()]
    records = said.astype(object).where(said.notna(), None).to_dict("records")
    sentences = [_sentence(record, known, (now, then), locale) for record in records]
    filled = pd.Series(sentences, index=said.index, dtype="string").reindex(rows.index)
    return rows.assign(reason=filled.astype("string"))


def _sentence(
    row: dict[Any, Any], known: dict[str, Life], periods: tuple[Period, Period], locale: str
) -> str:
    now, then = (period.label for period in periods)
    # The side that the sentence finds absent or different; for two present sides that is the baseline.
    here, absent = (now, then) if row.get("here", True) else (then, now)
    fields: dict[str, Any] = {
        "period": now,
        "baseline": then,
        "here": here,
        "absent": absent,
        "place": row["place"],
    }
    fields |= _of_place(known.get(row["place_id"]), str(row["reason_code"]), periods, locale, known)
    fields |= _of_sides(row, locale) | _of_counterpart(row, locale)
    fields |= {"common": row.get("common_places")}
    if row.get("left_out"):
        left_out = row["left_out"].split(";")
        fields["names"] = joined(
            [known[place].name if place in known else place for place in left_out], locale
        )
    codes = [row["reason_code"], *(row.get("more_code") or "").split(";")]
    codes = [code for code in codes if code]
    fields |= _of_parts(row, known, (now, then), locale, codes)
    stop = "; " if locale == "en" else "；"
    return stop.join(reason(code, locale, fields) for code in codes)


def _of_place(
    life: Life | None, code: str, periods: tuple[Period, Period], locale: str, known: dict[str, Life]
) -> dict[str, Any]:
    """Say when a place began or ended, with whom, and in which period it was not (so) there."""
    begins = code == "not_yet" or code.endswith("_from")
    if life is None or not (begins or code == "no_longer" or code.endswith("_into")):
        return {}
    earlier, later = sorted(periods, key=lambda p: (p.start, p.end))
    others = life.predecessors if begins else life.successors
    when = life.valid_from if begins else (life.merged_in or life.valid_to)
    names = [known[place].name if place in known else place for place in others]
    return {"when": when, "names": joined(names, locale), "absent": (earlier if begins else later).label}


def _of_parts(
    row: dict[Any, Any], known: dict[str, Life], labels: tuple[str, str], locale: str, codes: list[str]
) -> dict[str, Any]:
    """Say of which places a side was made, and of which period that side is."""
    if not {"composed", "renamed"} & set(codes) or row["place_id"] not in known:
        return {}
    parts = parts_of(known[row["place_id"]], known)
    names = joined([known[part].name for part in parts], locale)
    return {"parts": names, "side": labels[0] if row["composed"] else labels[1]}


def _of_sides(row: dict[Any, Any], locale: str) -> dict[str, Any]:
    unstated = word("plain", "since", locale)
    fields: dict[str, Any] = {"since": row["since"] or unstated, "other_since": row["since_b"] or unstated}
    if row["_basis"] and row["basis_b"]:
        fields["basis"] = word("basis", row["_basis"], locale)
        fields["other_basis"] = word("basis", row["basis_b"], locale)
    return fields


def _of_counterpart(row: dict[Any, Any], locale: str) -> dict[str, Any]:
    if row.get("other") is None:
        return {}
    plain = word("plain", "series", locale)
    names = {"unit": "unit", "series": "series", "other_unit": "_other_unit", "other_series": "_other_series"}
    return {field: in_script(row[name], locale) if row[name] else plain for field, name in names.items()}
