"""Tables of notebooks in the reader's words."""

from __future__ import annotations

import pytest

from analysis.briefing.office.wording import office_words
from analysis.tables.schema import tables


@pytest.mark.parametrize("locale", ["zh-Hant", "zh-Hans", "en"])
def test_every_kind_of_a_revision_is_told(locale: str) -> None:
    """Each kind that a row of `revisions` may have is a word in every language."""
    kind = next(column for column in tables()["revisions"].columns if column.name == "kind")
    assert kind.allowed
    assert set(kind.allowed) <= set(office_words("revisions", locale))
