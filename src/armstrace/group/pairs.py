"""Two claims side by side."""

from __future__ import annotations

from typing import NamedTuple

from armstrace.group.subjects import Subject
from armstrace.group.times import days_between


class Pair(NamedTuple):
    """Two claims to be compared."""

    left: Subject
    right: Subject

    @property
    def days(self) -> int | None:
        """Days between the two; None if unknown.

        The times told for it count where both tell one of the same step; else each stands where its event was, or,
        with none told or one still to come, where it was reported.
        """
        left, right = self
        if left.event and right.event and left.status is right.status:
            return days_between(left.event, right.event)
        return days_between(left.moment, right.moment)

    @property
    def both_ways(self) -> tuple[tuple[Subject, Subject], tuple[Subject, Subject]]:
        """The two as they stand and the other way round."""
        return (self.left, self.right), (self.right, self.left)
