"""Which documents may repeat one another: those whose sketches meet.

A sketch is a fixed share of the hashes of a text's content-word triples (FracMinHash). Unlike MinHash of fixed size it
estimates containment, so a paragraph inside a long article is found as well as a copy of equal length.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from armstrace.group.words import content_stem

SHINGLE: Final = 3  # content words
_SHARE: Final = 1  # one hash in so many is kept
LEAST_SHARED: Final = 3  # hashes; of independent reports on one event few share so many
# Of a hash that many documents hold, each is paired with its nearest neighbours in time alone: those forty outlets that
# ran one story still hang together, and a standing paragraph does not pair each document with each.
NEIGHBOURS: Final = 12

Key = tuple[str, str]  # of a document: when published, id
Pair = tuple[str, str]  # ids, the smaller first


def sketch(keys: Sequence[str]) -> frozenset[int]:
    """Return the sketch of a text's compared words: 64-bit hashes, equal on every machine."""
    stems = [stem for key in keys if (stem := content_stem(key))]
    hashes = (_hash(" ".join(stems[at : at + SHINGLE])) for at in range(len(stems) - SHINGLE + 1))
    return frozenset(found for found in hashes if found % _SHARE == 0)


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def pairs_of(holders: Iterable[Key]) -> Iterable[Pair]:
    """Return the pairs that one hash makes of the documents that hold it; all of them where they are few."""
    ordered = sorted(holders)
    if len(ordered) <= NEIGHBOURS + 1:
        return (_pair(a[1], b[1]) for a, b in combinations(ordered, 2))
    return (
        _pair(one[1], other[1]) for at, one in enumerate(ordered) for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
    )


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def candidate_pairs(sketches: Mapping[Key, frozenset[int]]) -> dict[Pair, int]:
    """Return the pairs of documents that share at least three hashes, with how many."""
    holders: dict[int, list[Key]] = {}
    for key, hashes in sketches.items():
        for one in hashes:
            holders.setdefault(one, []).append(key)
    counts: Counter[Pair] = Counter()
    for keys in holders.values():
        if len(keys) > 1:
            counts.update(pairs_of(keys))
    return {pair: count for pair, count in counts.items() if count >= LEAST_SHARED}
