"""A claim as a note on the report that the transfer is; a denial or confirmation as an opinion on what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from armstrace.export.headings import claim_heading
from armstrace.export.machine_tags import claim_tags
from armstrace.export.plain import plain
from armstrace.export.record import About, Record
from armstrace.export.stix.objects import UNDATED, day_moment, exact_moment, make_object, object_id, words
from armstrace.export.stix.references import document_reference, own_reference
from armstrace.export.wording import (
    CountryNames,
    chain_words,
    claim_words,
    item_words,
    party_words,
    quantity_words,
    standing_words,
    when_words,
)
from armstrace.model import Claim, ClaimKind, Polarity
from armstrace.register.types import Denial
from armstrace.told import ReviewState, Told

_WHOLE: Final = frozenset({"claim", "transfer"})  # targets of denials that leave nothing of what they deny
_REVIEWS: Final = {
    ReviewState.ACCEPTED: ("agree", "A person found that the document says so, and judged nothing more."),
    ReviewState.CORRECTED: ("agree", "A person corrected how the document was read; the note tells it as corrected."),
    ReviewState.REJECTED: ("strongly-disagree", "A person found that the document does not say so."),
    ReviewState.OUTDATED: ("neutral", "A person judged an earlier reading of the document."),
}


def claim_ref(claim: Claim) -> str:
    """Return the id of the note or opinion that a claim is."""
    speaks_of_another = claim.polarity is Polarity.DENIED or claim.kind is ClaimKind.CONFIRMATION
    return object_id("opinion" if speaks_of_another else "note", claim.document, claim.id)


def claim_objects(record: Record, report: str, about: About) -> Iterator[dict[str, Any]]:
    """Yield each claim of a record, and what people judged of how it was read."""
    all_told = (*record.transfer.claims, *record.transfer.context)
    refs = {told.claim.id: claim_ref(told.claim) for told in all_told}
    denials = {denial.claim: denial for denial in record.transfer.denials}
    for told in all_told:
        claim = told.claim
        about_refs = _spoken_of(claim, denials.get(claim.id), refs) or [report]
        moment = moment_of(told, record)
        shared: dict[str, Any] = {
            "lang": "en",
            "labels": list(claim_tags(told, about.reliability, record.transfer.revisions)),
            "external_references": [
                document_reference(record.documents.get(claim.document), claim.document),
                own_reference("claim", claim.id),
            ],
            "authors": _authors(told),
            "object_refs": about_refs,
        }
        if refs[claim.id].startswith("opinion"):
            opinion = {"opinion": _opinion(claim, denials.get(claim.id)), "explanation": _content(told, about.names)}
            yield make_object(refs[claim.id], moment, moment, **opinion, **shared)
        else:
            note = {"abstract": claim_heading(told, about.names), "content": _content(told, about.names)}
            yield make_object(refs[claim.id], moment, moment, **note, **shared)
        yield from _review(told, refs[claim.id])


def moment_of(told: Told, record: Record) -> str:
    """Return when a claim was told; of an undated document, when that came here."""
    cited = record.documents.get(told.claim.document)
    return day_moment(told.published) or (exact_moment(cited.captured) if cited else None) or UNDATED


def _spoken_of(claim: Claim, denial: Denial | None, refs: Mapping[str, str]) -> list[str]:
    """Return the claims that one denies or confirms, as far as they are in the record."""
    named = [*(denial.denies if denial else ()), *([claim.refers_to] if claim.refers_to else [])]
    return list(dict.fromkeys(refs[one] for one in named if one in refs and one != claim.id))


def _opinion(claim: Claim, denial: Denial | None) -> str:
    if claim.polarity is not Polarity.DENIED:
        return "agree"
    return "strongly-disagree" if denial and denial.target in _WHOLE else "disagree"


def _authors(told: Told) -> list[str]:
    """Return who says so, from the farthest source to the outlet."""
    chain = [words(source.name) for source in reversed(told.claim.attribution)]
    return list(dict.fromkeys([*chain, *([words(told.outlet)] if told.outlet else [])]))


def _content(told: Told, names: CountryNames) -> str:
    """Return a claim in lines, a field each; what the document does not tell has none."""
    claim = told.claim
    rows = (
        ("Said", claim_words(claim, names)),
        ("Standing", standing_words(claim)),
        ("Words", plain(claim.evidence.text)),
        ("Sources", chain_words(claim.attribution, names) if claim.attribution else ""),
        ("Outlet", plain(told.outlet or "")),
        ("Published", told.published or "unknown"),
        ("Supplier", party_words(claim.supplier, names) if claim.supplier else ""),
        ("Recipient", party_words(claim.recipient, names) if claim.recipient else ""),
        ("Maker, who is no supplier", party_words(claim.maker, names) if claim.maker else ""),
        ("Via", ", ".join(party_words(party, names) for party in claim.via)),
        ("Arms", ", ".join(f"{item_words(item)} ({item.category})" for item in claim.items)),
        ("Quantity", f"{plain(claim.quantity.text)}: {quantity_words(claim.quantity)}" if claim.quantity else ""),
        ("Value", plain(f"{claim.value.text} ({claim.value.currency or 'currency unknown'})") if claim.value else ""),
        ("When", when_words(claim.when) if claim.when else ""),
        ("Inferred", plain("; ".join(claim.inferred))),
        ("Later", plain("; ".join(f"{one.kind} {one.since or ''} {one.correction or ''}" for one in told.later))),
    )
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def _review(told: Told, judged: str) -> Iterator[dict[str, Any]]:
    review = told.review
    if review is None:
        return
    opinion, explanation = _REVIEWS[review.state]
    fields = ", ".join(one.field for one in review.corrections)
    why = plain(review.why or "")
    told_more = [*([f"Fields: {fields}."] if fields else []), *([f"Reason: {why}"] if why else [])]
    moment = exact_moment(review.at) or UNDATED
    yield make_object(
        object_id("opinion", "review", told.claim.document, told.claim.id),
        moment,
        moment,
        opinion=opinion,
        explanation=" ".join([explanation, *told_more]),
        authors=[words(review.who)],
        object_refs=[judged],
        lang="en",
        labels=[f'armstrace:review="{review.state}"'],
    )
