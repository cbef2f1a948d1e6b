"""What every product of a briefing is made of: the tables of a period, its charts, and how to speak."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from analysis.tables import Tables


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a briefing; page, workbook, document and slides are different clothes of it.

    Parameters
    ----------
    name : name of the project.
    period, baseline : labels of the two periods that `tables.comparisons` compares.
    tables : the tables of the project.
    charts : folder of saved charts, see `Chart.save`; it need not exist.
    locale : zh-Hant, zh-Hans or en: the language of the products, or the one a page opens in.
    left_out : one line for each thing that was not read or not used, as the run says it, in English.
    font : font file, see `analysis.charts.find_font`.
    redact : whether telephone and identity numbers in sentences are masked.
    templates : an office's own templates by product, such as {"document": Path("office.docx")}.
    """

    name: str
    period: str
    baseline: str
    tables: Tables
    charts: Path
    locale: str = "zh-Hant"
    left_out: tuple[str, ...] = ()
    font: Path | None = None
    redact: bool = True
    templates: Mapping[str, Path] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title of the briefing."""
        return f"{self.name} {self.period}"

    def names(self, locale: str | None = None) -> dict[str, Any]:
        """Give the keywords that charts and sentences take: indicators, places, locale."""
        return {
            "indicators": self.tables.indicators,
            "places": self.tables.places,
            "locale": locale or self.locale,
        }

    def omitted(self, locale: str | None = None) -> list[str]:
        """Say what was not read or not used, a line each."""
        from analysis.briefing.left_out import left_out_in

        return [left_out_in(line, locale or self.locale) for line in self.left_out]

    def headlines(self, limit: int = 8, locale: str | None = None) -> pd.DataFrame:
        """Say the period in sentences, see `analysis.briefing.headlines`."""
        from analysis.briefing.headlines import headlines

        return headlines(self.tables.comparisons, limit=limit, **self.names(locale))


def saved_charts(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """List the charts of a briefing: path without ending, and words; of one place only its key figures.

    A place's trends stay in its own notebook: a director would not see the wood for the trees.

    Parameters
    ----------
    folder : where charts were saved; without it there are none.
    """
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        words = json.loads(path.read_text(encoding="utf-8"))
        if words.get("kind") == "key_figures" or not words.get("place_id"):
            found.append((path.with_suffix(""), words))
    return found
