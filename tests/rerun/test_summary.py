"""What a run says about the files that it could not use."""

from __future__ import annotations

from pathlib import Path

from analysis.project import find_project
from analysis.rerun.current import current_tables
from analysis.rerun.summary import Failure, LeftOut, RunSummary, left_out


def summary(**changed: object) -> RunSummary:
    """Make a summary of a run in which all went well, but for what is given."""
    plain: dict[str, object] = {
        "period": "2026-08",
        "baseline": "2026-07",
        "done": ("01-reports",),
        "failed": (),
        "left_out": (),
        "warnings": (),
        "outputs": (),
        "counts": {"reports": 4},
    }
    return RunSummary(**(plain | changed))  # type: ignore[arg-type]


def test_left_out_files_are_listed_with_the_reason(project_folder: Path) -> None:
    """Unreadable files, reports without period or place, and files without figures are each named."""
    raw = project_folder / "data" / "raw"
    (raw / "壞.txt").write_bytes(bytes(range(256)) * 20)
    (raw / "通知.txt").write_text("請互相轉告。", encoding="utf-8")
    found = list(left_out(current_tables(find_project(project_folder))))
    assert found[0].path == "壞.txt"
    assert found[0].unreadable
    reasons = [item.reason for item in found if item.path == "通知.txt"]
    assert any("no period and no place" in reason for reason in reasons)
    assert any("no figures" in reason for reason in reasons)


def test_exit_code_is_1_for_what_failed_only() -> None:
    """Failed notebooks and unreadable files count; a file without figures or a warning does not."""
    assert summary().exit_code == 0
    assert summary(warnings=("open elsewhere",)).exit_code == 0
    assert summary(left_out=(LeftOut("a.txt", "no figures"),)).exit_code == 0
    assert summary(left_out=(LeftOut("a.txt", "empty", unreadable=True),)).exit_code == 1
    assert summary(failed=(Failure("02-profile", "cell 3"),)).exit_code == 1


def test_long_lists_are_cut_and_say_so() -> None:
    """A thousand unreadable files do not bury the rest."""
    many = tuple(LeftOut(f"{number}.txt", "empty") for number in range(1000))
    lines = summary(left_out=many).lines()
    assert len(lines) < 40
    assert any("980 more" in line for line in lines)
