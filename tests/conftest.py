"""What all tests share: on CI, a test that is skipped for a missing tool has failed."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

# Reports that are not ours to hand on lie beside the checkout; elsewhere their tests are skipped.
_ALLOWED = "../shared"


def _failed_instead(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("CI") != "true" or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if _ALLOWED not in reason:
        report.outcome = "failed"
        report.longrepr = f"skipped on CI: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one on CI."""
    report = yield
    _failed_instead(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into a failed one on CI."""
    report = yield
    _failed_instead(report)
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put slow tests first, so that no processor waits for another's last one."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the top folder of the checkout."""
    return Path(__file__).parent.parent


@pytest.fixture
def project_folder(tmp_path: Path) -> Path:
    """Make a small project of two months and two places, without notebooks."""
    hant, hans = (
        "{}月工作匯報\n本月清運垃圾{}噸，志願者{}人次。",
        "{}月工作汇报\n本月清运垃圾{}吨，志愿者{}人次。",
    )
    reports = {
        "2026-07/東湖社區.txt": "東湖社區2026年" + hant.format(7, 18.5, 320) + "現有居民1180戶。",
        "2026-07/青山社区.txt": "青山社区2026年" + hans.format(7, 12, 210) + "现有居民980户。",
        "2026-08/東湖社區.txt": "東湖社區2026年" + hant.format(8, 20, "300多") + "現有居民1182戶。",
        "2026-08/青山社区.txt": "青山社区2026年" + hans.format(8, 11, 260) + "现有居民980户。",
    }
    folder = tmp_path / "project"
    for name, text in reports.items():
        path = folder / "data" / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    (folder / "notebooks").mkdir()
    (folder / "analysis.toml").write_text('name = "測試街道"\nlocale = "zh-Hant"\n', encoding="utf-8")
    return folder
