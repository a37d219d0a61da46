"""What two claims share in their words and texts, for all pairs of a large block at once, and the points for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from armstrace.document import Span
from armstrace.group.alike_story import TITLES_ALIKE, WORDS_ALIKE, refers_to_it
from armstrace.group.compare import STORY, sum_points
from armstrace.group.linkage import in_parts
from armstrace.group.pairs import Pair
from armstrace.group.subjects import Subject

_REFERRING: Final = in_parts(sum(f.points for f in STORY if f.asks is refers_to_it))
# What two texts may share, in the order of ``TextLinks.of``, and something that they then do not.
_SHARED: Final[tuple[tuple[str, object], ...]] = (
    ("document", "another"),
    ("family", "another"),
    ("span", Span(1, 2)),
    ("words", frozenset({"other"})),
    ("title", frozenset({"other"})),
)


class TextLinks:
    """The points of what two claims share in their words and texts."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._documents = numbered([subject.document for subject in subjects])
        self._families = numbered([subject.family for subject in subjects])
        self._spans = numbered([subject.span for subject in subjects])
        self._words = _Sets([subject.words for subject in subjects])
        self._titles = _Sets([subject.title for subject in subjects])
        self._points = np.array([_shared_points(subjects[0], shared) for shared in range(1 << len(_SHARED))])
        places = {subject.id: at for at, subject in enumerate(subjects)}
        self._referring: dict[int, list[int]] = defaultdict(list)
        for at, subject in enumerate(subjects):
            if subject.refers_to in places:
                self._referring[at].append(places[subject.refers_to])
                self._referring[places[subject.refers_to]].append(at)

    def of(self, at: int) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
        """Return the points of one claim with each; and of which more must be asked: copies, and what is referred to.

        What stands in one text, or one sentence, is read more strictly.
        """
        is_family = self._families == self._families[at]
        shared = (
            self._documents == self._documents[at],
            is_family,
            self._spans == self._spans[at],
            self._words.overlap(at) >= WORDS_ALIKE,
            self._titles.overlap(at) >= TITLES_ALIKE,
        )
        row = self._points[sum(held.astype(np.int64) << bit for bit, held in enumerate(shared))].astype(np.int16)
        is_unsure = is_family | (self._documents == self._documents[at])
        row[self._referring.get(at, [])] += _REFERRING
        is_unsure[self._referring.get(at, [])] = True
        return row, is_unsure


def _shared_points(example: Subject, shared: int) -> int:
    """Return the points of two claims whose texts share what the bits of a number say."""
    one = replace(
        example,
        is_row=False,
        id="one",
        document="one",
        family="one",
        span=Span(0, 1),
        words=frozenset({"one"}),
        title=frozenset({"one"}),
        refers_to=None,
    )
    differs = {name: value for bit, (name, value) in enumerate(_SHARED) if not shared >> bit & 1}
    other = replace(one, id="other", **differs)  # type: ignore[arg-type]  # each value is of its field's type
    return in_parts(sum_points(STORY, Pair(one, other, None)))


class _Sets:
    """Sets of words, and how much of all words of two sets both have."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        holders: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(sets):
            for word in words:
                holders[word].append(at)
        self._holders = {word: np.array(held) for word, held in holders.items()}
        self._sets = sets
        self._sizes = np.array([len(words) for words in sets])

    def overlap(self, at: int) -> NDArray[np.float64]:
        """Return the share of the words of one set and each that both have; 0 for an empty set."""
        held = [self._holders[word] for word in self._sets[at]]
        shared = np.bincount(np.concatenate(held), minlength=len(self._sets)) if held else np.zeros(len(self._sets))
        share: NDArray[np.float64] = shared / np.maximum(self._sizes + len(self._sets[at]) - shared, 1)
        return share


class RowLinks:
    """Which claims stand in one row of a list, and which in two rows of it."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._is_row = np.array([subject.is_row for subject in subjects])
        self._documents = numbered([subject.document for subject in subjects])
        self._spans = numbered([subject.span for subject in subjects])

    def of(self, at: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return the claims that stand in one row with a claim, and those in other rows of its list."""
        is_list = self._is_row & self._is_row[at] & (self._documents == self._documents[at])
        is_one = is_list & (self._spans == self._spans[at])
        return is_one, is_list & ~is_one


def numbered(names: Sequence[Hashable]) -> NDArray[np.int64]:
    """Return a number for each name, the same for equal ones."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names])
