"""A transfer as a row of the register: its public shape, and beside it what can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from armstrace.export.transfers import transfer_to_dict
from armstrace.keeping.stages import Stages
from armstrace.model import Status
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.known import known_from, transfer_id
from armstrace.register.phrases import item_phrases, party_codes, party_phrases
from armstrace.register.types import Transfer
from armstrace.store.columns import to_json
from armstrace.store.transfers import NO_DAY, TransferClaim, TransferRow


def transfer_row(transfer: Transfer, stages: Stages) -> TransferRow:
    """Return the row of a transfer."""
    latest, fields = latest_status(transfer), transfer.fields
    days = sorted(day for told in transfer.claims if (day := known_from(told.published)))
    kinds = [alternative.value.category for alternative in fields.items if alternative.value]
    return TransferRow(
        id=transfer.id,
        first_day=days[0] if days else NO_DAY,
        last_day=days[-1] if days else "",
        status=str(latest.status if latest else Status.UNSPECIFIED),
        polarity=str(latest.polarity) if latest else "",
        credibility=grade_transfer(transfer).digit,
        claims=len(transfer.claims),
        documents=transfer.affirmed.backing.documents,
        families=transfer.affirmed.backing.families,
        affirming=transfer.affirmed.backing.independent,
        denying=transfer.denied.backing.independent,
        is_rejected=transfer.is_rejected,
        suppliers=_listed(party_codes(fields.supplier)),
        recipients=_listed(party_codes(fields.recipient)),
        categories=_listed(map(str, kinds)),
        party_words=party_phrases((*fields.supplier, *fields.recipient), stages.countries),
        item_words=item_phrases(fields.items),
        findings=to_json([dict(finding) for finding in stages.check(transfer)]),
        body=to_json(transfer_to_dict(transfer)),
    )


def claim_rows(transfer: Transfer) -> Iterator[TransferClaim]:
    """Yield the rows that tie claims to a transfer."""
    for told in transfer.claims:
        claim = told.claim
        alias, day = transfer_id(claim.id), known_from(told.published)
        yield TransferClaim(transfer.id, claim.id, claim.document, "claim", alias, day)
    own = {told.claim.id for told in transfer.claims}
    for claim in (told.claim for told in transfer.context if told.claim.id not in own):
        yield TransferClaim(transfer.id, claim.id, claim.document, "context", None, None)


def _listed(values: Iterable[str]) -> str:
    """Return values between spaces, each once."""
    found = dict.fromkeys(values)
    return f" {' '.join(found)} " if found else ""
