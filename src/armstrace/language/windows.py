"""Which runs of sentences the role network reads at once: a wanted sentence, the one before it, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WINDOW_WORDS = 110  # room for a sentence, the one before and mostly the next; cost grows with the square
WINDOW_TITLE = 20  # words of the title that stand before each window


def role_windows(lengths: Sequence[int], wanted: Collection[int]) -> list[tuple[int, int]]:
    """Return runs ``[start, stop)`` of sentences that hold every wanted one, each with its predecessor where it fits.

    ``lengths`` counts the words of each sentence. A run goes on while a wanted sentence fits in; a sentence that is
    too long by itself is a run of its own.
    """
    found: list[tuple[int, int]] = []
    done = 0
    for sentence in sorted(wanted):
        if sentence < done:
            continue
        start = sentence
        if start and lengths[start - 1] + lengths[start] <= WINDOW_WORDS:
            start -= 1
        stop, end, words = sentence + 1, sentence + 1, sum(lengths[start : sentence + 1])
        while end < len(lengths) and words + lengths[end] <= WINDOW_WORDS:
            words += lengths[end]
            end += 1
            if end - 1 in wanted:
                stop = end
        found.append((start, stop))
        done = stop
    return found
