"""Two claims side by side."""

from __future__ import annotations

from typing import NamedTuple

from armstrace.group.subjects import Subject
from armstrace.group.times import days_between


class Pair(NamedTuple):
    """Two claims to be compared; ``days`` apart, None if unknown."""

    left: Subject
    right: Subject
    days: int | None

    @property
    def both_ways(self) -> tuple[tuple[Subject, Subject], tuple[Subject, Subject]]:
        """The two as they stand and the other way round."""
        return (self.left, self.right), (self.right, self.left)


def pair_of(left: Subject, right: Subject) -> Pair:
    """Return two claims with the days between them.

    The times told for it count where both tell one of the same step; else each stands where its event was, or, with
    none told or one still to come, where it was reported.
    """
    if left.event and right.event and left.status is right.status:
        return Pair(left, right, days_between(left.event, right.event))
    return Pair(left, right, days_between(left.moment, right.moment))
