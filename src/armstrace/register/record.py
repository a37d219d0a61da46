"""What became of what a source said: whether it was confirmed, denied or taken back later. No judgement of the source.

A source's word on one transfer counts once, however often it was repeated. "Later" is always a later day: what becomes
known on the same day was said beside it, and counts for neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from armstrace.model import Certainty, ClaimKind, Polarity, Status
from armstrace.register.backing import voices_of
from armstrace.register.known import known_from
from armstrace.register.stages import STAGE
from armstrace.register.types import Transfer
from armstrace.told import Told

_DOUBTING = frozenset({Certainty.UNLIKELY, Certainty.REMOTE})

SourcesOf = Callable[[Told], Collection[str]]
PublisherOf = Callable[[Told], str | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a source's word on one transfer.

    Attributes:
        source: its id.
        is_followed: whether it affirmed the transfer on a known day, so that anything could come later.
        is_confirmed: an origin that is shown to be independent of the one it had it from affirmed later, through
            others than the source itself, the same step or a further one.
        is_denied: a denial that counts against the transfer denied it later.
        is_taken_back: the source published it, and took it back or said something else instead.
    """

    source: str
    is_followed: bool
    is_confirmed: bool
    is_denied: bool
    is_taken_back: bool


class _Said(NamedTuple):
    """One claim: when it became known, by which origin and through which sources, and how far it says it has got."""

    id: str
    day: str
    origin: str
    sources: frozenset[str]
    status: Status


def mark_sources(transfer: Transfer, sources_of: SourcesOf, publisher_of: PublisherOf) -> tuple[Mark, ...]:
    """Return what became of the word of each source of a transfer, by id.

    ``sources_of`` returns the ids of all sources of a claim, the outlet that printed it among them, ``publisher_of``
    that of this outlet. What an outlet took back is held against nobody else, and what people rejected against nobody.
    """
    taken_back = {one.claim for one in transfer.revisions if one.takes_back}
    told = [one for one in transfer.claims if not one.is_rejected]
    said = _affirmed(transfer, told, taken_back, sources_of)
    confirming = _confirming(transfer, [*said, *_confirmations(transfer, said, sources_of)])
    denied = _denied_on(transfer)
    withdrawn = {publisher_of(one) for one in told if one.claim.id in taken_back}
    by_source: dict[str, list[_Said]] = {source: [] for one in told for source in sources_of(one)}
    for one in said:
        for source in one.sources & by_source.keys():
            by_source[source].append(one)
    return tuple(
        Mark(
            source,
            is_followed=bool(own) or source in withdrawn,
            is_confirmed=any(_is_confirmed(one, source, confirming) for one in _first_of_each(own)),
            is_denied=any(denied.get(one.id, "") > one.day for one in own),
            is_taken_back=source in withdrawn,
        )
        for source, own in sorted(by_source.items())
    )


def _affirmed(
    transfer: Transfer, told: Iterable[Told], taken_back: Collection[str], sources_of: SourcesOf
) -> list[_Said]:
    """Return the claims that affirm the transfer on a known day, and that their outlets still tell."""
    voices = voices_of(transfer.voices)
    found = []
    for one in told:
        claim, day = one.claim, known_from(one.published)
        if day and claim.polarity is Polarity.AFFIRMED and claim.id in voices and claim.id not in taken_back:
            found.append(_Said(claim.id, day, voices[claim.id].key, frozenset(sources_of(one)), claim.status))
    return found


def _confirming(transfer: Transfer, said: Sequence[_Said]) -> list[_Said]:
    """Return what can confirm: told by an independent origin without doubting it; the latest first, like ones once."""
    shown = {claim for origin in transfer.affirmed.origins if origin.is_shown for claim in origin.claims}
    doubted = {one.claim.id for one in transfer.claims if one.claim.certainty in _DOUBTING}
    latest: dict[tuple[str, frozenset[str], Status], _Said] = {}
    for one in said:
        alike = (one.origin, one.sources, one.status)
        if one.id in shown - doubted and (alike not in latest or latest[alike].day < one.day):
            latest[alike] = one
    return sorted(latest.values(), key=lambda one: (one.day, one.id), reverse=True)


def _confirmations(transfer: Transfer, said: Sequence[_Said], sources_of: SourcesOf) -> list[_Said]:
    """Return the confirmations of single reports, with the step that the report tells."""
    voices = voices_of(transfer.affirmed.origins)
    statuses = {one.id: one.status for one in said}
    found = []
    for one in transfer.context:
        claim, day = one.claim, known_from(one.published)
        is_one = claim.kind is ClaimKind.CONFIRMATION and claim.polarity is Polarity.AFFIRMED and not one.is_rejected
        if is_one and day and claim.id in voices and claim.refers_to in statuses:
            status = statuses[claim.refers_to]
            found.append(_Said(claim.id, day, voices[claim.id].key, frozenset(sources_of(one)), status))
    return found


def _denied_on(transfer: Transfer) -> Mapping[str, str]:
    """Return for each claim that a counting denial contradicts the last day on which one did."""
    days = {one.claim.id: known_from(one.published) or "" for one in (*transfer.claims, *transfer.context)}
    found: dict[str, str] = {}
    for denial in transfer.denials:
        for claim in denial.denies if denial.counts else ():
            found[claim] = max(found.get(claim, ""), days.get(denial.claim, ""))
    return found


def _first_of_each(own: Iterable[_Said]) -> list[_Said]:
    """Return of claims of one origin and step the first."""
    first: dict[tuple[str, Status], _Said] = {}
    for one in sorted(own, key=lambda said: (said.day, said.id)):
        first.setdefault((one.origin, one.status), one)
    return list(first.values())


def _is_confirmed(said: _Said, source: str, confirming: Iterable[_Said]) -> bool:
    for later in confirming:
        if later.day <= said.day:
            return False
        if later.origin != said.origin and source not in later.sources and _reaches(later.status, said.status):
            return True
    return False


def _reaches(later: Status, earlier: Status) -> bool:
    """Tell whether what is said to have got so far has come to an earlier step too, or is the same end."""
    return later is earlier or (STAGE.get(later, 0) >= STAGE.get(earlier, 0) and later in STAGE and _goes_on(earlier))


def _goes_on(status: Status) -> bool:
    return status in STAGE or status is Status.UNSPECIFIED
