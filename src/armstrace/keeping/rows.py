"""A transfer as a row of the register: its public shape, and beside it what can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from armstrace.export.transfers import transfer_to_dict
from armstrace.keeping.stages import Stages
from armstrace.model import Status
from armstrace.register.fields import plain_name
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.known import known_from, transfer_id
from armstrace.register.types import Alternative, ItemValue, PartyValue, Transfer
from armstrace.store.columns import to_json
from armstrace.store.routes import TransferRoute
from armstrace.store.transfers import NO_DAY, TransferClaim, TransferRow

_Parties = Sequence[Alternative[PartyValue]]


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
        suppliers=_listed(_codes(fields.supplier)),
        recipients=_listed(_codes(fields.recipient)),
        categories=_listed(map(str, kinds)),
        party_words=_phrases(_names((*fields.supplier, *fields.recipient), stages.countries)),
        item_words=_phrases(_item_words(fields.items)),
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


def route_rows(transfer: Transfer) -> Iterator[TransferRoute]:
    """Yield who supplies whom: suppliers and recipients that a claim tells together.

    A claim that tells one side only leaves the other open. It adds nothing where another tells both; else it goes with
    every value that others give for the open side.
    """
    is_denied = bool(transfer.denied.backing.claims)
    for position, (supplier, recipient) in enumerate(_pairs(transfer.fields.supplier, transfer.fields.recipient)):
        yield TransferRoute(transfer.id, position, *_side(supplier), *_side(recipient), is_denied)


def _pairs(suppliers: _Parties, recipients: _Parties) -> list[tuple[PartyValue | None, PartyValue | None]]:
    sides = [[(a.value, frozenset(a.backing.claims)) for a in side] for side in (suppliers, recipients)]
    told = [(one, other) for one, of_one in sides[0] for other, of_other in sides[1] if of_one & of_other]
    whole = [(one, other) for one, other in told if one and other]
    first, second = {one for one, _ in whole}, {other for _, other in whole}
    open_second = [one for one, other in told if one and not other and one not in first]
    open_first = [other for one, other in told if other and not one and other not in second]
    known_first, known_second = (_or_unknown([value for value, _ in side if value]) for side in sides)
    joined = (
        *((one, other) for one in open_second for other in known_second),
        *((one, other) for other in open_first for one in known_first),
    )
    return list(dict.fromkeys([*whole, *joined])) or [(None, None)]


def _or_unknown(values: Sequence[PartyValue]) -> Sequence[PartyValue | None]:
    return values or (None,)


def _side(value: PartyValue | None) -> tuple[str, str]:
    return (value.country or "", value.organisation or "") if value else ("", "")


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


def _listed(values: Iterable[str]) -> str:
    """Return values between spaces, each once."""
    found = dict.fromkeys(values)
    return f" {' '.join(found)} " if found else ""


def _phrases(names: Iterable[str | None]) -> str:
    """Return folded names, each on a line with a space before it, so that no phrase reaches over two."""
    return "\n".join(f" {one}" for one in dict.fromkeys(map(plain_name, names)) if one)
