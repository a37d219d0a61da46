"""An index of documents that grows: one by one it ends where all at once it would, and compares only what is touched.

Values in, values out: adding gives a new index and leaves the old as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.group import candidates
from armstrace.group.candidates import Pair, candidate_numbers, pair_of
from armstrace.group.frames import Frame, frame_of, sketch_of
from armstrace.group.growth import Around, Change, grow
from armstrace.group.holders import Holders, add_holder, find_holders, holders_of_all
from armstrace.group.judging import Judged
from armstrace.group.pair_texts import find_passages, judge_pairs, standing_pairs
from armstrace.group.sketches import Hashes

Near = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Index:
    """Documents, and what is known of their pairs.

    Attributes:
        documents: by id.
        frames_by_id: of each document.
        sketches: of each document.
        numbers: the ids in the order in which ``holders_of`` counts the documents.
        holders_of: which documents hold a hash.
        near_by_id: the documents that each shares enough hashes with to be compared.
        passages_by_pair: by pair of stories of one outlet, the hashes of what they share.
        standing_counts: how many of the passages hold a hash; such hashes count in no document.
        judged: the likely copies.
        compared: how many pairs were compared word for word in the last step.
    """

    documents: Mapping[str, Document]
    frames_by_id: Mapping[str, Frame]
    sketches: Mapping[str, Hashes]
    numbers: tuple[str, ...]
    holders_of: Holders
    near_by_id: Near
    passages_by_pair: Mapping[Pair, frozenset[int]]
    standing_counts: Mapping[int, int]
    judged: Mapping[Pair, Judged]
    compared: int = 0

    # what ``growth.Known`` asks for

    def document(self, one: str) -> Document:
        """Return a document."""
        return self.documents[one]

    def frames(self, ids: Iterable[str]) -> Mapping[str, Frame]:  # noqa: ARG002 - all are at hand
        """Return the frames of the documents."""
        return self.frames_by_id

    def sketch(self, one: str) -> Hashes:
        """Return the sketch of a document."""
        return self.sketches[one]

    def around(self, hashes: Hashes, frame: Frame) -> Iterator[Around]:
        """Yield each hash with its holders before and after a document."""
        for one, rows in find_holders(self.holders_of, hashes):
            found = sorted(self.frames_by_id[self.numbers[n]].moment for n in rows)
            before = tuple(identity for place, identity in found if (place, identity) < frame.moment)
            after = tuple(identity for place, identity in found if (place, identity) > frame.moment)
            yield Around(one, before[-candidates.NEIGHBOURS :], after[: candidates.NEIGHBOURS])

    def holders(self, hashes: Collection[int]) -> Collection[str]:
        """Return all documents that hold one of the hashes."""
        wanted = np.array(sorted(hashes), dtype=np.uint64)
        return {self.numbers[n] for _, rows in find_holders(self.holders_of, wanted) for n in rows}

    def near(self, one: str) -> frozenset[str]:
        """Return the candidates of a document."""
        return self.near_by_id.get(one, frozenset())

    def passages(self, pair: Pair) -> frozenset[int]:
        """Return the hashes of the standing text that a pair shows."""
        return self.passages_by_pair.get(pair, frozenset())

    def standing(self, hashes: Iterable[int]) -> Mapping[int, int]:  # noqa: ARG002 - all are at hand
        """Return how many pairs show a hash as standing text."""
        return self.standing_counts


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
    frames = {one: frame_of(document) for one, document in known.items()}
    ids = tuple(sorted(known, key=lambda one: frames[one].moment))
    sketches = {one: sketch_of(known[one]) for one in ids}
    pairs = [pair_of(ids[a], ids[b]) for a, b in candidate_numbers(list(sketches.values())).tolist()]
    index = Index(
        documents=known,
        frames_by_id=frames,
        sketches=sketches,
        numbers=ids,
        holders_of=holders_of_all(list(sketches.values())),
        near_by_id=_with_near({}, pairs, ()),
        passages_by_pair={},
        standing_counts={},
        judged={},
    )
    passages = dict(
        find_passages(index, {pair for one in ids for pair in standing_pairs(index.frames, index.near, one)})
    )
    standing = Counter(one for hashes in passages.values() for one in hashes)
    judged, compared = judge_pairs(index, pairs, lambda _: standing)
    return replace(index, passages_by_pair=passages, standing_counts=standing, judged=judged, compared=compared)


def add_document(index: Index, document: Document) -> Index:
    """Return the index with one document more. What is compared: the pairs whose candidacy or standing text changes.

    Raises:
        InputError: the index holds a document of this id.
    """
    if document.id in index.documents:
        raise InputError(f"{document.id}: the index holds a document of this id; add each document once")
    return _changed(index, grow(index, document))


def _changed(index: Index, change: Change) -> Index:
    new = change.frame.id
    standing = Counter(index.standing_counts)
    standing.update(change.standing)
    kept = {pair: found for pair, found in index.judged.items() if pair not in change.dropped}
    return Index(
        documents={**index.documents, new: change.document},
        frames_by_id={**index.frames_by_id, new: change.frame},
        sketches={**index.sketches, new: change.sketch},
        numbers=(*index.numbers, new),
        holders_of=add_holder(index.holders_of, len(index.numbers), change.sketch),
        near_by_id=_with_near(index.near_by_id, change.gained, change.lost),
        passages_by_pair={
            pair: found for pair, found in {**index.passages_by_pair, **change.fresh}.items() if pair not in change.gone
        },
        standing_counts=+standing,
        judged={**kept, **change.judged},
        compared=change.compared,
    )


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
