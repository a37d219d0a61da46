"""A claim as told, as the store keeps it: JSON, and back."""

from __future__ import annotations

from typing import Any, Final

from armstrace.errors import StoreError
from armstrace.export.jsonl import claim_from_dict, claim_to_dict
from armstrace.store.columns import from_json, to_json
from armstrace.told import Correction, Later, LaterKind, Review, ReviewState, Told

_MISSHAPEN: Final = (KeyError, TypeError, ValueError, AttributeError)


def told_to_json(told: Told) -> str:
    """Return a claim as told, as JSON."""
    later = [[one.document, one.since, one.correction, one.kind] for one in told.later]
    review = _review_to_row(told.review) if told.review else None
    return to_json([claim_to_dict(told.claim), told.outlet, told.published, told.family, told.title, later, review])


def told_from_json(body: str) -> Told:
    """Return what ``told_to_json`` was given.

    Raises:
        StoreError: the row is damaged.
    """
    try:
        return _read(from_json(body))
    except _MISSHAPEN as error:
        what = f"a claim that the register holds is damaged (at {error})"
        raise StoreError(f"{what}; make the register anew with `armstrace update --rebuild`") from error


def _read(row: list[Any]) -> Told:
    claim, outlet, published, family, title, later, review = row
    return Told(
        claim_from_dict(claim),
        outlet,
        published,
        family,
        title,
        tuple(Later(document, since, words, LaterKind(kind)) for document, since, words, kind in later),
        _review_from_row(review) if review else None,
    )


def _review_to_row(review: Review) -> list[Any]:
    corrections = [[one.field, one.who, one.at, one.why] for one in review.corrections]
    original = claim_to_dict(review.original) if review.original else None
    return [review.state, review.who, review.at, review.why, corrections, original, review.changed]


def _review_from_row(row: list[Any]) -> Review:
    state, who, at, why, corrections, original, changed = row
    return Review(
        ReviewState(state),
        who,
        at,
        why,
        tuple(Correction(*one) for one in corrections),
        claim_from_dict(original) if original else None,
        tuple(changed),
    )
