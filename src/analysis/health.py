"""What works on this machine, and how to mend what does not."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from analysis.errors import AnalysisError, UsageError

_LIBRARIES = (
    "pandas",
    "pyarrow",
    "matplotlib",
    "papermill",
    "openpyxl",
    "opencc",
    "pydantic",
    "rich",
    "lxml",
    "python-docx",
    "python-pptx",
    "python-calamine",
    "pypdfium2",
    "pdfplumber",
    "trafilatura",
)
_AGAIN = "install again: `make setup`, or `python -m pip install report-figures`"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it works, what was found, and how to mend it."""

    name: str
    ok: bool
    found: str
    mend: str = ""
    essential: bool = True


def doctor(project: str | Path = ".") -> list[Check]:
    """Look at Python, libraries, the font for charts, the notebooks' kernel and the project's folders.

    Parameters
    ----------
    project : a folder in the project; without a project there the folders are not looked at.

    Returns
    -------
    The checks in order. Nothing is changed.
    """
    return [
        _python(),
        _package(),
        *map(_library, _LIBRARIES),
        _kernel(),
        _jupyter(),
        *_readers(),
        *_project(project),
    ]


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= (3, 11), found, "use Python 3.11 or newer")


def _package() -> Check:
    from analysis import __version__

    return Check("report-figures", ok=True, found=__version__)


def _library(name: str) -> Check:
    try:
        return Check(name, ok=True, found=version(name))
    except PackageNotFoundError:
        return Check(name, ok=False, found="not installed", mend=_AGAIN)


def _kernel() -> Check:
    if find_spec("ipykernel") is None:
        return Check("notebook kernel", ok=False, found="ipykernel is not installed", mend=_AGAIN)
    return Check("notebook kernel", ok=True, found=f"this Python, ipykernel {version('ipykernel')}")


def _jupyter() -> Check:
    if find_spec("jupyterlab") is None:
        return Check(
            "Jupyter",
            ok=False,
            found="not installed",
            mend="to open notebooks by hand: " + _AGAIN,
            essential=False,
        )
    return Check("Jupyter", ok=True, found=f"jupyterlab {version('jupyterlab')}", essential=False)


def _readers() -> list[Check]:
    """Look at what only some formats need."""
    from analysis.reading.formats import doc, ocr

    office, scans = doc.office(), ocr.installed()
    return [
        Check(
            "scans", scans, "can be read" if scans else "cannot be read", mend=ocr.INSTALL, essential=False
        ),
        Check(
            "old Word files",
            office is not None,
            Path(office).name if office else "cannot be read",
            mend="install LibreOffice (on Debian: apt install libreoffice-writer-nogui)",
            essential=False,
        ),
    ]


def _project(start: str | Path) -> list[Check]:
    from analysis.project import find_project

    try:
        project = find_project(start)
    except UsageError:
        mend = "go to a project, or make one with `analysis init DIR`"
        return [_font(None), Check("project", ok=False, found="none here", mend=mend, essential=False)]
    except AnalysisError as error:
        return [_font(None), Check("project", ok=False, found=str(error), mend=error.todo)]
    font = project.settings.get("charts", {}).get("font")
    checks = [_font(project.root / font if font else None), Check("project", ok=True, found=project.name)]
    checks += [_folder(project.raw, "data/raw", "make it and put reports there")]
    checks += [
        _writable(path, name)
        for path, name in ((project.processed, "data/processed"), (project.reports, "reports"))
    ]
    notebooks = len(list(project.notebooks.glob("[0-9][0-9]-*.ipynb")))
    mend = "copy them from a project made by `analysis init DIR`"
    return [*checks, Check("notebooks", notebooks > 0, f"{notebooks} notebooks", mend)]


def _font(setting: Path | None) -> Check:
    mend = 'install the package zhplot, or name a Chinese font file in analysis.toml: [charts] font = "…"'
    try:
        from analysis.charts.fonts import find_font

        return Check("Chinese font", ok=True, found=Path(find_font(setting)).name)
    except (AnalysisError, ImportError) as error:
        return Check("Chinese font", ok=False, found=str(error), mend=mend)


def _folder(path: Path, name: str, mend: str) -> Check:
    if not path.is_dir():
        return Check(name, ok=False, found="missing", mend=mend)
    files = sum(1 for item in path.rglob("*") if item.is_file() and not item.name.startswith("."))
    return Check(name, ok=True, found=f"{files} files")


def _writable(path: Path, name: str) -> Check:
    """Try it: permissions say little on network drives."""
    trial = path / ".writable"
    try:
        path.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        return Check(name, ok=False, found=error.strerror or "cannot be written", mend="allow writing there")
    return Check(name, ok=True, found="can be written")
