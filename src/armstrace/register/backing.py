"""Who stands behind a value: the documents, copy families and origins of the claims that give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from armstrace.register.types import Backing, Origin
from armstrace.told import Told

Voices = Mapping[str, Origin]


def voices_of(origins: Iterable[Origin]) -> dict[str, Origin]:
    """Return the origin of each claim by the claim's id."""
    return {claim: origin for origin in origins for claim in origin.claims}


def back(claims: Sequence[Told], voices: Voices) -> Backing:
    """Return what stands behind claims, in the order in which they come."""
    found = {voices[told.claim.id].key: voices[told.claim.id] for told in claims if told.claim.id in voices}
    return Backing(
        claims=tuple(told.claim.id for told in claims),
        documents=len({told.claim.document for told in claims}),
        families=len({told.family for told in claims}),
        independent=sum(origin.is_shown for origin in found.values()),
        not_shown=sum(not origin.is_shown for origin in found.values()),
        origins=tuple(found),
    )
