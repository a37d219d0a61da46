"""A transfer as a list has it beside how the press tells it: where the two differ, in both sides' words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, NamedTuple

from armstrace.kinds import is_row
from armstrace.model import Claim, Party, Polarity, Quantity, Status
from armstrace.register.fields import plain_name
from armstrace.register.ranges import lower_bound, upper_bound
from armstrace.register.stages import CALLED_OFF, STAGE
from armstrace.register.types import Transfer
from armstrace.text.year_lists import years_covered
from armstrace.told import Told


class Differs(StrEnum):
    """In what a list and the press differ."""

    ONLY_LIST = "only-list"
    ONLY_PRESS = "only-press"
    DENIED = "denied"
    PARTY = "party"
    STATUS = "status"
    NUMBER = "number"
    NUMBER_MAY_BE_ONE = "number-may-be-one"
    YEAR = "year"


class Said(NamedTuple):
    """What one side says, each in its words once, and by which claims."""

    words: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a list and the press differ on a transfer.

    ``of`` says of what: "supplier", "ordered" ...; "" of the transfer as a whole.
    """

    kind: Differs
    of: str
    listed: Said
    press: Said


NOTHING: Final = Said((), ())
_STEPS: Final = (Status.ORDERED, Status.DELIVERED)


class _Sides(NamedTuple):
    """The claims of a list that count, those of the press that do, and those that deny the transfer."""

    listed: Sequence[Claim]
    press: Sequence[Claim]
    denying: Sequence[Claim]


def find_differences(transfer: Transfer) -> tuple[Difference, ...]:
    """Return in what rows of a list and all other claims that count differ; nothing where they agree.

    What only one side tells is no difference but that: a number that a list lacks is not another number.
    """
    sides = _sides(transfer)
    return tuple(found for test in _TESTS for found in test(sides))


def _sides(transfer: Transfer) -> _Sides:
    counting, denying = set(transfer.affirmed.backing.claims), set(transfer.denied.backing.claims)
    told: Sequence[Told] = transfer.claims
    affirmed = [one.claim for one in told if one.claim.id in counting and one.claim.polarity is Polarity.AFFIRMED]
    return _Sides(
        [claim for claim in affirmed if is_row(claim)],
        [claim for claim in affirmed if not is_row(claim)],
        [one.claim for one in told if one.claim.id in denying],
    )


def _alone(sides: _Sides) -> Iterator[Difference]:
    if sides.listed and not (sides.press or sides.denying):
        yield Difference(Differs.ONLY_LIST, "", _told(sides.listed, _status_words), NOTHING)
    if not sides.listed and (sides.press or sides.denying):
        yield Difference(Differs.ONLY_PRESS, "", NOTHING, _told((*sides.press, *sides.denying), _status_words))


def _denied(sides: _Sides) -> Iterator[Difference]:
    if sides.listed and sides.denying:
        yield Difference(Differs.DENIED, "", _told(sides.listed, _status_words), _told(sides.denying, _status_words))


def _parties(sides: _Sides) -> Iterator[Difference]:
    roles: tuple[tuple[str, Callable[[Claim], Party | None]], ...] = (
        ("supplier", lambda claim: claim.supplier),
        ("recipient", lambda claim: claim.recipient),
    )
    for name, role in roles:
        listed, press = ({_party(role(claim)) for claim in side} for side in (sides.listed, sides.press))
        if listed and press and not press <= listed:
            told = (_told(side, partial(_party_words, role)) for side in (sides.listed, sides.press))
            yield Difference(Differs.PARTY, name, *told)


def _statuses(sides: _Sides) -> Iterator[Difference]:
    """Yield a difference where one side tells of a later step than the other, or that it was called off."""
    if not (sides.listed and sides.press):
        return
    called_off = [claim for claim in sides.press if claim.status in CALLED_OFF]
    furthest = [max((STAGE.get(claim.status, 0) for claim in side), default=0) for side in (sides.listed, sides.press)]
    if called_off or (all(furthest) and furthest[0] != furthest[1]):
        yield Difference(Differs.STATUS, "", _told(sides.listed, _status_words), _told(sides.press, _status_words))


def _numbers(sides: _Sides) -> Iterator[Difference]:
    """Yield a difference where the press tells another number of a step, or a vaguer one that may be the list's."""
    for step, listed, press in _by_step(sides, lambda claim: claim.quantity is not None):
        kinds = {_compared(claim.quantity, [one.quantity for one in listed]) for claim in press} - {None}
        for kind in (Differs.NUMBER, Differs.NUMBER_MAY_BE_ONE):
            if kind in kinds:
                yield Difference(kind, step, _told(listed, _number_words), _told(press, _number_words))
                break


def _years(sides: _Sides) -> Iterator[Difference]:
    """Yield a difference where no year of a list is one that the press tells of the step."""
    for step, listed, press in _by_step(sides, lambda claim: bool(_covered(claim))):
        known = {year for claim in listed for year in _covered(claim)}
        if any(known.isdisjoint(_covered(claim)) for claim in press):
            yield Difference(Differs.YEAR, step, _told(listed, _year_words), _told(press, _year_words))


def _by_step(sides: _Sides, tells: Callable[[Claim], bool]) -> Iterator[tuple[str, Sequence[Claim], Sequence[Claim]]]:
    """Yield the steps of which both sides tell something, with the claims that do."""
    for step in _STEPS:
        listed, press = (
            [claim for claim in side if claim.status is step and tells(claim)] for side in (sides.listed, sides.press)
        )
        if listed and press:
            yield str(step), listed, press


def _compared(number: Quantity | None, listed: Iterable[Quantity | None]) -> Differs | None:
    """Return how a number stands to those of a list; None where it is one of them, or is counted in another unit."""
    others = [one for one in listed if one and number and one.unit == number.unit]
    if number is None or not others:
        return None
    if any(_ends(number) == _ends(one) for one in others):
        return None
    return Differs.NUMBER_MAY_BE_ONE if any(_meets(number, one) for one in others) else Differs.NUMBER


def _ends(number: Quantity) -> tuple[int | None, int | None]:
    return lower_bound(number), upper_bound(number)


def _meets(one: Quantity, other: Quantity) -> bool:
    lows = [low for low in (lower_bound(one), lower_bound(other)) if low is not None]
    highs = [high for high in (upper_bound(one), upper_bound(other)) if high is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _covered(claim: Claim) -> tuple[int, ...]:
    when = claim.when
    return years_covered(when.text, when.start, when.end) if when else ()


def _party(party: Party | None) -> tuple[str | None, str]:
    """Return a party as it is compared; an organisation only where no state is told."""
    if party is None:
        return None, ""
    return party.country, "" if party.country else plain_name(party.organisation or party.text)


def _party_words(role: Callable[[Claim], Party | None], claim: Claim) -> str:
    party = role(claim)
    return party.text if party else "unknown"


def _told(claims: Sequence[Claim], words: Callable[[Claim], str]) -> Said:
    return Said(tuple(dict.fromkeys(words(claim) for claim in claims)), tuple(claim.id for claim in claims))


def _status_words(claim: Claim) -> str:
    return f"denied: {claim.status}" if claim.polarity is Polarity.DENIED else str(claim.status)


def _number_words(claim: Claim) -> str:
    return claim.quantity.text if claim.quantity else ""


def _year_words(claim: Claim) -> str:
    return claim.when.text if claim.when else ""


_TESTS: Final[tuple[Callable[[_Sides], Iterator[Difference]], ...]] = (
    _alone,
    _denied,
    _parties,
    _statuses,
    _numbers,
    _years,
)
