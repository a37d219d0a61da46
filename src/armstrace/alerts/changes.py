"""What became of a line: each fact that came, changed or went, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from armstrace.alerts.lines import Fact, Line
from armstrace.alerts.watches import Kind

# Kinds whose going is told; of the others nothing goes but by another reading of the same documents.
_GONE: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.STATUS: "no longer told",
        Kind.QUANTITY: "no longer told",
        Kind.FINDING: "does not reach it any more",
    }
)
# Kinds whose former value is told beside the new one.
_BEFORE: Final = frozenset(_GONE)
_NAMED: Final[Mapping[Kind, Callable[[str], str]]] = MappingProxyType({Kind.FINDING: lambda key: f"{key}: "})
_ENDED: Final = "no longer in the register: the documents that told it are read otherwise now"


class Change(NamedTuple):
    """One change: its kind, in words, by which claims (ids), and the day from which it is known."""

    kind: Kind
    words: str
    claims: tuple[str, ...] = ()
    day: str | None = None


def changes_of(before: Sequence[Line], after: Line) -> tuple[Change, ...]:
    """Return what became of a line since it stood as in ``before``: as none, as one, or as several that became one.

    Whatever one of several told is no change.
    """
    stood: dict[tuple[Kind, str], dict[str, None]] = {}
    for line in before:
        for fact in line.facts:
            stood.setdefault((fact.kind, fact.key), {})[fact.value] = None
    documents = {key for kind, key in stood if kind is Kind.NEW_CLAIM}
    now = {(fact.kind, fact.key) for fact in after.facts}
    came = [_came(fact, stood.get((fact.kind, fact.key), {}), _new(fact, after, documents)) for fact in after.facts]
    return (*(change for change in came if change), *_went(stood, now))


def ending_of(line: Line) -> Change:
    """Return what is told of a line that is no more, and has no other in its place."""
    return Change(Kind.WITHDRAWAL, f"{line.title}: {_ENDED}")


def _new(fact: Fact, after: Line, documents: set[str]) -> tuple[str, ...]:
    """Return the claims by which a fact came: those of documents that were not known, else all that tell it."""
    return tuple(one for one in fact.claims if after.claims.get(one) not in documents) or fact.claims


def _came(fact: Fact, stood: Mapping[str, None], claims: tuple[str, ...]) -> Change | None:
    if fact.value in stood:
        return None
    was = f"{' or '.join(stood)} → " if stood and fact.kind in _BEFORE else ""
    return Change(fact.kind, f"{_name(fact.kind, fact.key)}{was}{fact.said}", claims, fact.day)


def _went(stood: Mapping[tuple[Kind, str], Mapping[str, None]], now: set[tuple[Kind, str]]) -> Iterator[Change]:
    for (kind, key), values in stood.items():
        if kind in _GONE and (kind, key) not in now:
            yield Change(kind, f"{_name(kind, key)}{' or '.join(values)} → {_GONE[kind]}")


def _name(kind: Kind, key: str) -> str:
    return _NAMED[kind](key) if kind in _NAMED else ""
