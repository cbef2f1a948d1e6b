"""Packages of XML (.docx, .odt, .pptx): opened with a parser that loads and expands nothing from outside."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from analysis.reading.formats.refusal import damaged


def parse(data: bytes) -> Any:
    """Parse XML without entities, document types and network.

    Errors
    ------
    lxml.etree.XMLSyntaxError where it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)


def part(package: zipfile.ZipFile, name: str) -> Any:
    """Give a part of a package as an element, None where it is not there."""
    try:
        return parse(package.read(name))
    except KeyError:
        return None


def open_package(data: bytes, where: str) -> zipfile.ZipFile:
    """Open a package.

    Errors
    ------
    UnreadableError where it is cut off or no zip file.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged(where, error) from None
