"""A transfer in one line that no reader can take for a fact: who stands behind it first. Safe to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from armstrace.export.transfer_words import items_words, route_words
from armstrace.export.wording import CountryNames
from armstrace.model import Certainty, Status
from armstrace.register.history import latest_status
from armstrace.register.types import Transfer


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


def heading(transfer: Transfer, names: CountryNames) -> str:
    """Return ``Reported as delivered, and denied: North Korea → Russia: artillery shells``."""
    return f"{standing(transfer)}: {route_words(transfer, names)}: {items_words(transfer)}"


def standing(transfer: Transfer) -> str:
    """Return whether it is reported, alleged, denied or rejected, how far it is said to have got, and if disputed."""
    word = next(one.word for one in _STANDINGS if one.holds(transfer))
    step = latest_status(transfer)
    told = _is_affirmed(transfer) and step is not None and step.status is not Status.UNSPECIFIED
    status = f" as {step.status}" if told and step else ""
    denied = ", and denied" if _is_affirmed(transfer) and transfer.denied.backing.claims else ""
    return f"{word}{status}{denied}"
