"""What may stand in analysis.toml, and what is said of an entry that may not."""

from __future__ import annotations

import difflib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import CatalogueError


class Charts(BaseModel):
    """The table [charts]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    font: str | None = Field(
        default=None, description="A font file for the charts; found by itself without it."
    )


class Settings(BaseModel):
    """All of analysis.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, description="Name of the project, shown on charts and the briefing.")
    locale: Literal["zh-Hant", "zh-Hans", "en"] = Field(
        default="zh-Hant", description="Language of labels, sentences and reasons."
    )
    indicators: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="Indicators of the project's own, one table each."
    )
    due_days: int | None = Field(
        default=None, ge=0, description="Days after a period's end when its report is late; never without it."
    )
    charts: Charts = Field(default_factory=Charts, description="How charts are drawn.")


def checked(document: dict[str, Any], where: str) -> dict[str, Any]:
    """Give the settings of a document with their defaults.

    Parameters
    ----------
    document : analysis.toml as read.
    where : its path, for messages.

    Errors
    ------
    CatalogueError naming the key, what was found there and what would be allowed.
    """
    try:
        return Settings.model_validate(document).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        place = [str(part) for part in first["loc"]]
        raise _explained(place, first, where) from error


def _explained(place: list[str], first: Any, where: str) -> CatalogueError:
    key = ".".join(place)
    if first["type"] != "extra_forbidden":
        return CatalogueError(
            f"{key}: {first['msg'][:1].lower()}{first['msg'][1:]}",
            where=where,
            seen="" if first["type"] == "missing" else repr(first["input"]),
            todo="correct this entry",
        )
    known = list(Settings.model_fields if len(place) == 1 else Charts.model_fields)
    near = difflib.get_close_matches(place[-1], known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(known)}"
    return CatalogueError(f"unknown key {key}", where=where, todo=hint)
