"""Articles put together from two texts: each stays with the text that gave it most, and joins no families.

A text that stands in none of its sources' families would be lost, and one that stands in both would make them one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

_APART: Final = 0.25  # of the smaller part: two parts that share more words of the article are one
_WHOLE: Final = 0.85  # of the article: one that has more words of its own took from one text that is not at hand


class Joint(NamedTuple):
    """Two linked documents; ``left_words`` and ``right_words`` are the numbers of the words that each shares.

    The sizes are those of both documents in words.
    """

    left: str
    right: str
    left_words: frozenset[int]
    right_words: frozenset[int]
    left_size: int
    right_size: int


def find_seams(joints: Sequence[Joint], published: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the links that combined articles make to the text that gave less.

    An article is combined where documents that have no link with one another but by it gave different parts of it and
    together nearly all, and some of each are not newer than it.
    """
    near: dict[str, dict[str, frozenset[int]]] = {}
    sizes: dict[str, int] = {}
    for joint in joints:
        near.setdefault(joint.left, {})[joint.right] = joint.left_words
        near.setdefault(joint.right, {})[joint.left] = joint.right_words
        sizes.update({joint.left: joint.left_size, joint.right: joint.right_size})
    seams: set[tuple[str, str]] = set()
    for article, givers in near.items():
        groups = _groups_beside(article, near)
        gave = {giver: groups[giver] for giver in givers}
        if len(set(gave.values())) > 1 and len(frozenset().union(*givers.values())) >= _WHOLE * sizes[article]:
            seams.update(_seams_of(article, givers, gave, published))
    return frozenset(seams)


def _groups_beside(article: str, near: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the group of each document that an article is linked with, by links that do not lead through it."""
    group: dict[str, str] = {}
    for start in sorted(near[article]):
        if start in group:
            continue
        group[start] = start
        open_ones = [start]
        while open_ones:
            for other in near[open_ones.pop()]:
                if other != article and other not in group:
                    group[other] = start
                    open_ones.append(other)
    return group


def _seams_of(
    article: str, givers: Mapping[str, frozenset[int]], group: Mapping[str, str], published: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    parts: dict[str, frozenset[int]] = {}
    for giver, words in givers.items():
        parts[group[giver]] = parts.get(group[giver], frozenset()) | words
    most = min(parts, key=lambda name: (-len(parts[name]), name))
    older = {group[giver] for giver in givers if published[giver] <= published[article]}
    for giver in sorted(givers):
        part = parts[group[giver]]
        both = len(part & parts[most])
        is_apart = both <= _APART * min(len(part), len(parts[most]))
        if group[giver] != most and is_apart and {group[giver], most} <= older:
            yield (article, giver) if article < giver else (giver, article)
