"""The runs of words that two texts share, in time that grows with their length and what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

SHORTEST: Final = 5  # words in a row; shorter ones are phrases of the language
_MOST_PLACES: Final = 8  # of one phrase in one text: what is repeated more often is a refrain

Phrase = tuple[str, ...]
Phrases = Mapping[Phrase, Sequence[int]]


class Run(NamedTuple):
    """Words ``left:left+length`` of one text that are words ``right:right+length`` of another."""

    left: int
    right: int
    length: int


def phrases_of(words: Sequence[str]) -> Phrases:
    """Return where each phrase of five words of a text begins, for its first eight places."""
    found: dict[Phrase, list[int]] = {}
    for at in range(len(words) - SHORTEST + 1):
        places = found.setdefault(tuple(words[at : at + SHORTEST]), [])
        if len(places) < _MOST_PLACES:
            places.append(at)
    return found


def shared_runs(
    left: Sequence[str], right: Sequence[str], left_phrases: Phrases | None = None, right_phrases: Phrases | None = None
) -> tuple[Run, ...]:
    """Return the longest shared runs of at least five words, none of whose words on either side stands in another.

    Long runs are taken first (greedy tiling), so a block that moved as a whole is one run. The phrases of a text may be
    given where it is compared often.
    """
    ours = phrases_of(left) if left_phrases is None else left_phrases
    theirs = phrases_of(right) if right_phrases is None else right_phrases
    found: list[Run] = []
    after = 0
    both = ours.keys() & theirs.keys()
    for at in sorted(at for phrase in both for at in ours[phrase]):
        if at >= after:
            found.append(_longest_at(left, right, at, theirs[tuple(left[at : at + SHORTEST])]))
            after = at + found[-1].length - SHORTEST + 1
    return _without_overlaps(found, len(left), len(right))


def _longest_at(left: Sequence[str], right: Sequence[str], at: int, starts: Sequence[int]) -> Run:
    best = Run(at, starts[0], 0)
    for start in starts:
        length = SHORTEST
        while at + length < len(left) and start + length < len(right) and left[at + length] == right[start + length]:
            length += 1
        if length > best.length:
            best = Run(at, start, length)
    return best


def _without_overlaps(found: Sequence[Run], left_size: int, right_size: int) -> tuple[Run, ...]:
    left_taken, right_taken = bytearray(left_size), bytearray(right_size)
    kept = []
    for run in sorted(found, key=lambda run: (-run.length, run.left, run.right)):
        piece = _free_part(run, left_taken, right_taken)
        if piece is not None:
            left_taken[piece.left : piece.left + piece.length] = b"\x01" * piece.length
            right_taken[piece.right : piece.right + piece.length] = b"\x01" * piece.length
            kept.append(piece)
    return tuple(sorted(kept))


def _free_part(run: Run, left_taken: bytearray, right_taken: bytearray) -> Run | None:
    """Return the longest part of a run whose words are free on both sides, if it is long enough."""
    best, begun = (0, 0), None
    for offset in range(run.length + 1):
        free = offset < run.length and not left_taken[run.left + offset] and not right_taken[run.right + offset]
        if free and begun is None:
            begun = offset
        elif not free and begun is not None:
            best = max(best, (offset - begun, begun))
            begun = None
    length, offset = best
    return Run(run.left + offset, run.right + offset, length) if length >= SHORTEST else None
