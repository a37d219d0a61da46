"""What people judged of claims, in words and as plain values. The words are safe to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from armstrace.export.jsonl import claim_to_dict
from armstrace.export.plain import plain
from armstrace.export.transfer_words import place_words, saying_words
from armstrace.export.wording import (
    UNKNOWN,
    CountryNames,
    chain_words,
    item_words,
    party_words,
    quantity_words,
    when_words,
)
from armstrace.model import Claim
from armstrace.register.types import Transfer
from armstrace.told import Correction, Review, ReviewState, Told

_DAY: Final = 10  # characters of an ISO day
_SHOWN: Final = (ReviewState.REJECTED, ReviewState.CORRECTED, ReviewState.OUTDATED)

# How the value of a field is told; what is not here is a word of a closed list, or an id.
_FIELDS: Final[Mapping[str, Callable[[Claim, CountryNames], str]]] = {
    "supplier": lambda claim, names: party_words(claim.supplier, names),
    "recipient": lambda claim, names: party_words(claim.recipient, names),
    "maker": lambda claim, names: party_words(claim.maker, names),
    "via": lambda claim, names: ", ".join(party_words(party, names) for party in claim.via) or UNKNOWN,
    "items": lambda claim, _: ", ".join(f"{item_words(item)} ({item.category})" for item in claim.items) or UNKNOWN,
    "quantity": lambda claim, _: quantity_words(claim.quantity) if claim.quantity else UNKNOWN,
    "value": lambda claim, _: plain(f"{claim.value.text} ({_sum_words(claim)})") if claim.value else UNKNOWN,
    "when": lambda claim, _: when_words(claim.when) if claim.when else UNKNOWN,
    "attribution": lambda claim, names: chain_words(claim.attribution, names),
    "likelihood": lambda claim, _: "{}-{} %".format(*claim.likelihood) if claim.likelihood else UNKNOWN,
}


def reviewed_words(transfer: Transfer) -> str:
    """Return how many of its claims were judged, ``reviewed: 2 of 5 claims, 1 rejected``; "" where none was."""
    states = Counter(told.review.state for told in transfer.claims if told.review)
    judged = sum(states.values()) - states[ReviewState.OUTDATED]
    parts = [f"{states[state]} {words}" for state, words in _COUNTED.items() if states[state]]
    return ", ".join([f"reviewed: {judged} of {len(transfer.claims)} claims", *parts]) if states else ""


_COUNTED: Final = {ReviewState.REJECTED: "rejected", ReviewState.OUTDATED: "to be reviewed anew"}


def review_mark(told: Told) -> str:
    """Return who judged a claim and how, ``accepted by WHO``; "" where nobody did."""
    review = told.review
    if review is None:
        return ""
    if review.state is ReviewState.OUTDATED:
        return (
            f"to be reviewed anew: another {' and '.join(review.changed)} is read since {plain(review.who)} judged it"
        )
    return f"{review.state} by {plain(review.who)}"


def review_rows(transfer: Transfer, names: CountryNames) -> Iterator[tuple[str, str]]:
    """Yield how many claims were judged, then each that was rejected, corrected, or is to be judged anew."""
    counted = reviewed_words(transfer)
    if counted:
        yield "reviewed", counted.removeprefix("reviewed: ")
    for told in (*transfer.claims, *transfer.context):
        review = told.review
        if review is None or review.state not in _SHOWN:
            continue
        about = f"{saying_words(told)} ({place_words(told)})"
        if review.state is not ReviewState.CORRECTED:
            yield str(review.state), f"{about}: {review_mark(told)}, {_when_and_why(review)}"
        for one in review.corrections:
            yield "corrected", f"{about}: {_change(one, told.claim, review, names)}"


def reviews_to_dicts(claims: Iterable[Told]) -> list[dict[str, Any]]:
    """Return what people judged of claims as plain values, with each corrected field as it was read."""
    return [_review(told.claim, told.review) for told in claims if told.review]


def _review(claim: Claim, review: Review) -> dict[str, Any]:
    now, was = claim_to_dict(claim), claim_to_dict(review.original or claim)
    corrections = [
        {"field": c.field, "was": was[c.field], "now": now[c.field], "who": c.who, "at": c.at, "why": c.why}
        for c in review.corrections
    ]
    return {
        "claim": claim.id,
        "state": str(review.state),
        "who": review.who,
        "at": review.at,
        "why": review.why,
        "corrections": corrections,
        "changed": list(review.changed),
    }


def _change(one: Correction, claim: Claim, review: Review, names: CountryNames) -> str:
    was = field_words(review.original or claim, one.field, names)
    now = field_words(claim, one.field, names)
    return f"{one.field} was read as {was}, is {now}: by {plain(one.who)}, {_when_and_why(one)}"


def field_words(claim: Claim, field: str, names: CountryNames) -> str:
    """Return the value of one field of a claim in words."""
    told = _FIELDS.get(field)
    return told(claim, names) if told else plain(str(getattr(claim, field) or UNKNOWN))


def _sum_words(claim: Claim) -> str:
    value = claim.value
    if value is None:
        return UNKNOWN
    bounds = [f"{n:,}" for n in (value.low, value.amount, value.high) if n is not None]
    return f"{'-'.join(dict.fromkeys(bounds)) or UNKNOWN} {value.currency or UNKNOWN}"


def _when_and_why(one: Review | Correction) -> str:
    return f"{plain(one.at[:_DAY])}{f', because: {plain(one.why)}' if one.why else ''}"
