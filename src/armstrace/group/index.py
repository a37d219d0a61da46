"""An index of documents that grows: one by one it ends where all at once it would, and compares only what is touched.

Values in, values out: adding gives a new index and leaves the old as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest
from typing import Final

import numpy as np

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.group.candidates import LEAST_SHARE, LEAST_SHARED, NEIGHBOURS, Pair, candidate_numbers, pair_of
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

# How many later documents of its outlet each is compared with for standing text: what comes again and again is found by
# any of them.
_NEXT: Final = 2
_KEPT_TEXTS: Final = 2048  # texts made ready that are kept at hand

Near = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Index:
    """Documents, and what is known of their pairs.

    Attributes:
        documents: by id.
        sketches: of each document.
        numbers: the ids in the order in which ``holders`` counts the documents.
        holders: which documents hold a hash.
        near: the documents that each shares enough hashes with to be compared.
        passages: by pair of stories of one outlet, the hashes of what they share.
        standing: how many of ``passages`` hold a hash; such hashes count in no document.
        judged: the likely copies.
        compared: how many pairs were compared word for word in the last step.
    """

    documents: Mapping[str, Document]
    sketches: Mapping[str, Hashes]
    numbers: tuple[str, ...]
    holders: Holders
    near: Near
    passages: Mapping[Pair, frozenset[int]]
    standing: Mapping[int, int]
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
    ids = tuple(sorted(known, key=lambda one: moment_of(known[one])))
    sketches = {one: sketch_text(known[one].text[:LONGEST]) for one in ids}
    pairs = [pair_of(ids[a], ids[b]) for a, b in candidate_numbers(list(sketches.values())).tolist()]
    near = _with_near({}, pairs, ())
    passages = dict(_passages(known, (pair for one in ids for pair in _standing_pairs(known, near, one))))
    index = Index(
        documents=known,
        sketches=sketches,
        numbers=ids,
        holders=holders_of_all(list(sketches.values())),
        near=near,
        passages=passages,
        standing=Counter(one for hashes in passages.values() for one in hashes),
        judged={},
    )
    return _with_judged(index, pairs)


def add_document(index: Index, document: Document) -> Index:
    """Return the index with one document more. What is compared: the pairs whose candidacy or standing text changes.

    Raises:
        InputError: the index holds a document of this id.
    """
    new = document.id
    if new in index.documents:
        raise InputError(f"{new}: the index holds a document of this id; add each document once")
    sketch = sketch_text(document.text[:LONGEST])
    grown = replace(
        index,
        documents={**index.documents, new: document},
        sketches={**index.sketches, new: sketch},
        numbers=(*index.numbers, new),
        holders=add_holder(index.holders, len(index.numbers), sketch),
    )
    buckets = list(_buckets(grown, sketch))
    counts = Counter(pair for bucket in buckets for pair in _gained(bucket, new))
    gained = sorted(pair for pair, count in counts.items() if count >= LEAST_SHARED)
    parted = {(a, b) for bucket in buckets for a, b in _parted(bucket, new) if b in index.near.get(a, ())}
    return _with_pairs(grown, gained, sorted(pair for pair in parted if not _is_near(grown, pair)))


def moment_of(document: Document) -> tuple[str, str]:
    """Return the place of a document in the order of time."""
    return (document.metadata.published or "", document.id)


def _buckets(index: Index, hashes: Hashes) -> Iterator[list[str]]:
    """Yield for each hash the documents that hold it, in order of time."""
    for _, rows in find_holders(index.holders, hashes):
        yield sorted((index.numbers[n] for n in rows), key=lambda one: moment_of(index.documents[one]))


def _gained(bucket: Sequence[str], new: str) -> Iterator[Pair]:
    at = bucket.index(new)
    for other in (*bucket[max(0, at - NEIGHBOURS) : at], *bucket[at + 1 : at + 1 + NEIGHBOURS]):
        yield pair_of(new, other)


def _parted(bucket: Sequence[str], new: str) -> Iterator[Pair]:
    """Yield the pairs that the new document has pushed out of one another's neighbourhood."""
    at = bucket.index(new)
    for first in range(max(0, at - NEIGHBOURS), at):
        if first + NEIGHBOURS + 1 < len(bucket):
            yield pair_of(bucket[first], bucket[first + NEIGHBOURS + 1])


def _is_near(index: Index, pair: Pair) -> bool:
    """Tell whether two documents are neighbours among the holders of enough hashes."""
    both = np.intersect1d(index.sketches[pair[0]], index.sketches[pair[1]], assume_unique=True)
    steps = (abs(bucket.index(pair[0]) - bucket.index(pair[1])) for bucket in _buckets(index, both))
    return sum(step <= NEIGHBOURS for step in steps) >= LEAST_SHARED


def _with_near(near: Near, gained: Iterable[Pair], lost: Iterable[Pair]) -> Near:
    changed: dict[str, set[str]] = {}
    for left, right in gained:
        changed.setdefault(left, set(near.get(left, ()))).add(right)
        changed.setdefault(right, set(near.get(right, ()))).add(left)
    for left, right in lost:
        changed.setdefault(left, set(near[left])).discard(right)
        changed.setdefault(right, set(near[right])).discard(left)
    kept = {**near, **{one: frozenset(others) for one, others in changed.items()}}
    for one, others in changed.items():
        if not others:
            del kept[one]
    return kept


def _with_pairs(index: Index, gained: Sequence[Pair], lost: Sequence[Pair]) -> Index:
    """Return the index with its candidates changed and all that follows from them."""
    near = _with_near(index.near, gained, lost)
    moved = sorted({one for pair in (*gained, *lost) for one in pair})
    before = {pair for one in moved for pair in _standing_pairs(index.documents, index.near, one)}
    after = {pair for one in moved for pair in _standing_pairs(index.documents, near, one)}
    fresh = dict(_passages(index.documents, after - before))
    gone = {pair: index.passages[pair] for pair in before - after if pair in index.passages}
    passages = {**index.passages, **fresh}
    for pair in gone:
        del passages[pair]
    standing = Counter(index.standing)
    standing.update(one for hashes in fresh.values() for one in hashes)
    standing.subtract(one for hashes in gone.values() for one in hashes)
    standing = +standing
    maybe = {one for hashes in (*fresh.values(), *gone.values()) for one in hashes}
    changed = np.array(sorted(one for one in maybe if (one in standing) != (one in index.standing)), dtype=np.uint64)
    holders = {index.numbers[n] for _, rows in find_holders(index.holders, changed) for n in rows}
    touched = {*gained, *(pair_of(one, other) for one in holders for other in near.get(one, ()))}
    judged = dict(index.judged)
    for pair in (*lost, *touched):
        judged.pop(pair, None)
    return _with_judged(replace(index, near=near, passages=passages, standing=standing, judged=judged), touched)


def _with_judged(index: Index, pairs: Iterable[Pair]) -> Index:
    """Return the index with those of the pairs judged that share enough beside standing text."""
    standing = frozenset(index.standing)
    marked = np.array(sorted(standing), dtype=np.uint64)
    chosen = [pair for pair in _in_time(index.documents, pairs) if _share_enough(index.sketches, pair, marked)]
    ready = _ready_texts(index.documents, standing)
    judged = dict(index.judged)
    for left, right in chosen:
        found = judge_texts(index.documents[left], index.documents[right], ready(left), ready(right))
        if found.pair.likelihood >= COPY:
            judged[left, right] = found
    return replace(index, judged=judged, compared=len(chosen))


def _share_enough(sketches: Mapping[str, Hashes], pair: Pair, standing: Hashes) -> bool:
    left, right = sketches[pair[0]], sketches[pair[1]]
    both = np.intersect1d(left, right, assume_unique=True)
    own = len(both) - int(np.isin(both, standing, assume_unique=True).sum())
    return own >= max(LEAST_SHARED, LEAST_SHARE * min(len(left), len(right)))


def _standing_pairs(documents: Mapping[str, Document], near: Near, one: str) -> list[Pair]:
    """Return the pairs of a document with the next ones of its outlet in time that are near it."""
    moment = moment_of(documents[one])
    later = (other for other in near.get(one, ()) if moment_of(documents[other]) > moment)
    same = (other for other in later if may_hold_standing_text(documents[one], documents[other]))
    return [pair_of(one, other) for other in nsmallest(_NEXT, same, key=lambda other: moment_of(documents[other]))]


def _passages(documents: Mapping[str, Document], pairs: Iterable[Pair]) -> Iterator[tuple[Pair, frozenset[int]]]:
    """Yield the pairs of stories of one outlet with the hashes of what they share, where that is something."""
    ready = _ready_texts(documents, frozenset())
    for left, right in _in_time(documents, pairs):
        found = standing_passages(ready(left), ready(right))
        if found:
            yield (left, right), found


def _in_time(documents: Mapping[str, Document], pairs: Iterable[Pair]) -> list[Pair]:
    """Return pairs in order of time: the texts that are compared with one another come close together."""
    return sorted(pairs, key=lambda pair: sorted(moment_of(documents[one]) for one in pair))


def _ready_texts(documents: Mapping[str, Document], standing: frozenset[int]) -> Callable[[str], ComparedText]:
    """Return a function that makes texts ready by id and keeps the latest at hand."""

    @lru_cache(maxsize=_KEPT_TEXTS)
    def ready(one: str) -> ComparedText:
        return comparable(documents[one], standing)

    return ready
