"""Copy families: documents that reuse one text, whatever their desks did to it, each pair with its reason in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from armstrace.document import Document
from armstrace.group.circumstances import agencies_of
from armstrace.group.evidence import CopyPair
from armstrace.group.index import Index, index_documents
from armstrace.group.judging import judge_pair
from armstrace.group.settle import settle


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies among documents.

    Attributes:
        families: all documents in families (singletons too), each sorted, in order of their first.
        pairs: the likely copies, also those that are too weak to join families alone.
        combined: those of the pairs that join nothing, because one of the two is put together from two texts.
        standing: the hashes of the passages that are outlets' standing texts and count in no document.
    """

    families: tuple[tuple[str, ...], ...]
    pairs: tuple[CopyPair, ...]
    combined: frozenset[tuple[str, str]]
    standing: frozenset[int]


def find_copies(documents: Iterable[Document]) -> Copies:
    """Return the copy families of documents; the same in whatever order they come.

    1. Sketches that share hashes make candidates (``candidates``); 2. what stories of one outlet share is its standing
    text and is left out (``judging``); 3. each candidate is compared word for word (``overlap``) and judged by the
    table of features (``evidence``); 4. the certain copies of rival agencies are seldom copies of one another
    (``settle``); 5. an article combined of two texts stays with one (``combined``); 6. sure pairs, and weaker ones that
    confirm one another, make families (``families``).

    Raises:
        InputError: two documents have one id.
    """
    return copies_of(index_documents(documents))


def copies_of(index: Index) -> Copies:
    """Return the copies among the documents of an index."""
    agencies = {one: agencies_of(document) for one, document in index.documents.items()}
    days = {one: document.metadata.published or "" for one, document in index.documents.items()}
    settled = settle(index.judged.values(), agencies, days)
    return Copies(settled.families, settled.pairs, settled.combined, frozenset(index.standing_counts))


def why_pair(left: Document, right: Document, standing: Collection[int] = ()) -> CopyPair:
    """Return how likely two documents are copies and why, also where they are none; the same whichever comes first.

    ``standing`` is that of ``Copies``: without it, an outlet's standing text counts like any other.
    """
    return judge_pair(left, right, standing)
