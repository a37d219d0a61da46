"""What a person says of a claim: checked against what stands, refused where that changed meanwhile, kept and recorded.

Everything that one person says at once is one transaction, with what the record of deeds tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from armstrace.document import Document
from armstrace.errors import StaleError, StoreError
from armstrace.lexicon.load import load_country_labels
from armstrace.review.apply import ACCEPT, CORRECT, REJECT, Decision, Reviewed, apply_judgements
from armstrace.review.correct import Page, Setting, complete_corrections, find_problems
from armstrace.review.pairs import PAIRS, Carried
from armstrace.review.shape import ShapeError, check_field
from armstrace.review.undo import UNDO
from armstrace.reviewing import carried_pairs, decision_of, find_claim, rows_of
from armstrace.store import judgements
from armstrace.store.again import again
from armstrace.store.documents import find_document
from armstrace.store.judgements import Judgement, Seen, answer_mark, check_seen
from armstrace.store.people import Deed, note_deed
from armstrace.store.readings import StoredClaim, claims_of
from armstrace.store.repository import Store

_DID: Final[Mapping[str, str]] = {
    ACCEPT: "claim accepted",
    CORRECT: "claim corrected",
    REJECT: "claim rejected",
    "same-transfer": "claims told to be of one transfer",
    "different-transfer": "claims told to be of different transfers",
    UNDO: "judgement undone",
}


class Saying(NamedTuple):
    """What a person says of a claim: the verdict, who, when (ISO moment), and why.

    ``settings`` are what "correct" sets; ``fields`` those of which "accept" takes a correction back; ``other`` is the
    claim with which "same-transfer" and "different-transfer" compare it; "undo" takes back ``numbers``, by default what
    was said last.
    """

    verdict: str
    who: str
    at: str
    why: str | None = None
    settings: Sequence[Setting] = ()
    fields: Sequence[str] = ()
    other: str | None = None
    numbers: Sequence[int] = ()


class OpenClaim(NamedTuple):
    """A claim as it stands before a person.

    ``reviewed`` is the claim with what was judged of it, ``pairs`` the judgements on it and another; ``seen`` is what
    is told with a judgement made from it, to be refused where another was faster.
    """

    stored: StoredClaim
    reviewed: Reviewed
    pairs: tuple[tuple[Carried, Decision], ...]
    seen: Seen

    @property
    def last(self) -> tuple[int, ...]:
        """The numbers of what was said last and still holds; none where nothing does."""
        found: list[Decision] = [*self.reviewed.decisions, *(one for _, one in self.pairs)]
        found.sort(key=lambda one: one.number)
        return tuple(one.number for one in found if _said_at_once(one, found[-1]))


@again
def open_claim(store: Store, asked: str) -> OpenClaim:
    """Return a claim, asked for by its id or the beginning of it, as it stands.

    Raises:
        StoreError: there is none, or there are several.
    """
    claim = find_claim(store, asked)
    with store.database.read() as connection:
        return _stands(connection, claim)


def judge_claim(store: Store, asked: str, saying: Saying, seen: Seen | None = None) -> tuple[int, ...]:
    """Keep what a person says of a claim, asked for by its id or the beginning of it; return the judgements' numbers.

    A correction is kept as one judgement a field, each with its whole value, all or none. ``seen`` is what the person
    knew of the claim; None where that need not be asked.

    Raises:
        StaleError: somebody judged the claim since, or it is read otherwise.
        StoreError: there is no such claim, or it cannot be judged so; the text says what is allowed.
    """
    try:
        return say_of_claim(store, asked, saying, seen)
    except ShapeError as error:
        raise StoreError(f"claim {asked}: {error}") from error


@again
def say_of_claim(store: Store, asked: str, saying: Saying, seen: Seen | None = None) -> tuple[int, ...]:
    """Do as ``judge_claim``; tell by a ``ShapeError`` which field cannot hold what is set, so that it can be shown."""
    claim = find_claim(store, asked)
    other = find_claim(store, saying.other).id if saying.other else None
    with store.database.write() as connection:
        check_seen(connection, claim.document, claim.id, seen)
        stands = _stands(connection, claim)
        given = list(_judgements(connection, stands, saying, other))
        numbers = tuple(judgements.add(connection, one) for one in given)
        note_deed(connection, _deed(claim, saying, numbers, [one.field for one in given if one.field], other))
    return numbers


def problems_of(store: Store, opened: OpenClaim, settings: Sequence[Setting]) -> tuple[ShapeError, ...]:
    """Return what is wrong with corrections of a claim, of each field the first."""
    return find_problems(opened.reviewed.claim, settings, _page(store.document(opened.stored.document)))


def _page(document: Document | None) -> Page:
    return Page(document.text if document else "", load_country_labels())


def _stands(connection: Connection, claim: StoredClaim) -> OpenClaim:
    stored = list(claims_of(connection, [claim.document]))
    decided = list(judgements.judgements_of(connection, claim.document))
    reviews = apply_judgements(rows_of(stored), map(decision_of, decided))
    at = next((at for at, one in enumerate(stored) if one.id == claim.id), None)
    if at is None:
        raise StaleError(f"claim {claim.id}: is no longer read in document {claim.document}; look what is")
    reviewed = reviews.claims[at]
    carried = [one for one in carried_pairs(connection) if claim.id in {one.left, one.right}]
    bodies = judgements.judgements_by_number(connection, [one.number for one in carried])
    pairs = tuple((one, decision_of(bodies[one.number])) for one in carried if not one.is_undone)
    seen = Seen(judgements.latest_on(connection, [claim.id]).get(claim.id), answer_mark(stored[at].body))
    return OpenClaim(stored[at], reviewed, pairs, seen)


def _judgements(connection: Connection, stands: OpenClaim, saying: Saying, other: str | None) -> Iterator[Judgement]:
    _check_saying(saying)
    claim = stands.stored
    for field, value in _MADE.get(saying.verdict, _whole)(connection, stands, saying, other):
        yield Judgement(claim.document, claim.id, saying.verdict, saying.who, saying.at, field, value, saying.why)


_Given = Sequence[tuple[str | None, Any]]


def _whole(_: Connection, __: OpenClaim, ___: Saying, ____: str | None) -> _Given:
    return [(None, None)]


def _accepted(_: Connection, __: OpenClaim, saying: Saying, ___: str | None) -> _Given:
    return [(field, None) for field in saying.fields if check_field(field)] or [(None, None)]


def _corrected(connection: Connection, stands: OpenClaim, saying: Saying, _: str | None) -> _Given:
    page = _page(find_document(connection, stands.stored.document))
    return complete_corrections(stands.reviewed.claim, saying.settings, page)


def _paired(_: Connection, stands: OpenClaim, __: Saying, other: str | None) -> _Given:
    if other == stands.stored.id:
        raise ShapeError("is the same claim; give two")
    return [(None, other)]


def _undone(_: Connection, stands: OpenClaim, saying: Saying, __: str | None) -> _Given:
    holding = {one.number for one in stands.reviewed.decisions} | {pair.number for pair, _ in stands.pairs}
    numbers = sorted(set(saying.numbers or stands.last))
    if not numbers or not holding.issuperset(numbers):
        raise ShapeError("there is no such judgement on it to undo; `armstrace judgements` lists them")
    return [(None, numbers)]


_MADE: Final = {
    ACCEPT: _accepted,
    CORRECT: _corrected,
    "same-transfer": _paired,
    "different-transfer": _paired,
    UNDO: _undone,
}


def _check_saying(saying: Saying) -> None:
    """Refuse what does not go with a verdict, or lacks what it needs."""
    if bool(saying.settings) != (saying.verdict == CORRECT):
        raise ShapeError("to correct sets fields, such as supplier.country=KP, and no other verdict does")
    if bool(saying.other) != (saying.verdict in PAIRS):
        raise ShapeError("same-transfer and different-transfer need the other claim, and no other verdict has one")
    if saying.fields and saying.verdict != ACCEPT:
        raise ShapeError("a field alone can be accepted, as it was read, and nothing else")
    if saying.numbers and saying.verdict != UNDO:
        raise ShapeError("judgements by their numbers can be undone, and nothing else")


def _said_at_once(one: Decision, other: Decision) -> bool:
    return (one.who, one.at, one.verdict) == (other.who, other.at, other.verdict)


def _deed(claim: StoredClaim, saying: Saying, numbers: Sequence[int], fields: Sequence[str], other: str | None) -> Deed:
    more = {
        "judgements": list(numbers),
        "document": claim.document,
        "fields": list(fields),
        "other": other,
        "why": saying.why,
    }
    did = _DID.get(saying.verdict, saying.verdict)
    return Deed(saying.at, saying.who, did, claim.id, {name: value for name, value in more.items() if value})
