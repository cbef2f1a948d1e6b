"""briefing.pptx: the briefing as slides with native charts, in the office's own template."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analysis.briefing.office.look import LOOKS
from analysis.briefing.office.references import evidence
from analysis.briefing.office.wording import subtitle
from analysis.briefing.slides.deck import open_deck
from analysis.briefing.slides.pages import Slides
from analysis.tables.files import replace_file
from analysis.tables.package import same_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.briefing.content import Content

NAME = "briefing.pptx"


def write_slides(folder: Path, content: Content) -> Path:
    """Write briefing.pptx: headlines, native charts, changes, findings, coverage, sources.

    Parameters
    ----------
    folder : where briefing.pptx goes; made where it does not exist.
    content : what it is made of; the layouts of the template `slides`, where there is one, rule its look.

    Returns
    -------
    Its path. Every number leads to the slide of its sentences; the notes of a slide have them in full.

    Errors
    ------
    UsageError where the template cannot be opened.
    """
    deck = open_deck(content)
    Slides(deck, content, evidence(content)).make()
    properties = deck.presentation.core_properties
    properties.title, properties.subject = content.title, subtitle(content)
    properties.language = LOOKS[content.locale].language
    if "slides" not in content.templates:
        properties.author = properties.last_modified_by = "report-figures"
        properties.revision = 1
    raw = io.BytesIO()
    deck.presentation.save(raw)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    replace_file(path, same_bytes(raw.getvalue()))
    return path
