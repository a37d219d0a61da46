"""What one document more changes among documents that are known: their candidates, standing text and likely copies.

Whoever knows the documents, in memory or in a database, is asked only for what the new one touches (``Known``), and
takes in what follows (``Change``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from armstrace.document import Document
from armstrace.group import candidates
from armstrace.group.candidates import LEAST_SHARED, Pair, pair_of
from armstrace.group.frames import Frame, frame_of, sketch_of
from armstrace.group.judging import Judged
from armstrace.group.pair_texts import find_passages, judge_pairs, standing_pairs
from armstrace.group.sketches import Hashes


class Around(NamedTuple):
    """The holders of one hash before and after a place, in the order of time: the nearest, ``NEIGHBOURS`` at most."""

    hash: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class Known(Protocol):
    """What is known of documents so far."""

    def document(self, one: str) -> Document:
        """Return a known document."""

    def frames(self, ids: Iterable[str]) -> Mapping[str, Frame]:
        """Return the frames of known documents."""

    def sketch(self, one: str) -> Hashes:
        """Return the sketch of a known document."""

    def around(self, hashes: Hashes, frame: Frame) -> Iterable[Around]:
        """Yield each of the hashes that somebody holds with its holders around a document, which is not among them."""

    def holders(self, hashes: Collection[int]) -> Collection[str]:
        """Return all documents that hold one of the hashes."""

    def near(self, one: str) -> frozenset[str]:
        """Return the candidates of a document; none for one that is not known."""

    def passages(self, pair: Pair) -> frozenset[int]:
        """Return the hashes of the standing text that a pair of stories shows."""

    def standing(self, hashes: Iterable[int]) -> Mapping[int, int]:
        """Return, at least for these hashes, how many pairs show each as standing text; those of none are missing."""


@dataclass(frozen=True, slots=True)
class Change:
    """What follows from one document more.

    Attributes:
        frame: of the document.
        document: the document.
        sketch: of it.
        gained: the pairs that are candidates now.
        lost: those that no longer are.
        fresh: pairs of stories with the hashes of the standing text that they show.
        gone: those that show none any more.
        standing: by how much the counts of hashes of standing text change.
        dropped: pairs whose judgement no longer holds.
        judged: pairs judged anew that are likely copies.
        compared: how many pairs were compared word for word.
    """

    frame: Frame
    document: Document
    sketch: Hashes
    gained: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    fresh: Mapping[Pair, frozenset[int]]
    gone: Mapping[Pair, frozenset[int]]
    standing: Mapping[int, int]
    dropped: frozenset[Pair]
    judged: Mapping[Pair, Judged]
    compared: int


def grow(known: Known, document: Document) -> Change:
    """Return what one document more changes: what is compared are the pairs whose candidacy or standing text changes.

    The document is not known yet.
    """
    frame, sketch = frame_of(document), sketch_of(document)
    around = tuple(known.around(sketch, frame))
    counts = Counter(pair_of(frame.id, other) for one in around for other in (*one.before, *one.after))
    gained = tuple(sorted(pair for pair, count in counts.items() if count >= LEAST_SHARED))
    lost = tuple(sorted(_parted(known, around, frame, sketch)))
    grown = _Grown(known, document, frame, sketch, gained, lost)
    moved = sorted({one for pair in (*gained, *lost) for one in pair})
    before = {pair for one in moved for pair in standing_pairs(known.frames, known.near, one)}
    after = {pair for one in moved for pair in standing_pairs(grown.frames, grown.near, one)}
    fresh = dict(find_passages(grown, after - before))
    gone = {pair: found for pair in before - after if (found := known.passages(pair))}
    standing = Counter(one for hashes in fresh.values() for one in hashes)
    standing.subtract(one for hashes in gone.values() for one in hashes)
    touched = frozenset((*gained, *_touched(grown, standing)))
    judged, compared = judge_pairs(grown, touched, _standing_after(known, standing))
    return Change(
        frame,
        document,
        sketch,
        gained,
        lost,
        fresh,
        gone,
        {one: count for one, count in standing.items() if count},
        touched.union(lost),
        judged,
        compared,
    )


class _Grown:
    """What is known with one document more, as far as that is asked for here."""

    def __init__(
        self,
        known: Known,
        document: Document,
        frame: Frame,
        sketch: Hashes,
        *pairs: Sequence[Pair],
    ) -> None:
        self.known = known
        self._new, self._frame, self._sketch = document, frame, sketch
        gained, lost = pairs
        self._gained = _by_document(gained)
        self._lost = _by_document(lost)

    def document(self, one: str) -> Document:
        return self._new if one == self._new.id else self.known.document(one)

    def frames(self, ids: Iterable[str]) -> Mapping[str, Frame]:
        wanted = set(ids)
        found = self.known.frames(wanted - {self._new.id})
        return {**found, self._new.id: self._frame} if self._new.id in wanted else found

    def sketch(self, one: str) -> Hashes:
        return self._sketch if one == self._new.id else self.known.sketch(one)

    def near(self, one: str) -> frozenset[str]:
        return (self.known.near(one) | self._gained.get(one, frozenset())) - self._lost.get(one, frozenset())

    def holders(self, hashes: Collection[int]) -> set[str]:
        found = set(self.known.holders(hashes))
        if np.isin(self._sketch, np.array(sorted(hashes), dtype=np.uint64)).any():
            found.add(self._new.id)
        return found


def _by_document(pairs: Iterable[Pair]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in pairs:
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return {one: frozenset(others) for one, others in found.items()}


def _parted(known: Known, around: Iterable[Around], new: Frame, sketch: Hashes) -> Iterator[Pair]:
    """Yield the candidates that the new document has pushed out of one another's neighbourhood."""
    steps = candidates.NEIGHBOURS
    pushed = {
        (one.before[-step], one.after[steps - step])
        for one in around
        for step in range(1, len(one.before) + 1)
        if steps - step < len(one.after)
    }
    for first, last in pushed:
        if last in known.near(first) and not _is_near(known, (first, last), new, sketch):
            yield pair_of(first, last)


def _is_near(known: Known, pair: Pair, new: Frame, sketch: Hashes) -> bool:
    """Tell whether two documents, the earlier first, are still neighbours among the holders of enough hashes."""
    both = np.intersect1d(known.sketch(pair[0]), known.sketch(pair[1]), assume_unique=True)
    frames = known.frames(pair)
    earlier, later = (frames[one] for one in pair)
    is_between = earlier.moment < new.moment < later.moment
    crowded = set(np.intersect1d(both, sketch, assume_unique=True).tolist()) if is_between else set()
    shared = 0
    for one in known.around(both, earlier):
        within = one.after[: candidates.NEIGHBOURS - (one.hash in crowded)]
        shared += later.id in within
    return shared >= LEAST_SHARED


def _touched(grown: _Grown, standing: Mapping[int, int]) -> Iterator[Pair]:
    """Yield the candidates among which a hash has become, or is no longer, one of standing text."""
    before = grown.known.standing(standing)
    changed = {one for one, count in standing.items() if (before.get(one, 0) > 0) != (before.get(one, 0) + count > 0)}
    for one in sorted(grown.holders(changed)) if changed else ():
        yield from (pair_of(one, other) for other in grown.near(one))


def _standing_after(known: Known, change: Mapping[int, int]) -> Callable[[Hashes], Collection[int]]:
    """Return a function that picks the hashes of standing text out of some hashes, as it stands after a change."""

    def standing(hashes: Hashes) -> Collection[int]:
        listed = hashes.tolist()
        before = known.standing(listed)
        return frozenset(one for one in listed if before.get(one, 0) + change.get(one, 0) > 0)

    return standing
