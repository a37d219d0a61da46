"""The two plain ways of finding copies that the product is measured against, with the scores of all pairs.

Both score pairs once; a threshold then gives links, and links connected components.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from itertools import combinations

from syndication_build import runs_of
from syndication_measures import Pair

SHINGLE = 3  # words
PERMUTATIONS, BANDS, SEED = 128, 32, 42  # 32 bands of 4: what was measured best for near-copies of news
STEPS = tuple(step / 100 for step in range(2, 81))  # the thresholds tried

Scores = Mapping[Pair, float]


def jaccard_pairs(texts: Mapping[str, str]) -> Scores:
    """Return the Jaccard overlap of the three-word runs of all pairs that share one."""
    runs = {name: runs_of(text, SHINGLE) for name, text in sorted(texts.items())}
    found = {(a, b): len(runs[a] & runs[b]) for a, b in combinations(runs, 2)}
    return {(a, b): both / (len(runs[a]) + len(runs[b]) - both) for (a, b), both in found.items() if both}


def minhash_pairs(texts: Mapping[str, str]) -> Scores:
    """Return the estimated Jaccard overlap of the pairs that locality-sensitive hashing of MinHashes proposes.

    Raises:
        ModuleNotFoundError: rensa is not installed.
    """
    rensa = import_module("rensa")
    names = sorted(texts)
    index = rensa.RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes = []
    for at, name in enumerate(names):
        one = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        one.update(sorted(" ".join(run) for run in runs_of(texts[name], SHINGLE)))
        hashes.append(one)
        index.insert(at, one)
    return {
        (names[at], names[other]): float(one.jaccard(hashes[other]))
        for at, one in enumerate(hashes)
        for other in index.query(one)
        if at < other
    }


BASELINES = (("3-gram Jaccard", jaccard_pairs), ("MinHash-LSH", minhash_pairs))
