"""How much a file may cost before it is listed as unreadable."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; the table [reading] of analysis.toml.

    Attributes
    ----------
    seconds : of the clock, for reading one file.
    memory_megabytes : that the process that reads it may take; recognising a scan takes about 1,000.
    file_megabytes : size of a file, and of one within an archive or a package, unpacked.
    text_megabytes : size of a plain text, and of all text that comes out of another file.
    archive_megabytes : all files of an archive and of the archives within it, unpacked.
    archive_files : how many they may be.
    archive_depth : how deep archives may lie within each other.
    scans : whether pictures are recognised, which takes a second or more a page.
    """

    seconds: int = 120
    memory_megabytes: int = 1536
    file_megabytes: int = 200
    text_megabytes: int = 50
    archive_megabytes: int = 1000
    archive_files: int = 10_000
    archive_depth: int = 3
    scans: bool = True


USUAL = Limits()


def raising(key: str) -> str:
    """Say what to do about a limit that is too low for an honest file.

    Examples
    --------
    >>> raising("seconds")
    'split it, or raise seconds under [reading] in analysis.toml'
    """
    return f"split it, or raise {key} under [reading] in analysis.toml"
