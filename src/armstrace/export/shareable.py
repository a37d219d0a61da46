"""What of a transfer leaves the house: without who reviewed it and why, or without sentences, if so asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from armstrace.model import Claim, Evidence
from armstrace.register.types import Transfer
from armstrace.told import Review, Told

A_REVIEWER: Final = "a reviewer"


def shareable(transfer: Transfer, *, quotes: bool = True, reviewers: bool = False) -> Transfer:
    """Return a transfer without who reviewed it and why, but for ``reviewers``; without ``quotes`` also unquoted."""
    if quotes and reviewers:
        return transfer
    shown = replace(
        transfer,
        claims=tuple(_told(told, quotes=quotes, reviewers=reviewers) for told in transfer.claims),
        context=tuple(_told(told, quotes=quotes, reviewers=reviewers) for told in transfer.context),
    )
    if quotes:
        return shown
    return replace(shown, revisions=tuple(replace(one, correction=None) for one in transfer.revisions))


def _told(told: Told, *, quotes: bool, reviewers: bool) -> Told:
    review = _review(told.review, quotes=quotes, reviewers=reviewers) if told.review else None
    if quotes:
        return replace(told, review=review)
    later = tuple(replace(one, correction=None) for one in told.later)
    return replace(told, claim=_unquoted(told.claim), review=review, later=later)


def _review(review: Review, *, quotes: bool, reviewers: bool) -> Review:
    original = review.original if quotes or review.original is None else _unquoted(review.original)
    if reviewers:
        return replace(review, original=original)
    corrections = tuple(replace(one, who=A_REVIEWER, why=None) for one in review.corrections)
    return replace(review, who=A_REVIEWER, why=None, original=original, corrections=corrections)


def _unquoted(claim: Claim) -> Claim:
    return replace(claim, evidence=Evidence("", claim.evidence.span))
