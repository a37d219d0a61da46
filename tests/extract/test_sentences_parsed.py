"""Which sentences of a document are parsed: those that speak of arms, and two on each side of them."""

from __future__ import annotations

import pytest

from armstrace.document import Document
from armstrace.extract.read import read_document
from armstrace.pipeline import load_reader

IDLE = "The weather was mild."
ROWS = [  # sentences, numbers of those parsed
    ([IDLE] * 3 + ["Chad bought rifles from Egypt."] + [IDLE] * 4, {1, 2, 3, 4, 5}),
    (["Chad bought rifles from Egypt."] + [IDLE] * 4, {0, 1, 2}),
    ([IDLE] * 3 + ["Paris denied arming the rebels."] + [IDLE], {1, 2, 3, 4}),
    ([IDLE] * 3 + ["Six Su-57Es left for Algiers."] + [IDLE], {1, 2, 3, 4}),
    (["Chad bought rifles from Egypt."] + [IDLE] * 6 + ["The rifles came by sea."], {0, 1, 2, 5, 6, 7}),
]


@pytest.mark.parametrize(("sentences", "parsed"), ROWS)
def test_sentences_near_arms_are_parsed(sentences: list[str], parsed: set[int]) -> None:
    reader = load_reader()
    text = " ".join(sentences)
    reading = read_document(Document("d", text, text), reader.language, reader.lexicon)
    assert reading is not None
    assert [s.span.of(text) for s in reading.sentences] == sentences
    assert {s.number for s in reading.sentences if s.tree.tokens[-1].upos == "PUNCT"} == parsed


def test_a_text_without_arms_is_not_parsed_at_all() -> None:
    reader = load_reader()
    assert read_document(Document("d", IDLE, IDLE), reader.language, reader.lexicon) is None
