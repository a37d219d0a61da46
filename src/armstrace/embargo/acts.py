"""What the stage that a transfer has reached means in law: a plan is no delivery, but an order may be a sale."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from armstrace.embargo.answers import Answer, Held, supposed
from armstrace.embargo.measures import Act, Entry
from armstrace.model import Status

_DEALS = frozenset({Act.SALE, Act.PROCUREMENT})
_NEVER = ("That it is never carried out.",)
_AFTER_ALL = ("That it was carried out after all.",)
_CASES = supposed("if it is carried out", "if it never is")


def falls_under(entry: Entry, status: Status) -> Answer:
    """Return whether what is said to have been done falls under the acts that an entry forbids."""
    return _STAGES[status](entry)


def _done(_: Entry) -> Answer:
    return Answer(Held.YES, "")


def _intended(_: Entry) -> Answer:
    return Answer(Held.YES, "if carried out: a plan or an approval is not yet a delivery", _NEVER)


def _ordered(entry: Entry) -> Answer:
    if _DEALS & {*entry.acts}:
        act = "procurement" if Act.PROCUREMENT in entry.acts else "sale"
        return Answer(Held.YES, f"if carried out; the order itself may be the {act} that the text forbids")
    return Answer(Held.YES, "if carried out: the text forbids the supply, not the order", _NEVER)


def _wanted(entry: Entry) -> Answer:
    if Act.BROKERING in entry.acts:
        why = "nothing has moved yet; an offer or a request falls under the text only as brokering, or if carried out"
    else:
        why = "nothing has moved yet; the text forbids no offer or request, only what follows from it"
    return Answer(Held.MAYBE, why, (), _CASES)


def _cancelled(entry: Entry) -> Answer:
    if Act.BROKERING not in entry.acts:
        return Answer(Held.NO, "it was cancelled, nothing is said to have moved", _AFTER_ALL)
    cases = supposed("if it was brokered or sold before", "if no deal was made")
    return Answer(Held.MAYBE, "it was cancelled; the text forbids brokering too, which may have come before", (), cases)


def _refused(_: Entry) -> Answer:
    return Answer(Held.NO, "it was refused, nothing is said to have moved", _AFTER_ALL)


_STAGES: Mapping[Status, Callable[[Entry], Answer]] = {
    Status.SOUGHT: _wanted,
    Status.OFFERED: _wanted,
    Status.PLANNED: _intended,
    Status.APPROVED: _intended,
    Status.ORDERED: _ordered,
    Status.IN_TRANSIT: _done,
    Status.DELIVERED: _done,
    Status.USED: _done,
    Status.SEIZED: _done,
    Status.CANCELLED: _cancelled,
    Status.REFUSED: _refused,
    Status.UNSPECIFIED: _done,
}
