"""A transfer as SIPRI's register sees it: a deal with an order and deliveries, or none yet, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from armstrace.extract.sipri_rows import Column, row_of
from armstrace.kinds import is_row
from armstrace.model import Status
from armstrace.register.stages import CALLED_OFF, MOVED, STAGE
from armstrace.register.types import Alternative, Transfer
from armstrace.told import Told

T = TypeVar("T")
_DEALS: Final = MOVED | {Status.ORDERED}


@dataclass(frozen=True, slots=True)
class Deal:
    """What the 16 columns are filled from.

    Attributes:
        transfer: the line of the register.
        ordered: the claims that count and tell of an order; ``delivered`` those of a delivery.
        row: SIPRI's own claims of it, of the latest row of its that counts; ``cells`` the 16 cells of that row, None
            where there is none, or its words are left out.
    """

    transfer: Transfer
    ordered: tuple[Told, ...]
    delivered: tuple[Told, ...]
    row: tuple[Told, ...]
    cells: tuple[str, ...] | None

    def cell(self, column: Column) -> str:
        """Return what SIPRI's row says in a column, "" where there is no row."""
        return self.cells[column] if self.cells else ""

    def is_own(self, alternative: Alternative[Any]) -> bool:
        """Tell whether SIPRI's row gives a value, and no person corrected what was read in it."""
        own = {told.claim.id for told in self.row if not (told.review and told.review.original)}
        return self.cells is not None and bool(own.intersection(alternative.backing.claims))


def deal_of(transfer: Transfer) -> Deal:
    """Return a transfer as a deal, from the claims that count and affirm it."""
    counting = counting_claims(transfer)
    rows = [told for told in counting if is_row(told.claim)]
    latest = (rows[-1].claim.document, rows[-1].claim.evidence.span) if rows else None
    row = tuple(told for told in rows if (told.claim.document, told.claim.evidence.span) == latest)
    return Deal(
        transfer,
        tuple(told for told in counting if told.claim.status is Status.ORDERED),
        tuple(told for told in counting if told.claim.status is Status.DELIVERED),
        row,
        row_of(row[0].claim.evidence.text) if row else None,
    )


def why_no_deal(transfer: Transfer) -> str:
    """Return why a transfer is no deal of such a register; "" where arms are said to be ordered, or to have moved.

    It is none where all deny it, where the last word is that an order was called off and nothing has moved, and where
    it got no further than to be sought, offered, planned or approved.
    """
    counting = [told.claim.status for told in counting_claims(transfer)]
    steps = [status for status in counting if status in _DEALS | CALLED_OFF]
    if not counting:
        return "denied" if transfer.denied.backing.claims else "no claim counts"
    if not steps:
        told = max(counting, key=lambda status: STAGE.get(status, 0))
        return "no step told" if told is Status.UNSPECIFIED else str(told)
    return str(steps[-1]) if steps[-1] in CALLED_OFF and not MOVED.intersection(steps) else ""


def counting_claims(transfer: Transfer) -> Sequence[Told]:
    """Return the claims that count and affirm a transfer, in order of report."""
    counting = set(transfer.affirmed.backing.claims)
    return [told for told in transfer.claims if told.claim.id in counting]


def given_by(alternatives: Sequence[Alternative[T]], claims: Sequence[Told]) -> list[Alternative[T]]:
    """Return the known values that some of the claims give, in the order of the register."""
    ids = {told.claim.id for told in claims}
    return [one for one in alternatives if one.value is not None and ids.intersection(one.backing.claims)]
