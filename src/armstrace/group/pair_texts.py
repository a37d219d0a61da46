"""Which candidates show standing text, and which of them are likely copies, whoever knows the documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from typing import Final, Protocol

import numpy as np

from armstrace.document import Document
from armstrace.group.candidates import LEAST_SHARE, LEAST_SHARED, Pair, pair_of
from armstrace.group.circumstances import days_between
from armstrace.group.evidence import COPY
from armstrace.group.frames import Frame
from armstrace.group.judging import Judged, comparable, judge_texts, standing_passages
from armstrace.group.overlap import ComparedText
from armstrace.group.sketches import Hashes

# How many later documents of its outlet each is compared with for standing text: what comes again and again is found by
# any of them.
_NEXT: Final = 2
_KEPT_TEXTS: Final = 2048  # texts made ready that are kept at hand


class Texts(Protocol):
    """What judging asks for."""

    def document(self, one: str) -> Document:
        """Return a document."""

    def frames(self, ids: Iterable[str]) -> Mapping[str, Frame]:
        """Return the frames of documents."""

    def sketch(self, one: str) -> Hashes:
        """Return the sketch of a document."""


def standing_pairs(
    frames: Callable[[Iterable[str]], Mapping[str, Frame]], near: Callable[[str], frozenset[str]], one: str
) -> list[Pair]:
    """Return the pairs of a document with the next ones of its outlet in time that are near it."""
    around = near(one)
    if not around:
        return []
    known = frames({one, *around})
    own = known[one]
    later = (known[other] for other in around if known[other].moment > own.moment)
    same = (other for other in later if _may_hold_standing_text(own, other))
    return [pair_of(one, other.id) for other in nsmallest(_NEXT, same, key=lambda other: other.moment)]


def _may_hold_standing_text(left: Frame, right: Frame) -> bool:
    """Tell whether two documents are of one outlet and of different days."""
    is_same = left.outlet is not None and left.outlet == right.outlet
    return is_same and days_between(left.published, right.published) != 0


def find_passages(known: Texts, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, frozenset[int]]]:
    """Yield the pairs of stories of one outlet with the hashes of what they share, where that is something."""
    ready = _ready_texts(known, lambda _: frozenset())
    for left, right in _in_time(known, pairs):
        found = standing_passages(ready(left), ready(right))
        if found:
            yield (left, right), found


def judge_pairs(
    known: Texts, pairs: Iterable[Pair], standing: Callable[[Hashes], Collection[int]]
) -> tuple[dict[Pair, Judged], int]:
    """Return those of the pairs that are likely copies, and how many were compared word for word.

    Compared are those that share enough hashes beside standing text, which ``standing`` picks out of hashes.
    """
    ready = _ready_texts(known, standing)
    judged: dict[Pair, Judged] = {}
    compared = 0
    for left, right in _in_time(known, pairs):
        if not _share_enough(known.sketch(left), known.sketch(right), standing):
            continue
        compared += 1
        found = judge_texts(known.document(left), known.document(right), ready(left), ready(right))
        if found.pair.likelihood >= COPY:
            judged[left, right] = found
    return judged, compared


def _share_enough(left: Hashes, right: Hashes, standing: Callable[[Hashes], Collection[int]]) -> bool:
    both = np.intersect1d(left, right, assume_unique=True)
    least = max(LEAST_SHARED, LEAST_SHARE * min(len(left), len(right)))
    if len(both) < least:
        return False
    marked = standing(both)
    return len(both) - sum(one in marked for one in both.tolist()) >= least


def _in_time(known: Texts, pairs: Iterable[Pair]) -> list[Pair]:
    """Return pairs in order of time: the texts that are compared with one another come close together."""
    listed = list(pairs)
    frames = known.frames(set(chain.from_iterable(listed)))
    return sorted(listed, key=lambda pair: sorted(frames[one].moment for one in pair))


def _ready_texts(known: Texts, standing: Callable[[Hashes], Collection[int]]) -> Callable[[str], ComparedText]:
    """Return a function that makes texts ready by id and keeps the latest at hand."""

    @lru_cache(maxsize=_KEPT_TEXTS)
    def ready(one: str) -> ComparedText:
        return comparable(known.document(one), standing(known.sketch(one)))

    return ready
