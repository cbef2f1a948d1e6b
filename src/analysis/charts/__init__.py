"""Charts in the house style, one function a chart: drawing, words and data together."""

from analysis.charts.change import change
from analysis.charts.chart import Chart
from analysis.charts.coverage import coverage
from analysis.charts.fonts import MissingGlyph, find_font
from analysis.charts.key_figures import key_figures
from analysis.charts.layout import check_layout
from analysis.charts.overview import overview
from analysis.charts.trend import trend

__all__ = [
    "Chart",
    "MissingGlyph",
    "change",
    "check_layout",
    "coverage",
    "find_font",
    "key_figures",
    "overview",
    "trend",
]
