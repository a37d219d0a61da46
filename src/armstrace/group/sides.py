"""Who gives or receives, in a form that reports can be compared by: a state, or an actor that is none."""

from __future__ import annotations

from typing import Final, NamedTuple

from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.match import Matcher
from armstrace.model import Party

# Names that reports use for one actor, which the lexicon lists one by one.
_ONE_ACTOR: Final[tuple[frozenset[str], ...]] = (
    frozenset({"Kurdish forces", "peshmerga", "Kurdistan Regional Government"}),
    frozenset({"Syrian rebels", "Free Syrian Army", "Syrian opposition"}),
    frozenset({"Hezbollah", "Islamic Resistance in Lebanon"}),
)
_ACTORS: Final = frozenset({EntryKind.GROUP, EntryKind.GROUP_NOUN})
# The last word of a name that says no more than "those who fight there"; any group of that kind there may be meant.
_GENERIC: Final = frozenset(
    "rebel rebels fighter fighters forces militia militias militant militants insurgent insurgents separatist"
    " separatists guerrilla guerrillas opposition group groups faction factions gunmen gang gangs cartel".split()
)


class Side(NamedTuple):
    """One party. ``actors`` are names of armed groups, empty for a state; ``organ`` the office or firm named.

    ``kinds`` are those of the groups ("rebels"); ``is_generic`` tells that no group is named, only its kind.
    """

    country: str | None
    actors: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    is_generic: bool = False
    organ: str | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether anything is known of the party."""
        return bool(self.country or self.actors or self.organ)

    @property
    def key(self) -> str | None:
        """What claims are sorted into blocks by: the country, without one the name, None for unknown."""
        if self.country:
            return self.country
        return min(self.actors) if self.actors else self.organ


NOBODY: Final = Side(None)


def side_of(party: Party | None, names: Matcher) -> Side:
    """Return a party with its names as the lexicon knows them."""
    if party is None:
        return NOBODY
    if not party.organisation:
        return Side(party.country)
    entries = named_in(party.organisation, names)
    groups = [entry for entry in entries if entry.kind in _ACTORS]
    company = next((entry.label for entry in entries if entry.kind is EntryKind.COMPANY), None)
    if company or not groups:
        return Side(party.country, organ=plain(company or party.organisation))
    return Side(
        party.country or groups[0].country,
        frozenset(_actor(entry.label) for entry in groups),
        frozenset(entry.detail for entry in groups),
        all(entry.label.casefold().split()[-1] in _GENERIC for entry in groups),
    )


def named_in(text: str, names: Matcher) -> tuple[Entry, ...]:
    """Return everything that names in a short text stand for, in their order."""
    return tuple(entry for hit in names.find(text) for entry in hit.entries)


def groups_named(text: str, names: Matcher) -> frozenset[str]:
    """Return the armed groups that a text names."""
    return frozenset(_actor(entry.label) for entry in named_in(text, names) if entry.kind in _ACTORS)


def are_other_parties(one: Side, other: Side, told: frozenset[str]) -> bool:
    """Tell whether two known parties cannot be one.

    A state is not the group that fights in it, and its government never is; "arms for Iraq" may be for a group there
    where one of the reports names that group (``told``).
    """
    if not one.is_known or not other.is_known:
        return False
    if one.country and other.country and one.country != other.country:
        return True
    if bool(one.actors) != bool(other.actors):
        group, state = (one, other) if one.actors else (other, one)
        return state.organ is not None or not group.actors & told
    if not one.actors:
        return not (one.country or other.country) and one.organ != other.organ
    return not (one.actors & other.actors or _may_be_meant(one, other))


def plain(name: str) -> str:
    """Return a name in small letters without articles, dots and dashes, to be compared by."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold().replace(".", "")).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def _may_be_meant(one: Side, other: Side) -> bool:
    """Tell whether one names no group, only the kind of the other ("Syrian rebels")."""
    return (one.is_generic or other.is_generic) and bool(one.kinds & other.kinds)


def _actor(label: str) -> str:
    return next((min(names) for names in _ONE_ACTOR if label in names), label)
