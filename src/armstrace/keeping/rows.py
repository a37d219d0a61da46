"""A transfer as a row of the register: its public shape, and beside it what can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from armstrace.embargo.findings import Verdict
from armstrace.export.transfers import transfer_to_dict
from armstrace.keeping.stages import Stages
from armstrace.model import Status
from armstrace.register.fields import plain_name
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.known import known_from, transfer_id
from armstrace.register.types import Alternative, ItemValue, PartyValue, Transfer
from armstrace.review.release import is_released
from armstrace.store.columns import to_json
from armstrace.store.transfers import NO_DAY, TransferClaim, TransferRow

_BREACH = str(Verdict.BREACH)


def transfer_row(transfer: Transfer, stages: Stages) -> TransferRow:
    """Return the row of a transfer."""
    latest, fields, findings = latest_status(transfer), transfer.fields, stages.check(transfer)
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
        is_released=is_released(transfer),
        conflicts=len(transfer.conflicts),
        breaches=sum(finding.get("verdict") == _BREACH for finding in findings),
        suppliers=listed(_codes(fields.supplier)),
        recipients=listed(_codes(fields.recipient)),
        categories=listed(map(str, kinds)),
        party_words=phrases(_names((*fields.supplier, *fields.recipient), stages.countries)),
        item_words=phrases(_item_words(fields.items)),
        findings=to_json([dict(finding) for finding in findings]),
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


def _codes(alternatives: Iterable[Alternative[PartyValue]]) -> Iterator[str]:
    return (a.value.country for a in alternatives if a.value and a.value.country)


def _names(alternatives: Iterable[Alternative[PartyValue]], countries: Mapping[str, str]) -> Iterator[str | None]:
    """Yield what the parties are called."""
    for alternative in alternatives:
        if alternative.value:
            yield alternative.value.organisation
            yield countries.get(alternative.value.country or "")
            yield from alternative.texts


def _item_words(items: Iterable[Alternative[ItemValue]]) -> Iterator[str | None]:
    for alternative in items:
        if alternative.value:
            yield str(alternative.value.category)
            yield alternative.value.designation
            yield from alternative.texts


def listed(values: Iterable[str]) -> str:
    """Return values between spaces, each once."""
    found = dict.fromkeys(values)
    return f" {' '.join(found)} " if found else ""


def phrases(names: Iterable[str | None]) -> str:
    """Return folded names, each on a line with a space before it, so that no phrase reaches over two."""
    return "\n".join(f" {one}" for one in dict.fromkeys(map(plain_name, names)) if one)
