"""Whether a claim as it was judged is one of those read today, and what of its answer has changed since.

1. A claim of the same id is the same. 2. Where the document has none of that id any more, the one claim is the same
that stands in the same evidence, is of the same kind, and names the same parties and categories of arms. Where two do,
or none does, the judgement waits to be made anew: doubt moves no judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]


def find_same(judged_id: str, judged: Row | None, claims: Mapping[str, Row]) -> str | None:
    """Return the id of the claim read today that was judged; None where none, or no single one, is it."""
    if judged_id in claims:
        return judged_id
    if judged is None:
        return None
    likely = [one for one, row in claims.items() if _marks(row) == _marks(judged)]
    return likely[0] if len(likely) == 1 else None


def changed_fields(judged: Row | None, now: Row) -> tuple[str, ...]:
    """Return the fields whose answer differs: what is said, not its words, their places or codes of arms."""
    if judged is None:
        return ()
    return tuple(name for name, answer in _ANSWERS.items() if answer(judged.get(name)) != answer(now.get(name)))


def is_same_answer(name: str, one: Any, other: Any) -> bool:  # noqa: ANN401 - values of any field
    """Tell whether two values of a field say the same."""
    answer = _ANSWERS[name]
    return bool(answer(one) == answer(other))


def _marks(row: Row) -> tuple[object, ...]:
    """Return what a claim is known by when its id changed."""
    arms = frozenset(item["category"] for item in row["items"])
    return (row["kind"], tuple(row["evidence"]["span"]), _party(row["supplier"]), _party(row["recipient"]), arms)


def _plain(value: Any) -> object:  # noqa: ANN401
    return tuple(value) if isinstance(value, list) else value


def _keys(*names: str) -> Callable[[Any], object]:
    return lambda row: tuple(row.get(name) for name in names) if row else None


def _each(answer: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda rows: tuple(map(answer, rows or ()))


_party: Final = _keys("country", "organisation")
# One line a field of ``shape.FIELDS``.
_ANSWERS: Final[Mapping[str, Callable[[Any], object]]] = {
    "kind": _plain,
    "supplier": _party,
    "recipient": _party,
    "maker": _party,
    "items": _each(_keys("designation", "description", "category")),
    "quantity": _keys("low", "best", "high", "unit"),
    "value": _keys("amount", "low", "high", "currency"),
    "mode": _plain,
    "via": _each(_party),
    "refers_to": lambda value: value is None,  # ids change, that it speaks of another does not
    "status": _plain,
    "polarity": _plain,
    "certainty": _plain,
    "likelihood": _plain,
    "when": _keys("start", "end", "precision"),
    "attribution": _each(_keys("name", "kind", "country", "named")),
}


def in_contract_order(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of fields in the order of the contract."""
    return tuple(name for name in _ANSWERS if name in names)
