"""Denials, each tied to what it denies: one report, a number, a party, a step not taken, or the whole transfer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from armstrace.model import Claim, ClaimKind, Party, Polarity, Quantity
from armstrace.register.backing import Voices
from armstrace.register.fields import plain_name
from armstrace.register.ranges import lower_bound, upper_bound
from armstrace.register.stages import CALLED_OFF, STAGE
from armstrace.register.types import Denial, Origin, Transfer
from armstrace.told import Told


class _Case(NamedTuple):
    claim: Claim
    affirmed: Sequence[Claim]  # of the transfer
    own: frozenset[str]  # ids of those of them that come from the denying origin


class _Rule(NamedTuple):
    target: str
    holds: Callable[[_Case], bool]
    denies: Callable[[_Case], Sequence[Claim]]
    words: str
    counts: Callable[[_Case, Sequence[Claim]], bool]


def _always(_: _Case, __: Sequence[Claim]) -> bool:
    return True


def _never(_: _Case, __: Sequence[Claim]) -> bool:
    return False


def _contradicts_or_stands_alone(case: _Case, denied: Sequence[Claim]) -> bool:
    return bool(denied) or not case.affirmed


def _named(case: _Case) -> Sequence[Claim]:
    return [claim for claim in case.affirmed if claim.id == case.claim.refers_to]


def _of_this_number(case: _Case) -> Sequence[Claim]:
    denied = case.claim.quantity
    return [c for c in case.affirmed if denied and c.quantity and c.id not in case.own and _overlap(denied, c.quantity)]


def _as_far(case: _Case) -> Sequence[Claim]:
    """Return what is affirmed of the step denied, or of one after it; that it was called off is neither."""
    least = STAGE.get(case.claim.status, 0)
    going = [claim for claim in case.affirmed if claim.status not in CALLED_OFF]
    return [claim for claim in going if STAGE.get(claim.status, 0) >= least]


def _other_number(case: _Case) -> bool:
    """Tell whether the denying origin affirms the step denied, with another number or none."""
    own = [claim for claim in _as_far(case) if claim.id in case.own]
    return case.claim.quantity is not None and any(_numbers(claim) != _numbers(case.claim) for claim in own)


def _less_far(case: _Case) -> Sequence[Claim]:
    least = STAGE.get(case.claim.status, 0)
    return [claim for claim in case.affirmed if 0 < STAGE.get(claim.status, 0) < least]


def _of_this_end(case: _Case) -> Sequence[Claim]:
    return [claim for claim in case.affirmed if claim.status is case.claim.status]


def _other_party(case: _Case) -> bool:
    """Tell whether the denying origin affirms the transfer by, or to, another organisation than the one it denies."""
    return any(
        _is_other(case.claim.supplier, own.supplier) or _is_other(case.claim.recipient, own.recipient)
        for own in _as_far(case)
        if own.id in case.own
    )


def _is_other(denied: Party | None, told: Party | None) -> bool:
    named = denied.organisation if denied else None
    return named is not None and plain_name(named) != plain_name(told.organisation if told else None)


def _of_this_party(case: _Case) -> Sequence[Claim]:
    """Return what others affirm of the organisation denied."""
    denied = case.claim
    return [
        claim
        for claim in _all(case)
        if not _is_other(denied.supplier, claim.supplier) and not _is_other(denied.recipient, claim.recipient)
    ]


def _all(case: _Case) -> Sequence[Claim]:
    return [claim for claim in case.affirmed if claim.status not in CALLED_OFF]


# The first that holds counts.
_RULES: Final = (
    _Rule("claim", lambda c: bool(_named(c)), _named, "it denies the report that it refers to", _always),
    _Rule(
        "quantity",
        _other_number,
        _of_this_number,
        "the same origin affirms the transfer and denies the number",
        _never,
    ),
    _Rule(
        "party",
        _other_party,
        _of_this_party,
        "the same origin affirms the transfer, and denies that this organisation takes part",
        _never,
    ),
    _Rule(
        "status",
        lambda c: c.claim.status in CALLED_OFF,
        _of_this_end,
        "it denies that the transfer was called off",
        _never,
    ),
    _Rule(
        "status",
        lambda c: bool(_less_far(c)),
        _as_far,
        "others affirm an earlier step; it denies this one and what would follow from it",
        _contradicts_or_stands_alone,
    ),
    _Rule(
        "transfer",
        lambda _: True,
        _all,
        "nothing narrower is told, so it denies the transfer",
        _contradicts_or_stands_alone,
    ),
)


def tie_denials(claims: Sequence[Told], voices: Voices) -> tuple[Denial, ...]:
    """Return each denial among claims in order of report with what it denies."""
    transfers = [told.claim for told in claims if told.claim.kind is ClaimKind.TRANSFER]
    affirmed = [claim for claim in transfers if claim.polarity is Polarity.AFFIRMED]
    by_origin: dict[str, set[str]] = {}
    for claim in affirmed:
        if claim.id in voices:
            by_origin.setdefault(voices[claim.id].key, set()).add(claim.id)
    found: dict[object, Denial] = {}
    denials = []
    for claim in (told.claim for told in claims if is_denial(told.claim)):
        origin = voices[claim.id].key if claim.id in voices else None
        alike = (origin, *_content(claim))  # of thousands of denials most say the same
        if alike not in found:
            found[alike] = _tie(_Case(claim, affirmed, frozenset(by_origin.get(origin or "", ()))))
        denials.append(replace(found[alike], claim=claim.id))
    return tuple(denials)


def denying_origins(transfer: Transfer) -> tuple[Origin, ...]:
    """Return the origins of all denials of a transfer or a part of it, each with these claims alone."""
    ids = {denial.claim for denial in transfer.denials}
    found = (replace(one, claims=tuple(c for c in one.claims if c in ids)) for one in transfer.voices)
    return tuple(origin for origin in found if origin.claims)


def is_denial(claim: Claim) -> bool:
    """Tell whether a claim denies a transfer, or the report of one."""
    return claim.polarity is Polarity.DENIED and claim.kind in {ClaimKind.TRANSFER, ClaimKind.CONFIRMATION}


def _content(claim: Claim) -> tuple[object, ...]:
    """Return all of a denial that its rule asks for."""
    parties = [p.organisation if p else None for p in (claim.supplier, claim.recipient)]
    return (claim.refers_to, claim.status, _numbers(claim), *parties)


def _numbers(claim: Claim) -> tuple[object, ...] | None:
    quantity = claim.quantity
    return (quantity.low, quantity.best, quantity.high, quantity.unit) if quantity else None


def _tie(case: _Case) -> Denial:
    rule = next(rule for rule in _RULES if rule.holds(case))
    denies = rule.denies(case)
    ids = tuple(one.id for one in denies)
    return Denial(case.claim.id, rule.target, rule.words, ids, rule.counts(case, denies))


def _overlap(one: Quantity, other: Quantity) -> bool:
    lows, highs = (lower_bound(one), lower_bound(other)), (upper_bound(one), upper_bound(other))
    reach = [n for n in highs if n is not None]
    return one.unit == other.unit and (not reach or max(n or 0 for n in lows) <= min(reach))
