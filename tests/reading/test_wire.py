"""What goes between the process that reads and the one that asked: nothing is lost, and nothing forged is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analysis.reading.document import Cell, Document, Paragraph, Properties, Spot, Table
from analysis.reading.wire import answer, answered, document_of, plain_of

_FIRST, _SECOND = Spot(page=1), Spot(page=2, confidence=0.5)
_TABLE = Table((Cell(0, 0, "項目"), Cell(0, 1, "21", address="B1")), _SECOND, 1, ((1, 2),))
_DOCUMENTS = (
    Document(()),
    Document((_TABLE, _TABLE)),
    Document((Paragraph("報告", "title"), Paragraph("清運垃圾", "", 0, _FIRST, ((2, _SECOND),)), _TABLE, Paragraph("完"))),
    Document((Paragraph("一", spot=Spot(cell="A1")), Paragraph("二", spot=Spot(cell="A2"))), Properties("報告"), {"header": 3},
             2, "utf-8", 0.9, ("a note",)),
)  # fmt: skip


@pytest.mark.parametrize("document", _DOCUMENTS)
def test_documents_arrive_as_they_were_sent(document: Document) -> None:
    """Paragraphs, tables between them, places and properties are the same at the other end."""
    plain, texts = plain_of(document)
    said, sent = answered(b"".join(answer({"document": plain}, texts)))
    assert document_of(said["document"], sent) == document


@pytest.mark.parametrize(
    "forged",
    [
        {"paragraphs": [[9, -7], [""], [0], [0, 0]]},
        {"paragraphs": [[1, 2], [""], [0], [0, 0]]},
        {"paragraphs": [[1, 1], ["", "", ""], [0], [0]]},
        {"paragraphs": [[1, 1], [""], [0], [0, 7]]},
        {"tables": [[2, [], 0, 0, []], [1, [], 0, 0, []]]},
        {"tables": [[3, [], 0, 0, []]]},
        {"spots": [[1, 2], [None, None, None], [None], [None]]},
    ],
)
def test_forged_answers(forged: dict[str, Any]) -> None:
    """An answer that would give a text twice, or does not fit together, is refused."""
    plain, texts = plain_of(Document((Paragraph("一", spot=_FIRST), Paragraph("二", spot=_FIRST))))
    with pytest.raises((ValueError, TypeError, IndexError)):
        document_of(json.loads(json.dumps(plain)) | forged, texts)
