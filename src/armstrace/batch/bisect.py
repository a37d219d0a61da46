"""Which records of a part kill the process that reads them."""

from __future__ import annotations

from collections.abc import Callable

Span = tuple[int, int]


def find_deadly(dies: Callable[[Span], bool], span: Span) -> tuple[int, ...]:
    """Return the numbers of the records that are deadly alone, out of a half-open span that is deadly as a whole.

    None are where only many together are: then it is memory that lacks, or the parts are too large.
    """
    start, end = span
    if end - start <= 1:
        return (start,)
    middle = (start + end) // 2
    halves = ((start, middle), (middle, end))
    return tuple(number for half in halves if dies(half) for number in find_deadly(dies, half))
