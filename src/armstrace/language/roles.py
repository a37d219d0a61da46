"""What the role network sees in sentences: which words express a transfer of arms, and which words fill its roles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from armstrace.document import Span
from armstrace.language.encoder import PIECES_PER_SENTENCE, Encoder, RoleScores
from armstrace.language.tokens import split_tokens
from armstrace.language.windows import WINDOW_TITLE, role_windows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from armstrace.language.sentence import Sentence

_TITLE_PIECES = 60
_PIECES = PIECES_PER_SENTENCE - _TITLE_PIECES - 10  # leaves room for the title and the marks around it
_MOST_WINDOWS = 2000  # some 200,000 words and 300 MB of scores: a book; bounds memory for whatever is longer
_GAP = 1  # words inside a phrase that the network may leave out ("letters of credit")
_FAR = 30.0  # beyond it a probability is 0 or 1 to the last digit
_LONGEST = 200  # words of a sentence that are read; what is longer is a list or a table


@dataclass(frozen=True, slots=True)
class RoleWindow:
    """One run of sentences as the network saw it.

    ``starts`` is sentence number -> its first word in the window, ``lengths`` how many of its words were read.
    """

    encoder: Encoder
    scores: RoleScores
    starts: dict[int, int]
    lengths: dict[int, int]
    count: int


@dataclass(frozen=True, slots=True)
class SentenceRoles:
    """The network's view of one sentence; words are numbered as its tokens are.

    Of a very long sentence only the first words are read (``length``); of the others nothing is told.
    """

    window: RoleWindow
    number: int
    length: int
    words: int

    def transfers(self) -> list[float]:
        """Return how probable it is that each word that was read expresses a transfer of arms, 0 to 1."""
        start = self._at(0)
        return _shares(self.window.scores.trigger[start : start + self.length, 0])

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
        unread = [0.0] * (self.words - self.length)
        return self._filling(index, role)[start : start + self.length] + unread

    def phrases(self, index: int, role: str, share: float) -> list[list[int]]:
        """Return the phrases that fill a role: runs of words at least so probable, over one word that is less so."""
        runs: list[list[int]] = []
        for place, probability in enumerate(self.fillers(index, role)):
            if probability < share:
                continue
            if runs and place - runs[-1][-1] <= _GAP + 1:
                runs[-1] += range(runs[-1][-1] + 1, place + 1)
            else:
                runs.append([place])
        return runs

    def _filling(self, index: int, role: str) -> list[float]:
        encoder, scores = self.window.encoder, self.window.scores
        if role not in encoder.role_labels.roles:
            raise KeyError(role)
        weights = encoder.role_weights[encoder.role_labels.roles.index(role)]
        head = np.append(scores.head[self._at(index)], np.float32(1))
        children = np.concatenate([scores.child, np.ones((len(scores.child), 1), np.float32)], 1)
        return _shares(children @ (weights @ head))

    def _at(self, index: int) -> int:
        if not 0 <= index < self.length:
            raise IndexError(f"word {index} of sentence {self.number} was not read: only {self.length} words were")
        return self.window.starts[self.number] + index


def read_roles(
    encoder: Encoder, sentences: Sequence[Sentence], wanted: Collection[int], title: str
) -> dict[int, SentenceRoles]:
    """Return the network's view of the wanted sentences (by number), each read with its neighbours and the title.

    A sentence without words has none, nor has any beyond the first 2,000 windows: there the rules read alone.
    """
    found: dict[int, SentenceRoles] = {}
    for window in islice(read_windows(encoder, sentences, wanted, title), _MOST_WINDOWS):
        for number, length in window.lengths.items():
            if number in wanted and number not in found:
                found[number] = SentenceRoles(window, number, length, len(sentences[number].tokens))
    return found


def read_windows(
    encoder: Encoder, sentences: Sequence[Sentence], wanted: Collection[int], title: str
) -> Iterator[RoleWindow]:
    """Yield the windows that hold the wanted sentences; a window too large for the network is read by the sentence."""
    words = [place.of(title) for place in split_tokens(title, Span(0, len(title)))][:WINDOW_TITLE]
    title_words = _fitting(encoder, words, _TITLE_PIECES)
    read = [_fitting(encoder, [t.text for t in s.tokens[:_LONGEST]], _PIECES) for s in sentences]
    full = [n for n in sorted(wanted) if read[n]]
    for start, stop in role_windows([len(s.tokens) for s in sentences], full):
        numbers = [n for n in range(start, stop) if read[n]]
        pieces = sum(len(encoder.pieces.of(word)) for n in numbers for word in read[n])
        for group in [numbers] if pieces <= _PIECES else [[n] for n in numbers]:
            yield _window(encoder, {n: read[n] for n in group}, title_words)


def _window(encoder: Encoder, read: dict[int, list[str]], title_words: list[str]) -> RoleWindow:
    words, starts = [*title_words], {}
    for number, own in read.items():
        starts[number] = len(words)
        words += own
    lengths = {number: len(own) for number, own in read.items()}
    return RoleWindow(encoder, encoder.role_scores(words, len(title_words)), starts, lengths, len(words))


def _fitting(encoder: Encoder, words: list[str], pieces: int) -> list[str]:
    """Return as many of the first words as the network's word pieces allow."""
    used = 0
    for number, word in enumerate(words):
        used += len(encoder.pieces.of(word))
        if used > pieces:
            return words[:number]
    return words


def _shares(scores: NDArray[np.float32]) -> list[float]:
    """Return the probabilities that scores stand for."""
    shares: list[float] = (1 / (1 + np.exp(-np.clip(scores.astype(np.float64), -_FAR, _FAR)))).tolist()
    return shares
