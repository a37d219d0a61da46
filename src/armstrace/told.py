"""A claim with what must be known of its document to group it and to count who stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

from armstrace.model import Claim


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as told in one document.

    Attributes:
        claim: the claim.
        outlet: who published the document, as its metadata or credit names it; None where unknown.
        published: ISO day, month or year, or None.
        family: the copy family of the document, named by its first member.
        title: of the document.
    """

    claim: Claim
    outlet: str | None
    published: str | None
    family: str
    title: str | None = None
