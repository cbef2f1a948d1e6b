"""The page of twenty thousand figures in a real browser: how heavy it is, and how soon it answers.

    python -m benchmarks.page [--figures N] [--keep FOLDER]

A project of forty places and twelve months is made up, read and compared like any other; then its page is made
and opened several times in chromium, freshly started. Times are what the browser itself measured, nothing taken
off: the first contentful paint since the page was asked for (PerformancePaintTiming), and the page's own measure
of a filter, from the key to the drawn rows. The middle of the rounds counts; an empty page in the same browser says
how busy the machine was with other things.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

_FIGURES, _MONTHS, _ROUNDS = 20_000, 12, 7
_LIMIT = 100.0
_REST = 2.0
_PAINT = "performance.getEntriesByName('first-contentful-paint')"
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
_VIEWPORT: ViewportSize = {"width": 1280, "height": 900}
_NAMES = [f"{first}{second}社區" for first in "東西南北中" for second in "湖山河苑橋嶺田泉"]
_TYPED = ("清運", "清運垃圾", "清运垃圾 東湖", "樓道", "2026-08", "")
_SENTENCES = (
    "本月清運垃圾{a}.{b}噸，清理衛生死角{c}處，清理樓道{d}棟",
    "志願者參加清潔{a}人次，發放宣傳資料{e}份，清除小廣告{d}張",
    "開展文化活動{b}場，居民參加{e}人次",
    "入戶走訪{a}戶，調解糾紛{b}起，排查隱患{c}處，已整改{b}處",
    "月末有居民{e}戶、{f}人，網格{c}個，黨員{d}名",
    "在{n}號院落新設分類桶{c}個，惠及居民{a}戶",
)


def project(folder: Path, figures: int) -> None:
    """Write the reports of a made-up project with about so many figures."""
    chance = random.Random(1)  # noqa: S311 - made-up numbers
    lines = max(1, round(figures / len(_NAMES) / _MONTHS / 3))
    for month in range(1, _MONTHS + 1):
        target = folder / "data" / "raw" / f"2026-{month:02d}"
        target.mkdir(parents=True)
        for place in _NAMES:
            text = [f"{place}2026年{month}月工作匯報"]
            for line in range(lines):
                numbers = {
                    "a": chance.randint(10, 400), "b": chance.randint(1, 9), "c": chance.randint(5, 60),
                    "d": chance.randint(20, 300), "e": chance.randint(500, 3000),
                    "f": chance.randint(3000, 9000), "n": line + 1,
                }  # fmt: skip
                text.append(_SENTENCES[line % len(_SENTENCES)].format(**numbers) + "。")
            (target / f"{place}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    (folder / "analysis.toml").write_text('name = "四十個社區"\nlocale = "zh-Hant"\n', encoding="utf-8")


def built(folder: Path) -> dict[str, Any]:
    """Read the project and make its page; give the page, its weight and how long making it took."""
    import analysis
    from analysis.briefing import write_page
    from analysis.project import find_project
    from analysis.rerun.products import content_of
    from analysis.tables import load_tables

    analysis.compare(folder)
    opened = find_project(folder)
    tables = load_tables(opened)
    target = folder / "reports" / "2026-12"
    content = content_of(opened, tables, target / "charts", period="2026-12", baseline="2026-11")
    begun = time.process_time()
    path = write_page(target, content)
    seconds = time.process_time() - begun
    return {"path": path, "figures": len(tables.figures), "bytes": path.stat().st_size, "seconds": seconds}


def looked_at(page: Page, url: str) -> dict[str, float]:
    """Open the page: first paint, ready to be used, and each filter, in milliseconds since it was asked for."""
    _open(page, url)
    page.wait_for_selector("html[data-ready]")
    paint = page.evaluate(f"{_PAINT}[0].startTime")
    ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    filters = []
    for typed in _TYPED:
        page.evaluate("performance.clearMeasures('filter')")
        page.fill("#search", typed)
        filters.append(page.evaluate("performance.getEntriesByName('filter').at(-1).duration"))
    return {"paint": paint, "ready": ready, "first filter": filters[0], "filter": max(filters[1:])}


def painted(page: Page, url: str) -> float:
    """Open an empty page and give the milliseconds to its first paint."""
    _open(page, url)
    return float(page.evaluate(f"{_PAINT}[0].startTime"))


def _open(page: Page, url: str) -> None:
    """Open a page and leave it alone for a while: to ask it how far it is would take time of its own."""
    page.goto(url, wait_until="commit")
    time.sleep(_REST)


def rounds(url: str, empty: str) -> list[dict[str, float]]:
    """Open both pages in turn, each time in a fresh browser that has come to rest after its own start.

    A page opened while the browser still loads its own toolbar would be told that browser's time for its own.
    """
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        for _ in range(_ROUNDS):
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_FLAGS))
            pages = [browser.new_context(viewport=_VIEWPORT).new_page() for _ in range(3)]
            time.sleep(_REST)
            painted(pages[0], empty)
            nothing = painted(pages[1], empty)
            found.append({"empty page": nothing, **looked_at(pages[2], url)})
            browser.close()
    return found


def main() -> int:
    """Measure and print; 1 where the first paint or a filter takes more than a tenth of a second."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", type=int, default=_FIGURES)
    parser.add_argument("--keep", type=Path, help="a new folder to leave the project in")
    given = parser.parse_args()
    if shutil.which("chromium") is None:
        print("chromium is not installed: apt install chromium")
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary) / "project"
        project(folder, given.figures)
        made = built(folder)
        weight = made["bytes"] / 1e6
        print(
            f"{made['figures']:,} figures: {weight:.1f} MB, made in {made['seconds']:.1f} s of processor time"
        )
        nothing = Path(temporary) / "empty.html"
        nothing.write_text("<!doctype html><title>empty</title><p>empty", encoding="utf-8")
        found = rounds(made["path"].as_uri(), nothing.as_uri())
    best = {name: min(one[name] for one in found) for name in found[0]}
    middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
    for name, milliseconds in best.items():
        print(f"{name:<14}{milliseconds:6.0f} ms at best, {middle[name]:.0f} ms usually")
    return int(max(middle["paint"], middle["first filter"], middle["filter"]) > _LIMIT)


if __name__ == "__main__":
    sys.exit(main())
