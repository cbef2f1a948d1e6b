"""The page of a period: one file that opens anywhere, in three languages, and asks nothing of any other.

A `Content` becomes plain values here (headlines, changes, figures with their passages, points, findings,
grid), which `page.html.j2` writes in three languages at once, of which style shows one: so most of the page
works without its script, and a switch of language moves nothing. What only the script needs (all figures,
the rows of places, the chart's points) goes into the page as data. `script/` holds the script: small modules
of JavaScript, joined in the order of `assembly.SCRIPT`, without a build step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.briefing.page.contents import write_contents
from analysis.tables.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.briefing.content import Content

__all__ = ["write_contents", "write_page"]


def write_page(folder: Path, content: Content) -> Path:
    """Write index.html: headlines, changes, charts, all figures with their sentences, findings, coverage.

    Parameters
    ----------
    folder : where index.html goes; made where it does not exist. The workbook, the document, the slides and
        the charts that lie in it are offered for download.
    content : what the page is made of; its charts are put into the page, and so are the used glyphs of its
        font, for readers whose system has no Chinese font.

    Returns
    -------
    The path of index.html.
    """
    from analysis.briefing.page.assembly import assembled

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    replace_file(path, assembled(folder, content))
    return path
