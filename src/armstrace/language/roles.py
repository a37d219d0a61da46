"""What the role network sees in sentences: which words express a transfer of arms, and which words fill its roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from armstrace.language.encoder import PIECES_PER_SENTENCE, Encoder, RoleScores
from armstrace.language.tokens import split_tokens
from armstrace.language.windows import WINDOW_TITLE, role_windows
from armstrace.model import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from armstrace.language.sentence import Sentence

_PIECES = PIECES_PER_SENTENCE - 10  # leaves room for the marks around title and text
_LONGEST = 200  # words of a sentence that are read; what is longer is a list or a table


@dataclass(frozen=True, slots=True)
class RoleWindow:
    """One run of sentences as the network saw it; ``starts`` is sentence number -> its first word in the window."""

    encoder: Encoder
    scores: RoleScores
    starts: dict[int, int]
    count: int


@dataclass(frozen=True, slots=True)
class SentenceRoles:
    """The network's view of one sentence; words are numbered as its tokens are."""

    window: RoleWindow
    number: int
    length: int

    def transfer(self, index: int) -> float:
        """Return how probable it is that a word expresses a transfer of arms, 0 to 1."""
        return _sigmoid(float(self.window.scores.trigger[self._at(index), 0])) if index < self.length else 0.0

    def told(self, index: int, name: str) -> dict[str, float]:
        """Return the probability of each class of a set ("status", "polarity", ...) where a word is a transfer."""
        start = 0
        for known, labels in self.window.encoder.role_labels.classes.items():
            if known == name:
                row = self.window.scores.classes[self._at(index), start : start + len(labels)].astype(np.float64)
                shares = np.exp(row - row.max())
                return dict(zip(labels, (shares / shares.sum()).tolist(), strict=True))
            start += len(labels)
        raise KeyError(name)

    def fillers(self, index: int, role: str) -> list[float]:
        """Return for each word of the sentence how probable it is that it fills a role of the word at ``index``."""
        start = self._at(0)
        return self._filling(index, role)[start : start + self.length]

    def fillers_before(self, index: int, role: str) -> dict[tuple[int, int], float]:
        """Return the same for the words of the window's other sentences: (sentence number, word) -> probability."""
        found = self._filling(index, role)
        spans = sorted((start, number) for number, start in self.window.starts.items())
        ends = [start for start, _ in spans[1:]] + [self.window.count]
        return {
            (number, place - start): found[place]
            for (start, number), end in zip(spans, ends, strict=True)
            if number != self.number
            for place in range(start, end)
        }

    def _filling(self, index: int, role: str) -> list[float]:
        encoder, scores = self.window.encoder, self.window.scores
        weights = encoder.role_weights[encoder.role_labels.roles.index(role)]
        head = np.append(scores.head[self._at(index)], np.float32(1))
        children = np.concatenate([scores.child, np.ones((len(scores.child), 1), np.float32)], 1)
        found: NDArray[np.float32] = children @ (weights @ head)
        return [_sigmoid(float(x)) for x in found]

    def _at(self, index: int) -> int:
        return self.window.starts[self.number] + index


def read_roles(
    encoder: Encoder, sentences: Sequence[Sentence], wanted: Collection[int], title: str
) -> dict[int, SentenceRoles]:
    """Return the network's view of the wanted sentences (by number), each read with its neighbours and the title.

    A sentence without words has none.
    """
    title_words = [place.of(title) for place in split_tokens(title, Span(0, len(title)))][:WINDOW_TITLE]
    full = [n for n in sorted(wanted) if sentences[n].tokens]
    found: dict[int, SentenceRoles] = {}
    for start, stop in role_windows([len(s.tokens) for s in sentences], full):
        words, starts, pieces = list(title_words), {}, 0
        lengths = {}
        for number in range(start, stop):
            starts[number] = len(words)
            for token in sentences[number].tokens[:_LONGEST]:
                pieces += len(encoder.pieces.of(token.text))
                if pieces > _PIECES - len(title_words) * 8:
                    break
                words.append(token.text)
            lengths[number] = len(words) - starts[number]
        window = RoleWindow(encoder, encoder.role_scores(words, len(title_words)), starts, len(words))
        found |= {n: SentenceRoles(window, n, lengths[n]) for n in range(start, stop) if lengths[n] and n not in found}
    return {n: roles for n, roles in found.items() if n in wanted}


def _sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-min(max(x, -30.0), 30.0))))
