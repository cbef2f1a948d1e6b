"""Keep text from being run: what a spreadsheet would take for a formula gets an apostrophe before it.

Text columns only, and only in CSV and xlsx; numbers, Parquet and JSON are untouched. Text that already
has apostrophes before such a sign gets one more, so that `unguarded` always gives the text back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# The full-width signs too: a spreadsheet with an East Asian input reads them as their half-width twins.
_SIGNS = r"[=+\-@\t\r\n＝＋－＠]"
_RISKY = f"^'*{_SIGNS}"
_GUARDED = f"^'+{_SIGNS}"


def guarded(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Put an apostrophe before each text that a spreadsheet might run.

    Examples
    --------
    >>> import pandas as pd
    >>> guarded(pd.Series(["=1+1", "-3.19‰", "12戶"], dtype="string")).to_list()
    ["'=1+1", "'-3.19‰", '12戶']
    """
    risky = texts.str.contains(_RISKY, regex=True).fillna(value=False).astype(bool)
    return texts.where(~risky, "'" + texts)


def unguarded(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Take the apostrophe of `guarded` away again."""
    risky = texts.str.contains(_GUARDED, regex=True).fillna(value=False).astype(bool)
    return texts.where(~risky, texts.str.slice(1))
