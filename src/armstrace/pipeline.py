"""The order of the stages; the only module that knows it.

bytes -> text -> Document -> claims. Everything here is pure but ``load_reader``, which reads the packaged files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armstrace.errors import InputError, MetadataError
from armstrace.extract.claims import Extraction, extract
from armstrace.language import Language, load_language
from armstrace.lexicon.load import Lexicon, load_lexicon
from armstrace.model import Document, Metadata
from armstrace.text.clean import clean_text
from armstrace.text.english import is_english

_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Reader:
    """The language model and the lexicon, loaded once."""

    language: Language
    lexicon: Lexicon


def load_reader() -> Reader:
    """Return a reader with the packaged model and lexicon (about a second)."""
    return Reader(load_language(), load_lexicon())


def make_document(identifier: str, raw: str, metadata: Metadata | None = None) -> Document:
    """Return the cleaned document of a decoded text."""
    clean = clean_text(raw)
    return Document(identifier, clean.text, raw, metadata or Metadata(), clean.removed, clean.facts)


def known_metadata(outlet: str | None, published: str | None) -> Metadata:
    """Return metadata from what a caller says.

    Raises:
        MetadataError: ``published`` is no day, month or year.
    """
    if published is not None and not _ISO_DATE.fullmatch(published):
        raise MetadataError(f"--published {published!r}: give a day, month or year such as 2022-09-06, 2022-09 or 2022")
    return Metadata(outlet=outlet, published=published)


def joined_metadata(*layers: Metadata | None) -> Metadata:
    """Return metadata in which each field comes from the first layer that gives it."""
    given = [layer for layer in layers if layer]
    return Metadata(*(next((v for v in values if v), None) for values in zip(*map(_values, given), strict=True)))


def _values(metadata: Metadata) -> tuple[str | None, ...]:
    return metadata.outlet, metadata.published, metadata.title, metadata.url


def read_report(reader: Reader, document: Document) -> Extraction:
    """Return the claims of one document, and the candidates that gave none.

    Raises:
        InputError: the document is not in English.
    """
    if not is_english(document.text):
        raise InputError(f"{document.id}: does not look like English; armstrace reads English only, so nothing was read")
    return extract(document, reader.language, reader.lexicon)
