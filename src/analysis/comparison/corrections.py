"""Which number of a sentence corrects another: 原报38吨，更正为35吨."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.language.script import fold

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

# The lower is chosen.
_RANK = {"corrected": 0, None: 1, "former": 2}


@cache
def entries() -> list[dict[str, Any]]:
    """Give the entries of `corrections.toml`: mark, words, examples and counter-examples."""
    text = files("analysis.comparison").joinpath("corrections.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["words"])


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    ends = {entry["mark"]: "|".join(map(re.escape, entry["of"])) for entry in entries()}
    anywhere = re.compile("|".join(ends.values()))
    return anywhere, {mark: re.compile(rf"(?:{words})\W*$") for mark, words in ends.items()}


def marked(before: str) -> str | None:
    """Say what the words before a number make of it: corrected, former or nothing.

    Examples
    --------
    >>> marked("原報38噸，更正為"), marked("原報"), marked("清運垃圾")
    ('corrected', 'former', None)
    """
    folded = fold(before)
    return next((mark for mark, pattern in _patterns()[1].items() if pattern.search(folded)), None)


def correction_ranks(figures: pd.DataFrame) -> NDArray[np.int64]:
    """Rank figures by their own sentence: 0 for a correction, 2 for what is corrected, 1 for all others.

    Parameters
    ----------
    figures : rows of the table `figures`; only sentence and text are read.
    """
    import numpy as np

    anywhere = _patterns()[0]
    ranks = np.ones(len(figures), dtype="int64")
    told: dict[str, str] = {}
    for sentence in figures["sentence"].dropna().unique():
        folded = fold(sentence)
        if anywhere.search(folded):
            told[sentence] = folded
    if not told:
        return ranks
    rows = np.flatnonzero(figures["sentence"].isin(list(told)).to_numpy(dtype=bool))
    for row in rows:
        sentence, text = figures["sentence"].iloc[row], figures["text"].iloc[row]
        if isinstance(text, str) and sentence.count(text) == 1:
            ranks[row] = _RANK[marked(sentence[: sentence.index(text)])]
    return ranks
