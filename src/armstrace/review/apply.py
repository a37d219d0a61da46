"""Judgements of people applied to the claims of one document, as they are read today.

1. Each judgement goes to the claim that it was made of (``same``); one whose claim is no longer read is kept aside.
2. The last one on a claim says whether it is rejected. 3. Of each field the last correction counts; an acceptance of
the field takes it back. 4. What is rejected or accepted is an answer: where the answer has changed since, the judgement
no longer holds, and the claim counts as read and waits to be judged anew. A correction says what is right whatever the
answer, so it stays. What was taken back (``undo``) counts for nothing. Nothing is removed, and the same judgements
always lead to the same claims.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from armstrace.review.same import changed_fields, find_same, in_contract_order, is_same_answer
from armstrace.review.shape import FIELDS
from armstrace.review.undo import UNDO, undone_by
from armstrace.told import ReviewState

Row = Mapping[str, Any]
ACCEPT, CORRECT, REJECT = "accept", "correct", "reject"
VERDICTS: Final = frozenset({ACCEPT, CORRECT, REJECT, UNDO})  # on pairs of claims: see ``pairs``


class Decision(NamedTuple):
    """A judgement of one claim: its number in the order of judging, and ``judged``, the claim as it was read then.

    ``field`` is "" where the whole claim is judged.
    """

    number: int
    claim: str
    verdict: str
    who: str
    at: str
    why: str | None = None
    field: str = ""
    value: Any = None
    judged: Row | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim as it counts, in the public shape, and what people judged of it.

    Attributes:
        claim: with all corrections made.
        state: what follows from the judgements.
        decisions: all that hold or were superseded on this claim, the oldest first.
        in_force: the last one, and the correction of each field that is corrected.
        original: the claim as read, None where nothing is corrected.
        changed: fields whose answer has changed since the last judgement.
        undone: decisions that were taken back, and those that took them back.
    """

    claim: Row
    state: ReviewState = ReviewState.UNREVIEWED
    decisions: tuple[Decision, ...] = ()
    in_force: tuple[Decision, ...] = ()
    original: Row | None = None
    changed: tuple[str, ...] = ()
    undone: tuple[Decision, ...] = ()

    @property
    def counts(self) -> bool:
        """Tell whether the register is made of it."""
        return self.state is not ReviewState.REJECTED


class Reviews(NamedTuple):
    """The claims of a document, all of them, and the judgements whose claim is no longer read."""

    claims: tuple[Reviewed, ...]
    waiting: tuple[Decision, ...] = ()


def apply_judgements(claims: Sequence[Row], decisions: Iterable[Decision]) -> Reviews:
    """Return the claims of one document, in their order, with what people judged of them.

    Judgements on pairs of claims (same or different transfer) are passed over.
    """
    by_id = {row["claim"]: row for row in claims}
    own: dict[str, list[Decision]] = {}
    waiting: list[Decision] = []
    given = sorted(decisions, key=_number)
    undone = undone_by(given)
    for decision in given:
        if decision.verdict not in VERDICTS:
            continue
        found = find_same(decision.claim, decision.judged, by_id)
        (own.setdefault(found, []) if found else waiting).append(decision)
    return Reviews(tuple(_reviewed(row, own.get(row["claim"], ()), undone) for row in claims), tuple(waiting))


def counting(reviews: Reviews) -> tuple[Row, ...]:
    """Return the claims that the register is made of, corrected."""
    return tuple(one.claim for one in reviews.claims if one.counts)


def _reviewed(row: Row, given: Sequence[Decision], undone: Collection[int]) -> Reviewed:
    decisions = [one for one in given if one.verdict != UNDO and one.number not in undone]
    taken_back = tuple(one for one in given if one.verdict == UNDO or one.number in undone)
    if not decisions:
        return Reviewed(row, undone=taken_back)
    last = decisions[-1]
    corrections = _corrections(row, decisions)
    agreed = {one.field for one in decisions if one.field and _is_agreed(one, row)}
    changed = tuple(name for name in changed_fields(last.judged, row) if name not in agreed)
    return Reviewed(
        claim=_corrected(row, corrections),
        state=_state(last, corrections, changed),
        decisions=tuple(decisions),
        in_force=tuple(sorted({last.number: last, **{one.number: one for one in corrections}}.values(), key=_number)),
        original=row if corrections else None,
        changed=changed,
        undone=taken_back,
    )


def _number(decision: Decision) -> int:
    return decision.number


def _state(last: Decision, corrections: Sequence[Decision], changed: Sequence[str]) -> ReviewState:
    if changed:
        return ReviewState.OUTDATED
    if last.verdict == REJECT:
        return ReviewState.REJECTED
    return ReviewState.CORRECTED if corrections else ReviewState.ACCEPTED


def _corrections(row: Row, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the correction of each field that counts; none where the reader gives that value by itself now."""
    by_field: dict[str, Decision] = {}
    for one in decisions:
        if one.field in FIELDS:
            by_field[one.field] = one
    counted = {name: one for name, one in by_field.items() if one.verdict == CORRECT and not _is_agreed(one, row)}
    return tuple(counted[name] for name in in_contract_order(tuple(counted)))


def _is_agreed(one: Decision, row: Row) -> bool:
    """Tell whether the reader says by now what a person said; who corrected words alone is not agreed with by that."""
    if one.verdict != CORRECT or one.field not in FIELDS:
        return False
    before = (one.judged or {}).get(one.field)
    is_other = one.judged is None or not is_same_answer(one.field, one.value, before)
    return is_other and is_same_answer(one.field, one.value, row.get(one.field))


def _corrected(row: Row, corrections: Sequence[Decision]) -> Row:
    """Return a claim with the values given; one that brings no words of its own is told to be the person's."""
    values = {one.field: one.value for one in corrections}
    read = [note for note in row["inferred"] if note.partition(" ")[0] not in values]  # the others are of the original
    own = [
        f"{one.field} corrected by {one.who}" for one in corrections if not _brings_words(one.value, row.get(one.field))
    ]
    return {**row, **values, "inferred": [*read, *own]}


def _brings_words(value: Any, before: Any) -> bool:  # noqa: ANN401 - values of any field
    """Tell whether every record of a value has a place in the text, and another than what was read."""
    rows = value if isinstance(value, list) else [value]
    spans = [row.get("span") if isinstance(row, dict) else None for row in rows]
    old = [row.get("span") for row in (before if isinstance(before, list) else [before]) if isinstance(row, dict)]
    return bool(spans) and all(span is not None and span not in old for span in spans)
