"""A transfer or claim in one line that no reader can take for a fact: how it is told comes first. Safe to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from armstrace.export.transfer_words import items_words, route_words
from armstrace.export.wording import CountryNames, claim_words, standing_words
from armstrace.model import Certainty, ClaimKind, Polarity, Status
from armstrace.register.history import latest_status
from armstrace.register.types import Transfer
from armstrace.told import Told


class _Standing(NamedTuple):
    word: str
    holds: Callable[[Transfer], bool]


def _is_affirmed(transfer: Transfer) -> bool:
    return bool(transfer.affirmed.backing.claims)


def _is_alleged(transfer: Transfer) -> bool:
    told = {one.claim.id: one.claim.certainty for one in transfer.claims}
    return all(told.get(claim) is Certainty.ALLEGED for claim in transfer.affirmed.backing.claims)


# The first that holds counts.
_STANDINGS: Final = (
    _Standing("Rejected on review", lambda transfer: transfer.is_rejected),
    _Standing("Denied", lambda transfer: not _is_affirmed(transfer) and bool(transfer.denied.backing.claims)),
    _Standing("Affirmed by nobody", lambda transfer: not _is_affirmed(transfer)),
    _Standing("Alleged", _is_alleged),
    _Standing("Reported", lambda _: True),
)


class _Role(NamedTuple):
    word: str
    holds: Callable[[Told], bool]


# The first that holds counts.
_ROLES: Final = (
    _Role("rejected on review", lambda told: told.is_rejected),
    _Role("denies", lambda told: told.claim.polarity is Polarity.DENIED),
    _Role("confirms", lambda told: told.claim.kind is ClaimKind.CONFIRMATION),
    _Role("tells beside it", lambda told: told.claim.kind is not ClaimKind.TRANSFER),
    _Role("alleges", lambda told: told.claim.certainty is Certainty.ALLEGED),
    _Role("reports", lambda _: True),
)


def transfer_heading(transfer: Transfer, names: CountryNames) -> str:
    """Return ``Reported as delivered, and denied: North Korea → Russia: artillery shells``."""
    return f"{_standing(transfer)}: {route_words(transfer, names)}: {items_words(transfer)}"


def _standing(transfer: Transfer) -> str:
    """Return whether it is reported, alleged, denied or rejected, how far it is said to have got, and if disputed."""
    word = next(one.word for one in _STANDINGS if one.holds(transfer))
    step = latest_status(transfer)
    told = _is_affirmed(transfer) and step is not None and step.status is not Status.UNSPECIFIED
    status = f" as {step.status}" if told and step else ""
    denied = ", and denied" if _is_affirmed(transfer) and transfer.denied.backing.claims else ""
    return f"{word}{status}{denied}"


def claim_heading(told: Told, names: CountryNames) -> str:
    """Return ``reports: North Korea → Russia: 40 drones (delivered, likely)``."""
    return f"{claim_role(told)}: {claim_words(told.claim, names)} ({standing_words(told.claim)})"


def claim_role(told: Told) -> str:
    """Return how a claim speaks of the transfer: reports, alleges, denies, confirms, or tells something beside it."""
    return next(role.word for role in _ROLES if role.holds(told))
