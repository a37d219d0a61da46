"""A claim as the link from a document to the line of the register: ``role`` says how it speaks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from armstrace.export.ftm.documents import document_id
from armstrace.export.ftm.entity import (
    Entity,
    Seen,
    address_value,
    date_value,
    entity_id,
    label_value,
    line_values,
    make_entity,
    name_value,
    reference_values,
    text_value,
)
from armstrace.export.record import Cited
from armstrace.export.record_lines import told_to_dict
from armstrace.export.wording import CountryNames, claim_words, standing_words
from armstrace.model import Certainty, Claim, ClaimKind, Polarity
from armstrace.told import Told


class _Role(NamedTuple):
    word: str
    holds: Callable[[Told], bool]


# The first that holds counts; what is none of these is told by its kind.
_ROLES: Final = (
    _Role("rejected on review", lambda told: told.is_rejected),
    _Role("denies", lambda told: told.claim.polarity is Polarity.DENIED),
    _Role("confirms", lambda told: told.claim.kind is ClaimKind.CONFIRMATION),
    _Role("tells beside it", lambda told: told.claim.kind is not ClaimKind.TRANSFER),
    _Role("alleges", lambda told: told.claim.certainty is Certainty.ALLEGED),
    _Role("reports", lambda _: True),
)


def claim_id(claim: Claim) -> str:
    """Return the id of a claim's entity."""
    return entity_id("claim", claim.document, claim.id)


def claim_entity(told: Told, event: str, cited: Cited | None, seen: Seen, names: CountryNames) -> Entity:
    """Return the link that a claim is, from its document to the event that the transfer is."""
    claim = told.claim
    document = document_id(claim.document)
    when = claim.when
    values = [
        *reference_values("document", [document]),
        *reference_values("entity", [event]),
        *reference_values("proof", [document]),
        *label_value("role", role_of(told)),
        *label_value("status", standing_words(claim)),
        *text_value("summary", claim_words(claim, names)),
        *date_value("date", told.published),
        *date_value("startDate", when.start if when else None),
        *date_value("endDate", when.end if when else None),
        *label_value("publisher", told.outlet),
        *address_value("sourceUrl", cited.url if cited else None),
        *date_value("retrievedAt", seen.first if cited and cited.captured else None),
        *(value for source in claim.attribution for value in name_value("namesMentioned", source.name)),
        *label_value("recordId", claim.id),
        *line_values("description", told_to_dict(told)),
    ]
    return make_entity(claim_id(claim), "Documentation", values, seen)


def role_of(told: Told) -> str:
    """Return how a claim speaks of the transfer: reports, alleges, denies, confirms, or tells something beside it."""
    word = next(role.word for role in _ROLES if role.holds(told))
    kind = told.claim.kind
    beside = kind not in {ClaimKind.TRANSFER, ClaimKind.CONFIRMATION}
    return f"{word}: {kind.replace('-', ' ')}" if beside else word
