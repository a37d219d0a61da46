"""Whether a line of the register may be shown to the public where only reviewed lines are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from armstrace.told import ReviewState, Told

_HELD: Final = frozenset({ReviewState.ACCEPTED, ReviewState.CORRECTED})


class Taken(Protocol):
    """What became of a claim by its outlet's own later word."""

    @property
    def claim(self) -> str:
        """The id of the claim."""

    @property
    def takes_back(self) -> bool:
        """Whether the outlet no longer says it."""


class Line(Protocol):
    """A line of the register: its claims, and what their outlets took back."""

    @property
    def claims(self) -> Sequence[Told]:
        """The transfer claims."""

    @property
    def revisions(self) -> Sequence[Taken]:
        """What became of them."""


def is_released(transfer: Line) -> bool:
    """Tell whether people stand behind a line.

    1. A person accepted or corrected at least one claim that its outlet has not taken back. 2. None that was judged
    waits to be judged anew because the reader answers otherwise since. Claims that nobody looked at do not hold a line
    back: what they say beside the reviewed ones is marked as unreviewed.
    """
    states = {told.claim.id: told.review.state for told in transfer.claims if told.review}
    taken_back = {one.claim for one in transfer.revisions if one.takes_back}
    is_held = any(state in _HELD for claim, state in states.items() if claim not in taken_back)
    return is_held and ReviewState.OUTDATED not in states.values()
