"""What results depend on besides data: the library's own source, versions of others, fonts, language."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.rerun.hashes import Hashes, of_files, of_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.project import Project

PACKAGE = Path(__file__).parents[1]
# The rooms that take part when tables are built; the others only show what the tables hold.
TABLE_ROOMS = ("catalogue", "comparison", "extraction", "language", "reading", "tables")
_SHOWING = ("cli",)
# Libraries whose version may change a table, a chart, a page or an executed notebook.
READING = (
    "chardet", "lxml", "numpy", "opencc", "openpyxl", "pandas", "pdfplumber", "pyarrow", "pypdfium2",
    "python-calamine", "python-docx", "python-pptx", "rapidocr-onnxruntime", "trafilatura",
)  # fmt: skip
DRAWING = (
    "fonttools", "ipykernel", "ipython", "jinja2", "matplotlib", "matplotlib-inline", "nbclient",
    "nbformat", "papermill", "pillow", "vl-convert-python", "zhplot",
)  # fmt: skip


def library(hashes: Hashes, rooms: tuple[str, ...] | None = None) -> str:
    """Give a hash of the library's own source and data.

    Parameters
    ----------
    hashes : remembers files, and the answer.
    rooms : only these folders, beside the modules at the top; all that takes part in results without it.
    """
    return hashes.once((PACKAGE, rooms), lambda: _library(hashes, rooms))


def _library(hashes: Hashes, rooms: tuple[str, ...] | None) -> str:
    files = [path for path in PACKAGE.glob("*.py") if path.is_file()]
    for folder in sorted(path for path in PACKAGE.iterdir() if path.is_dir()):
        if folder.name in _SHOWING or (rooms is not None and folder.name not in rooms):
            continue
        files += [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    return of_files(files, PACKAGE, hashes)


@cache
def versions(names: tuple[str, ...] = READING + DRAWING) -> Mapping[str, str]:
    """Give the versions of Python and of libraries; one that is not installed has none."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def fonts(project: Project, hashes: Hashes) -> str:
    """Give a hash of the font that charts are drawn with: the project's own, or the packaged one."""
    setting = project.settings.get("charts", {}).get("font")
    if setting:
        return hashes.of(project.root / setting)
    # Found without being imported, see analysis.charts.fonts.
    spec = find_spec("zhplot")
    folders = spec.submodule_search_locations if spec else None
    return of_parts(
        hashes.of(path) for folder in folders or () for path in sorted(Path(folder, "fonts").glob("*.[to]tf"))
    )
