"""A project folder: analysis.toml and the folders beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.errors import CatalogueError, UsageError

FILE = "analysis.toml"


@dataclass(frozen=True, slots=True)
class Project:
    """A project: where it is, what it is called, in which language it speaks.

    `settings` holds the checked rest of analysis.toml: `indicators` (id to entry) and `charts`.
    """

    root: Path
    name: str
    locale: str = "zh-Hant"
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def raw(self) -> Path:
        """The reports as they were sent."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """The tables that are built from them."""
        return self.root / "data" / "processed"

    @property
    def entered(self) -> Path:
        """Figures that somebody knew without a report; never made by a program."""
        return self.root / "data" / "entered.csv"

    @property
    def places_file(self) -> Path:
        """The project's list of places."""
        return self.root / "data" / "places.toml"

    @property
    def reports(self) -> Path:
        """What is sent out: a folder a period."""
        return self.root / "reports"

    @property
    def notebooks(self) -> Path:
        """The notebooks that `analysis run` executes."""
        return self.root / "notebooks"


def find_project(start: str | Path | None = None) -> Project:
    """Open the project that a folder belongs to: the nearest parent with analysis.toml.

    Parameters
    ----------
    start : a folder; the current one without it.

    Errors
    ------
    UsageError where there is no such folder or no project; CatalogueError for a wrong entry of analysis.toml.
    """
    folder = Path(start) if start is not None else Path.cwd()
    if not folder.exists():
        raise UsageError(
            "there is no such folder",
            where=str(folder),
            todo="check the path, or make it with `analysis init`",
        )
    resolved = folder.resolve()
    for candidate in (resolved, *resolved.parents):
        if (candidate / FILE).is_file():
            return open_project(candidate)
    raise UsageError(
        "no project here or in any folder above",
        where=str(folder),
        todo=f"go to a folder with {FILE}, name one with --project, or make one with `analysis init DIR`",
    )


def open_project(root: Path) -> Project:
    """Open the project whose analysis.toml lies in a folder.

    Errors
    ------
    CatalogueError for a file that is not TOML in UTF-8, or a wrong entry.
    """
    from analysis.settings import checked

    try:
        document = tomllib.loads((root / FILE).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(
            "this is not TOML in UTF-8", where=FILE, seen=str(error), todo="correct it, or save it as UTF-8"
        ) from error
    settings = checked(document, FILE)
    return Project(
        root=root,
        name=settings.pop("name"),
        locale=settings.pop("locale"),
        settings=MappingProxyType(settings),
    )
