"""What may stand in analysis.toml, and what is said of an entry that may not."""

from __future__ import annotations

import difflib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import CatalogueError
from analysis.reading.limits import USUAL


class Charts(BaseModel):
    """The table [charts]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    font: str | None = Field(
        default=None, description="A font file for the charts; found by itself without it."
    )


class Briefing(BaseModel):
    """The table [briefing]: what is sent out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    redact: bool = Field(
        default=True, description="Whether telephone and identity numbers in published sentences are masked."
    )
    document: str | None = Field(
        default=None, description="An office's own Word template (.docx) for briefing.docx."
    )
    slides: str | None = Field(
        default=None, description="An office's own PowerPoint template (.pptx) for briefing.pptx."
    )


class Reading(BaseModel):
    """The table [reading]: what one file may cost before it is listed as unreadable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seconds: int = Field(default=USUAL.seconds, gt=0, description="Seconds to read one file.")
    memory_megabytes: int = Field(
        default=USUAL.memory_megabytes, ge=256, description="Memory of the process that reads it."
    )
    file_megabytes: int = Field(
        default=USUAL.file_megabytes, gt=0, description="Size of a file, and of one within an archive."
    )
    text_megabytes: int = Field(
        default=USUAL.text_megabytes,
        gt=0,
        description="Size of a plain text, and of the text of other files.",
    )
    archive_megabytes: int = Field(
        default=USUAL.archive_megabytes, gt=0, description="All files of an archive together, unpacked."
    )
    archive_files: int = Field(
        default=USUAL.archive_files, gt=0, description="How many files an archive may hold."
    )
    archive_depth: int = Field(
        default=USUAL.archive_depth, gt=0, description="How deep archives may lie within each other."
    )
    scans: bool = Field(default=USUAL.scans, description="Whether pictures of pages are recognised.")


class Run(BaseModel):
    """The table [run]: what `analysis run` does when the command says nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    periods: str = Field(
        default="", description="Such as 2026-01..2026-08, each month of it; the newest with data without it."
    )
    places: list[str] = Field(
        default_factory=list,
        description="Places that get notebooks of their own; all with figures without it.",
    )
    jobs: int = Field(default=2, gt=0, description="How many notebooks run at the same time.")
    timeout_seconds: int | None = Field(
        default=None, gt=0, description="Seconds for a whole notebook; no limit without it."
    )
    memory_megabytes: int | None = Field(
        default=None, gt=0, description="Memory of a notebook's process; no limit without it."
    )
    keep: int = Field(default=60, gt=0, description="How many runs are kept in data/processed/runs.")


class Storage(BaseModel):
    """The table [storage]: where folders are stored, at any address that fsspec knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    raw: str | None = Field(default=None, description="Address of the reports, such as s3://bucket/raw.")
    processed: str | None = Field(default=None, description="Address of the tables.")
    reports: str | None = Field(default=None, description="Address of what is sent out.")
    options: dict[str, Any] = Field(
        default_factory=dict, description="Options for fsspec; no passwords, they stand in the environment."
    )


class Notify(BaseModel):
    """The table [notify]: who is told how a run ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: list[Literal["success", "failure", "missing"]] = Field(
        default=["success", "failure", "missing"], description="What is told."
    )
    webhook: str | None = Field(default=None, description="Address that gets it as JSON.")
    mail_to: list[str] = Field(default_factory=list, description="Who gets it by mail.")
    mail_from: str | None = Field(
        default=None, description="Sender of the mail; the first receiver without it."
    )
    smtp_host: str | None = Field(default=None, description="The server that sends the mail.")
    smtp_port: int = Field(default=587, gt=0, description="Its port.")
    smtp_user: str | None = Field(default=None, description="Who logs in there; nobody without it.")
    starttls: bool = Field(default=True, description="Whether the line to it is encrypted.")


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
    briefing: Briefing = Field(default_factory=Briefing, description="What is sent out.")
    run: Run = Field(default_factory=Run, description="How the monthly run goes.")
    storage: Storage = Field(default_factory=Storage, description="Where folders are stored.")
    notify: Notify = Field(default_factory=Notify, description="Who is told how a run ended.")
    reading: Reading = Field(default_factory=Reading, description="What reading a file may cost.")


TABLES: dict[str, type[BaseModel]] = {
    "charts": Charts,
    "briefing": Briefing,
    "run": Run,
    "storage": Storage,
    "notify": Notify,
    "reading": Reading,
}


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
    known = list((Settings if len(place) == 1 else TABLES[place[0]]).model_fields)
    near = difflib.get_close_matches(place[-1], known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(known)}"
    return CatalogueError(f"unknown key {key}", where=where, todo=hint)
