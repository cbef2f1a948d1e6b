"""The house style: colours, sheet, title block and footer, all at fixed places in inches."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from analysis.charts import fonts
from analysis.charts.layout import text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT, FAINT, LINE, VOID = "#1f1f1f", "#5c5c5c", "#767676", "#dedede", "#e6e6e6"
ACCENT = "#0b5a8f"
# Okabe and Ito's palette for all kinds of colour vision, a shade darker where it is read as text.
PALETTE = ("#0072B2", "#C04F00", "#00795A", "#A64D79", "#8A6100", "#4D4D4D", "#6A51A3", "#1B7BA8")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
VERDICT_COLOURS = {
    "up": "#0072B2", "down": "#C04F00", "unchanged": "#4D4D4D", "uncertain": "#767676",
    "missing": "#767676", "not_comparable": "#767676",
}  # fmt: skip
VERDICT_MARKERS = {"up": "^", "down": "v", "unchanged": "o", "uncertain": "D"}

WIDTH, MARGIN = 9.0, 0.28
TITLE_SIZE, TITLE_SIZE_TWO_LINES, SUBTITLE_SIZE, LABEL_SIZE, NOTE_SIZE = 17.0, 14.0, 10.5, 9.5, 8.5
# From the upper edge to the lines of the header; from the lower edge to the footer.
_TITLE_BASE, _SUBTITLE_TOP, HEADER, _FOOT = 0.62, 0.72, 1.14, 0.14
_NOTE_LINE = 0.165


# Not about how a chart looks, or on its way out of matplotlib.
_NOT_OURS = ("backend", "interactive", "text.hinting_factor")


@cache
def _settings() -> Any:
    import matplotlib as mpl

    # What a notebook has set must not change a chart: begin from the defaults.
    kept = {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(_NOT_OURS)}
    with as_file(files("analysis.charts").joinpath("house.mplstyle")) as path:
        return kept | dict(mpl.rc_params_from_file(path, use_default_template=False))


@contextmanager
def house_style(font: Path) -> Iterator[None]:
    """Draw in the house style with a font; global settings are as before afterwards.

    Parameters
    ----------
    font : the font file.
    """
    import matplotlib as mpl

    with warnings.catch_warnings(), mpl.rc_context({**_settings(), "font.family": [fonts.family(font)]}):
        # `checked` makes it an error that names the chart.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure of the house with its size in inches and its font."""

    figure: Figure
    height: float
    font: Path

    def axes(self, left: float, bottom: float, right: float, top: float) -> Axes:
        """Add a plot: its edges are so many inches from the edges of the sheet."""
        box = (left / WIDTH, bottom / self.height, (WIDTH - left - right) / WIDTH)
        return self.figure.add_axes((*box, (self.height - bottom - top) / self.height))

    def text(self, x: float, y: float, text: str, **looks: Any) -> None:
        """Write at a place of the sheet, in inches from its lower left corner."""
        self.figure.text(x / WIDTH, y / self.height, text, **looks)


def footer_height(notes: Sequence[str], source: str, font: Path) -> float:
    """Tell how many inches notes and source take."""
    return _FOOT + _NOTE_LINE * len(_footer(notes, source, font)) + 0.08


def _footer(notes: Sequence[str], source: str, font: Path) -> list[str]:
    lines = [line for note in notes for line in wrapped(note, NOTE_SIZE, WIDTH - 2 * MARGIN, font)]
    return [*lines, *wrapped(source, NOTE_SIZE, WIDTH - 2 * MARGIN, font)]


def new_sheet(
    height: float, font: Path, *, title: str, subtitle: str, notes: Sequence[str], source: str
) -> Sheet:
    """Begin a chart: a white sheet with title, subtitle, notes and source.

    Parameters
    ----------
    height : in inches.
    font : the font file.
    title : says the finding; a long one is set smaller, in two lines.
    subtitle : unit, time, coverage.
    notes : what the marks mean.
    source : where the numbers are from.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    sheet = Sheet(figure, height, font)
    bar = Rectangle(
        (MARGIN / WIDTH, 1 - 0.08 / height), 0.5 / WIDTH, 0.08 / height, color=ACCENT, linewidth=0
    )
    bar.set_transform(figure.transFigure)
    figure.add_artist(bar)
    size, lines = _title_lines(title, font)
    sheet.text(
        MARGIN, height - _TITLE_BASE, "\n".join(lines), size=size, color=INK, va="bottom", linespacing=1.15
    )
    below = wrapped(subtitle, SUBTITLE_SIZE, WIDTH - 2 * MARGIN, font)
    sheet.text(MARGIN, height - _SUBTITLE_TOP, "\n".join(below), size=SUBTITLE_SIZE, color=SOFT, va="top")
    lines = _footer(notes, source, font)
    for number, line in enumerate(reversed(lines)):
        sheet.text(MARGIN, _FOOT + number * _NOTE_LINE, line, size=NOTE_SIZE, color=FAINT, va="baseline")
    return sheet


def _title_lines(title: str, font: Path) -> tuple[float, list[str]]:
    """Fit a title into its block: one line, a slightly smaller one, or two lines as small as needed."""
    width = WIDTH - 2 * MARGIN
    for size in (TITLE_SIZE, 16.0, 15.0):
        if text_width(title, size, font) <= width:
            return size, [title]
    size = TITLE_SIZE_TWO_LINES
    lines = wrapped(title, size, width, font)
    while len(lines) > 2 and size > 9:  # two lines are the room there is
        size -= 0.5
        lines = wrapped(title, size, width, font)
    return size, _balanced(title, size, width, lines, font)


def _balanced(title: str, size: float, width: float, lines: list[str], font: Path) -> list[str]:
    """Make the lines of a title about equally long: no single character alone on the second."""
    for part in range(19, 10, -1):
        narrower = wrapped(title, size, width * part / 20, font)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def subtitle_lines(subtitle: str, font: Path) -> int:
    """Tell how many lines a subtitle takes."""
    return len(wrapped(subtitle, SUBTITLE_SIZE, WIDTH - 2 * MARGIN, font))
