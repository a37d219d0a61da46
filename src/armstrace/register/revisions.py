"""What outlets took back: by later versions of a page, corrections in the text, and notices of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from armstrace.kinds import arms_kinds
from armstrace.model import Claim
from armstrace.register.types import Revision
from armstrace.told import Later, LaterKind, Told


class _Case(NamedTuple):
    told: Told
    later: Later
    now: Sequence[Claim]  # what the later version says of this transfer


class _Rule(NamedTuple):
    kind: str
    holds: Callable[[_Case], bool]
    words: str


# The first that holds counts.
_RULES: Final = (
    _Rule(
        "withdrawn",
        lambda c: c.later.kind is LaterKind.WITHDRAWAL,
        "its outlet withdrew the story in a notice of its own",
    ),
    _Rule(
        "source-withdrawn",
        lambda c: c.later.kind is LaterKind.SOURCE,
        "the agency withdrew the story that this repeats; this outlet did not, and it still counts",
    ),
    _Rule(
        "noted",
        lambda c: c.later.kind is LaterKind.DOUBTFUL,
        "a notice of its outlet may mean this report or another; it still counts",
    ),
    _Rule(
        "corrected",
        lambda c: c.later.kind is LaterKind.CORRECTION and bool(c.now) and not _is_among(c.told.claim, c.now),
        "its outlet corrected the story in a notice of its own, which says something else of this transfer",
    ),
    _Rule(
        "noted",
        lambda c: c.later.kind is LaterKind.CORRECTION,
        "its outlet corrected something in the story by a notice of its own, and nothing of this; it still counts",
    ),
    _Rule(
        "corrected",
        lambda c: c.later.document == c.told.claim.document,
        "the document's own correction quotes it as what an earlier version said",
    ),
    _Rule(
        "repeated",
        lambda c: _is_among(c.told.claim, c.now),
        "the later version says the same, and counts in its place",
    ),
    _Rule(
        "corrected",
        lambda c: bool(c.now and c.later.correction),
        "the later version bears a correction and says something else of this transfer",
    ),
    _Rule(
        "replaced",
        lambda c: bool(c.now),
        "the later version says something else of this transfer",
    ),
    _Rule(
        "withdrawn",
        lambda c: c.later.correction is not None,
        "the later version bears a correction and no longer tells of this transfer",
    ),
    _Rule(
        "gone",
        lambda _: True,
        "the later version no longer tells of this transfer, and bears no correction; it still counts",
    ),
)


def find_revisions(claims: Sequence[Told]) -> tuple[Revision, ...]:
    """Return for each claim that has a later version what became of it."""
    said: dict[str, list[Claim]] = {}
    for told in claims:
        if not any(later.document == told.claim.document for later in told.later):  # what it takes back it does not say
            said.setdefault(told.claim.document, []).append(told.claim)
    found = (_revision(told, said) for told in claims if told.later)
    return tuple(revision for revision in found if revision)


def _revision(told: Told, said: Mapping[str, Sequence[Claim]]) -> Revision | None:
    chosen: Revision | None = None
    for later in told.later:
        case = _Case(told, later, said.get(later.document, ()))
        rule = next(rule for rule in _RULES if rule.holds(case))
        found = Revision(told.claim.id, rule.kind, later.document, later.since, later.correction, rule.words)
        # What a version after repeats lives on in that version's own claim; what was taken back stays so.
        if chosen is None or chosen.counts:
            chosen = found
    return chosen


def _is_among(claim: Claim, others: Sequence[Claim]) -> bool:
    return any(_content(other) == _content(claim) for other in others)


def _content(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says, whatever its words."""
    parties = [(p.country, p.organisation) if p else None for p in (claim.supplier, claim.recipient)]
    quantity = claim.quantity
    numbers = (quantity.low, quantity.best, quantity.high, quantity.unit) if quantity else None
    return (*parties, arms_kinds(claim.items), numbers, claim.status, claim.polarity)
