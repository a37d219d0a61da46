"""What all readers of lists share: how a reader is called and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from armstrace.screen.entries import IMO, Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort, is_imo
from armstrace.screen.fold import fold
from armstrace.screen.limits import LONGEST_REMARKS, MOST_NAMES

_IMO_IN_WORDS: Final = re.compile(r"\bIMO\b\)?[^0-9\n]{0,24}(\d{7})\b")
_IMO_NUMBER: Final = re.compile(r"(?:IMO\s*)?(\d{7})", re.IGNORECASE)


class Context(NamedTuple):
    """Where a list is read from, and the ISO codes of countries by their folded names."""

    name: str
    codes: Mapping[str, str]

    def countries(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return codes, or the words where they are no country's name, each once in their order."""
        return unique(self.codes.get(fold(word), word.strip()) for word in words)


class About(NamedTuple):
    """What a list says of itself: its ISO date, how many entries it holds, and which list it is, where it says so."""

    dated: str = ""
    total: int | None = None
    key: str = ""


Read = Iterator[ListedEntry | Fault | About]


class Draft(NamedTuple):
    """An entry as a reader finds it; ``finish`` makes it one, or a Fault."""

    id: str
    kind: ListedKind
    names: list[ListedName]
    countries: tuple[str, ...] = ()
    births: Iterable[str] = ()
    identifiers: Iterable[Identifier] = ()
    programmes: Iterable[str] = ()
    listed_on: str = ""
    remarks: str = ""


def finish(draft: Draft, place: str) -> ListedEntry | Fault:
    """Return the entry of a draft; one without id or name is a Fault at a place."""
    names = [name for name in dict.fromkeys(draft.names) if name.text.strip()]
    if not (draft.id and names):
        return Fault(place, f"has no {'name' if draft.id else 'number of its own'}")
    if len(names) > MOST_NAMES:
        return Fault(place, f"has {len(names)} names, more than any entry of a list")
    numbers = [*draft.identifiers, *imo_numbers(draft.remarks)]
    return ListedEntry(
        draft.id,
        draft.kind,
        tuple(names),
        draft.countries,
        unique(draft.births),
        tuple(dict.fromkeys(number for number in numbers if number.value)),
        unique(draft.programmes),
        draft.listed_on or None,
        " ".join(draft.remarks.split())[:LONGEST_REMARKS],
    )


def imo_numbers(words: str) -> list[Identifier]:
    """Return the IMO numbers that a text names as such; a wrong check digit stays, for the list has it."""
    return [Identifier(IMO, number) for number in dict.fromkeys(_IMO_IN_WORDS.findall(words))]


def identify(kind: str, value: str, *, is_vessel: bool = False) -> Identifier:
    """Return a number under the list's word for it; that of a vessel that is an IMO number as one."""
    found = _IMO_NUMBER.fullmatch(value.strip())
    named = "imo" in fold(kind).split() or value.strip().upper().startswith("IMO")
    if found and (named or (is_vessel and is_imo(found.group(1)))):
        return Identifier(IMO, found.group(1))
    return Identifier(kind.strip(), value.strip())


def named(texts: Iterable[str], sort: NameSort) -> list[ListedName]:
    """Return names of a sort, white space made single."""
    return [ListedName(" ".join(text.split()), sort) for text in texts if text.strip()]


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts that are not empty, each once in their order."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
