"""Which claims wait for a person, and which first: a literal table of reasons, each shown beside the claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from armstrace.told import ReviewState

WAITING: Final = (ReviewState.UNREVIEWED, ReviewState.OUTDATED)
_FEW: Final = 2  # origins that affirm: with fewer, one misread claim makes or breaks the line


class Standing(NamedTuple):
    """What makes a claim urgent.

    ``conflicts`` and ``breaches`` count those of its transfer, ``origins`` the independent ones that affirm it; all
    None for a claim of no transfer.
    """

    conflicts: int | None
    breaches: int | None
    origins: int | None
    state: ReviewState = ReviewState.UNREVIEWED


class Reason(NamedTuple):
    """A reason to review a claim before others: what it weighs, in words, and whether it holds."""

    weight: int
    words: str
    holds: Callable[[Standing], bool]


# Each weighs more than all below it together, so that the sum says which hold.
REASONS: Final = (
    Reason(8, "claims of the transfer contradict each other", lambda s: bool(s.conflicts)),
    Reason(4, "the transfer would breach a measure, if it is true", lambda s: bool(s.breaches)),
    Reason(2, "judged before, and read otherwise since", lambda s: s.state is ReviewState.OUTDATED),
    Reason(
        1,
        "fewer than two independent origins affirm the transfer",
        lambda s: s.origins is not None and s.origins < _FEW,
    ),
)
LAST: Final = sum(reason.weight for reason in REASONS)


def rank_of(standing: Standing) -> int:
    """Return the place among claims that wait: 0 first; those of one place are taken by day."""
    return LAST - sum(reason.weight for reason in REASONS if reason.holds(standing))


def reasons_of(rank: int) -> tuple[str, ...]:
    """Return in words the reasons that gave a place."""
    return tuple(reason.words for reason in REASONS if (LAST - rank) & reason.weight)
