"""An index of documents that grows: one by one it ends where all at once it would, and compares only what is touched.

Values in, values out: adding gives a new index and leaves the old as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.group.candidates import LEAST_SHARED, NEIGHBOURS, Pair, candidate_numbers, pair_of
from armstrace.group.evidence import COPY
from armstrace.group.holders import Holders, add_holder, find_holders, holders_of_all
from armstrace.group.judging import (
    LONGEST,
    Judged,
    comparable,
    judge_texts,
    may_hold_standing_text,
    standing_passages,
)
from armstrace.group.overlap import ComparedText
from armstrace.group.sketches import Hashes, sketch_text

_KEPT_TEXTS: Final = 512  # texts made ready that are kept at hand


@dataclass(frozen=True, slots=True)
class Index:
    """Documents, and what is known of their pairs.

    Attributes:
        documents: by id.
        sketches: of each document.
        numbers: the ids in the order in which the documents came; ``holders`` counts them so.
        holders: which documents hold a hash.
        candidates: the pairs that share enough to be compared.
        passages: by pair of stories of one outlet, the hashes of what they share.
        standing: all hashes of ``passages``.
        judged: the likely copies.
        compared: how many pairs were compared word for word to make the last step.
    """

    documents: Mapping[str, Document]
    sketches: Mapping[str, Hashes]
    numbers: tuple[str, ...]
    holders: Holders
    candidates: frozenset[Pair]
    passages: Mapping[Pair, frozenset[int]]
    standing: frozenset[int]
    judged: Mapping[Pair, Judged]
    compared: int = 0


def index_documents(documents: Iterable[Document]) -> Index:
    """Return an index of documents, made in one go.

    Raises:
        InputError: two documents have one id.
    """
    known: dict[str, Document] = {}
    for document in documents:
        if document.id in known:
            raise InputError(f"{document.id}: two documents have this id; give each document once")
        known[document.id] = document
    ordered = sorted(known.values(), key=_moment)
    ids = tuple(document.id for document in ordered)
    sketches = [sketch_text(document.text[:LONGEST]) for document in ordered]
    candidates = frozenset(pair_of(ids[a], ids[b]) for a, b in candidate_numbers(sketches).tolist())
    passages = dict(_passages(known, candidates))
    standing = frozenset(one for hashes in passages.values() for one in hashes)
    judged = dict(_judge(known, candidates, standing))
    return Index(
        documents=known,
        sketches=dict(zip(ids, sketches, strict=True)),
        numbers=ids,
        holders=holders_of_all(sketches),
        candidates=candidates,
        passages=passages,
        standing=standing,
        judged=judged,
        compared=len(candidates),
    )


def add_document(index: Index, document: Document) -> Index:
    """Return the index with one document more. What is compared: the pairs whose candidacy or standing text changes.

    Raises:
        InputError: the index holds a document of this id.
    """
    if document.id in index.documents:
        raise InputError(f"{document.id}: the index holds a document of this id; add each document once")
    documents = {**index.documents, document.id: document}
    sketch = sketch_text(document.text[:LONGEST])
    number = len(index.numbers)
    numbers = (*index.numbers, document.id)
    holders = add_holder(index.holders, number, sketch)
    sketches = {**index.sketches, document.id: sketch}
    found = dict(find_holders(holders, sketch))
    buckets = [sorted((numbers[n] for n in rows), key=lambda one: _moment(documents[one])) for rows in found.values()]
    gained = {pair for pair, count in Counter(_gained(buckets, document.id)).items() if count >= LEAST_SHARED}
    parted = {pair for pair in _parted(buckets, document.id) if pair in index.candidates}
    grown = Index(documents, sketches, numbers, holders, index.candidates, index.passages, index.standing, index.judged)
    lost = {pair for pair in parted if not _is_candidate(grown, pair)}
    return _with_pairs(grown, frozenset(gained), frozenset(lost))


def _moment(document: Document) -> tuple[str, str]:
    return (document.metadata.published or "", document.id)


def _gained(buckets: Sequence[Sequence[str]], new: str) -> Iterator[Pair]:
    for bucket in buckets:
        at = bucket.index(new)
        for other in (*bucket[max(0, at - NEIGHBOURS) : at], *bucket[at + 1 : at + 1 + NEIGHBOURS]):
            yield pair_of(new, other)


def _parted(buckets: Sequence[Sequence[str]], new: str) -> Iterator[Pair]:
    """Yield the pairs that the new document has pushed out of one another's neighbourhood."""
    for bucket in buckets:
        at = bucket.index(new)
        for first in range(max(0, at - NEIGHBOURS), at):
            if first + NEIGHBOURS + 1 < len(bucket):
                yield pair_of(bucket[first], bucket[first + NEIGHBOURS + 1])


def _is_candidate(index: Index, pair: Pair) -> bool:
    """Tell whether two documents are near one another among the holders of enough hashes."""
    both = np.intersect1d(index.sketches[pair[0]], index.sketches[pair[1]], assume_unique=True)
    near = 0
    for _, rows in find_holders(index.holders, both):
        bucket = sorted((index.numbers[n] for n in rows), key=lambda one: _moment(index.documents[one]))
        near += abs(bucket.index(pair[0]) - bucket.index(pair[1])) <= NEIGHBOURS
    return near >= LEAST_SHARED


def _with_pairs(index: Index, gained: frozenset[Pair], lost: frozenset[Pair]) -> Index:
    """Return the index with its candidates changed and all that follows from them."""
    candidates = (index.candidates - lost) | gained
    passages = {pair: found for pair, found in index.passages.items() if pair not in lost}
    passages.update(_passages(index.documents, gained))
    standing = frozenset(one for hashes in passages.values() for one in hashes)
    changed = np.array(sorted(standing ^ index.standing), dtype=np.uint64)
    holders = {index.numbers[n] for _, rows in find_holders(index.holders, changed) for n in rows}
    touched = gained | {pair for pair in candidates if holders and not holders.isdisjoint(pair)}
    judged = {pair: one for pair, one in index.judged.items() if pair not in lost and pair not in touched}
    judged.update(_judge(index.documents, touched, standing))
    return Index(
        documents=index.documents,
        sketches=index.sketches,
        numbers=index.numbers,
        holders=index.holders,
        candidates=candidates,
        passages=passages,
        standing=standing,
        judged=judged,
        compared=len(touched),
    )


def _passages(documents: Mapping[str, Document], pairs: Iterable[Pair]) -> Iterator[tuple[Pair, frozenset[int]]]:
    """Yield the pairs of stories of one outlet with the hashes of what they share, where that is something."""
    ready = _ready_texts(documents, frozenset())
    for left, right in sorted(pairs):
        if may_hold_standing_text(documents[left], documents[right]):
            found = standing_passages(ready(left), ready(right))
            if found:
                yield (left, right), found


def _judge(
    documents: Mapping[str, Document], pairs: Iterable[Pair], standing: frozenset[int]
) -> Iterator[tuple[Pair, Judged]]:
    """Yield the pairs that are likely copies with their judgements."""
    ready = _ready_texts(documents, standing)
    for left, right in sorted(pairs):
        judged = judge_texts(documents[left], documents[right], ready(left), ready(right))
        if judged.pair.likelihood >= COPY:
            yield (left, right), judged


def _ready_texts(documents: Mapping[str, Document], standing: frozenset[int]) -> Callable[[str], ComparedText]:
    """Return a function that makes texts ready by id and keeps the latest at hand."""

    @lru_cache(maxsize=_KEPT_TEXTS)
    def ready(one: str) -> ComparedText:
        return comparable(documents[one], standing)

    return ready
