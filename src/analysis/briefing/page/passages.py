"""The passages of reports that figures stand in: the line, the sentence within, the figure within that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NO_CHARACTER = str.maketrans(dict.fromkeys([*range(0xD800, 0xE000), *range(9), 11, 12, *range(14, 32)], "�"))

Spot = tuple[int, int, int, int, int]
"""Number of the passage; start and length of the figure in it; start and end of its sentence in it."""


class Passages:
    """The passages of a page, each once, with what may not be published masked.

    Parameters
    ----------
    texts : the reports' texts by report_id.
    masked : gives a text with the same length and what must be hidden masked.
    """

    def __init__(self, texts: Mapping[str, str], masked: Callable[[str], str]) -> None:
        self._texts, self._masked = texts, masked
        self._shown: dict[str, str] = {}
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._passages: list[str] = []

    def spot(self, row: Mapping[str, Any]) -> Spot:
        """Find where a figure stands.

        Parameters
        ----------
        row : a row of the table `figures`; its text is looked up in its report, where that is known, and
            in its sentence otherwise.
        """
        report, start, end = row["report_id"], int(row["start"]), int(row["end"])
        text = self._texts.get(report, "")
        if text[start:end] != row["text"]:
            return self._of_sentence(row)
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        sentence = row["sentence"] or ""
        at = text.find(sentence, max(0, end - len(sentence)), start + len(sentence)) if sentence else -1
        if at < 0:
            at, sentence = first, text[first:last]
        first, last = min(first, at), max(last, at + len(sentence))
        number = self._number(report, first, last)
        return number, start - first, end - start, at - first, at + len(sentence) - first

    def listed(self) -> list[str]:
        """Give all passages in order."""
        return self._passages

    def _number(self, report: str, first: int, last: int) -> int:
        key = (report, first, last)
        if key not in self._numbers:
            if report not in self._shown:
                self._shown[report] = self._masked(self._texts[report]).translate(_NO_CHARACTER)
            self._numbers[key] = self._add(self._shown[report][first:last])
        return self._numbers[key]

    def _of_sentence(self, row: Mapping[str, Any]) -> Spot:
        """Find a figure whose report's text is not at hand, such as an entered one."""
        text = row["text"]
        sentence = row["sentence"] or text
        at = sentence.find(text)
        if at < 0:
            sentence, at = f"{sentence} {text}", len(sentence) + 1
        key = (sentence, -1, -1)
        if key not in self._numbers:
            self._numbers[key] = self._add(self._masked(sentence).translate(_NO_CHARACTER))
        return self._numbers[key], at, len(text), 0, len(sentence)

    def _add(self, passage: str) -> int:
        self._passages.append(passage)
        return len(self._passages) - 1
