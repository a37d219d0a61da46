"""Sketches of texts: hashes of the runs of three content words, equal on every machine.

All are kept: with half of them the shortest rewritings are lost (docs/decisions/0009-sketches-not-minhash.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from armstrace.group.words import content_stems

SHINGLE: Final = 3  # content words
Hashes = NDArray[np.uint64]

_CACHED: Final = 1 << 16
# Odd multipliers with well-mixed bits (Steele and Vigna 2021), one for each place in a triple; overflow wraps around.
_MIX: Final = tuple(np.uint64(one) for one in (0xD1342543DE82EF95, 0xAF251AF3B0F025B5, 0x9E3779B97F4A7C15))
_SHIFT: Final = np.uint64(29)


def triple_hashes(stems: Sequence[str]) -> Hashes:
    """Return the hash of each run of three stems, in order; none where there are fewer."""
    if len(stems) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    single = np.array([_hash_of(stem) for stem in stems], dtype=np.uint64)
    size = len(stems) - SHINGLE + 1
    mixed = sum((single[at : at + size] * _MIX[at] for at in range(SHINGLE)), start=np.zeros(size, dtype=np.uint64))
    return mixed ^ (mixed >> _SHIFT)


@lru_cache(maxsize=_CACHED)
def _hash_of(stem: str) -> int:
    return int.from_bytes(hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def sketch_text(text: str) -> Hashes:
    """Return the sketch of a text: its different hashes, sorted."""
    return np.unique(triple_hashes(content_stems(text)))
