"""The facts of a transfer: a function a kind, in the order in which an alert tells them.

Keys and values are kept: to word a value otherwise is to tell every watch that it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from armstrace.alerts.lines import Fact
from armstrace.alerts.watches import Kind
from armstrace.export.plain import plain
from armstrace.export.reviews import review_mark
from armstrace.export.transfer_words import (
    items_words,
    origin_words,
    period_words,
    place_words,
    range_words,
    route_words,
    saying_words,
    step_words,
)
from armstrace.export.wording import UNKNOWN, CountryNames, chain_words
from armstrace.register.backing import voices_of
from armstrace.register.history import latest_status
from armstrace.register.known import known_from
from armstrace.register.types import Transfer
from armstrace.told import Told


class _Case(NamedTuple):
    transfer: Transfer
    findings: Sequence[Mapping[str, Any]]
    names: CountryNames
    told: Mapping[str, Told]  # its claims, and those that say something else of it, by id


def facts_of(transfer: Transfer, findings: Sequence[Mapping[str, Any]], names: CountryNames) -> tuple[Fact, ...]:
    """Return the facts of a transfer, each kind and key once; ``findings`` are those on it, in their public shape."""
    told = {one.claim.id: one for one in (*transfer.claims, *transfer.context)}
    case = _Case(transfer, findings, names, told)
    found: dict[tuple[Kind, str], Fact] = {}
    for facts in FACTS:
        for fact in facts(case):
            place = (fact.kind, fact.key)
            known = found.get(place)
            found[place] = known._replace(claims=(*known.claims, *fact.claims)) if known else fact
    return tuple(found.values())


def _line(case: _Case) -> Iterator[Fact]:
    words = f"{route_words(case.transfer, case.names)}: {items_words(case.transfer)}"
    claims = tuple(told.claim.id for told in case.transfer.claims)
    yield Fact(Kind.NEW_TRANSFER, "", said=words, claims=claims, day=_first_day(case, claims))


def _claims(case: _Case) -> Iterator[Fact]:
    """Yield each document: it never changes, so that claims of one that is known already are only read anew."""
    documents: dict[str, list[Told]] = {}
    for told in case.transfer.claims:
        documents.setdefault(told.claim.document, []).append(told)
    for document, claims in documents.items():
        says = "; ".join(dict.fromkeys(map(saying_words, claims)))
        ids = tuple(told.claim.id for told in claims)
        words = f"{place_words(claims[0])}: {says}{_copy_words(claims[0])}"
        yield Fact(Kind.NEW_CLAIM, document, "", words, ids, known_from(claims[0].published))


def _origins(case: _Case) -> Iterator[Fact]:
    for origin in case.transfer.affirmed.origins:
        if origin.is_shown:
            words = origin_words(origin, case.names)
            yield Fact(Kind.NEW_ORIGIN, origin.key, "", words, origin.claims, _first_day(case, origin.claims))


def _denials(case: _Case) -> Iterator[Fact]:
    voices = voices_of(case.transfer.voices)
    for denial in case.transfer.denials:
        told = case.told[denial.claim]
        who = origin_words(voices[denial.claim], case.names) if denial.claim in voices else UNKNOWN
        against = "" if denial.counts else "; it does not count against the transfer"
        words = f"{who} denies the {denial.target}{against}"
        key = f"{told.claim.document} {denial.target}"
        yield Fact(Kind.DENIAL, key, "", words, (denial.claim,), known_from(told.published))


def _status(case: _Case) -> Iterator[Fact]:
    step = latest_status(case.transfer)
    if step:
        days = f" ({period_words(step.period)})" if step.period else ""
        yield Fact(Kind.STATUS, "", step_words(step), f"{step_words(step)}{days}", step.claims, step.reported)


def _quantity(case: _Case) -> Iterator[Fact]:
    words = "; ".join(map(range_words, case.transfer.ranges))
    given = [one for a in case.transfer.fields.quantity if a.value for one in a.backing.claims]
    if words:
        yield Fact(Kind.QUANTITY, "", words, words, tuple(given), _last_day(case, given))


def _taken_back(case: _Case) -> Iterator[Fact]:
    for one in case.transfer.revisions:
        if one.kind != "repeated" and one.claim in case.told:
            words = f" “{plain(one.correction)}”" if one.correction else ""
            key = f"{case.told[one.claim].claim.document} {one.kind} {one.document}"
            said = f"{one.kind}: {plain(one.rule)}{words}"
            yield Fact(Kind.WITHDRAWAL, key, "", said, (one.claim,), known_from(one.since))


def _context(case: _Case) -> Iterator[Fact]:
    """Yield what each document says else of the transfer: a confirmation, use, a shortage; by its kind, as it tells."""
    said: dict[str, list[Told]] = {}
    for told in case.transfer.context:
        if not told.is_rejected:
            said.setdefault(f"{told.claim.document} {told.claim.kind} {told.claim.polarity}", []).append(told)
    for key, claims in said.items():
        chains = dict.fromkeys(chain_words(told.claim.attribution, case.names) for told in claims)
        who = "; ".join(chain for chain in chains if chain != UNKNOWN)
        by = f", by {who}" if who else ""
        words = f"{place_words(claims[0])}: {saying_words(claims[0])}{by}{_copy_words(claims[0])}"
        ids = tuple(told.claim.id for told in claims)
        yield Fact(Kind.CONTEXT, key, "", words, ids, known_from(claims[0].published))


def _findings(case: _Case) -> Iterator[Fact]:
    for one in case.findings:
        verdict = str(one["verdict"]).replace("-", " ")
        said = plain(f"{verdict} ({one['instrument']}, {one['paragraph']})")
        yield Fact(Kind.FINDING, str(one["measure"]), verdict, said)


def _reviews(case: _Case) -> Iterator[Fact]:
    for told in case.told.values():
        if told.review:
            why = f": {plain(told.review.why)}" if told.review.why else ""
            said = f"claim {told.claim.id[:8]} {review_mark(told)}{why}"
            value = f"{told.review.at} {said}"
            yield Fact(Kind.REVIEW, told.claim.id, value, said, (told.claim.id,), told.review.at[:10])


FACTS: Final[tuple[Callable[[_Case], Iterable[Fact]], ...]] = (
    _line,
    _claims,
    _origins,
    _denials,
    _status,
    _quantity,
    _taken_back,
    _context,
    _findings,
    _reviews,
)


def _copy_words(told: Told) -> str:
    return "" if told.family == told.claim.document else " (repeats another text)"


def _first_day(case: _Case, claims: Iterable[str]) -> str | None:
    return min(_days(case, claims), default=None)


def _last_day(case: _Case, claims: Iterable[str]) -> str | None:
    return max(_days(case, claims), default=None)


def _days(case: _Case, claims: Iterable[str]) -> list[str]:
    found = (known_from(case.told[one].published) for one in claims if one in case.told)
    return [day for day in found if day]
