"""Sources, cues and contents of attributions as the network marks them, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from armstrace.language.windows import role_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from armstrace.language.encoder import Encoder
    from armstrace.language.sentence import Sentence, Token

_OUTSIDE, _FIRST = 0, 1  # of the network's three marks; the third is a later word


def read_marks(encoder: Encoder, sentences: Sequence[Sentence]) -> dict[str, list[tuple[int, int]]]:
    """Return for "source", "cue" and "content" the spans of characters in order; spans of one name never overlap."""
    full = [s for s in sentences if s.tokens]
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in encoder.role_labels.marks}
    done = 0
    for start, stop in role_windows([len(s.tokens) for s in full], range(len(full))):
        tokens = [t for s in full[start:stop] for t in s.tokens]
        skip = sum(len(s.tokens) for s in full[start:done])  # read with the window before
        for name, first, last in _spans(encoder, tokens):
            if first >= skip:
                found[name].append((tokens[first].start, tokens[last].end))
        done = stop
    return found


def _spans(encoder: Encoder, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    names = encoder.role_labels.marks
    scores = encoder.role_scores([t.text for t in tokens], 0).marks.reshape(len(tokens), len(names), -1)
    for k, name in enumerate(names):
        marks = np.argmax(scores[:, k], axis=1).tolist()
        start = -1
        for place, mark in enumerate([*marks, _OUTSIDE]):
            if start >= 0 and (mark in {_OUTSIDE, _FIRST}):
                yield name, start, place - 1
                start = -1
            if mark != _OUTSIDE and start < 0:
                start = place
