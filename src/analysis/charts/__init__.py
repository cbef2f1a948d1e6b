"""Charts in the house style, one function a chart: drawing, words and data together."""

from analysis.charts.change import change
from analysis.charts.chart import Chart
from analysis.charts.cleanup import cleanup
from analysis.charts.composition import composition
from analysis.charts.coverage import coverage
from analysis.charts.fonts import MissingGlyph, find_font
from analysis.charts.key_figures import key_figures
from analysis.charts.layout import check_layout
from analysis.charts.overview import overview
from analysis.charts.slope import slope
from analysis.charts.trend import trend

__all__ = [
    "Chart",
    "MissingGlyph",
    "change",
    "check_layout",
    "cleanup",
    "composition",
    "coverage",
    "find_font",
    "key_figures",
    "overview",
    "slope",
    "trend",
]
