"""What the language stage hands on: sentences of tokens, each with its place in the document text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from armstrace.document import Span


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
