"""A period against a baseline: what may be claimed of each place and of all together.

Two sides are compared only where they are the same series in the same dimension and on the same basis, in
a place whose boundary is the same. Everything else is said to be missing or not comparable, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.comparison.boundaries import Life, broken_by, lives
from analysis.comparison.change import with_change
from analysis.comparison.composed import with_composed
from analysis.comparison.derived import with_flows
from analysis.comparison.explain import with_reasons
from analysis.comparison.pairs import counterparts, paired
from analysis.comparison.per_head import with_rates
from analysis.comparison.selection import against, as_period, in_period, no_data
from analysis.comparison.totals import total_rows
from analysis.comparison.words import check_locale

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.language.periods import Period

# How a side was made; the last two are of other places, which the list says are this one.
MADE = ("differenced", "summed", "composed", "renamed")
_OTHER_PLACES = ("composed", "renamed")
_RENAMED = {"value_b": "baseline_value", "low_b": "baseline_low", "high_b": "baseline_high"} | {
    "figure_ids_b": "baseline_figure_ids"
}


def compare_observations(
    observations: pd.DataFrame,
    *,
    period: str | Period,
    baseline: str | Period,
    places: pd.DataFrame,
    indicators: pd.DataFrame,
    locale: str = "zh-Hant",
    allow_empty_baseline: bool = False,
) -> pd.DataFrame:
    """Compare a period with a baseline, place by place and in total.

    Parameters
    ----------
    observations, places, indicators : tables of the project.
    period, baseline : the two periods or their labels.
    locale : language of the reasons: zh-Hant, zh-Hans or en.
    allow_empty_baseline : do not raise where the baseline has no data; every row is then missing.

    Returns
    -------
    The table `comparisons`, sorted by indicator, series and dimension; places first, then their total.

    Errors
    ------
    UsageError where nothing is stated for one of the periods; it names periods that exist.
    """
    from analysis.tables.schema import conform

    check_locale(locale)
    now, then = as_period(period), as_period(baseline)
    sides = in_period(observations, now), in_period(observations, then)
    known = lives(places)
    stated = tuple(set(side.loc[side["origin"] == "report", "place_id"]) for side in sides)
    flows = with_flows(sides[0], observations, now), with_flows(sides[1], observations, then)
    if flows[0].empty:
        raise no_data(now, observations)
    if flows[1].empty and not allow_empty_baseline:
        raise no_data(then, observations)
    sides = (
        with_composed(flows[0], flows[1], known, (now, then)),
        with_composed(flows[1], flows[0], known, (then, now)),
    )
    rows = with_rates(_judged(paired(*sides), known, now, then, stated=stated), sides)
    totals = total_rows(rows, observations, places, indicators, (now, then))
    rows = with_reasons(rows, known, now, then, locale)
    totals = with_reasons(totals, known, now, then, locale)
    return conform(
        _sorted(rows, totals, indicators).assign(
            period=now.label, baseline=then.label, against=against(now, then, observations)
        ),
        "comparisons",
    )


def _judged(
    pairs: pd.DataFrame, known: dict[str, Life], now: Period, then: Period, stated: tuple[set[str], ...]
) -> pd.DataFrame:
    """Add change, percent, verdict and reason code to the rows of places."""
    import numpy as np
    import pandas as pd

    composed = pairs["derived"].isin(_OTHER_PLACES) | pairs["derived_b"].isin(_OTHER_PLACES)
    broken = np.where(composed.to_numpy(dtype=bool), "", _broken(pairs, known, now, then))
    both = (pairs["here"] & pairs["there"]).to_numpy(dtype=bool)
    fits = pairs["fits"].to_numpy(dtype=bool) & (broken == "")
    rows = with_change(pairs, fits)
    others = counterparts(pairs)
    other = pd.Series(others["other"], index=pairs.index).astype("Int64")
    differs = pd.Series(others["differs"], index=pairs.index).fillna("").to_numpy(dtype=object)
    differs = np.where((differs == "dimension") & _attendances(pairs, other), "attendances", differs)
    silent = np.where(pairs["here"], ~pairs["place_id"].isin(stated[1]), ~pairs["place_id"].isin(stated[0]))
    absent = np.where(silent.astype(bool), "missing_report", "missing_figure")
    lone = np.where(differs != "", differs, absent)
    code = np.where(fits, _caveat(rows), np.where(both, _conflict(pairs), lone))
    code = np.where(broken != "", broken, code)
    missing = ~both & (broken == "") & (differs == "")
    verdict = np.where(fits, rows["verdict"], np.where(missing, "missing", "not_comparable"))
    codes = pd.Series(code, index=pairs.index).astype("string").mask(code == "")
    return _with_notes(rows.assign(verdict=verdict, reason_code=codes, other=other))


def _with_notes(rows: pd.DataFrame) -> pd.DataFrame:
    """Say how a side was made, and whether somebody entered it, beside or instead of another reason."""
    import numpy as np
    import pandas as pd

    made = pd.Series("", index=rows.index, dtype="string")
    for name in MADE:
        held = ((rows["derived"] == name) | (rows["derived_b"] == name)).fillna(value=False)
        made = made.where(~held, made + ";" + name)
    entered = ((rows["origin"] == "entered") | (rows["origin_b"] == "entered")).fillna(value=False)
    told = np.where(entered.to_numpy(dtype=bool), "entered", "")
    notes = made.str.cat(pd.Series(told, index=rows.index, dtype="string"), sep=";")
    # The first reason is the row's code for programs; the sentence says all of them.
    codes = rows["reason_code"].fillna("").str.cat(notes, sep=";").str.replace(r";+", ";", regex=True)
    together = codes.str.strip(";").str.partition(";")
    return rows.assign(
        derived=_or_null(made.str.strip(";")),
        entered=entered.astype("boolean"),
        reason_code=_or_null(together[0]),
        more_code=_or_null(together[2]),
        composed=rows["derived"].isin(_OTHER_PLACES).to_numpy(dtype=bool),
        composed_b=rows["derived_b"].isin(_OTHER_PLACES).to_numpy(dtype=bool),
    )


def _or_null(texts: pd.Series[Any]) -> pd.Series[Any]:
    return texts.astype("string").mask((texts == "").fillna(value=True).astype(bool))


def _broken(pairs: pd.DataFrame, known: dict[str, Life], now: Period, then: Period) -> NDArray[np.object_]:
    """Give the reason code of each place whose boundary changed, "" for the others."""
    import numpy as np

    def codes(*, level: bool) -> dict[str, str]:
        found = ((place, broken_by(life, now, then, level=level)) for place, life in known.items())
        return {place: code for place, code in found if code}

    stock = (pairs["basis"].fillna(pairs["basis_b"]) == "stock").to_numpy(dtype=bool)
    place = pairs["place_id"]
    level, flow = (place.map(codes(level=flag)).astype("string").fillna("") for flag in (True, False))
    return np.asarray(
        np.where(stock, level.to_numpy(dtype=object), flow.to_numpy(dtype=object)), dtype=object
    )


def _conflict(pairs: pd.DataFrame) -> NDArray[np.object_]:
    """Say in what two present sides differ."""
    import numpy as np

    basis, other = (pairs[name].fillna("").to_numpy(dtype=object) for name in ("basis", "basis_b"))
    scope, scope_b = (pairs[name].fillna("").to_numpy(dtype=object) for name in ("scope", "scope_b"))
    since, since_b = (pairs[name].fillna("").to_numpy(dtype=object) for name in ("since", "since_b"))
    cases = {
        "role": (basis == "target") != (other == "target"),
        "basis": basis != other,
        "scope": scope != scope_b,
        "start_unknown": (since == "") | (since_b == ""),
        "running": since == since_b,
    }
    return np.asarray(np.select(list(cases.values()), list(cases), default="since"), dtype=object)


def _caveat(rows: pd.DataFrame) -> NDArray[np.object_]:
    import numpy as np

    vague = (rows["verdict"] == "uncertain").to_numpy(dtype=bool)
    targets = (rows["basis"] == "target").fillna(value=False).to_numpy(dtype=bool)
    return np.asarray(np.select([vague, targets], ["vague", "targets"], default=""), dtype=object)


def _attendances(pairs: pd.DataFrame, other: pd.Series[Any]) -> NDArray[np.bool_]:
    """Tell where one side counts heads and its counterpart attendances."""
    import numpy as np

    dimension = pairs["dimension"].to_numpy(dtype=object)
    met = dimension[other.fillna(0).to_numpy(dtype="int64")] if len(pairs) else dimension
    heads, times = "count of 人", "count of 人次"
    return np.asarray(
        ((dimension == heads) & (met == times)) | ((dimension == times) & (met == heads)), dtype=bool
    )


def _sorted(rows: pd.DataFrame, totals: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Put both together: in the order of the catalogue, the places of a series before their total."""
    import pandas as pd

    rank = {name: number for number, name in enumerate(indicators["id"])}
    together = pd.concat([rows.assign(row_kind="place"), totals.assign(row_kind="total")], ignore_index=True)
    together = together.assign(_rank=together["indicator"].map(rank).fillna(len(rank)))
    order = ["_rank", "indicator", "series", "dimension", "row_kind", "place_id"]
    return together.sort_values(order, na_position="first", kind="stable").rename(columns=_RENAMED)
