"""A claim with what must be known of its document to group it, to count who stands behind it and to register it."""

from __future__ import annotations

from dataclasses import dataclass

from armstrace.model import Claim


@dataclass(frozen=True, slots=True)
class Later:
    """What an outlet put in the place of a document: a later version of its page, or a correction in the text itself.

    Attributes:
        document: the later version; the document itself where its own text takes back what it quotes.
        since: ISO day, month or year from which it is known, or None.
        correction: the words of the correction that it bears, or None.
    """

    document: str
    since: str | None
    correction: str | None = None


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
    """

    claim: Claim
    outlet: str | None
    published: str | None
    family: str
    title: str | None = None
    later: tuple[Later, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The transfer claims about one movement, and the claims that say something else of it: confirmations and such."""

    claims: tuple[Told, ...]
    context: tuple[Told, ...] = ()
