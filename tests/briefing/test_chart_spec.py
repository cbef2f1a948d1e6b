"""The interactive chart of the page, as a specification."""

from __future__ import annotations

import json
from importlib.resources import files

import altair as alt


def test_the_interactive_chart_is_valid() -> None:
    """Altair, which knows Vega-Lite's schema, accepts the chart's specification."""
    spec = json.loads(files("analysis.briefing.page").joinpath("chart.vl.json").read_text(encoding="utf-8"))
    assert isinstance(alt.Chart.from_dict(spec), alt.LayerChart)
