"""What reviewers judged, as schema.org ClaimReview: whether a document says so, never whether it is so.

Elsewhere a ClaimReview rates how true a claim is. Here nobody checked that: what is reviewed is that a document says
something, ``reviewAspect`` and ``ratingExplanation`` say so in words, and there is no number that could be taken for a
verdict. Properties as schema.org defines them (ClaimReview, Claim, Rating).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from armstrace.export.addresses import address_iri
from armstrace.export.linked.claims import claim_iri
from armstrace.export.linked.documents import document_iri
from armstrace.export.linked.streams import write_graph
from armstrace.export.plain import plain
from armstrace.export.record import About, Cited, Out, Record
from armstrace.export.reviews import field_words
from armstrace.export.wording import CountryNames, claim_words, standing_words
from armstrace.model import Source, SourceKind
from armstrace.told import Review, ReviewState, Told

ASPECT: Final = "whether the document says this; not whether it is true"
EXPLANATION: Final = (
    "A reviewer compared what was read from the document with its words. Nobody judged whether what the document "
    "reports is true."
)
# What a judgement says of the reading; what was outdated since is to be judged anew.
VERDICTS: Final[Mapping[ReviewState, str]] = {
    ReviewState.ACCEPTED: "Reading accepted: the document says this (not a verdict on its truth)",
    ReviewState.CORRECTED: "Reading corrected: the document says this (not a verdict on its truth)",
    ReviewState.REJECTED: "Reading rejected: the document does not say this (not a verdict on its truth)",
}
_ORGANISATIONS: Final = frozenset(
    {
        SourceKind.OUTLET,
        SourceKind.GOVERNMENT,
        SourceKind.INTELLIGENCE,
        SourceKind.COMPANY,
        SourceKind.NGO,
        SourceKind.STATE_MEDIA,
    }
)


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write one JSON-LD document with a ClaimReview a judged claim; claims that nobody judged are not in it."""
    write_graph("https://schema.org", _reviews(records, about), out)


def _reviews(records: Iterable[Record], about: About) -> Iterator[dict[str, Any]]:
    known: set[str] = set()
    for record in records:
        for told in (*record.transfer.claims, *record.transfer.context):
            if told.review and told.review.state in VERDICTS and told.claim.id not in known:
                known.add(told.claim.id)
                yield _claim_review(told, told.review, record.documents.get(told.claim.document), about)


def _claim_review(told: Told, review: Review, cited: Cited | None, about: About) -> dict[str, Any]:
    changes = "; ".join(_changes(told, review, about.names))
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"{claim_iri(told.claim.id)}#claim-review",
            "datePublished": plain(review.at),
            "author": _author(review, about.options.get("publisher")),
            "claimReviewed": f"{_outlet(told)} reports: {_words(told, about.names)}",
            "reviewAspect": ASPECT,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": VERDICTS[review.state],
                "reviewAspect": ASPECT,
                "ratingExplanation": EXPLANATION,
            },
            "reviewBody": plain(". ".join(one for one in (changes, review.why) if one)),
            "itemReviewed": _claim(told, cited, about.names),
        }
    )


def _changes(told: Told, review: Review, names: CountryNames) -> Iterator[str]:
    for one in review.corrections:
        was = field_words(review.original or told.claim, one.field, names)
        yield f"{one.field} was read as {was}, is {field_words(told.claim, one.field, names)}"


def _author(review: Review, publisher: str | None) -> dict[str, Any]:
    if publisher:
        return {"@type": "Organization", "name": plain(publisher)}
    return {"@type": "Person", "name": plain(review.who)}


def _claim(told: Told, cited: Cited | None, names: CountryNames) -> dict[str, Any]:
    """Return the claim: that of the speaker at the far end of the chain, as this document passes it on."""
    farthest = told.claim.attribution[-1] if told.claim.attribution else None
    source = _speaker(farthest, told)
    return _filled(
        {
            "@type": "Claim",
            "@id": claim_iri(told.claim.id),
            "name": _words(told, names),
            "text": plain(told.claim.evidence.text),
            "datePublished": plain(told.published or ""),
            ("isBasedOn" if farthest and farthest.kind is SourceKind.DOCUMENT else "author"): source,
            "appearance": _appearance(told, cited),
        }
    )


def _speaker(source: Source | None, told: Told) -> dict[str, Any] | None:
    """Return who is said to have said it; the outlet where it speaks for itself."""
    if source is None:
        return {"@type": "Organization", "name": plain(told.outlet)} if told.outlet else None
    if source.kind is SourceKind.DOCUMENT:
        return _filled({"@type": "CreativeWork", "name": plain(source.name)})
    kind = "Organization" if source.kind in _ORGANISATIONS else "Person"
    return _filled({"@type": kind, "name": plain(source.name)})


def _appearance(told: Told, cited: Cited | None) -> dict[str, Any]:
    outlet = plain(told.outlet or "")
    return _filled(
        {
            "@type": "CreativeWork",
            "@id": document_iri(told.claim.document),
            "url": address_iri(cited.url) if cited and cited.url else None,
            "headline": plain((cited.title if cited else told.title) or ""),
            "inLanguage": plain(cited.language or "") if cited else None,
            "datePublished": plain(told.published or ""),
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
        }
    )


def _outlet(told: Told) -> str:
    return ", ".join(plain(one) for one in (told.outlet or "A document", told.published) if one)


def _words(told: Told, names: CountryNames) -> str:
    return f"{claim_words(told.claim, names)} ({standing_words(told.claim)})"


def _filled(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "")}
