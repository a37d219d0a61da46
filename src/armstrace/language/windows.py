"""Which runs of sentences the role network reads at once: wanted ones, and the one before the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WINDOW_WORDS = 110  # room for a sentence, the one before and mostly another; cost grows with the square
WINDOW_TITLE = 20  # words of the title that stand before each window


def role_windows(lengths: Sequence[int], wanted: Collection[int]) -> list[tuple[int, int]]:
    """Return runs ``[start, stop)`` of sentences that hold every wanted one, each with its predecessor where it fits.

    ``lengths`` counts the words of each sentence. A run goes on while a wanted sentence fits in; a sentence that is
    too long by itself is a run of its own, and sentences without words (length 0) are no predecessors.
    """
    found: list[tuple[int, int]] = []
    done = 0
    for sentence in sorted(wanted):
        if sentence < done:
            continue
        start = sentence
        before = next((n for n in range(sentence - 1, -1, -1) if lengths[n]), sentence)
        if sum(lengths[before : sentence + 1]) <= WINDOW_WORDS:
            start = before
        stop, end, words = sentence + 1, sentence + 1, sum(lengths[start : sentence + 1])
        while end < len(lengths) and words + lengths[end] <= WINDOW_WORDS:
            words += lengths[end]
            end += 1
            if end - 1 in wanted:
                stop = end
        found.append((start, stop))
        done = stop
    return found
