"""The texts that speed is measured on, and how they are cut into sentences.

The file of State Council reports is damaged for more than half of its length: there UTF-8 was once read as
GBK, and no numeral is left. An extractor runs through such passages without work, so that a speed measured on
them says little; `readable` leaves them out.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import generate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROOT = Path(__file__).parents[1]
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]?")
_SIZE = 1_380_000
_WINDOW = 100
# What 。，的 and other common signs become when their UTF-8 is read as GBK, and what they are.
_DAMAGED = re.compile("[銆锛鐨勭殑涓鍙\ue000-\uf8ff\ufffd]")
_SOUND = re.compile("[的，。、国和]")


def shared_folder() -> Path:
    """Give the folder of texts that are not part of the project; it need not exist."""
    return Path(os.environ.get("REPORT_FIGURES_SHARED", _ROOT.parent / "shared"))


def national_reports() -> list[str]:
    """Give the reports of the State Council, one a line of their file; an empty list where it is absent."""
    files = sorted((shared_folder() / "corpus" / "state-council").glob("*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if line.strip()]


def generated_reports() -> list[str]:
    """Give fifty generated reports, together as long as those of the State Council."""
    return [generate.text(_SIZE // 50, seed) for seed in range(50)]


def readable(text: str) -> str:
    """Leave out the passages of a text that were decoded wrongly, by windows of a hundred characters.

    >>> readable("各位代表，国家的经济。"), readable("锛屽苟涓斾繚鎸侀")
    ('各位代表，国家的经济。', '')
    """
    windows = (text[start : start + _WINDOW] for start in range(0, len(text), _WINDOW))
    return "".join(w for w in windows if len(_DAMAGED.findall(w)) <= len(_SOUND.findall(w)))


def sentences(text: str) -> list[tuple[int, str]]:
    """Cut a text into sentences, each with its offset.

    >>> sentences("甲。乙丙")
    [(0, '甲。'), (2, '乙丙')]
    """
    return [(match.start(), match[0]) for match in _SENTENCE.finditer(text)]


def leading(texts: Iterable[str], characters: int) -> list[str]:
    """Give the first sentences of texts, together no longer than so many characters."""
    return list(_until(characters, (sentence for text in texts for _, sentence in sentences(text))))


def _until(characters: int, pieces: Iterable[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > characters:
            return
        yield piece
