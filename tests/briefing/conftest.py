"""The made-up tables of the charts' tests, for the briefing too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "charts"))
sys.path.insert(0, str(Path(__file__).parent))

from sample_tables import Sample, sample


@pytest.fixture(scope="session", name="sample")
def sample_fixture() -> Sample:
    """Give the tables of a small made-up project."""
    return sample()
