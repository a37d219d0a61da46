"""Agreement of a grouping with the gold families: pairs, adjusted Rand index, B-cubed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

Labels = Mapping[str, str]  # document id -> family
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean, each in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def label(documents: Iterable[str], families: Iterable[Collection[str]]) -> dict[str, str]:
    """Return the family of each document; one that no family holds is its own.

    Raises:
        ValueError: a document stands in two families, or a family holds an unknown one.
    """
    found = {document: document for document in documents}
    seen: set[str] = set()
    for family in families:
        for document in family:
            if document in seen or document not in found:
                problem = "stands in two families" if document in seen else "is not in the set"
                raise ValueError(f"{document} {problem}; a grouping splits the given documents into families")
            seen.add(document)
            found[document] = min(family)
    return found


def pairs_of(labels: Labels) -> set[Pair]:
    """Return the pairs of documents of one family, each in order."""
    return {(a, b) for a, b in combinations(sorted(labels), 2) if labels[a] == labels[b]}


def score_pairs(gold: Labels, found: Labels, ignored: Collection[Pair] = ()) -> Agreement:
    """Return how well the pairs agree; ``ignored`` ones count neither way. No pairs found is precision 1."""
    true, given = pairs_of(gold) - set(ignored), pairs_of(found) - set(ignored)
    both = len(true & given)
    return Agreement(both / len(given) if given else 1.0, both / len(true) if true else 1.0)


def adjusted_rand(gold: Labels, found: Labels) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 1 for equal partitions, 0 expected by chance.

    Two trivial partitions (all alone, or all in one) that are equal score 1.
    """
    cells = Counter((gold[d], found[d]) for d in gold)
    together = sum(comb(n, 2) for n in cells.values())
    rows = sum(comb(n, 2) for n in Counter(gold.values()).values())
    columns = sum(comb(n, 2) for n in Counter(found[d] for d in gold).values())
    all_pairs = comb(len(gold), 2)
    expected = rows * columns / all_pairs if all_pairs else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def score_b_cubed(gold: Labels, found: Labels) -> Agreement:
    """Return B-cubed (Bagga and Baldwin 1998): per document, how much of its found family is right, and the reverse."""
    cells = Counter((gold[d], found[d]) for d in gold)
    golden, given = Counter(gold.values()), Counter(found[d] for d in gold)
    precision = sum(n * n / given[f] for (_, f), n in cells.items())
    recall = sum(n * n / golden[g] for (g, _), n in cells.items())
    return Agreement(precision / len(gold), recall / len(gold)) if gold else Agreement(1.0, 1.0)


def join(documents: Iterable[str], linked: Iterable[Pair]) -> list[list[str]]:
    """Return the connected components of the documents under the links, in order of their first documents."""
    parent = {document: document for document in documents}

    def root(document: str) -> str:
        while parent[document] != document:
            parent[document] = parent[parent[document]]
            document = parent[document]
        return document

    for a, b in linked:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    groups: dict[str, list[str]] = {}
    for document in parent:
        groups.setdefault(root(document), []).append(document)
    return list(groups.values())
