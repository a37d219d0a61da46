"""The steps of grouping claims, each for what is touched alone: parts of a block, what fits them, groups of parts.

All together they make what ``clusters.group_claims`` makes of all claims at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from armstrace.group.clusters import Block, Choice, Group, Part, add_claims, group_claims, score_of
from armstrace.group.compare import SAME_FROM
from armstrace.group.compared import Judgement
from armstrace.group.linkage import mean_score
from armstrace.lexicon.match import Matcher
from armstrace.told import Told


class Members(NamedTuple):
    """Claims that belong together, of one block."""

    block: Block
    claims: tuple[Told, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the claims in order; the first names the part."""
        return tuple(sorted(told.claim.id for told in self.claims))


def is_open(block: Block) -> bool:
    """Tell whether one party of a block is unknown and the other known: its parts may join one with both known."""
    return (block.supplier is None) != (block.recipient is None)


def parts_of(claims: Sequence[Told], names: Matcher, judgements: Sequence[Judgement]) -> tuple[tuple[str, ...], ...]:
    """Return the parts of the claims of one block, by their ids."""
    return tuple(part.claims for group in group_claims(claims, names, judgements) for part in group.parts)


def find_fits(
    pairs: Iterable[tuple[Members, Members]], names: Matcher, judgements: Sequence[Judgement]
) -> Iterator[tuple[str, str, float]]:
    """Yield, of pairs of an open part and one of known parties, those that fit: first claims and score."""
    listed = list(pairs)
    score = score_of((told for pair in listed for part in pair for told in part.claims), names, judgements)
    for part, other in listed:
        found = mean_score(part.ids, other.ids, score)
        if found is not None and found >= SAME_FROM:
            yield part.ids[0], other.ids[0], found


def assemble(
    parts: Iterable[Members], choices: Mapping[str, Choice], names: Matcher, judgements: Sequence[Judgement]
) -> tuple[tuple[Told, ...], ...]:
    """Return the claims of each group that parts make, given which part each open one chose, and people's judgements.

    The parts must be all of the groups that they make.
    """
    alone = [
        Group("", part.claims, (), (Part(part.block, part.ids, choices.get(part.ids[0])),))
        for part in sorted(parts, key=lambda part: part.ids)
    ]
    return tuple(group.claims for group in add_claims(alone, (), names, judgements))
