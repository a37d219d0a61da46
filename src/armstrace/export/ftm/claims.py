"""A claim as the link from a document to the line of the register: ``role`` says how it speaks of it."""

from __future__ import annotations

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
from armstrace.export.headings import claim_heading, claim_role
from armstrace.export.record import Cited
from armstrace.export.record_lines import told_to_dict
from armstrace.export.wording import CountryNames, standing_words
from armstrace.model import Claim
from armstrace.told import Told


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
        *label_value("role", claim_role(told)),
        *label_value("status", standing_words(claim)),
        *text_value("summary", claim_heading(told, names)),
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
