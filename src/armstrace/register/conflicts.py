"""Where claims say what cannot both be so: never settled here, only shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from armstrace.kinds import arms_kinds
from armstrace.model import Claim, Quantity
from armstrace.register.known import known_from
from armstrace.register.ranges import lower_bound, upper_bound
from armstrace.register.stages import CALLED_OFF, MOVED
from armstrace.register.types import Alternative, Conflict, Denial, Fields, PartyValue
from armstrace.told import Told

_Test = Callable[[Fields, Sequence[Told], Sequence[Denial]], Iterator[Conflict]]


def find_conflicts(fields: Fields, affirmed: Sequence[Told], denials: Sequence[Denial]) -> tuple[Conflict, ...]:
    """Return the conflicts between claims that count, in the order of the fields."""
    return tuple(conflict for test in _TESTS for conflict in test(fields, affirmed, denials))


def _suppliers(fields: Fields, _: Sequence[Told], __: Sequence[Denial]) -> Iterator[Conflict]:
    return _parties("supplier", fields.supplier)


def _recipients(fields: Fields, _: Sequence[Told], __: Sequence[Denial]) -> Iterator[Conflict]:
    return _parties("recipient", fields.recipient)


def _parties(field: str, alternatives: Sequence[Alternative[PartyValue]]) -> Iterator[Conflict]:
    known = [a.value for a in alternatives if a.value]
    if any(_other(one, another) for one, another in combinations(known, 2)):
        yield Conflict(field, f"claims name different {field}s")


def _other(one: PartyValue, another: PartyValue) -> bool:
    """Tell whether two parties cannot be one: an organisation may be one of a country that is named beside it."""
    if one.country and another.country:
        return one.country != another.country
    return bool(one.organisation and another.organisation)


def _quantities(_: Fields, affirmed: Sequence[Told], __: Sequence[Denial]) -> Iterator[Conflict]:
    counted = [(told.claim, told.claim.quantity) for told in affirmed if told.claim.quantity]
    distinct = {(arms_kinds(c.items), q.low, q.best, q.high, q.unit): (c, q) for c, q in counted}
    if any(_apart(one, another) for one, another in combinations(distinct.values(), 2)):
        yield Conflict("quantity", "claims give numbers that do not overlap")


def _apart(one: tuple[Claim, Quantity], another: tuple[Claim, Quantity]) -> bool:
    (claim, quantity), (other_claim, other) = one, another
    comparable = quantity.unit == other.unit and arms_kinds(claim.items) & arms_kinds(other_claim.items)
    lows = [n for n in (lower_bound(quantity), lower_bound(other)) if n is not None]
    highs = [n for n in (upper_bound(quantity), upper_bound(other)) if n is not None]
    return bool(comparable and lows and highs and max(lows) > min(highs))


def _modes(fields: Fields, _: Sequence[Told], __: Sequence[Denial]) -> Iterator[Conflict]:
    if sum(alternative.value is not None for alternative in fields.mode) > 1:
        yield Conflict("mode", "claims name different kinds of deal")


def _statuses(_: Fields, affirmed: Sequence[Told], __: Sequence[Denial]) -> Iterator[Conflict]:
    """Yield a conflict where some say that arms moved, others that it was called off, and no date tells them apart."""
    moved = {_day(told) for told in affirmed if told.claim.status in MOVED}
    called_off = {_day(told) for told in affirmed if told.claim.status in CALLED_OFF}
    if moved and called_off and (None in moved | called_off or moved & called_off):
        yield Conflict(
            "status", "claims say that arms moved and that it was called off, and no date puts these in order"
        )


def _day(told: Told) -> str | None:
    when = told.claim.when
    return (when.start if when else None) or known_from(told.published)


def _denied(_: Fields, __: Sequence[Told], denials: Sequence[Denial]) -> Iterator[Conflict]:
    targets = {denial.target for denial in denials if denial.denies}
    for target in ("transfer", "claim", "status", "party", "quantity"):
        if target in targets:
            yield Conflict("denial", _DENIED[target])


_DENIED: Final = {
    "transfer": "the transfer as a whole is denied",
    "claim": "a report of it is denied",
    "status": "it is denied that it got so far",
    "party": "it is denied that one organisation takes part",
    "quantity": "a number is denied",
}
_TESTS: Final[tuple[_Test, ...]] = (_suppliers, _recipients, _quantities, _modes, _statuses, _denied)
