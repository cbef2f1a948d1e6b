"""briefing.docx: the briefing as a document of Word that an office can edit, in its own template."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from analysis.briefing.document.body import Body
from analysis.briefing.document.styles import open_document
from analysis.briefing.office.look import LOOKS
from analysis.briefing.office.references import evidence
from analysis.briefing.office.wording import subtitle
from analysis.tables.files import replace_file
from analysis.tables.package import same_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from analysis.briefing.content import Content

NAME = "briefing.docx"
# Where a paragraph of the office's template says this, the briefing stands; else it follows what is there.
MARKER = "{{briefing}}"


def write_document(folder: Path, content: Content) -> Path:
    """Write briefing.docx: headlines, charts, changes, findings, coverage, what was left out, sources.

    Parameters
    ----------
    folder : where briefing.docx goes; made where it does not exist.
    content : what it is made of; the template `document`, where there is one, rules its styles, header,
        footer and page.

    Returns
    -------
    Its path. Every number leads to its sentences by the reference in square brackets beside it.

    Errors
    ------
    UsageError where the template cannot be opened.
    """
    document = open_document(content)
    root: Any = document.element.body
    before = list(root)
    Body(document, content, evidence(content)).write()
    _settle(document, before)
    _properties(document, content)
    raw = io.BytesIO()
    document.save(raw)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    replace_file(path, same_bytes(raw.getvalue()))
    return path


def _settle(document: Document, before: list[Any]) -> None:
    """Move what was written to the marker of a template; take away the empty page that one begins with."""
    root: Any = document.element.body
    written = [part for part in root if part not in before]
    marker = next((p for p in document.paragraphs if p.text.strip() == MARKER), None)
    if marker is not None:
        for part in written:
            marker._p.addprevious(part)  # noqa: SLF001 - the library cannot move paragraphs
        root.remove(marker._p)  # noqa: SLF001
        return
    texts = [part for part in before if not part.tag.endswith("}sectPr")]
    if not any("".join(part.itertext()).strip() for part in texts):
        for part in texts:
            if not part.xpath(".//w:drawing|.//w:pict"):
                root.remove(part)


def _properties(document: Document, content: Content) -> None:
    properties = document.core_properties
    properties.title, properties.subject = content.title, subtitle(content)
    properties.language = LOOKS[content.locale].language
    if "document" not in content.templates:
        properties.author = properties.last_modified_by = "report-figures"
        properties.comments, properties.revision = "", 1
