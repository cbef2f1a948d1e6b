"""Extraction: every figure that a report states, with what it counts, when, where and how surely."""

from analysis.extraction.figures import COLUMNS, extract_report

__all__ = ["COLUMNS", "extract_report"]
