"""From scores to choices: the best tree, the relation labels under it, and legal name tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

_FORBIDDEN = -1e9  # far below any score of the network
_ONE_ROOT = 1e6  # taken off every root arc: the best tree then holds as few as can be, which is one
# A product of so few rows stays below the size from which numpy's BLAS starts threads of its own.
_ROWS_AT_ONCE = 24


def choose_heads(scores: Scores) -> list[int]:
    """Return each word's head, 0 for the root, as the best tree with one root (Chu-Liu/Edmonds).

    ``scores`` is n by n+1: word by head, head 0 the root. Equal scores fall to the lower head.
    """
    count = len(scores)
    square = np.full((count + 1, count + 1), _FORBIDDEN)
    square[1:, :] = scores
    np.fill_diagonal(square, _FORBIDDEN)
    heads = square.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1 or _find_cycle(heads.tolist()):
        square[1:, 0] -= _ONE_ROOT
        heads = _best_tree(square)
    return [int(head) for head in heads[1:]]


def _best_tree(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the heads of the best tree over all nodes; node 0 is the root and its own head."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads.tolist())
    if not cycle:
        return heads
    outside = [node for node in range(len(scores)) if node not in set(cycle)]
    # The cycle becomes one node, the last: what would entering it at each of its nodes cost?
    smaller = np.full((len(outside) + 1, len(outside) + 1), _FORBIDDEN)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, cycle)]
    smaller[:-1, -1] = leaving.max(1)
    entering = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    smaller[-1, :-1] = entering.max(0)
    smaller[0, :] = _FORBIDDEN
    inner = _best_tree(smaller)
    for place, node in enumerate(outside):
        head = inner[place]
        heads[node] = cycle[int(leaving[place].argmax())] if head == len(outside) else outside[head]
    entry = int(inner[-1])
    heads[cycle[int(entering[:, entry].argmax())]] = outside[entry]
    heads[0] = 0
    return heads


def _find_cycle(heads: Sequence[int]) -> list[int]:
    """Return the nodes of one cycle, or none; node 0 is the root."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path = []
        node = start
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = heads[node]
        if node and seen[node] == start:
            return path[path.index(node) :]
    return []


def choose_relations(child: Scores, head: Scores, heads: Sequence[int], asked: Scores, root: int) -> list[int]:
    """Return the number of each word's relation under its head; ``root`` is for the root alone.

    ``asked`` holds, by relation, the weights of a head's values (rows) with those of a child's.
    """
    # Half of the words have a head with others: the greater part of the work is done once a head.
    governors, which = np.unique(heads, return_inverse=True)
    parts = np.array_split(_with_one(head[governors]), -(-len(governors) // _ROWS_AT_ONCE))
    by_head = np.concatenate([np.matmul(rows, asked) for rows in parts], 1).transpose(1, 0, 2)
    by_label = np.matmul(by_head[which], _with_one(child)[:, :, None])[:, :, 0]
    by_label[:, root] = _FORBIDDEN
    chosen = by_label.argmax(1).tolist()
    return [root if governor == 0 else label for label, governor in zip(chosen, heads, strict=True)]


def _with_one(rows: Scores) -> Scores:
    return np.concatenate([rows, np.ones((len(rows), 1), dtype=np.float32)], 1)


def choose_names(scores: Scores, tags: Sequence[str]) -> list[str]:
    """Return the best sequence of name tags in which each I- follows a B- or I- of its own kind (Viterbi)."""
    free = [tags[number] for number in scores.argmax(1)]
    if all(_may_follow(before, tag) for before, tag in zip(["O", *free], free, strict=False)):
        return free
    normal = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    allowed = np.array([[0.0 if _may_follow(a, b) else _FORBIDDEN for b in tags] for a in tags])
    best = normal[0] + allowed[tags.index("O")]
    back = []
    for row in normal[1:]:
        ways = best[:, None] + allowed
        back.append(ways.argmax(0))
        best = ways.max(0) + row
    number = int(best.argmax())
    found = [number]
    for step in reversed(back):
        number = int(step[number])
        found.append(number)
    return [tags[number] for number in reversed(found)]


def _may_follow(before: str, tag: str) -> bool:
    """Tell whether ``tag`` may stand behind ``before``."""
    return tag[0] != "I" or before[1:] == tag[1:]
