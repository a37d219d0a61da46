"""Judgements that were taken back: nothing is deleted, a later one says which no longer hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Protocol

UNDO: Final = "undo"


class Numbered(Protocol):
    """A judgement, its number in the order of judging; ``value`` of an undoing one are the numbers that it undoes."""

    @property
    def number(self) -> int:
        """The number."""

    @property
    def verdict(self) -> str:
        """What was judged."""

    @property
    def value(self) -> Any:  # noqa: ANN401 - JSON is of any type
        """What was set."""


def undone_by(judgements: Iterable[Numbered]) -> frozenset[int]:
    """Return the numbers of the judgements that later ones took back; what took back may itself be taken back."""
    undone: set[int] = set()
    for one in sorted(judgements, key=lambda one: one.number, reverse=True):
        if one.verdict == UNDO and one.number not in undone and isinstance(one.value, list):
            undone.update(number for number in one.value if isinstance(number, int) and number < one.number)
    return frozenset(undone)
