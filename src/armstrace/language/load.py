"""The language model as one object: document text and sentence spans in, analysed sentences out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from armstrace.errors import ModelError
from armstrace.language.decode import choose_heads, choose_names, choose_relations
from armstrace.language.encoder import PIECES_PER_SENTENCE, Encoder, load_encoder
from armstrace.language.lemmas import find_lemma
from armstrace.language.marks import read_marks
from armstrace.language.roles import SentenceRoles, read_roles
from armstrace.language.sentence import Sentence, Token, words_alone
from armstrace.language.tokens import split_tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from armstrace.document import Span

PACKAGED = Path(__file__).parent / "packaged"
_LONGEST_WINDOW = 200  # words; longer sentences are lists and tables, and cost grows with the square
_SHORTEST_WINDOW = 120  # a window ends at punctuation if there is some after so many words
_ACROSS_WINDOWS = "parataxis"


@dataclass(frozen=True, slots=True)
class Language:
    """Analyses English sentences. A sentence's analysis depends on its own words only."""

    encoder: Encoder

    def analyse(self, text: str, spans: Sequence[Span], wanted: Collection[int] | None = None) -> tuple[Sentence, ...]:
        """Return one sentence per span, in the order given; a span without words gives one without tokens.

        Of spans that are not ``wanted`` (by number; all by default) the words alone are given: see ``words_alone``.
        Very long sentences are analysed in windows; the roots of later windows hang on the root of the first.
        """
        return tuple(
            Sentence(span, self.analyse_words(text, split_tokens(text, span)))
            if wanted is None or number in wanted
            else words_alone(text, span)
            for number, span in enumerate(spans)
        )

    def read_roles(
        self, sentences: Sequence[Sentence], wanted: Collection[int], title: str
    ) -> dict[int, SentenceRoles]:
        """Return for the wanted sentences (by number) which words express transfers, and what fills their roles."""
        return read_roles(self.encoder, sentences, wanted, title)

    def read_marks(self, text: str, sentences: Sequence[Sentence]) -> dict[str, list[tuple[int, int]]]:
        """Return the spans of sources, cues and contents of attributions in the sentences of a text."""
        return read_marks(self.encoder, text, sentences)

    def analyse_words(self, text: str, places: Sequence[Span]) -> tuple[Token, ...]:
        """Return the tokens of one sentence whose words are already cut, at the given places of the text."""
        words = [place.of(text) for place in places]
        found: list[Token] = []
        root = -1
        for start, stop in pairwise(self._window_ends(words)):
            window = self._analyse_window(words[start:stop], places[start:stop], start)
            if start:
                window = [_hung_on(token, root) for token in window]
            else:
                root = next(token.index for token in window if token.head < 0)
            found += window
        return tuple(found)

    def _window_ends(self, words: Sequence[str]) -> list[int]:
        """Return the ends of the windows that hold the words, from 0 on; most sentences are one window."""
        ends, start, pieces = [0], 0, 0
        sizes = [len(self.encoder.pieces.of(word)) for word in words]
        for i, size in enumerate(sizes):
            if i - start >= _LONGEST_WINDOW or pieces + size > PIECES_PER_SENTENCE:
                start = _place_to_cut(words, start, i)
                ends.append(start)
                pieces = sum(sizes[start:i])
            pieces += size
        return [*ends, len(words)] if words else ends

    def _analyse_window(self, words: Sequence[str], places: Sequence[Span], start: int) -> list[Token]:
        """Return the tokens of words that are read at once; ``start`` is the index of the first."""
        scores, labels = self.encoder.scores(words), self.encoder.labels
        heads = choose_heads(scores.arc)
        relations = choose_relations(
            scores.rd, scores.rh, heads, self.encoder.relation_weights, labels["rel"].index("root")
        )
        names = choose_names(scores.ner, labels["ner"])
        upos, xpos, scripts = (
            [labels[name][number] for number in array.argmax(1)]
            for name, array in (("upos", scores.upos), ("xpos", scores.xpos), ("lem", scores.lem))
        )
        return [
            Token(
                index=start + i,
                start=place.start,
                end=place.end,
                text=word,
                lemma=find_lemma(word, xpos[i], scripts[i], self.encoder.pieces.knows),
                upos=upos[i],
                xpos=xpos[i],
                head=start + heads[i] - 1 if heads[i] else -1,
                deprel=labels["rel"][relations[i]],
                entity=names[i],
            )
            for i, (word, place) in enumerate(zip(words, places, strict=True))
        ]


def _place_to_cut(words: Sequence[str], start: int, stop: int) -> int:
    """Return where the window from ``start`` ends: behind late punctuation if any, else at ``stop``."""
    late = range(stop, start + _SHORTEST_WINDOW, -1)
    return next((place for place in late if words[place - 1] in {",", ";", ":", "."}), stop)


def _hung_on(token: Token, root: int) -> Token:
    """Return a later window's token, with a root hung on the first window's root."""
    if token.head >= 0:
        return token
    return replace(token, head=root, deprel=_ACROSS_WINDOWS)


def load_language(directory: Path | None = None, threads: int = 1) -> Language:
    """Return the language model of a directory, by default the packaged one.

    Raises ``ModelError`` where a model file is missing or damaged, or ``threads`` is less than one. The
    number of threads changes the speed only.
    """
    if threads < 1:
        raise ModelError(f"threads must be 1 or more, not {threads}.")
    return Language(load_encoder(directory or PACKAGED, threads))
