"""A million figures: observed, revised and compared, with time, peak memory and how both grow.

    python -m benchmarks.comparing [--figures N]

Each size runs in a process of its own, so that its peak memory is its own. Beside the time on the clock stands
that of the processor, which other work on the machine does not lengthen: the limit and the cost are of that.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

_SIZES = (250_000, 500_000, 1_000_000)
_INDICATORS = ("garbage_removed", "households", "population", "volunteer_participations")
_MONTHS = 12
_LIMITS = {"processor_seconds": 60.0, "gigabytes": 2.0}


def world(count: int) -> dict[str, Any]:
    """Make figures of many places over twelve months: one in ten vague, one in fifty stated twice.

    Parameters
    ----------
    count : number of figures, about.

    Returns
    -------
    The tables figures, reports, places and indicators.
    """
    import numpy as np
    import pandas as pd

    from analysis.tables.schema import conform

    series = 10
    places = max(1, count // (_MONTHS * len(_INDICATORS) * series))
    reports = places * _MONTHS
    periods = pd.period_range("2026-01", periods=_MONTHS, freq="M")
    ids = np.array([f"{number:08x}" for number in range(reports)], dtype=object)
    names = np.array([f"第{number}社区" for number in range(places)], dtype=object)
    labels = np.array([str(period) for period in periods], dtype=object)
    starts = np.array([period.start_time.date() for period in periods], dtype=object)
    ends = np.array([period.end_time.date() for period in periods], dtype=object)
    of_place, of_month = np.divmod(np.arange(reports), _MONTHS)
    dated = {"period": labels, "period_start": starts, "period_end": ends}
    filed = {
        "report_id": ids,
        "path": ids + ".txt",
        "place_id": names[of_place],
        "period_kind": "month",
        "received": ends[of_month],
        "is_latest": True,
    } | {name: values[of_month] for name, values in dated.items()}
    per_report = len(_INDICATORS) * series
    report = np.repeat(np.arange(reports), per_report)
    item = np.tile(np.arange(per_report), reports)
    random = np.random.default_rng(1)
    value = random.integers(1, 10_000, len(report)).astype("float64")
    vague = random.random(len(report)) < 0.1
    again = random.random(len(report)) < 0.02
    stated = {
        "figure_id": np.char.mod("f%08x", np.arange(len(report))).astype(object),
        "report_id": ids[report],
        "start": item * 10,
        "end": item * 10 + 4,
        "text": "1户",
        "indicator": np.array(_INDICATORS, dtype=object)[item % len(_INDICATORS)],
        "series": np.array([f"s{number}" for number in range(series)], dtype=object)[
            np.where(again, item // len(_INDICATORS) - 1, item // len(_INDICATORS)) % series
        ],
        "value": value,
        "low": value,
        "high": np.where(vague, value * 1.1, value),
        "approx": np.where(vague, "more_than", "exact"),
        "unit": "户",
        "dimension": "count of 户",
        "value_base": value,
        "unit_base": "户",
        "role": "actual",
        "place_id": names[of_place[report]],
        "place_source": "report",
        "sentence": "本月清运垃圾1吨",
    } | {name: values[of_month[report]] for name, values in dated.items()}
    kinds = {"id": list(_INDICATORS), "kind": ["flow", "stock", "stock", "flow"], "origin": "package"}
    return {
        "figures": conform(pd.DataFrame(stated), "figures"),
        "reports": conform(pd.DataFrame(filed), "reports"),
        "places": conform(
            pd.DataFrame({"place_id": names, "place": names, "origin": "register", "reports": _MONTHS}),
            "places",
        ),
        "indicators": conform(pd.DataFrame(kinds), "indicators"),
    }


def measure(count: int) -> dict[str, float]:
    """Observe and compare so many figures: December with November, and with the whole year to date."""
    from analysis.comparison import compare_observations, find_revisions, observe

    made = world(count)
    begun, worked = time.perf_counter(), time.process_time()
    observations = observe(**made)
    find_revisions(observations, made["reports"], made["places"])
    rows = 0
    for period, baseline in (("2026-12", "2026-11"), ("2026-07..2026-12", "2026-01..2026-06")):
        rows += len(
            compare_observations(
                observations,
                period=period,
                baseline=baseline,
                places=made["places"],
                indicators=made["indicators"],
            )
        )
    return {
        "figures": len(made["figures"]),
        "observations": len(observations),
        "comparisons": rows,
        "seconds": time.perf_counter() - begun,
        "processor_seconds": time.process_time() - worked,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
    }


def main() -> int:
    """Measure every size and print a line each; 1 where a million takes more than the limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", type=int, help="measure this size alone and print it as JSON")
    chosen = parser.parse_args().figures
    if chosen:
        print(json.dumps(measure(chosen)))
        return 0
    results = []
    for size in _SIZES:
        command = [sys.executable, "-m", "benchmarks.comparing", "--figures", str(size)]
        found = subprocess.run(  # noqa: S603 - this very module
            command, check=True, capture_output=True, text=True
        ).stdout
        results.append(json.loads(found))
        print(
            "{figures:>9,} figures  {seconds:6.1f} s ({processor_seconds:.1f} s of work)  {gigabytes:5.2f} GB".format(
                **results[-1]
            ),
            flush=True,
        )
    first, last = (result["processor_seconds"] / result["figures"] for result in (results[0], results[-1]))
    print(f"cost of a figure, largest to smallest: {last / first:.2f}")
    return int(any(results[-1][name] > limit for name, limit in _LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
