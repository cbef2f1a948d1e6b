"""A chart: the drawing with everything that has to go with it, and its files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.charts import fonts
from analysis.charts.layout import check_layout
from analysis.charts.png import png_bytes
from analysis.charts.style import WIDTH, house_style
from analysis.charts.svg import embedded, svg_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

# Pixels an inch: for screens and slides, and for print.
SCREEN, PRINT, CSS_INCH = 150, 300, 96
_UNFIT = re.compile(r'[\s\\/:*?"<>|.]+')


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its data.

    Attributes
    ----------
    name : stable name, for files.
    figure : the figure of matplotlib.
    title : what the chart finds.
    subtitle : unit, time and places.
    caption : what its marks mean, and what is missing.
    alt_text : the chart in words, for those who do not see it.
    source : where its numbers are from.
    data : the rows drawn.
    font : the font file.
    facts : kind of chart, indicator, unit, period, baseline, place_id, locale, as far as they apply.
    """

    name: str
    figure: Figure = field(repr=False)
    title: str
    subtitle: str
    caption: str
    alt_text: str = field(repr=False)
    source: str
    data: pd.DataFrame = field(repr=False)
    font: Path = field(repr=False)
    facts: Mapping[str, str | None] = field(default_factory=dict)
    _drawn: dict[int | str, Any] = field(default_factory=dict, repr=False, compare=False, init=False)

    def check(self) -> list[str]:
        """Find text that overlaps or is cut off; none when all is well."""
        with house_style(self.font):
            return check_layout(self.figure)

    def png(self, dpi: int = SCREEN) -> bytes:
        """Draw the chart as PNG, the same bytes each time.

        Parameters
        ----------
        dpi : pixels an inch; 300 are for print.
        """
        return bytes(self._once(dpi, lambda: png_bytes(self.figure, dpi)))

    def svg(self) -> str:
        """Draw the chart as SVG with its text as text and its font embedded, the same each time."""
        return embedded(self.drawing(), self.font)

    def drawing(self) -> str:
        """Draw the chart as SVG that names its font but does not hold it, for a page that has it once."""
        words = {"title": self.title, "description": self.alt_text}
        return str(self._once("svg", lambda: svg_text(self.figure, **words)))

    def _once(self, form: int | str, draw: Callable[[], Any]) -> Any:
        """Draw, unless nothing of the figure has changed since it was drawn: a notebook saves and shows."""
        if self.figure.stale:
            self._drawn.clear()
        if form not in self._drawn:
            with house_style(self.font):
                self._drawn[form] = draw()
            # Drawing leaves it stale; a change of any part makes it so again.
            self.figure.stale = False
        return self._drawn[form]

    def words(self) -> dict[str, str | None]:
        """Give what NAME.json holds."""
        texts = {
            "name": self.name,
            "title": self.title,
            "subtitle": self.subtitle,
            "caption": self.caption,
            "alt_text": self.alt_text,
            "source": self.source,
        }
        return texts | dict(self.facts)

    def save(self, folder: Path) -> list[Path]:
        """Write NAME.png, NAME@300.png, NAME.svg, NAME.csv (data) and NAME.json (words) into a folder.

        Parameters
        ----------
        folder : made where it does not exist.

        Returns
        -------
        The five paths.
        """
        from analysis.tables.csv_text import to_csv
        from analysis.tables.files import replace_file

        folder.mkdir(parents=True, exist_ok=True)
        contents = {
            ".png": self.png(),
            f"@{PRINT}.png": self.png(PRINT),
            ".svg": self.svg().encode("utf-8"),
            ".csv": to_csv(self.data),
            ".json": (json.dumps(self.words(), ensure_ascii=False, indent=2) + "\n").encode("utf-8"),
        }
        paths = {folder / f"{self.name}{ending}": data for ending, data in contents.items()}
        for path, data in paths.items():
            replace_file(path, data)
        return list(paths)

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        """Show the chart in a notebook at its own size, with its words for those who do not see it."""
        return self.png(), {"alt": f"{self.title}. {self.alt_text}", "width": round(WIDTH * CSS_INCH)}


def file_name(*parts: str | None) -> str:
    """Join parts to a name that every file system takes.

    Examples
    --------
    >>> file_name("trend", "garbage_removed", None, "count of 车")
    'trend-garbage_removed-count-of-车'
    """
    return "-".join(_UNFIT.sub("-", part).strip("-") for part in parts if part)


def checked(chart: Chart) -> Chart:
    """Give a chart back once the font has all its characters.

    Errors
    ------
    MissingGlyph, naming the character and the chart.
    """
    from matplotlib.text import Text

    texts = [artist.get_text() for artist in chart.figure.findobj(Text) if isinstance(artist, Text)]
    fonts.check_glyphs(chart.font, texts, chart=chart.name)
    return chart
