"""A transfer as rows of the register: its public shape, and what ties claims to it."""

from __future__ import annotations

from collections.abc import Iterator

from armstrace.export.transfers import transfer_to_dict
from armstrace.keeping.stages import Stages
from armstrace.register.known import known_from, transfer_id
from armstrace.register.types import Transfer
from armstrace.store.columns import to_json
from armstrace.store.transfer_claims import TransferClaim
from armstrace.store.transfers import TransferRow


def transfer_row(transfer: Transfer, stages: Stages) -> TransferRow:
    """Return the row of a transfer as it stands today."""
    return TransferRow(transfer.id, findings_of(transfer, stages), to_json(transfer_to_dict(transfer)))


def findings_of(transfer: Transfer, stages: Stages) -> str:
    """Return the findings on a transfer as they are kept: a list as JSON."""
    return to_json([dict(finding) for finding in stages.check(transfer)])


def claim_rows(transfer: Transfer) -> Iterator[TransferClaim]:
    """Yield the rows that tie claims to a transfer."""
    for told in transfer.claims:
        claim = told.claim
        alias, day = transfer_id(claim.id), known_from(told.published)
        yield TransferClaim(transfer.id, claim.id, claim.document, "claim", alias, day)
    own = {told.claim.id for told in transfer.claims}
    for claim in (told.claim for told in transfer.context if told.claim.id not in own):
        yield TransferClaim(transfer.id, claim.id, claim.document, "context", None, None)
