"""Which documents hold a hash, for a set that grows one document at a time.

Sorted layers, each at least twice as long as the next: a document is a layer of its own at first, and layers of like
length are merged, so that a hash is moved log n times and looked up in log n layers. Nothing is changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from armstrace.group.sketches import Hashes


class Layer(NamedTuple):
    """Hashes, sorted, and beside each the number of the document that holds it."""

    hashes: Hashes
    numbers: NDArray[np.int64]


Holders = tuple[Layer, ...]


def holders_of_all(sketches: Sequence[Hashes]) -> Holders:
    """Return the holders of the hashes of documents that are numbered from 0."""
    if not sketches:
        return ()
    hashes = np.concatenate(sketches)
    order = np.argsort(hashes, kind="stable")
    numbers = np.repeat(np.arange(len(sketches), dtype=np.int64), [len(one) for one in sketches])
    return (Layer(hashes[order], numbers[order]),)


def add_holder(holders: Holders, number: int, sketch: Hashes) -> Holders:
    """Return the holders with one document more."""
    layers = [*holders, Layer(sketch, np.full(len(sketch), number, dtype=np.int64))]
    while len(layers) > 1 and len(layers[-2].hashes) < 2 * len(layers[-1].hashes):
        upper, lower = layers.pop(), layers.pop()
        hashes = np.concatenate([lower.hashes, upper.hashes])
        order = np.argsort(hashes, kind="stable")
        layers.append(Layer(hashes[order], np.concatenate([lower.numbers, upper.numbers])[order]))
    return tuple(layers)


def find_holders(holders: Holders, hashes: Hashes) -> Iterator[tuple[int, list[int]]]:
    """Yield each of the given hashes, with the numbers of the documents that hold it."""
    bounds = [
        (layer, np.searchsorted(layer.hashes, hashes), np.searchsorted(layer.hashes, hashes, side="right"))
        for layer in holders
    ]
    for at, one in enumerate(hashes.tolist()):
        yield one, [n for layer, first, last in bounds for n in layer.numbers[first[at] : last[at]].tolist()]
