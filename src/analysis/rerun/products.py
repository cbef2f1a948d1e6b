"""The products of a period, made of its tables and of the charts that its notebooks have saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.errors import AnalysisError
from analysis.rerun.summary import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from analysis.briefing.content import Content
    from analysis.project import Project
    from analysis.rerun.summary import LeftOut
    from analysis.tables import Tables


def _products() -> Mapping[str, Callable[[Path, Content], Path]]:
    """Give what makes each product, by the name of its file."""
    from analysis.briefing.document import write_document
    from analysis.briefing.page import write_page
    from analysis.briefing.slides import write_slides
    from analysis.briefing.workbook import write_workbook

    # The page comes last: it offers what lies beside it.
    return {
        "workbook.xlsx": write_workbook,
        "briefing.docx": write_document,
        "briefing.pptx": write_slides,
        "index.html": write_page,
    }


def write_products(folder: Path, content: Content) -> tuple[list[str], list[Failure]]:
    """Write every product of a briefing into a folder.

    Parameters
    ----------
    folder : such as the staged reports/PERIOD.
    content : what they are made of.

    Returns
    -------
    Names of the files written, and the products that could not be made: each a failure of the run, but not
    its end.
    """
    done, failed = [], []
    for name, write in _products().items():
        try:
            done.append(write(folder, content).name)
        except (AnalysisError, OSError) as error:
            failed.append(Failure(name, str(error)))
    return done, failed


def write_way_in(project: Project) -> list[Failure]:
    """Make reports/index.html anew, which leads through all periods that have been published.

    Parameters
    ----------
    project : the project.

    Returns
    -------
    What failed: nothing, or this.
    """
    from analysis.briefing.page import write_contents

    setting = project.settings.get("charts", {}).get("font")
    font = project.root / setting if setting else None
    try:
        write_contents(project.reports, name=project.name, locale=project.locale, font=font)
    except (AnalysisError, OSError) as error:
        return [Failure("index.html", str(error))]
    return []


def content_of(
    project: Project,
    tables: Tables,
    charts: Path,
    *,
    period: str,
    baseline: str,
    left_out: Sequence[LeftOut] = (),
) -> Content:
    """Put together what the products of a period are made of.

    Parameters
    ----------
    project : the project.
    tables : its tables, with the comparisons of the period.
    charts : folder of the charts that the notebooks have saved.
    period, baseline : labels of the compared periods.
    left_out : what takes no part.
    """
    from analysis.briefing.content import Content

    setting = project.settings.get("charts", {}).get("font")
    briefing = project.settings.get("briefing", {})
    return Content(
        name=project.name,
        period=period,
        baseline=baseline,
        tables=tables,
        charts=charts,
        locale=project.locale,
        left_out=tuple(f"{item.path}: {item.reason}" for item in left_out),
        font=project.root / setting if setting else None,
        redact=briefing.get("redact", True),
        templates={
            name: project.root / briefing[name] for name in ("document", "slides") if briefing.get(name)
        },
    )
