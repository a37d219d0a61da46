"""Copy families: documents that reuse one text, whatever their desks did to it, each pair with its reason in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from armstrace.document import Document
from armstrace.group.combined import Joint, find_seams
from armstrace.group.evidence import SURE, CopyPair
from armstrace.group.families import Link, find_families
from armstrace.group.index import Index, index_documents
from armstrace.group.judging import judge_pair


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
    table of features (``evidence``); 4. an article combined of two texts stays with one (``combined``); 5. sure pairs,
    and weaker ones that confirm one another, make families (``families``).

    Raises:
        InputError: two documents have one id.
    """
    return copies_of(index_documents(documents))


def copies_of(index: Index) -> Copies:
    """Return the copies among the documents of an index."""
    judged = [index.judged[pair] for pair in sorted(index.judged)]
    joints = [Joint(one.pair.left, one.pair.right, one.left_words, one.right_words) for one in judged]
    days = {one: document.metadata.published or "" for one, document in index.documents.items()}
    seams = find_seams(joints, days)
    pairs = tuple(one.pair for one in judged)
    links = [
        Link(pair.left, pair.right, is_sure=pair.likelihood >= SURE)
        for pair in pairs
        if (pair.left, pair.right) not in seams
    ]
    return Copies(find_families(sorted(index.documents), links), pairs, seams, index.standing)


def why_pair(left: Document, right: Document, standing: Collection[int] = ()) -> CopyPair:
    """Return how likely two documents are copies and why, also where they are none; the same whichever comes first.

    ``standing`` is that of ``Copies``: without it, an outlet's standing text counts like any other.
    """
    return judge_pair(left, right, standing)
