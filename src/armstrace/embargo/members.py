"""Which states a body's measures bind, and from when to when: a dated table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from armstrace.embargo.measures import Bound
from armstrace.embargo.schema import (
    Field,
    choice,
    day,
    items,
    maybe_day,
    read_record,
    read_rows,
    read_yaml,
    text,
    web_address,
)


@dataclass(frozen=True, slots=True)
class Membership:
    """A time in which states are bound: the first day, and the first day no longer (None: it goes on)."""

    codes: tuple[str, ...]
    bound_from: date
    bound_to: date | None

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.bound_from <= on and (self.bound_to is None or on < self.bound_to)


@dataclass(frozen=True, slots=True)
class Membered:
    """A circle of states that measures bind; ``title`` is what one of them is called."""

    bound: Bound
    title: str
    sources: tuple[str, ...]
    members: tuple[Membership, ...]
    missing: str

    def holds(self, country: str, on: date) -> bool:
        """Tell whether a country belongs to it on a day."""
        return any(country in one.codes and one.holds(on) for one in self.members)

    def boundaries(self, country: str) -> frozenset[date]:
        """Return the days on which it changes whether a country belongs to it."""
        own = [one for one in self.members if country in one.codes]
        return frozenset(on for one in own for on in (one.bound_from, one.bound_to) if on is not None)


def load_members(folder: Traversable | None = None) -> Mapping[Bound, Membered]:
    """Return the circles of ``members.yml`` of ``folder`` (default: the packaged one).

    Raises:
        MeasureError: the file is missing or breaks its schema.
    """
    name = "members.yml"
    rows = read_rows(read_yaml((folder or files("armstrace.embargo")) / name), name)
    found = [Membered(**read_record(row, f"{name}, entry {place}", _CIRCLE)) for place, row in enumerate(rows, 1)]
    return MappingProxyType({circle.bound: circle for circle in found})


def _membership(value: object, where: str) -> Membership:
    fields = read_record(value, where, _MEMBERSHIP)
    return Membership(fields["codes"], fields["from"], fields["to"])


_MEMBERSHIP = (Field("codes", items(text)), Field("from", day), Field("to", maybe_day, default=None))
_CIRCLE = (
    Field("bound", choice(Bound)),
    Field("title", text),
    Field("sources", items(web_address)),
    Field("members", items(_membership)),
    Field("missing", text, default=""),
)
