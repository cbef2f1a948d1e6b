"""The reports of a small project, and what a browser says while it looks at their page."""

from __future__ import annotations

import base64
import gzip
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
_HANT = "{}2026年{}月工作匯報\n本月清運垃圾{}噸，志願者{}人次。現有居民{}戶。\n"
_HANS = "{}2026年{}月工作汇报\n本月清运垃圾{}吨，志愿者{}人次。现有居民{}户。\n"
_VALUES = {
    4: (17.5, 300, 1178), 5: (18, 310, 1179), 6: (17, "290餘", 1179), 7: (18.5, 320, 1180),
    8: (20, "300多", 1182),
}  # fmt: skip


def reports() -> dict[str, str]:
    """Give the reports: a gap in May, vague words, a telephone number, a sentence that looks like markup."""
    found = {}
    for month, (rubbish, helpers, homes) in _VALUES.items():
        found[f"2026-{month:02d}/東湖社區.txt"] = _HANT.format("東湖社區", month, rubbish, helpers, homes)
        if month != 5:
            row = ("青山社区", month, round(float(rubbish) * 0.6, 1), 210 + month, 980)
            found[f"2026-{month:02d}/青山社区.txt"] = _HANS.format(*row)
    found["2026-08/東湖社區.txt"] += (
        f"{HOSTILE}拆除違章搭建7處，聯繫電話：0570-1234567。\n另購置無人機2架。\n"
    )
    found["2026-08/青山社区.txt"] += "".join(f"第{n}小区清理楼道{20 + n}栋。\n" for n in range(1, 61))
    return found


def packed_data(path: Path) -> str:
    """Unpack the data of a page."""
    found = re.search(r'id="data">([^<]+)<', path.read_text(encoding="utf-8"))
    assert found is not None
    return gzip.decompress(base64.b64decode(found[1])).decode("utf-8")


@dataclass
class Watched:
    """A page in the browser, and what it has complained of or asked for."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, anchor: str = "") -> Page:
        """Open the page and wait until it is ready."""
        self.page.goto("about:blank")
        self.page.goto(self.url + anchor)
        self.page.wait_for_selector("html[data-ready]")
        return self.page
