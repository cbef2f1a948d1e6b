"""From figures to observations: of all that was stated about one thing, the one number that counts.

An observation is one indicator, series, dimension, place, period, basis and vintage. Of several figures
for it one is chosen, by fixed rules in a fixed order; the others stay as its alternatives. Changes
("增加200户") take no part: they are claims, to be checked against the levels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison.choosing import (
    RULES,
    SAME,
    alternatives,
    deciding_rule,
    marks_of,
    parts_of_tables,
    without_lone_parts,
)
from analysis.comparison.corrections import correction_ranks

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_READ = [
    *("figure_id", "report_id", "cell", "start", "text", "sentence", "subject", "indicator", "series"),
    *("value", "low", "high", "approx", "unit", "dimension", "value_base", "unit_base", "role", "scope"),
    *("since", "period", "period_start", "period_end", "period_source", "place_id", "place_source"),
    *("duplicate_of", "decision"),
]
# Kinds of period that are longer than a month's report speaks of.
_SPANS = ("range", "quarter", "half", "year")
_ROLES = ("actual", "target", "rate", "share")
_ADDED = "新增|[淨净]增|增[設设]|再添"


def observe(
    figures: pd.DataFrame,
    reports: pd.DataFrame,
    places: pd.DataFrame,
    *,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Conclude the observations of a project from its figures.

    Parameters
    ----------
    figures, reports, places : tables of the project, as in `analysis.tables.schema`.
    indicators : table of indicators, which tells stocks from flows; without it, the package's own catalogue.

    Returns
    -------
    The table `observations`: values in the base unit of their dimension, sorted by its key.

    Notes
    -----
    Left out are figures without indicator, dimension, place or period, those of reports without a date,
    figures that repeat another one, parts of another figure (scope of_which), changes, numbers per
    something that are no rates, several rows of a table (by street, by sex) whose sum nothing states, and
    figures that a person rejected.
    """
    import numpy as np

    from analysis.tables.schema import conform, empty

    kinds = _kinds(indicators)
    # Only what is needed is carried along: of a million figures each column more is a copy more.
    figures = additions_as_flows(figures[_READ].assign(_part=parts_of_tables(figures)), kinds)
    dated = reports.loc[reports["period"].notna(), "report_id"]
    part = (
        _takes_part(figures) & figures["place_id"].isin(places["place_id"]) & figures["report_id"].isin(dated)
    )
    taken = figures[part]
    if taken.empty:
        return empty("observations")
    rows = _with_report(taken, reports)
    rows = _with_basis(rows, kinds)
    rows = _in_base_unit(rows)
    rows = rows[without_lone_parts(rows)]
    group = rows.groupby([*SAME, "vintage", "_known"], dropna=False, sort=False).ngroup().to_numpy()
    marks = marks_of(rows)
    order = np.lexsort((*[marks[rule] for rule in reversed(RULES)], group))
    rows, group = rows.iloc[order].reset_index(drop=True), group[order]
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    chosen = rows.iloc[first].reset_index(drop=True)
    chosen["alternative_ids"] = alternatives(rows["figure_id"], first)
    chosen["chosen_by"] = deciding_rule({rule: mark[order] for rule, mark in marks.items()}, first, len(rows))
    chosen = chosen.rename(columns={"figure_id": "figure_ids", "unit_base": "unit"})
    chosen["is_latest"], chosen["vintage_number"] = _vintages(chosen)
    sorted_rows = chosen.sort_values([*SAME, "vintage_number"], na_position="first", kind="stable")
    return conform(sorted_rows, "observations")


def additions_as_flows(figures: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """Take 新增就业1351万人 for what it is: of a flow, what is newly added in a period is its level.

    Only 新增 and its like count; 比上月增加2吨 is a difference, and of a stock even 新增 is one.
    """
    flow = figures["indicator"].map(kinds).isin(["flow"])
    counted = ~figures["dimension"].isin(["percent", "percentage points", "fraction"]).fillna(value=True)
    said = figures["subject"].fillna("").str.contains(_ADDED, regex=True)
    # A length of network in service (運營里程) is a level even where its indicator is a flow.
    level = figures["series"].fillna("").str.contains("里程", regex=False)
    said = said & ~level
    added = (figures["role"] == "change").fillna(value=False) & flow & counted & said
    return figures.assign(role=figures["role"].mask(added.astype(bool), "actual"))


def _takes_part(figures: pd.DataFrame) -> pd.Series[bool]:
    stated = figures["value"].notna() | figures["low"].notna() | figures["high"].notna()
    keyed = (
        figures[["indicator", "dimension", "place_id", "period", "period_start", "period_end"]]
        .notna()
        .all(axis=1)
    )
    scope = figures["scope"].fillna("")
    per = scope.str.startswith("per_") & (figures["role"] != "rate").fillna(value=True)
    known = figures["role"].isin(_ROLES) & ~(figures["decision"] == "rejected").fillna(value=False)
    mask = stated & keyed & known & figures["duplicate_of"].isna() & (scope != "of_which") & ~per
    return mask.astype(bool)


def _with_report(figures: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Add the vintage, and the rank of the report: a replaced one comes last, then the order of paths."""
    by_id = reports.set_index("report_id")
    corrected = correction_ranks(figures)
    rows = figures.drop(columns=["sentence", "heading", "text"], errors="ignore").rename(
        columns={"unit": "_unit"}
    )
    rows = rows.assign(vintage=rows["report_id"].map(by_id["received"]).astype(by_id["received"].dtype))
    said = reports.loc[reports["supersedes_source"] == "manifest", "supersedes"].dropna()
    replaced = set(said.str.split(";").explode())
    rank = by_id["path"].rank(method="first") if len(by_id) else by_id["path"]
    entered = (by_id["reader"] == "entered").fillna(value=False)
    return rows.assign(
        origin=rows["report_id"].map(entered.map({True: "entered", False: "report"})).astype("string"),
        _corrected=corrected,
        _known=rows["report_id"].map(known_since(reports).set_axis(by_id.index)).to_numpy(),
        _replaced=rows["report_id"].isin(replaced).to_numpy(),
        _path=rows["report_id"].map(rank).astype("Float64").fillna(0).to_numpy(dtype="float64"),
    )


def _kinds(indicators: pd.DataFrame | None) -> dict[str, str]:
    if indicators is None:
        from analysis.catalogue import load_catalogue

        return {name: str(entry.kind) for name, entry in load_catalogue().indicators.items()}
    return dict(zip(indicators["id"], indicators["kind"], strict=True))


def _with_basis(rows: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """Say what kind of number each figure is, from its role first and its indicator second."""
    import numpy as np
    import pandas as pd

    periods = _period_kinds(rows["period"])
    kind = (
        rows["indicator"]
        .map(kinds)
        .astype("string")
        .fillna("flow")
        .replace("money", "flow")
        .to_numpy(dtype=object)
    )
    role = rows["role"].to_numpy(dtype=object)
    scope = rows["scope"].fillna("").to_numpy(dtype=object)
    start = rows["period_start"].astype("string").fillna("").to_numpy(dtype=object)
    since = since_days(rows["since"]).to_numpy(dtype=object)
    # 1-5月累计 says since when in its period; 累计 alone, in the report's own period, does not.
    spans = periods.isin(_SPANS) & rows["period_source"].notna() & (rows["period_source"] != "report")
    told = spans.fillna(value=False).to_numpy(dtype=bool) & (scope == "cumulative") & (since == "none")
    since = np.where(told, start, since)
    # 今年以来 of a whole month, half or year is simply the flow of that period.
    whole = (since == start) & (periods.to_numpy(dtype=object) != "range")
    basis = np.where((kind == "flow") & (scope == "cumulative") & ~whole, "cumulative", kind)
    # A percentage is never a level that could be added, whatever its indicator.
    percentage = rows["dimension"].to_numpy(dtype=object) == "percent"
    basis = np.where(percentage & np.isin(basis, ["stock", "flow", "cumulative"]), "share", basis)
    for word in ("target", "rate", "share"):
        basis = np.where(role == word, word, basis)
    per = rows["scope"].where(rows["scope"].fillna("").str.startswith("per_"))
    return rows.assign(
        basis=pd.array(basis, dtype="string"),
        period_kind=periods,
        since=rows["since"].mask(told, pd.Series(start, index=rows.index)).where(basis == "cumulative"),
        scope=per.astype("string"),
    )


def _period_kinds(labels: pd.Series[Any]) -> pd.Series[Any]:
    from analysis.language.periods import parse_period

    kinds = {label: parse_period(label).kind for label in labels.dropna().unique()}
    return labels.map(kinds).astype("string")


def since_days(since: pd.Series[Any]) -> pd.Series[Any]:
    """Give the first day of each start as ISO text, null where there is none or it is not a period."""
    from analysis.errors import AnalysisError
    from analysis.language.periods import parse_period

    days: dict[str, str] = {}
    for label in since.dropna().unique():
        try:
            days[label] = parse_period(label).start.isoformat()
        except AnalysisError:
            continue
    return since.map(days).astype("string").fillna("none")


def _in_base_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Bring value and bounds into the base unit, with the factor that the value itself was scaled by."""
    import numpy as np

    from analysis.comparison.intervals import nullable, round_digits

    def numbers(name: str) -> NDArray[np.float64]:
        return rows[name].to_numpy(dtype="float64", na_value=np.nan)

    value, base = numbers("value"), numbers("value_base")
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(value != 0, base / value, np.nan)
    unknown = np.isnan(factor)
    if unknown.any():
        factor[unknown] = _factors(rows["_unit"][unknown])
    scaled = np.where(np.isnan(base), value * factor, base)
    return rows.assign(
        value=nullable(round_digits(scaled)),
        low=nullable(round_digits(numbers("low") * factor)),
        high=nullable(round_digits(numbers("high") * factor)),
    )


def _factors(units: pd.Series[Any]) -> NDArray[np.float64]:
    import numpy as np

    from analysis.language.units import factor_of

    factors = {unit: float(factor_of(unit)) for unit in units.dropna().unique()}
    return np.asarray(units.map(factors).astype("Float64").fillna(1.0).to_numpy(dtype="float64"))


def known_since(reports: pd.DataFrame) -> pd.Series[Any]:
    """Give the day from which each report counts: when it was received, else the end of its period.

    Parameters
    ----------
    reports : the table `reports`.

    Returns
    -------
    Days as datetime64, aligned to the reports; NaT where neither is known.
    """
    received = reports["received"].astype("datetime64[s]")
    return received.fillna(reports["period_end"].astype("datetime64[s]"))


def _vintages(chosen: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Mark the newest vintage of each observation, and number all of them from 1.

    What a manifest says is replaced comes before what replaces it, and is never the newest.
    """
    import numpy as np

    group = chosen.groupby(SAME, dropna=False, sort=False).ngroup().to_numpy()
    days = chosen["_known"].to_numpy(dtype="datetime64[s]").astype("int64")
    replaced = chosen["_replaced"].to_numpy(dtype="int64")
    undated = chosen["vintage"].notna().to_numpy(dtype="int64")
    order = np.lexsort((undated, days, -replaced, group))
    ordered = group[order]
    last = np.r_[ordered[1:] != ordered[:-1], True]
    latest = np.zeros(len(chosen), dtype=bool)
    latest[order[last]] = True
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    number = np.empty(len(chosen), dtype="int64")
    number[order] = np.arange(len(chosen)) - np.repeat(begins, np.diff(np.r_[begins, len(chosen)])) + 1
    return latest & (replaced == 0), number
