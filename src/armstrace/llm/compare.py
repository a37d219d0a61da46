"""The claims of two readers of one document side by side: in both, in one only, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from armstrace.kinds import arms_kinds
from armstrace.model import Category, Claim, ClaimKind, Party


class Shared(NamedTuple):
    """One claim as two readers have it, and the names of the fields that they read differently."""

    first: Claim
    second: Claim
    differing: tuple[str, ...]


class Comparison(NamedTuple):
    """The transfer claims of two readers, each in the order of the text."""

    shared: tuple[Shared, ...]
    only_first: tuple[Claim, ...]
    only_second: tuple[Claim, ...]


# One line a field that two readings of one claim may differ in.
FIELDS: tuple[tuple[str, Callable[[Claim], object]], ...] = (
    ("items", lambda c: arms_kinds(c.items)),
    ("quantity", lambda c: c.quantity and (c.quantity.low, c.quantity.best, c.quantity.high)),
    ("value", lambda c: c.value and (c.value.amount, c.value.low, c.value.high, c.value.currency)),
    ("mode", lambda c: c.mode),
    ("status", lambda c: c.status),
    ("certainty", lambda c: c.certainty),
    ("when", lambda c: c.when and (c.when.start, c.when.end, c.when.precision)),
    ("maker", lambda c: party_key(c.maker)),
    ("via", lambda c: frozenset(party_key(p) for p in c.via)),
    ("sources", lambda c: tuple((s.kind, s.country) for s in c.attribution)),
)


def compare_claims(first: Sequence[Claim], second: Sequence[Claim]) -> Comparison:
    """Return which transfer claims both readers found; context claims are not compared.

    Two claims are the same where supplier, recipient and polarity are equal and the arms are compatible: a kind in
    common, or arms in general. Of several partners the one of the same sentence, kind and status is taken.
    """
    mine, theirs = ([c for c in claims if c.kind is ClaimKind.TRANSFER] for claims in (first, second))
    pairs = dict(_best_pairs(mine, theirs))
    taken = set(pairs.values())
    shared = (
        Shared(mine[a], theirs[b], tuple(name for name, value in FIELDS if value(mine[a]) != value(theirs[b])))
        for a, b in sorted(pairs.items())
    )
    return Comparison(
        tuple(shared),
        tuple(claim for number, claim in enumerate(mine) if number not in pairs),
        tuple(claim for number, claim in enumerate(theirs) if number not in taken),
    )


def party_key(party: Party | None) -> str | None:
    """Return what two readers must agree on: the country, without one the organisation, None for unknown."""
    if party is None:
        return None
    return party.country or (party.organisation.casefold() if party.organisation else None)


def _best_pairs(mine: Sequence[Claim], theirs: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of claims that are the same, each once, the most alike first."""
    likeness = sorted(
        (_unlikeness(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs) if _is_same(a, b)
    )
    left, right = set(range(len(mine))), set(range(len(theirs)))
    for _, i, j in likeness:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield i, j


def _is_same(a: Claim, b: Claim) -> bool:
    if (party_key(a.supplier), party_key(a.recipient)) != (party_key(b.supplier), party_key(b.recipient)):
        return False
    mine, theirs = arms_kinds(a.items), arms_kinds(b.items)
    return a.polarity == b.polarity and bool(mine & theirs or Category.OTHER in mine | theirs)


def _unlikeness(a: Claim, b: Claim) -> tuple[bool, bool, bool]:
    """Return what sorts the most alike pair first: the same sentence, then the same arms, then the same status."""
    return (
        not a.evidence.span.touches(b.evidence.span),
        not arms_kinds(a.items) & arms_kinds(b.items),
        a.status != b.status,
    )
