"""What people judged of two claims, carried over to the claims that are read in their place today.

As other judgements are: each claim is looked up by its id, else by what it is known by (``same``). Where one of the two
is no longer read, or no single claim is it, the judgement waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from armstrace.review.same import find_same
from armstrace.review.undo import undone_by

PAIRS: Final = frozenset({"same-transfer", "different-transfer"})

Row = Mapping[str, Any]
Rows = Mapping[str, Row]  # claims by id


class Side(NamedTuple):
    """One claim of a pair: its document, its id, and the claim as it was judged; None where that was not kept."""

    document: str | None
    claim: str
    judged: Row | None = None


class PairDecision(NamedTuple):
    """What a person said of two claims; of another verdict than the two on pairs it says something of others."""

    number: int
    verdict: str
    left: Side
    right: Side
    value: Any = None


class Carried(NamedTuple):
    """A pair of claims of today, the number and verdict of the judgement on it, and whether it was taken back."""

    number: int
    verdict: str
    left: str
    right: str
    is_undone: bool = False

    @property
    def pair(self) -> frozenset[str]:
        """Both claims."""
        return frozenset({self.left, self.right})


def carry_pairs(decisions: Iterable[PairDecision], read: Mapping[str, Rows]) -> tuple[Carried, ...]:
    """Return the judgements on pairs whose claims are both read today, in the order they were made; undone ones too.

    ``read`` holds the claims of today by document, of those documents that the pairs speak of.
    """
    given = sorted(decisions, key=lambda one: one.number)
    undone = undone_by(given)
    found = []
    for one in given:
        if one.verdict not in PAIRS:
            continue
        left, right = _today(one.left, read), _today(one.right, read)
        if left and right and left != right:
            found.append(Carried(one.number, one.verdict, left, right, one.number in undone))
    return tuple(found)


def _today(side: Side, read: Mapping[str, Rows]) -> str | None:
    if side.document is None:  # it was judged before both claims were kept: its id alone can tell
        return next((side.claim for rows in read.values() if side.claim in rows), None)
    return find_same(side.claim, side.judged, read.get(side.document, {}))
