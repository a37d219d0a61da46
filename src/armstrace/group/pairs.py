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
        """Days between the events told, else between the reports, else between event and report; None if unknown."""
        told = days_between(self.left.event, self.right.event)
        if told is not None:
            return told
        reported = days_between(self.left.reported, self.right.reported)
        if reported is not None:
            return reported
        return days_between(self.left.event or self.left.reported, self.right.event or self.right.reported)

    @property
    def both_ways(self) -> tuple[tuple[Subject, Subject], tuple[Subject, Subject]]:
        """The two as they stand and the other way round."""
        return (self.left, self.right), (self.right, self.left)
