"""A line of the register as watches see it: what it can be asked for by, and its facts.

A fact is something that can come, go or change: a document's claims, an origin, a denial, the status. It is kept, so
that how a line stands can be compared with how it stood, whatever became of the register meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from armstrace.alerts.watches import Kind
from armstrace.export.transfer_words import items_words, route_words
from armstrace.model import Status
from armstrace.register.grades import grade_transfer
from armstrace.register.history import latest_status
from armstrace.register.phrases import item_phrases, party_codes, party_phrases, phrases
from armstrace.register.types import Alternative, PartyValue, Transfer


class Side(NamedTuple):
    """The parties of one side: codes of countries, and what they are called (``register.phrases``)."""

    codes: tuple[str, ...] = ()
    names: str = ""


class Fact(NamedTuple):
    """Something that holds of a line.

    ``key`` says which one of its kind it is, ``value`` how it stands ("" where it only is or is not); ``said`` tells it
    in words, with ``claims`` (ids) and the ``day`` from which it is known. How a line stood keeps the first three.
    """

    kind: Kind
    key: str
    value: str = ""
    said: str = ""
    claims: tuple[str, ...] = ()
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register.

    Attributes:
        id: of the transfer.
        title: route and arms in words.
        status: the latest.
        credibility: its digit.
        supplier: who supplies, by any claim.
        recipient: likewise.
        via: whom or what it passes through.
        items: what the arms are called.
        findings: verdict by measure.
        is_rejected: whether people rejected all of its claims.
        words: titles and sentences of its claims.
        facts: in the order of ``Kind``.
        claims: documents by claim.
    """

    id: str
    title: str
    status: str
    credibility: int
    supplier: Side
    recipient: Side
    via: Side
    items: str
    findings: Mapping[str, str]
    is_rejected: bool
    words: str
    facts: tuple[Fact, ...]
    claims: Mapping[str, str]


def line_of(
    transfer: Transfer, facts: Sequence[Fact], findings: Iterable[Mapping[str, Any]], countries: Mapping[str, str]
) -> Line:
    """Return a transfer as a line with its facts; ``findings`` in their public shape, names of countries by code."""
    fields, latest = transfer.fields, latest_status(transfer)
    said = (text for told in transfer.claims for text in (told.title, told.claim.evidence.text))
    return Line(
        id=transfer.id,
        title=f"{route_words(transfer, countries)}: {items_words(transfer)}",
        status=str(latest.status if latest else Status.UNSPECIFIED),
        credibility=grade_transfer(transfer).digit,
        supplier=_side(fields.supplier, countries),
        recipient=_side(fields.recipient, countries),
        via=_side(fields.via, countries),
        items=item_phrases(fields.items),
        findings={str(one["measure"]): str(one["verdict"]) for one in findings},
        is_rejected=transfer.is_rejected,
        words=phrases(said),
        facts=tuple(facts),
        claims={told.claim.id: told.claim.document for told in transfer.claims},
    )


def line_to_dict(line: Line) -> dict[str, Any]:
    """Return what is kept of how a line stands, but for its claims."""
    return {
        "title": line.title,
        "status": line.status,
        "credibility": line.credibility,
        "sides": [[list(side.codes), side.names] for side in (line.supplier, line.recipient, line.via)],
        "items": line.items,
        "findings": dict(line.findings),
        "is_rejected": line.is_rejected,
        "words": line.words,
        "facts": [[str(fact.kind), fact.key, fact.value] for fact in line.facts],
    }


def line_from_dict(identity: str, kept: Mapping[str, Any]) -> Line:
    """Return how a line stood, from what ``line_to_dict`` returned."""
    supplier, recipient, via = (Side(tuple(codes), names) for codes, names in kept["sides"])
    return Line(
        id=identity,
        title=kept["title"],
        status=kept["status"],
        credibility=kept["credibility"],
        supplier=supplier,
        recipient=recipient,
        via=via,
        items=kept["items"],
        findings=kept["findings"],
        is_rejected=kept["is_rejected"],
        words=kept["words"],
        facts=tuple(Fact(Kind(kind), key, value) for kind, key, value in kept["facts"]),
        claims={},
    )


def _side(parties: Sequence[Alternative[PartyValue]], countries: Mapping[str, str]) -> Side:
    return Side(party_codes(parties), party_phrases(parties, countries))
