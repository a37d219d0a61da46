"""The closed list of item scopes: which of our categories a legal term reaches, wholly or above a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from armstrace.embargo.schema import Field, choice, items, number, read_record, read_rows, read_yaml, text
from armstrace.errors import MeasureError
from armstrace.lexicon.traits import Measured, Trait
from armstrace.model import Category


class Reach(StrEnum):
    """Whether a term reaches a whole category, or only the part that the thresholds or the note describe."""

    ALL = "all"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Threshold:
    """An item falls under the term from this value up."""

    measured: Measured
    at_least: float


@dataclass(frozen=True, slots=True)
class Covered:
    """One category under a term, or a part of it; ``note`` says in words what the part is.

    The part is what meets all ``thresholds``, has one of the traits of ``if_any`` (where there are any) and none of
    those of ``unless``. Where none of the three is given, only a reader of ``note`` can tell.
    """

    category: Category
    reach: Reach
    thresholds: tuple[Threshold, ...]
    if_any: frozenset[Trait]
    unless: frozenset[Trait]
    note: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A legal term for items. A category not covered lies outside it; a term may also cover things that are no arms.

    A category may have several lines: an item falls under the term by any of them.
    """

    name: str
    title: str
    covers: tuple[Covered, ...]
    note: str

    def covered(self, category: Category) -> tuple[Covered, ...]:
        """Return how the term reaches ``category``; nothing where it does not."""
        return tuple(covered for covered in self.covers if covered.category is category)


def load_scopes(folder: Traversable | None = None) -> Mapping[str, Scope]:
    """Return name -> scope from ``scopes.yml`` of ``folder`` (default: the packaged one).

    Raises:
        MeasureError: the file is missing or breaks its schema.
    """
    name = "scopes.yml"
    rows = read_rows(read_yaml((folder or files("armstrace.embargo")) / name), name)
    scopes = [Scope(**read_record(row, f"{name}, entry {place}", _SCOPE)) for place, row in enumerate(rows, 1)]
    return MappingProxyType({scope.name: scope for scope in scopes})


def _covered(value: object, where: str) -> Covered:
    fields = read_record(value, where, _COVERED)
    limits = [(measured, fields.pop(measured.value)) for measured in Measured]
    covered = Covered(**fields, thresholds=tuple(Threshold(m, limit) for m, limit in limits if limit is not None))
    if covered.reach is Reach.ALL and (covered.thresholds or covered.if_any or covered.unless or covered.note):
        raise MeasureError(f"{where}: 'reach' is all, but a part is described")
    return covered


def _traits(value: object, where: str) -> frozenset[Trait]:
    return frozenset(items(choice(Trait))(value, where))


_COVERED = (
    Field("category", choice(Category)),
    Field("reach", choice(Reach)),
    Field("note", text, default=""),
    Field("if_any", _traits, default=frozenset()),
    Field("unless", _traits, default=frozenset()),
    *(Field(measured.value, number, default=None) for measured in Measured),
)
_SCOPE = (
    Field("name", text),
    Field("title", text),
    Field("covers", items(_covered, may_be_empty=True)),
    Field("note", text, default=""),
)
