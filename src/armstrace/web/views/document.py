"""A document as its page shows it: the text with its claims, what was left out, what is known of it and from where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from armstrace.document import Document, Fact
from armstrace.export.addresses import href_of
from armstrace.export.plain import plain
from armstrace.export.wording import CountryNames
from armstrace.model import Claim
from armstrace.store.documents import StoredCapture
from armstrace.store.readings import StoredReading
from armstrace.web.views.claims import ROLES, ClaimCard, claim_cards
from armstrace.web.views.text import Passage, text_passages
from armstrace.web.views.windows import Windows, choose_windows

MOST_ROWS: Final = 100  # of a list beside the text; the rest is counted
_LONGEST: Final = 200  # characters of what was left out
_LANGUAGE: Final = re.compile("[a-z]{2}", re.ASCII)
_UNKNOWN_PLACE: Final = "not noted where"


class Version(NamedTuple):
    """A document that came from the same address: its number there, from 1, and what it says of itself."""

    number: int
    id: str
    published: str
    title: str


class Material(NamedTuple):
    """What a document's page is made of; ``reading`` is None where nobody read it yet."""

    document: Document
    claims: Sequence[Claim] = ()
    captures: Sequence[StoredCapture] = ()
    versions: Sequence[Version] = ()
    reading: StoredReading | None = None


class Known(NamedTuple):
    """Something known of the document: name, value, link (None for none), where it was found, its place in the text."""

    name: str
    value: str
    href: str | None
    found: str
    start: int | None = None


class Left(NamedTuple):
    """Words that are not in the text: why, where they stood (a part of the original, or a place in the text)."""

    words: str
    reason: str
    place: str
    start: int | None = None


class Listed(NamedTuple):
    """Rows of a list, how many more there are, and how often each reason stands."""

    rows: tuple[Left, ...]
    more: int
    reasons: tuple[tuple[str, int], ...]


class Came(NamedTuple):
    """One time that the document came here."""

    source: str
    href: str | None
    moment: str
    noted_at: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the page of a document shows. ``elsewhere`` are the claims whose words the shown part does not hold."""

    id: str
    name: str
    heading: str
    language: str | None
    format: str
    length: int
    known: tuple[Known, ...]
    facts: tuple[Known, ...]
    removed: Listed
    left_out: Listed
    came: tuple[Came, ...]
    versions: tuple[Version, ...]
    reading: StoredReading | None
    count: int
    cards: tuple[ClaimCard, ...]
    elsewhere: tuple[ClaimCard, ...]
    passages: tuple[Passage, ...]
    windows: Windows
    roles: tuple[str, ...]
    ids: frozenset[str]


def view_document(material: Material, names: CountryNames, at: int | None = None) -> DocumentView:
    """Return what the page of a document shows; of a long one the part with the character ``at``, if given."""
    document = material.document
    cards = claim_cards(document, material.claims, names)
    windows = choose_windows(document.raw, [card.span for card in cards], at)
    shown = tuple(card for card in cards if any(span.touches(card.span) for span in windows.spans))
    passages = text_passages(document, shown, windows, at)
    used = {row.role for card in shown for row in card.fields if row.span}
    language = document.metadata.language or ""
    return DocumentView(
        id=document.id,
        name=plain(document.name),
        heading=plain(document.metadata.title or "") or plain(document.name) or document.id,
        language=language if _LANGUAGE.fullmatch(language) else None,
        format=plain(document.format),
        length=len(document.raw),
        known=tuple(_known(document)),
        facts=tuple(_fact(fact) for fact in document.facts),
        removed=_listed(_removed(document)),
        left_out=_listed(Left(_short(one.text), plain(one.reason), plain(one.place)) for one in document.left_out),
        came=tuple(map(_came, material.captures)),
        versions=tuple(material.versions),
        reading=material.reading,
        count=len(cards),
        cards=shown,
        elsewhere=tuple(card for card in cards if card not in shown),
        passages=passages,
        windows=windows,
        roles=tuple(role for role in ROLES if role in used),
        ids=frozenset(_ids(passages)),
    )


def _ids(passages: Iterable[Passage]) -> Iterator[str]:
    return (one.id for passage in passages for part in passage.paragraphs for one in part.stretches if one.id)


def _known(document: Document) -> Iterator[Known]:
    known = document.metadata
    rows = (
        ("outlet", known.outlet, ("wire", "credit", "source")),
        ("published", known.published, ("dateline", "date", "published")),
        ("byline", known.byline, ("byline", "author")),
        ("title", known.title, ("title",)),
        ("address", known.url, ("canonical", "address", "url")),
        ("language", known.language, ("language",)),
    )
    for name, value, kinds in rows:
        if value:
            found = _where(document, value, kinds)
            place = plain(known.published_from or "") if name == "published" else ""
            told = place or (f"{found.kind} {_side(found)}" if found else _UNKNOWN_PLACE)
            yield Known(name, plain(value), href_of(value), told, found.span.start if found and found.span else None)


def _where(document: Document, value: str, kinds: Iterable[str]) -> Fact | None:
    """Return the fact that says the same, of the kinds that may."""
    said = plain(value).casefold()
    facts = [fact for fact in document.facts if fact.kind in kinds and said in plain(fact.text).casefold()]
    return next((fact for fact in facts if fact.span), facts[0] if facts else None)


def _side(fact: Fact) -> str:
    return "in the text" if fact.span else "outside the text"


def _fact(fact: Fact) -> Known:
    return Known(
        plain(fact.kind), plain(fact.text), href_of(fact.text), _side(fact), fact.span.start if fact.span else None
    )


def _removed(document: Document) -> Iterator[Left]:
    for one in document.removed:
        words = one.span.of(document.raw)
        if words.strip():
            yield Left(_short(words), plain(one.reason), "in the text", one.span.start)


def _listed(rows: Iterable[Left]) -> Listed:
    found = tuple(rows)
    reasons = Counter(row.reason for row in found)
    return Listed(found[:MOST_ROWS], max(len(found) - MOST_ROWS, 0), tuple(reasons.most_common()))


def _came(one: StoredCapture) -> Came:
    capture = one.capture
    headers = tuple((plain(name), plain(value)) for name, value in capture.headers)
    return Came(plain(capture.source), href_of(capture.source), plain(capture.moment or ""), one.noted_at, headers)


def _short(words: str) -> str:
    shown = plain(words)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST].rstrip()} …"
