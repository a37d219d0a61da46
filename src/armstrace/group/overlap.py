"""What two texts share, in figures that a person can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from armstrace.group.runs import Run, shared_runs
from armstrace.group.words import Words, content_stem


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text made ready for comparison, once for all pairs."""

    words: Words
    stems: tuple[str, ...]
    stem_places: tuple[int, ...]  # the number of the word that each stem comes from


def compared_text(words: Words) -> ComparedText:
    """Return compared words with their content stems."""
    rows = [(stem, at) for at, key in enumerate(words.keys) if (stem := content_stem(key))]
    return ComparedText(words, tuple(stem for stem, _ in rows), tuple(at for _, at in rows))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. All shares are of the shorter text.

    Attributes:
        runs: shared runs of at least five words, in the order of the first text.
        covered: share of its words that stand in shared runs.
        covered_rest: the same without the longest run: one block may be a standing paragraph, two are a text.
        covered_quoted: share of its words that stand in shared runs and in quotation marks.
        longest: words of the longest run.
        vocabulary: share of its distinct content stems that the other text has too.
        in_order: share of its content stems, outside the longest run, that come in the same order in both.
        words: how many words the shorter text has.
    """

    runs: tuple[Run, ...]
    covered: float
    covered_rest: float
    covered_quoted: float
    longest: int
    vocabulary: float
    in_order: float
    words: int


def compare_texts(left: ComparedText, right: ComparedText) -> Overlap:
    """Return what two texts share; the same whichever comes first, but for the sides of ``runs``."""
    runs = shared_runs(left.words.keys, right.words.keys)
    words = max(1, min(len(left.words.keys), len(right.words.keys)))
    longest = max(runs, key=lambda run: (run.length, -run.left), default=None)
    size = longest.length if longest else 0
    covered = sum(run.length for run in runs)
    quoted = sum(sum(left.words.quoted[run.left : run.left + run.length]) for run in runs)
    return Overlap(
        runs=runs,
        covered=covered / words,
        covered_rest=(covered - size) / max(1, words - size),
        covered_quoted=quoted / words,
        longest=size,
        vocabulary=_vocabulary(left.stems, right.stems),
        in_order=_in_order(left, right, longest),
        words=words,
    )


def _vocabulary(left: Sequence[str], right: Sequence[str]) -> float:
    one, other = set(left), set(right)
    return len(one & other) / max(1, min(len(one), len(other)))


def _in_order(left: ComparedText, right: ComparedText, longest: Run | None) -> float:
    one = _stems_outside(left, longest.left if longest else 0, longest.length if longest else 0)
    other = _stems_outside(right, longest.right if longest else 0, longest.length if longest else 0)
    return float(LCSseq.similarity(one, other)) / max(1, min(len(one), len(other)))


def _stems_outside(text: ComparedText, start: int, length: int) -> list[str]:
    """Return the stems of a text without those of its words ``start:start+length``."""
    rows = zip(text.stems, text.stem_places, strict=True)
    return [stem for stem, at in rows if not start <= at < start + length]
