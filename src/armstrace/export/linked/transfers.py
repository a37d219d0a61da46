"""A line of the register as linked data: each value with the claims that give it, who stands behind it, the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from armstrace.export.linked.claims import claim_iri, word_iri
from armstrace.export.linked.terms import by_content, date_value, decimal, filled, named, scalar, whole
from armstrace.export.linked.vocabulary import Node
from armstrace.export.record import Record
from armstrace.register.grades import grade_transfer
from armstrace.register.types import (
    Alternative,
    ItemValue,
    MoneyValue,
    Origin,
    PartyValue,
    Period,
    QuantityValue,
    Transfer,
)

_FIELDS: Final = {
    "supplier": "at:supplier",
    "recipient": "at:recipient",
    "maker": "at:maker",
    "items": "at:item",
    "quantity": "at:quantity",
    "value": "at:sum",
    "mode": "at:modeAlternative",
    "via": "at:via",
    "status": "at:statusAlternative",
    "when": "at:when",
}


def transfer_node(record: Record, program: str) -> Node:
    """Return a line of the register: what it is made of, and what follows from that."""
    transfer, iri = record.transfer, named("transfer", record.transfer.id)
    grade = grade_transfer(transfer)
    parts = {
        "prov:hadMember": [claim_iri(told.claim.id) for told in transfer.claims],
        "at:beside": [claim_iri(told.claim.id) for told in transfer.context],
        "at:backing": list(_backing(transfer, iri)),
        "at:denial": list(_denials(transfer, iri)),
        "at:account": list(_accounts(transfer, iri)),
        "at:conflict": list(_conflicts(transfer, iri)),
        "at:range": list(_ranges(transfer, iri)),
        "at:finding": [_finding(one, iri, place, program) for place, one in enumerate(record.findings, 1)],
        "at:leftOut": [claim_iri(one) for one in transfer.left_out],
    }
    return {
        "@id": iri,
        "@type": ["prov:Entity", "prov:Collection", "at:Transfer"],
        "dct:identifier": scalar(transfer.id),
        "prov:wasAttributedTo": program,
        **filled(credibility=grade.digit, credibilityLabel=grade.label, credibilityReason=grade.sentence),
        **dict(_alternatives(transfer, iri)),
        **{name: found for name, found in parts.items() if found},
    }


def _alternatives(transfer: Transfer, iri: str) -> Iterator[tuple[str, list[Node]]]:
    for field, name in _FIELDS.items():
        found = getattr(transfer.fields, field)
        if found:
            yield name, [_alternative(one, f"{iri}#{field}-{rank}", rank) for rank, one in enumerate(found, 1)]


def _alternative(one: Alternative[Any], iri: str, rank: int) -> Node:
    backing = one.backing
    counts = filled(
        rank=rank,
        words=one.texts,
        documents=backing.documents,
        texts=backing.families,
        independentOrigins=backing.independent,
        originsNotShown=backing.not_shown,
    )
    return {
        "@id": iri,
        "@type": ["prov:Entity", "at:Alternative"],
        **_value(one.value),
        **counts,
        "prov:wasDerivedFrom": [claim_iri(claim) for claim in backing.claims],
    }


def _value(value: Any) -> dict[str, Any]:  # noqa: ANN401 - of any field
    if isinstance(value, PartyValue):
        return filled(country=value.country, organisation=value.organisation)
    if isinstance(value, ItemValue):
        return filled(category=str(value.category), designation=value.designation)
    if isinstance(value, QuantityValue):
        return filled(low=whole(value.low), best=whole(value.best), high=whole(value.high), unit=value.unit)
    if isinstance(value, MoneyValue):
        bounds = filled(amount=decimal(value.amount), low=decimal(value.low), high=decimal(value.high))
        return bounds | filled(currency=value.currency)
    if isinstance(value, Period):
        days = {"start": date_value(value.start), "end": date_value(value.end)}
        return filled(**days, precision=str(value.precision))
    return {"at:unknown": True} if value is None else {"at:word": word_iri(value)}


def _backing(transfer: Transfer, iri: str) -> Iterator[Node]:
    for side, origins in (("affirms", transfer.affirmed.origins), ("denies", transfer.denied.origins)):
        for number, origin in enumerate(origins, 1):
            yield {
                "@id": f"{iri}#{side}-{number}",
                "@type": "at:Backing",
                "at:origin": _origin(origin),
                **filled(side=side, independent=origin.is_shown, reason=origin.rules),
                "at:claim": [claim_iri(one) for one in origin.claims],
            }


def _origin(origin: Origin) -> Node:
    return {
        "@id": by_content("origin", origin.key),
        "@type": ["prov:Agent", "at:Origin"],
        **({"rdfs:label": scalar(origin.name)} if origin.name else {}),
        **filled(country=origin.country),
    }


def _denials(transfer: Transfer, iri: str) -> Iterator[Node]:
    for number, one in enumerate(transfer.denials, 1):
        yield {
            "@id": f"{iri}#denial-{number}",
            "@type": "at:Denial",
            "at:claim": claim_iri(one.claim),
            **filled(target=one.target, reason=one.rule, counts=one.counts),
            **({"at:denies": [claim_iri(claim) for claim in one.denies]} if one.denies else {}),
        }


def _accounts(transfer: Transfer, iri: str) -> Iterator[Node]:
    for number, one in enumerate(transfer.accounts, 1):
        yield {
            "@id": f"{iri}#account-{number}",
            "@type": "at:Account",
            **filled(side=one.side, country=one.country),
            "at:claim": [claim_iri(claim) for claim in one.claims],
        }


def _conflicts(transfer: Transfer, iri: str) -> Iterator[Node]:
    for number, one in enumerate(transfer.conflicts, 1):
        told = filled(field=one.field, sentence=one.sentence)
        yield {"@id": f"{iri}#conflict-{number}", "@type": "at:Conflict", **told}


def _ranges(transfer: Transfer, iri: str) -> Iterator[Node]:
    for number, one in enumerate(transfer.ranges, 1):
        told = filled(unit=one.unit, low=whole(one.low), high=whole(one.high), upTo=whole(one.up_to))
        kinds = filled(category=[str(kind) for kind in one.kinds])
        yield {"@id": f"{iri}#range-{number}", "@type": "at:Range", **told, **kinds}


def _finding(one: Mapping[str, Any], iri: str, number: int, program: str) -> Node:
    told = {
        "measure": one["measure"],
        "body": one["body"],
        "verdict": one["verdict"],
        "instrument": one["instrument"],
        "paragraph": one["paragraph"],
        "decisive": one["decisive"],
        "wouldChange": one["would_change"],
        "case": _cases(one["cases"]),
        "disputed": one["disputed"],
        "caveat": one["caveats"],
        "lawSource": one["source"],
        "notice": one["notice"],
        "inForceFrom": date_value(one["in_force_from"]),
        "inForceTo": date_value(one["in_force_to"]),
    }
    return {
        "@id": f"{iri}#finding-{number}",
        "@type": ["prov:Entity", "at:Finding"],
        **filled(**told),
        "prov:wasDerivedFrom": iri,
        "prov:wasAttributedTo": program,
    }


def _cases(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    return [f"{one['supposed']}: {one['verdict']}" for one in cases]
