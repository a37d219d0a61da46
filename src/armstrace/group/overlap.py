"""What two texts share, in figures that a person can check."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz.distance import LCSseq

from armstrace.group.common_words import COMMON_WORDS
from armstrace.group.runs import Phrases, Run, phrases_of, shared_runs
from armstrace.group.sketches import SHINGLE, triple_hashes
from armstrace.group.words import Words, compared_key, content_stem

_COMMON: Final = frozenset(content_stem(compared_key(word)) for word in COMMON_WORDS)


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text made ready for comparison, once for all pairs.

    Attributes:
        words: its words.
        stems: the stems of its content words.
        places: the number of the word that each stem comes from.
        details: its uncommon words that are no names and no quotations: what one reporter saw and another did not.
        phrases: where its phrases begin.
    """

    words: Words
    stems: tuple[str, ...]
    places: tuple[int, ...]
    details: frozenset[str]
    phrases: Phrases


def compared_text(words: Words) -> ComparedText:
    """Return compared words with what is compared of them."""
    rows = [(stem, at) for at, key in enumerate(words.keys) if (stem := content_stem(key))]
    names = frozenset(stem for stem, at in rows if words.named[at])
    own = frozenset(stem for stem, at in rows if not words.quoted[at] and not stem[0].isdigit())
    stems, places = tuple(stem for stem, _ in rows), tuple(at for _, at in rows)
    return ComparedText(words, stems, places, own - names - _COMMON, phrases_of(words.keys))


def without_passages(text: ComparedText, hashes: Collection[int]) -> ComparedText:
    """Return a text without the words of the content triples whose hashes are given; the same if it holds none."""
    dropped: set[int] = set()
    for at, found in enumerate(triple_hashes(text.stems).tolist()):
        if found in hashes:
            dropped.update(range(text.places[at], text.places[at + SHINGLE - 1] + 1))
    if not dropped:
        return text
    kept = [at for at in range(len(text.words.keys)) if at not in dropped]
    return compared_text(Words(*(tuple(column[at] for at in kept) for column in text.words)))  # type: ignore[arg-type]


def passages_of(text: ComparedText, runs: Sequence[Run], shortest: int) -> frozenset[int]:
    """Return the hashes of the content triples inside those runs (of the left text) that have so many words."""
    inside = np.zeros(len(text.words.keys) + 1, dtype=np.int64)
    for number, run in enumerate(runs, start=1):
        if run.length >= shortest:
            inside[run.left : run.left + run.length] = number
    found = triple_hashes(text.stems).tolist()
    ends = [(inside[text.places[at]], inside[text.places[at + SHINGLE - 1]]) for at in range(len(found))]
    return frozenset(one for one, (first, last) in zip(found, ends, strict=True) if first and first == last)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. All shares are of the shorter text.

    Attributes:
        runs: shared runs of at least five words, in the order of the first text.
        covered: share of its words that stand in shared runs.
        covered_rest: the same without the longest run.
        reused: share of its words that stand in shared runs, those in quotation marks counted half: who heard the same
            speech quotes the same words.
        reused_rest: the same without the weightiest run: one block may be a standing paragraph, two are a text.
        longest: words of the longest run.
        weightiest: words of the weightiest run, those in quotation marks counted half.
        vocabulary: share of its distinct content stems that the other text has too.
        in_order: share of its content stems, outside the longest run, that come in the same order in both.
        details: share of its uncommon words, no names and outside quotation marks, that the other text has such too, as
            if it had five more: of one or two words nothing follows.
        words: how many words the shorter text has.
    """

    runs: tuple[Run, ...]
    covered: float
    covered_rest: float
    reused: float
    reused_rest: float
    longest: int
    weightiest: float
    vocabulary: float
    in_order: float
    details: float
    words: int


_MORE_DETAILS: Final = 5


def compare_texts(left: ComparedText, right: ComparedText) -> Overlap:
    """Return what two texts share; the same whichever comes first, but for the sides of ``runs``."""
    runs = shared_runs(left.words.keys, right.words.keys, left.phrases, right.phrases)
    shorter, longer = sorted((left, right), key=lambda text: (len(text.words.keys), text.words.keys))
    words = max(1, len(shorter.words.keys))
    longest = max(runs, key=lambda run: (run.length, -run.left), default=Run(0, 0, 0))
    covered = sum(run.length for run in runs)
    weights = [run.length - sum(left.words.quoted[run.left : run.left + run.length]) / 2 for run in runs]
    weightiest = max(weights, default=0.0)
    return Overlap(
        runs=runs,
        covered=covered / words,
        covered_rest=(covered - longest.length) / max(1, words - longest.length),
        reused=sum(weights) / words,
        reused_rest=(sum(weights) - weightiest) / max(1, words - weightiest),
        longest=longest.length,
        weightiest=weightiest,
        vocabulary=_vocabulary(left.stems, right.stems),
        in_order=_in_order(left, right, longest),
        details=len(shorter.details & longer.details) / (len(shorter.details) + _MORE_DETAILS),
        words=words,
    )


def _vocabulary(left: Sequence[str], right: Sequence[str]) -> float:
    one, other = set(left), set(right)
    return len(one & other) / max(1, min(len(one), len(other)))


def _in_order(left: ComparedText, right: ComparedText, longest: Run) -> float:
    one = _stems_outside(left, longest.left, longest.length)
    other = _stems_outside(right, longest.right, longest.length)
    return float(LCSseq.similarity(one, other)) / max(1, min(len(one), len(other)))


def _stems_outside(text: ComparedText, start: int, length: int) -> list[str]:
    """Return the stems of a text without those of its words ``start:start+length``."""
    rows = zip(text.stems, text.places, strict=True)
    return [stem for stem, at in rows if not start <= at < start + length]
