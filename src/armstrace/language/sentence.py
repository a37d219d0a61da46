"""What the language stage hands on: sentences of tokens, each with its place in the document text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from armstrace.language.tokens import split_tokens

if TYPE_CHECKING:
    from armstrace.document import Span

_UNTAGGED, _UNRELATED, _NO_NAME = "X", "dep", "O"


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its tags (Universal and Penn), lemma, head, relation and name tag.

    ``start`` and ``end`` are character offsets in the document text, ``head`` is the index of the governing
    token in the same sentence or -1 for the root, ``deprel`` a Universal Dependencies relation with its
    subtype ("nsubj:pass"), ``entity`` "O" or B-/I- with PER, ORG or LOC.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    entity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: the span that was asked for and its tokens; a span without words has none."""

    span: Span
    tokens: tuple[Token, ...]


def words_alone(text: str, span: Span) -> Sentence:
    """Return a sentence that no network has read: words without tags, all under the first one, which is the root."""
    words = enumerate((place, place.of(text)) for place in split_tokens(text, span))
    tokens = (
        Token(
            index=i,
            start=place.start,
            end=place.end,
            text=word,
            lemma=word.lower(),
            upos=_UNTAGGED,
            xpos=_UNTAGGED,
            head=0 if i else -1,
            deprel=_UNRELATED if i else "root",
            entity=_NO_NAME,
        )
        for i, (place, word) in words
    )
    return Sentence(span, tuple(tokens))
