"""The page in a real browser: what a reader does with mouse, keys and address."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from small_project import HOSTILE, packed_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from small_project import Watched

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DARK = {"color_scheme": "dark"}


def _written(page: Page) -> list[str]:
    return page.locator("#figures-table td:nth-child(4)").all_inner_texts()


def _marked(page: Page) -> list[str]:
    return page.locator("#sources mark").all_inner_texts()


def _draw(page: Page) -> None:
    page.locator("#chart").scroll_into_view_if_needed()
    page.wait_for_selector("#chart svg .mark-symbol path")


def test_search_finds_either_script(watched: Watched) -> None:
    """Words in either script, in any width and case, find the sentences that hold all of them."""
    page = watched.open()
    for typed in ("清运垃圾 东湖", "清運垃圾　東湖", "清運 2026-08/東湖"):
        page.fill("#search", typed)
        assert {"20噸", "300多人次"} <= set(_written(page))
        assert ("18.5噸" in _written(page)) == ("/" not in typed)
        assert set(page.locator("#figures-table td:nth-child(2)").all_inner_texts()) == {"東湖社區"}
    page.fill("#search", "２０噸")
    assert _written(page)[0] == "20噸"
    page.fill("#search", "沒有這樣的句子")
    assert _written(page) == []
    assert page.inner_text("#figures-count") == "沒有符合的數字。"


def test_filters_narrow_and_are_cleared(watched: Watched) -> None:
    """Filters by place, period and indicator hold together; clearing brings all figures back."""
    page = watched.open()
    every = page.inner_text("#figures-count")
    page.select_option("#of-place", label="東湖社區")
    page.select_option("#of-period", label="2026-08")
    page.select_option("#of-indicator", label="清運垃圾")
    assert _written(page) == ["20噸"]
    page.click("#filters button[type=reset]")
    page.wait_for_function("said => document.getElementById('figures-count').innerText === said", arg=every)


def test_order_by_value_and_pages(watched: Watched) -> None:
    """A press on a column orders by it, a second one the other way; further rows are on further pages."""
    page = watched.open()
    page.fill("#search", "樓道")
    first_page = _written(page)
    assert len(first_page) == 50
    page.click("#forth")
    assert len(_written(page)) == 10
    assert page.is_disabled("#forth")
    page.click("[data-sort=read]")
    assert _written(page)[0] == "21栋"
    page.click("[data-sort=read]")
    assert _written(page)[0] == "80栋"
    assert page.get_attribute("th:has([data-sort=read])", "aria-sort") == "descending"


def test_every_number_leads_to_its_sentence(watched: Watched) -> None:
    """One press on a headline, a cell of the changes, of the coverage or of the table opens the sentences."""
    page = watched.open()
    card = page.locator(".card", has_text="清運垃圾").locator(".big button")
    card.click()
    assert sorted(_marked(page)) == ["12.0吨", "20噸"]
    page.click("#sources-close")
    row = page.locator("#changes-table tr", has_text="清運垃圾").first
    row.locator("td.number button").first.click()
    assert sorted(_marked(page)) == ["11.1吨", "18.5噸"]
    page.keyboard.press("Escape")
    page.locator(".grid tbody tr", has_text="東湖社區").locator("button").last.click()
    assert "20噸" in _marked(page)
    page.mouse.click(4, 4)
    assert not page.locator("#sources").is_visible()
    page.locator("#figures-table tbody button").first.click()
    assert len(_marked(page)) == 1


def test_numbers_of_places(watched: Watched) -> None:
    """The changes of one place, with their sentences, in the language that is chosen."""
    page = watched.open("#en")
    page.select_option("#changes-place", label="東湖社區")
    row = page.locator("#changes-table tr", has_text="Rubbish removed")
    assert "+1.5" in row.inner_text()
    row.locator("td.number button").nth(1).click()
    assert _marked(page) == ["20噸"]
    page.keyboard.press("Escape")
    page.click("button[data-locale=zh-Hans]")
    assert "清运垃圾" in page.inner_text("#changes-table tbody")


def test_glyphs_of_the_first_screen_come_with_it(watched: Watched) -> None:
    """What the first screen shows is in a font that is there before it is painted, in every language."""
    page = watched.open()
    assert page.evaluate("[...document.fonts].find((font) => font.family === 'First').status") == "loaded"
    shown = page.evaluate(
        "document.querySelector('header').textContent + document.querySelector('.cards').textContent"
    )
    beyond = "".join(sorted({mark for mark in shown if not mark.isascii()}))
    page.evaluate("document.documentElement.classList.remove('faced')")
    assert page.evaluate("(text) => document.fonts.check('1em First', text)", beyond)


def test_chart_never_joins_a_gap(watched: Watched) -> None:
    """A place without a number in May has two lines, and no line of a place crosses a hole."""
    page = watched.open()
    page.select_option("#chart-series", label="清運垃圾")
    _draw(page)
    lines = page.locator("#chart svg .mark-line path").count()
    assert lines == 3
    assert page.locator("#chart svg .mark-symbol.role-mark path").count() == 9
    cells = page.locator("#chart-points tbody tr", has_text="青山社区").locator("td")
    page.locator("#chart-points summary").click()
    assert cells.all_inner_texts()[:2] == ["10.5噸", "–"]


def test_points_lead_to_their_sentences(watched: Watched) -> None:
    """A point of the chart opens its sentence by mouse and by key, and says what it is."""
    page = watched.open()
    page.select_option("#chart-series", label="清運垃圾")
    _draw(page)
    point = page.locator("#chart svg [aria-label='東湖社區 2026-08: 20噸']")
    point.hover()
    assert page.inner_text("#tip") == "東湖社區 2026-08: 20噸"
    point.click()
    assert _marked(page) == ["20噸"]
    page.keyboard.press("Escape")
    point.focus()
    page.keyboard.press("Enter")
    assert _marked(page) == ["20噸"]


def test_language_is_kept_with_the_place(watched: Watched) -> None:
    """The switch changes every text, keeps what is being read where it is, and the address remembers it."""
    page = watched.open("#zh-Hant/grid")
    before = page.locator("#grid h2").bounding_box()
    page.evaluate("document.querySelector('button[data-locale=en]').click()")
    after = page.locator("#grid h2").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 3
    assert page.url.endswith("#en/grid")
    assert page.inner_text("#grid h2") == "Coverage"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("#changes h2") == "Changes"
    visible = page.evaluate(
        "[...document.querySelectorAll('.t')].filter(t => t.checkVisibility()).map(t => t.lang)"
    )
    assert set(visible) == {"en"}
    assert page.get_attribute("#search", "placeholder") == "Words of indicators, places, sentences"


@pytest.mark.parametrize("anchor", ["", "#zh-Hans", "#en/changes"])
def test_nothing_moves_after_the_first_paint(watched: Watched, anchor: str) -> None:
    """The first paint is in the language of the address, and what comes after it moves nothing in sight."""
    watched.page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page = watched.open(anchor)
    page.wait_for_selector("html.faced")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") < 0.005


def test_pictures_are_told_in_every_language(watched: Watched) -> None:
    """Title, caption and alternative text of a picture are in the reader's language."""
    page = watched.open("#en")
    figure = page.locator("#gallery figure").first
    assert figure.locator(".told").inner_text().startswith("August against July: ")
    assert (figure.locator("img").get_attribute("alt") or "").startswith("August against July: ")
    assert "Source: work reports" in figure.locator("figcaption").inner_text()
    page.click("button[data-locale=zh-Hant]")
    assert (figure.locator("img").get_attribute("alt") or "").startswith("8月與7月相比：")
    assert (figure.locator("[role=region]").get_attribute("aria-label") or "").startswith("8月與7月相比：")


def _drawn(page: Page) -> str:
    """Wait until the first picture is there and give its SVG."""
    picture = page.locator("#gallery img").first
    picture.scroll_into_view_if_needed()
    picture.evaluate("(picture) => picture.decode()")
    assert picture.evaluate("(picture) => picture.naturalWidth > 0")
    address = picture.get_attribute("src") or ""
    packed = address.removeprefix("data:image/svg+xml;base64,")
    return base64.b64decode(packed).decode("utf-8") if packed != address else unquote(address)


def test_pictures_speak_the_language_of_the_page(watched: Watched) -> None:
    """A switch of language changes the words inside the pictures, and nothing below them moves."""
    page = watched.open("#zh-Hans")
    said = {"zh-Hant": "8月與7月相比", "en": "August against July", "zh-Hans": "8月与7月相比"}
    rooms = set()
    for locale in said:
        page.evaluate(f"document.querySelector('button[data-locale={locale}]').click()")
        page.wait_for_function(
            "(locale) => document.querySelector('#gallery img').dataset.speaks === locale", arg=locale
        )
        drawn = _drawn(page)
        assert drawn.count("@font-face") == 1
        assert [spoken for spoken, title in said.items() if title in drawn] == [locale]
        box = page.locator("#gallery img").first.bounding_box()
        rooms.add((box["width"], box["height"]) if box else None)
    assert len(rooms) == 1


def test_sentences_say_of_which_number_they_are(watched: Watched) -> None:
    """The dialog is named after the row and the number that was pressed."""
    page = watched.open("#en")
    row = page.locator("#changes-table tbody tr").first
    row.locator("td.number button").nth(1).click()
    label, said = row.locator("th").inner_text(), row.locator("td.number").nth(1).inner_text()
    assert page.locator("#sources-title").inner_text() == f"{label}: {said}"


def test_an_address_opens_a_figure(watched: Watched) -> None:
    """The address of a figure, as the page gives it and in its short form, opens its sentence."""
    page = watched.open()
    page.fill("#search", "20噸")
    page.locator("#figures-table tbody button").first.click()
    anchor = page.get_attribute("#sources .source a", "href") or ""
    page.keyboard.press("Escape")
    page = watched.open(anchor)
    assert _marked(page) == ["20噸"]
    page = watched.open("#figure-" + anchor.rsplit("/", 1)[1])
    assert _marked(page) == ["20噸"]
    page.keyboard.press("Escape")
    # The dialog tells that it has closed a moment after it has.
    page.wait_for_function("!location.hash.includes('figure')")


def test_text_of_reports_stays_text(watched: Watched) -> None:
    """What looks like markup in a report is shown as it is written, and nothing of it runs."""
    page = watched.open()
    page.fill("#search", "違章搭建")
    cell = page.locator("#figures-table td.said").first
    assert cell.inner_text().startswith(HOSTILE)
    page.locator("#figures-table tbody button").first.click()
    assert HOSTILE in page.inner_text("#sources .sentence")
    assert page.locator("#sources img").count() == 0


def test_telephone_numbers_are_masked(watched: Watched, built: Path) -> None:
    """No telephone number of a report is in the page or its packed data; the figures beside it are."""
    page = watched.open()
    assert "1234567" not in page.content()
    held = packed_data(built)
    assert "違章搭建7處" in held
    assert "1234567" not in held
    page.fill("#search", "違章搭建")
    assert "聯繫電話：****-*******" in page.inner_text("#figures-table tbody")
    assert _written(page) == ["7處"]


def test_keys_reach_everything(watched: Watched) -> None:
    """The first Tab leads to the content, a dialog keeps the focus and gives it back to where it was."""
    page = watched.open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    button = page.locator(".big button").first
    button.focus()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#sources')"
        )
        assert inside
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.big') !== null")


def test_rows_are_saved_as_csv(watched: Watched, tmp_path: Path) -> None:
    """The rows that were found are saved with their sentences."""
    page = watched.open()
    page.fill("#search", "20噸")
    page.select_option("#of-indicator", label="清運垃圾")
    with page.expect_download() as download:
        page.click("#save")
    saved = tmp_path / "rows.csv"
    download.value.save_as(saved)
    lines = saved.read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"指標","地方","時期"')
    assert len(lines) == 2
    assert '"20噸"' in lines[1]


@pytest.mark.parametrize("watched", [{}, DARK, PHONE], indirect=True, ids=["light", "dark", "telephone"])
def test_nothing_stands_in_anybodys_way(watched: Watched) -> None:
    """axe-core finds nothing to object to, with the chart drawn and with the dialog open."""
    from axe_playwright_python.sync_playwright import Axe

    page = watched.open("#en")
    _draw(page)
    closed = Axe().run(page, options={"resultTypes": ["violations"]})
    assert closed.violations_count == 0, closed.generate_report()
    page.locator(".big button").first.click()
    opened = Axe().run(page, context="#sources", options={"resultTypes": ["violations"]})
    assert opened.violations_count == 0, opened.generate_report()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_a_telephone_shows_all(watched: Watched) -> None:
    """On a telephone nothing is wider than the screen, and a press opens the sentences."""
    for locale in ("zh-Hant", "zh-Hans", "en"):
        page = watched.open(f"#{locale}")
        _draw(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        cut = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, p, .n, #changes-table td, #figures-table td')]"
            ".filter(e => e.checkVisibility() && !e.closest('.wide:has(.grid, #chart-points *), .away'))"
            ".filter(e => e.getBoundingClientRect().right > 391).map(e => e.outerHTML.slice(0, 200))"
        )
        assert cut == []
    page.locator(".big button").first.tap()
    assert _marked(page)


@pytest.mark.parametrize("watched", [{"viewport": {"width": 688, "height": 970}}], indirect=True)
def test_paper_shows_what_can_be_read_on_it(watched: Watched) -> None:
    """Printed on A4, controls are gone, nothing is cut off, and a search is printed with its rows."""
    page = watched.open()
    page.emulate_media(media="print")
    for gone in ("nav", "#filters", "#explore", "#figures", "button[data-locale]", ".files"):
        assert not page.locator(gone).first.is_visible()
    for there in ("h1", "#headlines", "#changes-table", "#gallery img", "#findings", "#grid", "#left_out"):
        assert page.locator(there).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    page.emulate_media(media="screen")
    page.fill("#search", "垃圾")
    page.emulate_media(media="print")
    assert page.locator("#figures-table").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_no_boxes_instead_of_glyphs(watched: Watched) -> None:
    """What was painted before the page's own glyphs had come is drawn with them, not left as boxes."""
    page = watched.open()
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    top = session.send("DOM.getDocument")["root"]["nodeId"]

    def fonts(selector: str) -> set[str]:
        found = session.send("DOM.querySelectorAll", {"nodeId": top, "selector": selector})["nodeIds"]
        used = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in found]
        return {font["familyName"] for drawn in used for font in drawn}

    western = {"DejaVu Sans", "Liberation Sans", "Arial"}
    assert not western & fonts("#headlines h2, #changes h2, #left_out h2, nav a, .sentences li .n")


def test_the_page_reads_without_script(browser: Browser, built: Path) -> None:
    """Where scripts are not allowed, as in a mail program, headlines, changes and charts are there."""
    from playwright.sync_api import expect

    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built.as_uri())
    assert page.locator(".card").first.is_visible()
    assert page.locator("#changes-table tbody tr").count() > 2
    assert page.locator("#gallery img").first.is_visible()
    page.locator(".without-script").scroll_into_view_if_needed()
    said = "篩選和出處需要開啟 JavaScript，瀏覽器須為 2023 年以後的版本。"
    expect(page.locator(".without-script")).to_have_text(said, use_inner_text=True)
    assert not page.locator("#filters").is_visible()
    context.close()


def test_the_policy_lets_nothing_else_run(browser: Browser, built: Path) -> None:
    """A script that comes into the page by whatever way does not run, and nothing can be fetched."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(built.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = 1";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')") == "refused"
    context.close()


def test_all_periods_lead_to_the_page(watched: Watched, built: Path) -> None:
    """The page of all periods hands its language on to the period, which leads back."""
    watched.page.goto((built.parent.parent / "index.html").as_uri())
    page = watched.page
    assert "32噸" in page.inner_text(".cards")
    page.click("button[data-locale=en]")
    page.locator("a.on").first.click()
    page.wait_for_selector("html[data-ready]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute(".downloads a", "href") == "workbook.xlsx"
    page.locator(".top a").click()
    assert page.title() == "測試街道"
