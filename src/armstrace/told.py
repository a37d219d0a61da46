"""A claim with what must be known of its document to group it, to count who stands behind it and to register it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armstrace.model import Claim


class ReviewState(StrEnum):
    """What people made of a claim; ``outdated`` where its reading has changed since: it is to be judged anew."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a claim that a person set: who, when (ISO moment), and why if told."""

    field: str
    who: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What people judged of a claim.

    Attributes:
        state: as it follows from all judgements; never ``unreviewed``.
        who: who judged last; ``at`` (ISO moment) when, ``why`` for which reason, if told.
        corrections: the fields that people set, in the order of the contract.
        original: the claim as it was read, None where nothing was corrected.
        changed: fields that the reader answers otherwise than when they were judged.
    """

    state: ReviewState
    who: str
    at: str
    why: str | None = None
    corrections: tuple[Correction, ...] = ()
    original: Claim | None = None
    changed: tuple[str, ...] = ()


class LaterKind(StrEnum):
    """How a later document bears on one: as a version of it, or as a notice about it.

    ``doubtful`` is a notice that may mean this document or another; ``source`` a withdrawal by the agency whose story
    this document of another outlet repeats.
    """

    VERSION = "version"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    DOUBTFUL = "doubtful"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Later:
    """What an outlet put in the place of a document, or said of it: a later version, a correction, a notice.

    Attributes:
        document: the later one; the document itself where its own text takes back what it quotes.
        since: ISO day, month or year from which it is known, or None.
        correction: the words of the correction or notice, or None.
        kind: how it bears on the document.
    """

    document: str
    since: str | None
    correction: str | None = None
    kind: LaterKind = LaterKind.VERSION


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as told in one document.

    Attributes:
        claim: the claim.
        outlet: who published the document, as its metadata or credit names it; None where unknown.
        published: ISO day, month or year, or None.
        family: the copy family of the document, named by its first member.
        title: of the document.
        later: what its outlet put in its place, the oldest first.
        review: what people judged of the claim; None where nobody did.
    """

    claim: Claim
    outlet: str | None
    published: str | None
    family: str
    title: str | None = None
    later: tuple[Later, ...] = ()
    review: Review | None = None

    @property
    def is_rejected(self) -> bool:
        """Tell whether a person rejected the claim, so that it does not count."""
        return self.review is not None and self.review.state is ReviewState.REJECTED


@dataclass(frozen=True, slots=True)
class Group:
    """The transfer claims about one movement, and the claims that say something else of it: confirmations and such."""

    claims: tuple[Told, ...]
    context: tuple[Told, ...] = ()
