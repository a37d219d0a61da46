"""Suppliers and recipients that claims name together, and what is said of the two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from armstrace.model import Polarity, Status
from armstrace.register.types import PartyValue, Transfer


class Saying(NamedTuple):
    """What one claim says of a supplier and a recipient."""

    status: Status
    polarity: Polarity
    claim: str


Pairs = dict[tuple[PartyValue, PartyValue], list[Saying]]
_WORDS: Final = {
    frozenset({Polarity.AFFIRMED}): "reported to supply arms to",
    frozenset({Polarity.DENIED}): "denied to supply arms to",
    frozenset({Polarity.AFFIRMED, Polarity.DENIED}): "reported, and denied, to supply arms to",
}


def pairs_of(transfer: Transfer) -> Pairs:
    """Return by supplier and recipient what claims say of the two; rejected and withdrawn ones do not count."""
    found: Pairs = {}
    void = {revision.claim for revision in transfer.revisions if revision.takes_back}
    for told in transfer.claims:
        claim = told.claim
        if claim.supplier and claim.recipient and not told.is_rejected and claim.id not in void:
            sides = (claim.supplier, claim.recipient)
            supplier, recipient = (PartyValue(party.country, party.organisation) for party in sides)
            found.setdefault((supplier, recipient), []).append(Saying(claim.status, claim.polarity, claim.id))
    return found


def pair_words(polarities: Iterable[Polarity]) -> str:
    """Return what is said of a supplier and a recipient: ``reported to supply arms to``."""
    return _WORDS[frozenset(polarities)]
