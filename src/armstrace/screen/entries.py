"""What a sanctions list says, in one shape for all lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListedKind(StrEnum):
    """What is listed."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class NameSort(StrEnum):
    """What the list says of a name. A weak alias is one that the list itself calls of low quality."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMER = "former"
    WEAK = "weak alias"
    ORIGINAL = "original script"


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as the list writes it."""

    text: str
    sort: NameSort = NameSort.ALIAS


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that a list gives; ``kind`` is "imo", else the list's own word for it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One person, body, vessel or aircraft on a list.

    ``countries`` are ISO codes where the list's word is known, else that word; ``births`` are years, months or days
    (ISO), "1962/1964" for a range; ``listed_on`` is an ISO date or None where the list has none.
    """

    id: str
    kind: ListedKind
    names: tuple[ListedName, ...]
    countries: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    listed_on: str | None = None
    remarks: str = ""

    @property
    def label(self) -> str:
        """The name to show: the primary one, else the first."""
        return next((name.text for name in self.names if name.sort is NameSort.PRIMARY), self.names[0].text)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a list that could not be read; it alone is left out."""

    place: str
    reason: str


IMO = "imo"


def is_imo(number: str) -> bool:
    """Tell whether seven digits are an IMO number: the last is the check digit of the others (IMO Res. A.1117(30))."""
    if len(number) != 7 or not (number.isascii() and number.isdigit()):  # noqa: PLR2004 - an IMO number has seven
        return False
    return sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False)) % 10 == int(
        number[-1]
    )
