"""Which lines of a register somebody asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.model import Status
from armstrace.register.fields import plain_name
from armstrace.register.history import latest_status
from armstrace.register.known import known_from
from armstrace.register.types import Transfer
from armstrace.text.calendar_periods import parse_published


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for nothing.

    ``party`` is a code or (part of) a name of supplier or recipient, ``item`` words of an item or a category,
    ``status`` the latest one; ``after`` and ``before`` (ISO day, month or year) bound the reports. Lines of which
    people rejected every claim are left out, unless ``rejected`` asks for them too. ``released`` asks for those alone
    that people stand behind; whoever keeps reviews chooses these (``review.release``).
    """

    party: str | None = None
    item: str | None = None
    status: Status | None = None
    after: str | None = None
    before: str | None = None
    rejected: bool = False
    released: bool = False


def select_transfers(transfers: Iterable[Transfer], wanted: Wanted, names: Mapping[str, str]) -> tuple[Transfer, ...]:
    """Return the transfers that are all that is asked for, in their order; ``names`` of countries by code.

    Raises:
        ValueError: a date is none.
    """
    for date in (wanted.after, wanted.before):
        if date is not None and parse_published(date) is None:
            raise ValueError(f"{date!r} is no date; give a day, month or year, such as 2022-09-06")
    return tuple(one for one in transfers if all(test(one, wanted, names) for test in _TESTS))


def _party(transfer: Transfer, wanted: Wanted, names: Mapping[str, str]) -> bool:
    if wanted.party is None:
        return True
    asked = plain_name(wanted.party)
    for alternative in (*transfer.fields.supplier, *transfer.fields.recipient):
        value = alternative.value
        if value is None:
            continue
        if value.country and wanted.party.strip().upper() == value.country:
            return True
        words = [value.organisation, names.get(value.country or ""), *alternative.texts]
        if any(_holds(plain_name(word), asked) for word in words if word):
            return True
    return False


def _item(transfer: Transfer, wanted: Wanted, _: Mapping[str, str]) -> bool:
    if wanted.item is None:
        return True
    asked = plain_name(wanted.item)
    for alternative in transfer.fields.items:
        value = alternative.value
        words = [value.category, value.designation, *alternative.texts] if value else []
        if any(_holds(plain_name(word), asked) for word in words if word):
            return True
    return False


def _holds(words: str, asked: str) -> bool:
    """Tell whether words hold what is asked for, from the beginning of a word on."""
    return bool(asked) and f" {asked}" in f" {words}"


def _status(transfer: Transfer, wanted: Wanted, _: Mapping[str, str]) -> bool:
    if wanted.status is None:
        return True
    latest = latest_status(transfer)
    return wanted.status is (latest.status if latest else Status.UNSPECIFIED)


def _reported(transfer: Transfer, wanted: Wanted, _: Mapping[str, str]) -> bool:
    if wanted.after is None and wanted.before is None:
        return True
    first = parse_published(wanted.after)
    start = first.start.isoformat() if first and first.start else ""
    end = known_from(wanted.before) or "9999-99-99"
    days: Sequence[str | None] = [known_from(told.published) for told in transfer.claims]
    return any(start <= day <= end for day in days if day)


def _reviewed(transfer: Transfer, wanted: Wanted, _: Mapping[str, str]) -> bool:
    return wanted.rejected or not transfer.is_rejected


_TESTS: Final[tuple[Callable[[Transfer, Wanted, Mapping[str, str]], bool], ...]] = (
    _party,
    _item,
    _status,
    _reported,
    _reviewed,
)
