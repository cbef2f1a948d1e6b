"""Draw docs/gallery and docs/gallery.md from the sample data: real output, in all three languages.

Run it as `make gallery`; a test fails where words or data of the page are no longer those of the program.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.charts import Chart
    from analysis.tables import Tables

ROOT = Path(__file__).parent.parent
DPI = 100
LOCALES = {"zh-Hant": "繁體中文", "zh-Hans": "简体中文", "en": "English"}


def charts_of(tables: Tables) -> dict[str, Chart]:
    """Draw one chart of each kind, by the name of its picture.

    Parameters
    ----------
    tables : all tables of the sample project.
    """
    from analysis import charts

    def named(locale: str) -> dict[str, Any]:
        return {"indicators": tables.indicators, "places": tables.places, "locale": locale}

    seen, compared = tables.observations, {locale: compared_in(tables, locale) for locale in LOCALES}
    hant, hans, english = (named(locale) for locale in LOCALES)
    return {
        "trend": charts.trend(seen, "garbage_removed", comparisons=compared["zh-Hant"], **hant),
        "cleanup": charts.cleanup(compared["zh-Hant"], **hant),
        "key-figures": charts.key_figures(seen, "青山社區", comparisons=compared["zh-Hant"], **hant),
        "change": charts.change(compared["zh-Hans"], "event_attendees", **hans),
        "composition": charts.composition(seen, "materials_distributed", **hans),
        "slope": charts.slope(compared["en"], "hazards_found", **english),
        "coverage": charts.coverage(tables.reports, tables.figures, places=tables.places, locale="en"),
        "overview": charts.overview(compared["en"], **english),
    }


def compared_in(tables: Tables, locale: str) -> Any:
    """Compare the sample's last two months, with the reasons in a language."""
    from analysis.comparison import compare_observations, default_periods

    period, baseline = default_periods(tables.reports, tables.observations)
    return compare_observations(
        tables.observations, period=period, baseline=baseline, places=tables.places,
        indicators=tables.indicators, locale=locale,
    )  # fmt: skip


def page(tables: Tables, drawn: Mapping[str, Chart]) -> str:
    """Write the page: sentences, then each chart with its words, and a mark of its data.

    Parameters
    ----------
    tables : all tables of the sample project.
    drawn : the charts, as `charts_of` gives them.
    """
    from analysis.briefing import headlines
    from analysis.tables.csv_text import to_csv

    lines = [
        "# Gallery",
        "",
        "What the program makes of the sample in `data/raw`, drawn by `make gallery`. Titles, captions and",
        "alternative texts come from the data; `charts/NAME.json` holds them beside each picture.",
        "",
        "## Sentences",
    ]
    for locale, language in LOCALES.items():
        said = headlines(
            compared_in(tables, locale),
            indicators=tables.indicators,
            places=tables.places,
            locale=locale,
            limit=4,
        )
        lines += ["", f"**{language}**", "", *(f"- {sentence}" for sentence in said["sentence"])]
    for name, chart in drawn.items():
        mark = hashlib.sha256(to_csv(chart.data)).hexdigest()[:16]
        alt = f"{chart.title}. {chart.alt_text}".replace("[", "(").replace("]", ")")
        lines += [
            "", f"## {name}", "", f"![{alt}](gallery/{name}.png)", "",
            f"*{chart.caption}*", "", f"<!-- data {mark} -->",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw everything anew."""
    import analysis

    tables = analysis.load(ROOT)
    drawn = charts_of(tables)
    folder = ROOT / "docs" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.png"):
        path.unlink()
    for name, chart in drawn.items():
        (folder / f"{name}.png").write_bytes(chart.png(DPI))
    (ROOT / "docs" / "gallery.md").write_text(page(tables, drawn), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
