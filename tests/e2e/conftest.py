"""A page of a small project, built once, and one browser to look at it with."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_project import Watched, reports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip


@pytest.fixture(scope="session", name="built")
def built_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project's page once."""
    import analysis
    from analysis.briefing.page import write_contents, write_page
    from analysis.charts import overview
    from analysis.project import find_project
    from analysis.rerun.products import content_of
    from analysis.tables import load_tables

    folder = tmp_path_factory.mktemp("project")
    for name, text in reports().items():
        path = folder / "data" / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "analysis.toml").write_text('name = "測試街道"\nlocale = "zh-Hant"\n', encoding="utf-8")
    analysis.compare(folder)
    project = find_project(folder)
    tables = load_tables(project)
    target = folder / "reports" / "2026-08"
    overview(tables.comparisons, indicators=tables.indicators, places=tables.places, locale="zh-Hant").save(
        target / "charts"
    )
    (target / "workbook.xlsx").write_bytes(bytes(1000))
    content = content_of(project, tables, target / "charts", period="2026-08", baseline="2026-07")
    write_page(target, content)
    write_contents(folder / "reports", name=project.name, locale=project.locale)
    return target / "index.html"


@pytest.fixture(scope="session", name="browser")
def one_browser() -> Iterator[Browser]:
    """Start the browser once."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


def _watched(context: BrowserContext, url: str) -> Watched:
    page = context.new_page()
    watched = Watched(page, url)
    page.on("console", lambda said: watched.complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: watched.complaints.append(f"dialog: {dialog.message}"))

    def asked(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            watched.complaints.append(f"request: {request.url}")

    page.on("request", asked)
    return watched


@pytest.fixture(name="watched")
def watched_page(browser: Browser, built: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Give the page; that it said nothing on the console and asked no other host is part of every test.

    The parameter, where a test has one, is that of the browser's context.
    """
    looks = {"viewport": {"width": 1280, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**looks)
    watched = _watched(context, built.as_uri())
    yield watched
    context.close()
    assert watched.complaints == []
