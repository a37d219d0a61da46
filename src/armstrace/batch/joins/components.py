"""The eighth step, in one process: what likely copies hold together, in buckets that can be settled alone.

A family never reaches beyond what its likely copies hold together, nor do a document's agencies or the seams of an
article that is put together from two texts; so each bucket is settled without the others.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from armstrace.batch.joins.comparing import EDGES, likely_name
from armstrace.batch.joins.plan import EDGE
from armstrace.batch.joins.runs import read_blocks
from armstrace.batch.joins.work_folder import Array, Folder

COMPONENTS: Final = "components/buckets.npy"
"""The bucket of each document by rank; -1 for one that is no likely copy."""
NONE: Final = -1


def find_components(folder: Folder, documents: int, chunks: int, most: int) -> int:
    """Write the bucket in which each document is settled, and return how many buckets there are.

    A bucket has likely copies of ``most`` characters beside its last component, which is never parted. Some 30 bytes a
    document are held.
    """
    if not folder.has(COMPONENTS):
        above = np.arange(documents, dtype=np.int64)
        for number in range(chunks):
            edges = _edges(folder, number)
            _join(above, edges["earlier"].astype(np.int64), edges["later"].astype(np.int64))
        roots = _roots(above, np.arange(documents))
        weights = np.zeros(documents, dtype=np.int64)
        for number in range(chunks):
            edges = _edges(folder, number)
            np.add.at(weights, roots[edges["earlier"]], edges["weight"])
        folder.write_array(COMPONENTS, _buckets(roots, weights, most))
    found = folder.array(COMPONENTS)
    return int(found.max()) + 1 if len(found) else 0


def _edges(folder: Folder, number: int) -> Array:
    blocks = read_blocks(folder, likely_name(number), EDGES, EDGES + 1)
    return np.frombuffer(b"".join(blocks), dtype=EDGE)


def _join(above: Array, left: Array, right: Array) -> None:
    """Join the two ends of edges in a forest: each tree has its smallest member for its root."""
    while len(left):
        one, other = _roots(above, left), _roots(above, right)
        parted = one != other
        left, right = np.minimum(one, other)[parted], np.maximum(one, other)[parted]
        np.minimum.at(above, right, left)


def _roots(above: Array, of: Array) -> Array:
    """Return the roots of members, and let what was met on the way point nearer to them."""
    found = above[of]
    while True:
        higher = above[found]
        if np.array_equal(higher, found):
            return found
        above[of] = higher
        found = higher


def _buckets(roots: Array, weights: Array, most: int) -> Array:
    """Return the bucket of each document by the root of its tree and the trees' weights."""
    heavy = np.flatnonzero(weights)
    before = np.cumsum(weights[heavy]) - weights[heavy]
    bucket_of = np.full(len(weights), NONE, dtype=np.int32)
    bucket_of[heavy] = np.unique(before // most, return_inverse=True)[1]
    buckets: Array = bucket_of[roots]
    return buckets
