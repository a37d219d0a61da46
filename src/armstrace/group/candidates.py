"""Which documents may repeat one another: those whose sketches share a few hashes.

A hash that many documents hold pairs each with its nearest neighbours in time alone: forty outlets that ran one story
still hang together, and a standing paragraph does not pair each document with each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from armstrace.group.sketches import Hashes

LEAST_SHARED: Final = 3  # hashes; with fewer no true pair of the constructed set is lost, with more some are
# Of the hashes of the shorter: true pairs of the constructed set share 7 % and more, of the pairs of real long articles
# on one subject nine in ten share less than this.
LEAST_SHARE: Final = 0.02
NEIGHBOURS: Final = 12
_PART_BITS: Final = 4  # the hashes are joined in 16 parts, so that memory stays small

Pair = tuple[str, str]  # ids, the smaller first


def pair_of(one: str, other: str) -> Pair:
    """Return two ids as a pair."""
    return (one, other) if one < other else (other, one)


def candidate_numbers(sketches: Sequence[Hashes]) -> NDArray[np.int64]:
    """Return the pairs of places in a sequence of sketches, which stand in order of time, that share enough hashes.

    An array of two columns, the smaller place first. 1. Sort all hashes; 2. pair each holder of a hash with the next
    twelve; 3. count how often each pair comes.
    """
    size = len(sketches)
    if not size:
        return np.empty((0, 2), dtype=np.int64)
    hashes = np.concatenate(sketches)
    places = np.repeat(np.arange(size, dtype=np.int64), [len(one) for one in sketches])
    part = (hashes >> np.uint64(64 - _PART_BITS)).astype(np.uint8)
    counted = [np.empty((0, 2), dtype=np.int64)]
    for number in range(1 << _PART_BITS):
        chosen = part == number
        counted.append(count_codes(np.concatenate([*_codes(hashes[chosen], places[chosen], size)]), None))
    whole = np.concatenate(counted)
    totals = count_codes(whole[:, 0], whole[:, 1])
    codes = totals[totals[:, 1] >= LEAST_SHARED, 0]
    return np.stack([codes // size, codes % size], axis=1)


def _codes(hashes: Hashes, places: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """Yield, as one number each, the pairs of neighbours among the holders of each hash."""
    order = np.argsort(hashes, kind="stable")  # the holders of one hash stay in order of time
    yield np.empty(0, dtype=np.int64)
    yield from neighbour_codes(hashes[order], places[order], size, len(hashes))


def neighbour_codes(hashes: Hashes, places: NDArray[np.int64], size: int, firsts: int) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs of neighbours among the holders of each hash, as ``smaller place * size + larger place``.

    Holders stand in order of hash and then of time. The first of each pair is among the first ``firsts`` of them, so
    that a long list can be taken piece by piece, each with the next ``NEIGHBOURS`` behind it.
    """
    for step in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(hashes[:-step][:firsts] == hashes[step:][:firsts])
        yield places[same] * size + places[same + step]


def count_codes(codes: NDArray[np.int64], counts: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """Return the different codes, sorted, with how often each comes; ``counts`` where they were counted before."""
    if counts is None:
        return np.stack(np.unique(codes, return_counts=True), axis=1)
    order = np.argsort(codes, kind="stable")
    codes, counts = codes[order], counts[order]
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else order
    sums = np.add.reduceat(counts, starts) if len(codes) else counts
    return np.stack([codes[starts], sums], axis=1)
