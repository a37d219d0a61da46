"""The order of the stages; the only module that knows it.

decoded text --clean--> Document --extract--> claims. All is pure but ``load_reader``, which reads files, and
``read_with_model``, which asks a language model instead of the built-in reader and checks its answer.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from armstrace.document import Document, Metadata
from armstrace.errors import InputError, NotEnglishError
from armstrace.extract.claims import Extraction, extract
from armstrace.extract.outlets import publisher
from armstrace.extract.read import outlet_of
from armstrace.extract.reading import Reading
from armstrace.extract.sipri import FORMAT as SIPRI
from armstrace.extract.sipri import read_trade_register
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.raw import RawText
from armstrace.language import Language, Sentence, load_language
from armstrace.lexicon.load import Lexicon, load_lexicon
from armstrace.llm.answer import Background
from armstrace.llm.checks import Drop
from armstrace.llm.compare import Comparison, compare_claims
from armstrace.llm.reader import ModelReader
from armstrace.text.clean import clean_characters, clean_text
from armstrace.text.english import is_english
from armstrace.text.sentences import split_sentences

# Formats that hold rows and no sentences, with what reads them; their text stays as it stands.
_TABLES: Final[Mapping[str, Callable[[Document, Lexicon], Extraction]]] = {SIPRI: read_trade_register}


@dataclass(frozen=True, slots=True)
class Reader:
    """The language model and the lexicon, loaded once."""

    language: Language
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document read; ``drops`` is what was left out of a language model's answer.

    ``comparison`` holds the claims of a language model (first) beside those of the built-in reader (second).
    """

    document: Document
    extraction: Extraction
    drops: tuple[Drop, ...] = ()
    comparison: Comparison | None = None


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
    """Return the cleaned document of a text.

    What a person says of it (``metadata``, the earlier before the later) counts before what it says itself.
    """
    clean = clean_characters(raw.text) if raw.format in _TABLES else clean_text(raw.text)
    return Document(
        raw.id,
        clean.text,
        raw.text,
        joined_metadata(*metadata, raw.metadata),
        clean.removed,
        (*raw.facts, *clean.facts),
        raw.places,
        raw.left_out,
        raw.id,
        raw.format,
    )


def read_report(reader: Reader, document: Document) -> Extraction:
    """Return the claims of one document, and the candidates that gave none.

    Raises:
        InputError: no word is left after cleaning.
        NotEnglishError: it is not in English; an ``InputError`` too.
    """
    if document.format in _TABLES:
        return _TABLES[document.format](document, reader.lexicon)
    _check_readable(document)
    return extract(document, reader.language, reader.lexicon)


def read_built_in(reader: Reader, document: Document) -> Outcome:
    """Return what the built-in reader reads in one document; raises as ``read_report``."""
    return Outcome(document, read_report(reader, document))


def read_with_model(reader: Reader, model: ModelReader, document: Document, *, compare: bool = False) -> Outcome:
    """Return the claims that a language model reads in one document, and what was left out of its answer.

    With ``compare`` its claims also stand beside those of the built-in reader. Of a table nothing is asked: its rows
    are read as they stand.

    Raises:
        InputError: as ``read_report``; also where no usable answer came, which costs this document only.
        ServiceError: the service cannot be used at all.
    """
    if document.format in _TABLES:
        return read_built_in(reader, document)
    _check_readable(document)
    bare = Reading(document, reader.lexicon, sentences=(), outlet=outlet_of(document, reader.lexicon))
    codes = frozenset(reader.lexicon.country_labels)
    answer = model.read(document, Background(codes, partial(_countries_in, reader.lexicon), publisher(bare)))
    beside = compare_claims(answer.claims, read_report(reader, document).claims) if compare else None
    return Outcome(document, Extraction(answer.claims, ()), answer.drops, beside)


def _countries_in(lexicon: Lexicon, words: str) -> frozenset[str]:
    return frozenset(e.country for hit in lexicon.matcher.find(words) for e in hit.entries if e.country)


def _check_readable(document: Document) -> None:
    if not any(c.isalnum() for c in document.text):
        raise InputError(f"{document.id}: holds no words; there is nothing to read")
    if not is_english(document.text):
        raise NotEnglishError(
            f"{document.id}: does not look like English, the one language armstrace reads: nothing read"
        )


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
    return Attributions(reader.language.read_marks(text, sentences), sentences)
