"""The fields of an article in a table: which names they go by, and the text made of them.

Names are matched without regard to case, ``_``, ``-`` and spaces; of several the earlier in the table counts, if it
holds something. Other fields are not read; they stay in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from armstrace.document import Fact, Metadata, Place
from armstrace.errors import InputError
from armstrace.ingest.fragments import field_places, html_page, is_markup, language_code, storable, web_address
from armstrace.ingest.limits import MOST_CHARACTERS
from armstrace.ingest.metadata import joined_metadata, tidy
from armstrace.ingest.published import read_published
from armstrace.ingest.raw import Container, Piece, RawText, Unread

FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "event_text", "full_text", "article", "maintext", "plaintext", "article_text"),
        *("content_text", "html", "content_html", "description", "summary", "abstract"),
    ),
    "published": (
        *("published", "date", "pub_date", "published_at", "publication_date", "date_published", "date_publish"),
        *("publish_date", "publishing_date", "datetime", "timestamp"),
    ),
    "url": ("url", "link", "source_url", "canonical_url", "article_url"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source", "source_name", "site", "site_name", "domain", "source_domain"),
    "byline": ("byline", "author", "authors"),
    "id": ("id", "document_id", "doc_id", "uuid"),
    "language": ("language", "lang"),
}
_NAME_KEYS = ("name", "title", "full_name", "domain", "url")  # of an outlet or author that is an object
_CLAIM = frozenset(
    {"claim", "document", "attribution", "evidence"}
)  # armstrace's own output (DESIGN: outside contract)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by field name, where it stands ("line 7"), and the bytes that it was read from."""

    values: Mapping[str, object]
    place: str
    name: str
    evidence: bytes
    holder: str = "field"


def is_claim(values: Mapping[str, object]) -> bool:
    """Tell whether a row is a claim that armstrace wrote, and so no article."""
    return values.keys() >= _CLAIM


def is_read(name: str) -> bool:
    """Tell whether a field of this name is read."""
    return any(_key(name) in names for names in _NAMES.values())


def has_text_field(names: list[str]) -> bool:
    """Tell whether field names, such as a table's first line, name a text."""
    return any(_key(name) in _NAMES["text"] for name in names)


def read_article(row: Row, container: Container) -> RawText | Piece | Unread:
    """Return the text of a row: as a page where it holds HTML, Unread where it holds none.

    A date that is not understood is a fact ``date``, with its words; nothing is made of it.
    """
    where = f"{container.capture.source or container.name}, {row.place}"
    if is_claim(row.values):
        return Unread(where, _OWN_CLAIM, row.evidence)
    given = _given(row.values)
    try:
        name, text, places = _text(given, row)
    except InputError as error:
        return Unread(where, str(error), row.evidence)
    if not name:
        return Unread(where, "holds no text; a text goes by the name text, body or content", row.evidence)
    known, facts = _metadata(given)
    known = joined_metadata(known, container.known)
    capture = replace(container.capture, source=f"{container.capture.source}!/{row.place}")
    document = tidy(_plain(_first(given, "id"))) or row.name
    if is_markup(text):
        page = html_page(text, known.title, known.language)
        return Piece(
            document, page, capture, known, facts, "text/html", "utf-8", 0, row.evidence, f"{row.place} as a page"
        )
    kind = "json" if row.holder == "field" else "csv"
    return RawText(document, storable(text), known, kind, facts, places, evidence=row.evidence, capture=capture)


_OWN_CLAIM = "is a claim that armstrace wrote, no article; give the documents that it was read from"


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


_NAMES = {field: tuple(_key(name) for name in names) for field, names in FIELDS.items()}


def _given(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values that hold something by the key of their name; of two names alike the first counts."""
    given: dict[str, object] = {}
    for name, value in values.items():
        if value not in (None, "", [], {}):
            given.setdefault(_key(name), value)
    return given


def _first(given: Mapping[str, object], field: str) -> object:
    return next((given[name] for name in _NAMES[field] if name in given), None)


def _text(given: Mapping[str, object], row: Row) -> tuple[str, str, tuple[Place, ...]]:
    for key in _NAMES["text"]:
        paragraphs = _paragraphs(given.get(key))
        if not any(p.strip() for p in paragraphs):
            continue
        if sum(map(len, paragraphs)) > MOST_CHARACTERS:
            raise InputError(f"its text is longer than {MOST_CHARACTERS:,} characters; split it")
        name = next(tidy(name) or key for name in row.values if _key(name) == key)
        return name, "\n\n".join(paragraphs), tuple(_places(paragraphs, f"{row.place}, {row.holder} {name}"))
    return "", "", ()


def _paragraphs(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [v for v in value if isinstance(v, str)] if all(isinstance(v, str) for v in value) else []
    return []


def _places(paragraphs: list[str], part: str) -> list[Place]:
    found: list[Place] = []
    at = 0
    for number, paragraph in enumerate(paragraphs, 1):
        found += field_places(paragraph, part if len(paragraphs) == 1 else f"{part}, element {number}", at)
        at += len(paragraph) + 2
    return found


def _metadata(given: Mapping[str, object]) -> tuple[Metadata, tuple[Fact, ...]]:
    date = next(((name, given[name]) for name in _NAMES["published"] if name in given), None)
    published = read_published(date[1]) if date else None
    outlet, source = _name(_first(given, "outlet")), _name(given.get("source"))
    facts = []
    if date and not published and (words := tidy(_plain(date[1]))):
        facts.append(Fact("date", words, None))
    if source and source != outlet:
        facts.append(Fact("source", source, None))
    known = Metadata(
        outlet=outlet,
        published=published,
        title=tidy(_plain(_first(given, "title"))),
        url=web_address(_first(given, "url")),
        byline=_name(_first(given, "byline")),
        language=language_code(_first(given, "language")),
        published_from=f"field {_written('published', date[0])}" if date and published else None,
    )
    return known, tuple(facts)


def _written(field: str, key: str) -> str:
    return next(name for name in FIELDS[field] if _key(name) == key)


def _name(value: object) -> str | None:
    """Return the name that a value gives: text, an object with a name, or a list of these."""
    if isinstance(value, list):
        return (
            tidy(", ".join(n for v in value[:20] if (n := _name(v))))
            if not any(isinstance(v, list) for v in value)
            else None
        )
    if isinstance(value, dict):
        return next((n for key in _NAME_KEYS if (n := tidy(_plain(value.get(key))))), None)
    return tidy(_plain(value))


def _plain(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)
