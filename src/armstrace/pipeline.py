"""The order of the stages; the only module that knows it.

decoded text --clean--> Document --extract--> claims. All is pure but ``load_reader``, which reads files.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armstrace.errors import InputError
from armstrace.extract.claims import Extraction, extract
from armstrace.ingest.files import RawText
from armstrace.ingest.metadata import joined_metadata
from armstrace.language import Language, Sentence, load_language
from armstrace.lexicon.load import Lexicon, load_lexicon
from armstrace.model import Document, Metadata
from armstrace.text.clean import clean_text
from armstrace.text.english import is_english
from armstrace.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Reader:
    """The language model and the lexicon, loaded once."""

    language: Language
    lexicon: Lexicon


def load_reader() -> Reader:
    """Return a reader with the packaged model and lexicon (about a second).

    Raises:
        ModelError: the packaged model is missing or damaged.
        LexiconError: a packaged lexicon file is.
    """
    # Of some hundred thousand records none becomes garbage; looking for it costs a third of the load.
    collects = gc.isenabled()
    gc.disable()
    try:
        return Reader(load_language(), load_lexicon())
    finally:
        if collects:
            gc.enable()


def make_document(raw: RawText, *metadata: Metadata | None) -> Document:
    """Return the cleaned document of a text; of its metadata the earlier ones count before the later ones."""
    clean = clean_text(raw.text)
    known = joined_metadata(raw.metadata, *metadata)
    return Document(raw.id, clean.text, raw.text, known, clean.removed, clean.facts)


def read_report(reader: Reader, document: Document) -> Extraction:
    """Return the claims of one document, and the candidates that gave none.

    Raises:
        InputError: no word is left after cleaning, or the document is not in English.
    """
    if not any(c.isalnum() for c in document.text):
        raise InputError(f"{document.id}: holds no words; there is nothing to read")
    if not is_english(document.text):
        raise InputError(f"{document.id}: does not look like English, the one language armstrace reads: nothing read")
    return extract(document, reader.language, reader.lexicon)


@dataclass(frozen=True, slots=True)
class Attributions:
    """Source, cue and content spans of a text by name, and its parse."""

    spans: Mapping[str, Sequence[tuple[int, int]]]
    sentences: tuple[Sentence, ...]

    def head_of(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return the place of the word that the others of a span hang on; the span itself where it holds no word."""
        start, end = span
        words = [(s, t) for s in self.sentences for t in s.tokens if t.start < end and start < t.end]
        for sentence, token in words:
            head = sentence.tokens[token.head] if token.head >= 0 else None
            if token.upos != "PUNCT" and (head is None or not start <= head.start < end):
                return token.start, token.end
        return span


def read_attributions(reader: Reader, text: str) -> Attributions:
    """Return the attributions of any text, transfers or not, word for word as the network marks them."""
    sentences = reader.language.analyse(text, split_sentences(text))
    return Attributions(reader.language.read_marks(sentences), sentences)
