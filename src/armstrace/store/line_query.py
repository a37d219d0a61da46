"""What may be asked of the lines of the register, and how many lines there are for each answer that could be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, tuple_

from armstrace.store.register_schema import TRANSFER_CLAIMS, TRANSFER_LINES, TRANSFER_ROUTES

NO_DAY: Final = "9999-99-99"  # sorts behind every day
NO_FINDING: Final = "none"  # the verdict of lines that no measure reaches
_L, _C = TRANSFER_LINES.c, TRANSFER_CLAIMS.c
_CLAIM: Final = "claim"


@dataclass(frozen=True, slots=True)
class TransferQuery:
    """What is asked for; None, or an empty list, asks for nothing.

    ``as_of`` (ISO day) asks for lines as they stood then, else they are today's. ``party`` is a code, or the beginning
    of words of a supplier's or recipient's name, ``item`` a category or the beginning of words of an item, both folded
    as ``register.fields.plain_name`` does; ``words`` likewise are looked for in all names of a line, and all must be
    found. ``supplier`` and ``recipient`` are codes, both together those of one claim. A claim is known within
    ``first_day`` and ``last_day`` (ISO). ``documents`` are those that a claim is of. ``measure`` is the key of one that
    reaches it. Of ``statuses`` (the latest), ``categories``, ``credibilities`` (digits), ``verdicts`` (or
    ``NO_FINDING``) and ``reviews`` ("all", "some" or "none" of its claims were judged) one of those given holds. Lines
    of which people rejected every claim are left out unless ``rejected``; with ``released`` all are that no person
    stands behind (``review.release``).
    """

    as_of: str | None = None
    party: str | None = None
    item: str | None = None
    words: tuple[str, ...] = ()
    supplier: str | None = None
    recipient: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    documents: tuple[str, ...] = ()
    measure: str | None = None
    statuses: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    credibilities: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    rejected: bool = False
    released: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """How many lines are all that is asked for; and how many would be, were one answer alone chosen of its kind."""

    total: int
    statuses: Mapping[str, int]
    categories: Mapping[str, int]
    credibilities: Mapping[str, int]
    verdicts: Mapping[str, int]
    reviews: Mapping[str, int]
    measures: Mapping[str, int]


def conditions(query: TransferQuery) -> list[ColumnElement[bool]]:
    """Return what a line must be."""
    found = [*_time(query), *(make(query) for is_asked, make in _ASKED if is_asked(query))]
    return found if query.rejected else [*found, _L.is_rejected.is_(False)]


def count_facets(connection: Connection, query: TransferQuery) -> Facets:
    """Return how many lines there are for each answer that could be chosen, beside what else is asked for."""
    base = replace(query, statuses=(), categories=(), credibilities=(), verdicts=(), reviews=())
    columns = [facet.column for facet in _FACETS]
    alike = select(*columns, func.count()).where(*conditions(base)).group_by(*columns)
    rows = connection.execute(alike).all()
    if not rows:
        return Facets(0, {}, {}, {}, {}, {}, {})
    *values, lines = zip(*rows, strict=True)
    fitting = {one.name: _fitting(one, found, query) for one, found in zip(_FACETS, values, strict=True)}
    chosen = {name: fits for name, fits in fitting.items() if fits is not None}
    counts = {}
    for facet, found in zip(_FACETS, values, strict=True):
        others = [fits for name, fits in chosen.items() if name != facet.name]
        counts[facet.name] = _count(_weigh(found, lines, others), facet, query)
    laws = _weigh(values[_LAW], lines, list(chosen.values()))
    return Facets(laws.total(), measures=_count(laws, _MEASURES, query), **counts)


def _fitting(facet: _Facet, values: Sequence[Any], query: TransferQuery) -> list[bool] | None:
    """Tell of each line whether it is one of the answers chosen of a kind; None where none is chosen."""
    chosen = frozenset(getattr(query, facet.name))
    if not chosen:
        return None
    fits = {value: not chosen.isdisjoint(facet.read(value, query)) for value in set(values)}
    return [fits[value] for value in values]


def _weigh(values: Sequence[Any], lines: Sequence[int], fitting: Sequence[Sequence[bool]]) -> Counter[Any]:
    """Return how many lines there are of each value, of those that fit in all ways."""
    found: Counter[Any] = Counter()
    pairs = zip(values, lines, strict=True)
    for value, number in compress(pairs, map(all, zip(*fitting, strict=True))) if fitting else pairs:
        found[value] += number
    return found


def _count(values: Counter[Any], facet: _Facet, query: TransferQuery) -> Counter[str]:
    found: Counter[str] = Counter()
    for value, number in values.items():
        found.update(dict.fromkeys(facet.read(value, query), number))
    return found


def _pairs(law: str) -> list[tuple[str, str]]:
    """Return verdict and measure of each finding on a line."""
    return [(verdict, measure) for verdict, _, measure in (one.partition("/") for one in law.split())]


def _verdicts(law: str, query: TransferQuery) -> set[str]:
    return {verdict for verdict, of in _pairs(law) if query.measure in {None, of}} or {NO_FINDING}


class _Facet(NamedTuple):
    """A kind of answers: its name, the column that tells them, and how they are read from it."""

    name: str
    column: ColumnElement[Any]
    read: Callable[[Any, TransferQuery], Iterable[str]]


_FACETS: Final = (
    _Facet("statuses", _L.status, lambda status, _: (status,)),
    _Facet("categories", _L.categories, lambda listed, _: listed.split()),
    _Facet("credibilities", _L.credibility, lambda digit, _: (str(digit),)),
    _Facet("verdicts", _L.law, _verdicts),
    _Facet("reviews", _L.review, lambda review, _: (review,)),
)
_MEASURES: Final = _Facet("measures", _L.law, lambda law, _: {measure for _, measure in _pairs(law)})
_LAW: Final = 3  # where in ``_FACETS``


def _time(query: TransferQuery) -> tuple[ColumnElement[bool], ...]:
    if query.as_of is None:
        return _L.until_day == NO_DAY, _L.is_today.is_(True)
    return _L.until_day > query.as_of, _L.from_day <= query.as_of


def _is_party(query: TransferQuery) -> ColumnElement[bool]:
    words = query.party or ""
    return or_(_holds(_L.party_words, words), _codes(words, _L.suppliers, _L.recipients))


def _has_words(query: TransferQuery) -> ColumnElement[bool]:
    columns = (_L.party_words, _L.item_words, _L.words)
    return and_(*(or_(*(_holds(column, word) for column in columns)) for word in query.words))


def _has_verdict(query: TransferQuery) -> ColumnElement[bool]:
    ends = f"{query.measure} " if query.measure else ""
    told = [_L.law.contains(f" {one}/{ends}", autoescape=True) for one in query.verdicts if one != NO_FINDING]
    return or_(*told, *[_L.law == ""] * (NO_FINDING in query.verdicts))


def _was_told(query: TransferQuery) -> ColumnElement[bool]:
    return _within(query, and_(_C.day >= (query.first_day or ""), _C.day <= (query.last_day or NO_DAY)))


def _within(query: TransferQuery, where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether a claim of a transfer, as far as it was known, is such."""
    known = [_C.day <= query.as_of] if query.as_of else []
    return _L.transfer_id.in_(select(_C.transfer_id).where(_C.role == _CLAIM, where, *known))


def _runs(query: TransferQuery) -> ColumnElement[bool]:
    """Tell whether claims of a line tell of both sides together: each of several suppliers may have its recipient."""
    sides = (TRANSFER_ROUTES.c.supplier, query.supplier), (TRANSFER_ROUTES.c.recipient, query.recipient)
    of_both = and_(*(column == (code or "").strip().upper() for column, code in sides))
    found = select(TRANSFER_ROUTES.c.transfer_id, TRANSFER_ROUTES.c.from_day).where(of_both)
    return tuple_(_L.transfer_id, _L.from_day).in_(found)


def _holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Tell whether folded words stand in a column, from the beginning of a word on."""
    return column.contains(f" {words}", autoescape=True) if words else false()


def _codes(code: str, *columns: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(_lists(code.strip().upper(), column) for column in columns))


def _lists(code: str, column: ColumnElement[str]) -> ColumnElement[bool]:
    return column.contains(f" {code} ", autoescape=True)


_Test = Callable[[TransferQuery], bool]
_Make = Callable[[TransferQuery], ColumnElement[bool]]
_ASKED: Final[tuple[tuple[_Test, _Make], ...]] = (
    (lambda q: q.party is not None, _is_party),
    (lambda q: q.item is not None, lambda q: _holds(_L.item_words, q.item or "")),
    (lambda q: bool(q.words), _has_words),
    (lambda q: q.supplier is not None, lambda q: _codes(q.supplier or "", _L.suppliers)),
    (lambda q: q.recipient is not None, lambda q: _codes(q.recipient or "", _L.recipients)),
    (lambda q: q.supplier is not None and q.recipient is not None, _runs),
    (lambda q: bool(q.first_day or q.last_day), _was_told),
    (lambda q: bool(q.documents), lambda q: _within(q, _C.document_id.in_(q.documents))),
    (lambda q: q.measure is not None, lambda q: _L.law.contains(f"/{q.measure} ", autoescape=True)),
    (lambda q: bool(q.statuses), lambda q: _L.status.in_(q.statuses)),
    (lambda q: bool(q.categories), lambda q: or_(*(_lists(one, _L.categories) for one in q.categories))),
    (lambda q: bool(q.credibilities), lambda q: _L.credibility.in_([int(c) for c in q.credibilities])),
    (lambda q: bool(q.verdicts), _has_verdict),
    (lambda q: bool(q.reviews), lambda q: _L.review.in_(q.reviews)),
    (lambda q: q.released, lambda _: _L.is_released.is_(True)),
)
