"""A watch: which lines of the register somebody asks for, and which changes of them matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from armstrace.embargo.findings import Verdict
from armstrace.errors import MetadataError
from armstrace.model import Status
from armstrace.register.fields import plain_name

_LONGEST: Final = 200  # characters of a name and of what is asked for
_WORST: Final = 6  # of the digits of credibility


class Kind(StrEnum):
    """Kinds of changes."""

    NEW_TRANSFER = "new-transfer"
    NEW_CLAIM = "new-claim"
    NEW_ORIGIN = "new-origin"
    DENIAL = "denial"
    STATUS = "status"
    QUANTITY = "quantity"
    WITHDRAWAL = "withdrawal"
    CONTEXT = "context"
    FINDING = "finding"
    REVIEW = "review"


KIND_WORDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.NEW_TRANSFER: "new transfer",
        Kind.NEW_CLAIM: "new claim",
        Kind.NEW_ORIGIN: "new independent origin",
        Kind.DENIAL: "denial",
        Kind.STATUS: "status",
        Kind.QUANTITY: "quantity",
        Kind.WITHDRAWAL: "withdrawal or correction",
        Kind.CONTEXT: "what else is said of it",
        Kind.FINDING: "finding of embargo law",
        Kind.REVIEW: "review",
    }
)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a line must be; None asks for nothing, and what asks for nothing asks for every line.

    ``party``, ``supplier``, ``recipient`` and ``via`` are a code or the beginning of words of a name, ``item`` a
    category or the beginning of words of an item; ``measure`` is the key of a legal measure that reaches the line,
    ``verdict`` what it (or any) says; ``status`` the latest; ``credibility`` the worst digit (1 is the best); ``words``
    stand in titles or sentences of its claims, or in its names, all of them.
    """

    party: str | None = None
    supplier: str | None = None
    recipient: str | None = None
    item: str | None = None
    via: str | None = None
    measure: str | None = None
    verdict: str | None = None
    status: str | None = None
    credibility: int | None = None
    words: str | None = None

    def given(self) -> dict[str, Any]:
        """Return what is asked for, by name, without what is not."""
        return {name: value for name, value in asdict(self).items() if value is not None}


ASKED: Final = tuple(field.name for field in fields(Asks))
_CLOSED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"status": tuple(map(str, Status)), "verdict": tuple(map(str, Verdict))}
)
_FOLDED: Final = ("party", "supplier", "recipient", "item", "via", "words")


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch of one owner; ``kinds`` are the changes that matter."""

    id: str
    owner: str
    name: str
    asks: Asks
    kinds: frozenset[Kind]
    made_at: str
    is_paused: bool = False


def read_asks(told: Mapping[str, str | None], measures: Collection[str]) -> Asks:
    """Return what is asked for in words; what is empty asks for nothing. ``measures`` are the keys of all measures.

    Raises:
        MetadataError: something cannot be asked for; its text begins with the name.
    """
    given = {name: " ".join(value.split()) for name, value in told.items() if value and value.strip()}
    for name, value in given.items():
        _check(name, value, (*_CLOSED.get(name, ()),))
    key = given.get("measure")
    if key is not None:
        given["measure"] = _measure(key, measures)
    digit = given.pop("credibility", None)
    return Asks(**given, credibility=None if digit is None else _digit(digit))


def read_kinds(told: Iterable[str]) -> frozenset[Kind]:
    """Return kinds of changes by their names; none means all.

    Raises:
        MetadataError: there is none of a name.
    """
    given = list(told)
    if unknown := sorted(set(given) - set(map(str, Kind))):
        raise MetadataError(f"changes: {unknown[0]!r} is none; give some of {', '.join(Kind)}")
    return frozenset(map(Kind, given)) or frozenset(Kind)


def check_name(name: str) -> str:
    """Return the name of a watch.

    Raises:
        MetadataError: it is none.
    """
    told = " ".join(name.split())
    if not told or not told.isprintable() or len(told) > _LONGEST:
        raise MetadataError(f"name: give one line of at most {_LONGEST} characters")
    return told


def _check(name: str, value: str, closed: tuple[str, ...]) -> None:
    if name not in ASKED:
        raise MetadataError(f"{name}: nobody can ask for it; ask for {', '.join(ASKED)}")
    if closed and value not in closed:
        raise MetadataError(f"{name}: {value!r} is none; give one of {', '.join(closed)}")
    if len(value) > _LONGEST or (name in _FOLDED and not plain_name(value)):
        raise MetadataError(f"{name}: give words, at most {_LONGEST} characters")


def _measure(key: str, measures: Collection[str]) -> str:
    found = next((one for one in measures if one.casefold() == key.casefold()), None)
    if found is None:
        raise MetadataError(f"measure: {key!r} is none; `armstrace check --all` lists them, such as UN-KP")
    return found


def _digit(told: str) -> int:
    if not (told.isascii() and told.isdigit() and 1 <= int(told) <= _WORST):
        raise MetadataError(f"credibility: give 1 (the best) to {_WORST}")
    return int(told)
