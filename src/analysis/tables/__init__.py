"""The tidy tables: what they look like, how they are built, written and read."""

from analysis.tables.build import build_tables, compared
from analysis.tables.collection import Tables
from analysis.tables.export import write_figures
from analysis.tables.frames import figures_frame
from analysis.tables.pivot import pivot
from analysis.tables.schema import check, schema_version, tables
from analysis.tables.store import load_tables, write_tables

__all__ = [
    "Tables",
    "build_tables",
    "check",
    "compared",
    "figures_frame",
    "load_tables",
    "pivot",
    "schema_version",
    "tables",
    "write_figures",
    "write_tables",
]
